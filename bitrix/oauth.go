package bitrix

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

const (
	oauthMethod = "oauth/token" // as errors name it
	// oauthTimeout ends one try: the authorization server does little, and calls wait for it.
	oauthTimeout = 10 * time.Second
)

// AuthServerOptions says who we are to the authorization server.
type AuthServerOptions struct {
	URL          string // https://oauth.bitrix.info/; http for this machine only
	ClientID     string
	ClientSecret Secret
	HTTP         *http.Client // default: a client with connections of its own
	UserAgent    string       // default: "whois24"
}

// AuthServer gives an application new tokens for its portals. It alone is sent the application's secret, and what it
// says of a portal is believed; what an event says of an authorization server is not. Safe for concurrent use.
type AuthServer struct {
	address   *url.URL
	clientID  string
	secret    sealed
	http      *http.Client
	userAgent string
}

// NewAuthServer makes one; it calls nothing yet. Its error is about the URL: what is wrong and what is accepted.
func NewAuthServer(o AuthServerOptions) (*AuthServer, error) {
	address, err := parseAuthServer(o.URL)
	if err != nil {
		return nil, fmt.Errorf("authorization server: %w; expected is https://<server>/", err)
	}
	return &AuthServer{
		address:   address,
		clientID:  o.ClientID,
		secret:    seal(o.ClientSecret),
		http:      withoutRedirects(o.HTTP),
		userAgent: cmp.Or(o.UserAgent, "whois24"),
	}, nil
}

func parseAuthServer(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return nil, errors.New("it is not a URL")
	}
	if err := checkOrigin(u); err != nil {
		return nil, err
	}
	if path := u.EscapedPath(); path != "" && path != "/" {
		return nil, errors.New("it goes on after the server's name: cut it there")
	}
	return u.JoinPath("/oauth/token/"), nil
}

// Renew trades a refresh token for a new grant. The token is used up from then on, also where the answer is lost on
// its way, which Error.MayHaveRun tells. ErrInvalidGrant: the application has to be installed again. ErrInvalidClient:
// the client id or secret is wrong. It waits for 10 seconds at most and tries nothing twice.
func (a *AuthServer) Renew(ctx context.Context, refresh Secret) (Grant, error) {
	ctx, cancel := context.WithTimeout(ctx, oauthTimeout)
	defer cancel()
	hidden := secrets{a.secret, seal(refresh)}
	req, err := a.request(ctx, refresh)
	if err != nil {
		return Grant{}, &Error{Method: oauthMethod, Text: "not asked", reach: unsent, cause: hidden.scrub(err)}
	}
	got, how, err := roundTrip(a.http, req)
	if err != nil {
		return Grant{}, &Error{Method: oauthMethod, Status: got.status, Text: "no answer", reach: how, cause: hidden.scrub(err)}
	}
	return readGrant(got, hidden, time.Now())
}

// request has the secrets in its address, as Bitrix24 documents it.
func (a *AuthServer) request(ctx context.Context, refresh Secret) (*http.Request, error) {
	address := *a.address
	address.RawQuery = url.Values{
		"grant_type":    {"refresh_token"},
		"client_id":     {a.clientID},
		"client_secret": {a.secret()},
		"refresh_token": {refresh.Reveal()},
	}.Encode()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", a.userAgent)
	return req, nil
}
