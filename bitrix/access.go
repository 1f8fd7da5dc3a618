package bitrix

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"slices"
)

// MemberID names a portal for ever: it stays when the portal's address changes.
type MemberID string

var memberID = regexp.MustCompile(`^[0-9A-Za-z]{1,64}$`)

// ParseMemberID checks what somebody says is a portal's name: up to 64 letters and digits.
func ParseMemberID(raw string) (MemberID, error) {
	if !memberID.MatchString(raw) {
		return "", errors.New("member id: it is not 1 to 64 letters and digits")
	}
	return MemberID(raw), nil
}

// Access is what an application calls a portal with.
type Access struct {
	Endpoint Endpoint
	Token    Secret // lives for an hour
}

// Tokens keeps an application's access to one portal. Its methods are called by many at once, each from the moment
// its request may go out. An error of either that wraps an *Error which is not Temporary ends the call for good
// (the installation is no longer valid); any other leaves it open to be made again.
type Tokens interface {
	// Access is what there is now, expired or not.
	Access(ctx context.Context) (Access, error)
	// Renew gives an access newer than the token the portal called expired; Access gives it too from then on.
	// Callers with the same stale token share a renewal, which goes on when one of them goes.
	Renew(ctx context.Context, stale Secret) (Access, error)
}

// ofApplication reports whether the client calls with an application's tokens.
func (c *Client) ofApplication() bool { return c.auth.access != nil }

// sign puts an application's access token among the parameters, last: of several of a name PHP takes the last. It is
// never in the address, which proxies and servers write down.
func (c credentials) sign(params []byte) ([]byte, error) {
	if c.token == nil {
		return params, nil
	}
	open, object := bytes.CutSuffix(params, []byte("}"))
	if !object {
		return nil, errors.New("its parameters are not an object")
	}
	comma := []byte(",")
	if string(open) == "{" {
		comma = nil
	}
	token, err := json.Marshal(c.token())
	return slices.Concat(open, comma, []byte(`"auth":`), token, []byte("}")), err
}
