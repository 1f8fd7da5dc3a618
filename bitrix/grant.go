package bitrix

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Grant is an application's access to a portal, as the authorization server or an event gives it.
type Grant struct {
	Member   MemberID
	Endpoint Endpoint // "" from an event, whose word is not taken for it
	Access   Secret
	Refresh  Secret    // works once: a new grant has a new one
	Expires  time.Time // of Access. It is renewed when a portal says so, not by the clock
}

// wireGrant is what the authorization server answers. Its domain is not the portal but the server itself.
type wireGrant struct {
	Code        looseString `json:"error"`
	Description looseString `json:"error_description"`
	Member      looseString `json:"member_id"`
	Endpoint    looseString `json:"client_endpoint"`
	Access      looseString `json:"access_token"`
	Refresh     looseString `json:"refresh_token"`
	Expires     looseInt    `json:"expires"`    // unix seconds; not every answer has it
	ExpiresIn   looseInt    `json:"expires_in"` // seconds
}

// readGrant decides by the body first: errors come with status 200 too. It repeats nothing of a body that it cannot
// read, which may hold tokens.
func readGrant(got reply, hidden secrets, now time.Time) (Grant, error) {
	var w wireGrant
	err := json.Unmarshal(got.body, &w)
	e := &Error{Method: oauthMethod, Status: got.status, RetryAfter: retryAfter(got.header.Get("Retry-After"))}
	switch {
	case err == nil && w.Code != "":
		e.Code, e.Text = hidden.hide(string(w.Code)), hidden.hide(string(w.Description))
		return Grant{}, e
	case err != nil || w.Access == "":
		e.Text = fmt.Sprintf("not an answer of an authorization server (%d bytes)", len(got.body))
		if got.status < http.StatusMultipleChoices {
			e.reach = lost
		}
		return Grant{}, e
	}
	g, err := w.grant(now)
	if err != nil {
		e.Text, e.reach, e.cause = "unexpected answer", unreadable, err
		return Grant{}, e
	}
	return g, nil
}

func (w wireGrant) grant(now time.Time) (Grant, error) {
	member, err := ParseMemberID(string(w.Member))
	if err != nil {
		return Grant{}, err
	}
	endpoint, err := ParseEndpoint(string(w.Endpoint))
	if err != nil {
		return Grant{}, err
	}
	if w.Refresh == "" {
		return Grant{}, errors.New("no refresh token")
	}
	return Grant{
		Member: member, Endpoint: endpoint, Access: Secret(w.Access), Refresh: Secret(w.Refresh),
		Expires: expiry(int64(w.Expires), int64(w.ExpiresIn), now),
	}, nil
}

// expiry is when an access token ends: at a moment in unix seconds, or so many seconds from now.
func expiry(at, in int64, now time.Time) time.Time {
	const (
		longest = 1 << 32      // seconds: of what is added to now, against overflow
		last    = 253402300799 // the end of 9999, the last year that JSON can tell
	)
	if at <= 0 {
		at = now.Unix() + min(in, longest)
	}
	return time.Unix(min(at, last), 0).UTC()
}
