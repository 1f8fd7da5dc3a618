package main

import (
	"context"
	"errors"

	"github.com/whois24/whois24/bitrix"
)

// authServerChecks are for an application. Its portals are looked after by the process that runs.
func authServerChecks(s settings) ([]*check, error) {
	auth, err := newAuthServer(s, bitrix.NewTransport())
	if err != nil {
		return nil, err
	}
	return []*check{{name: "authorization server", run: func(ctx context.Context) finding { return tryClient(ctx, auth, s) }}}, nil
}

// tryClient has a token renewed that cannot be: the server looks at who asks first, and at the token then.
func tryClient(ctx context.Context, auth *bitrix.AuthServer, s settings) finding {
	_, err := auth.Renew(ctx, "whois24-doctor")
	if err != nil && !errors.Is(err, bitrix.ErrInvalidGrant) {
		return refused(err, s)
	}
	return good("%s knows the application and its secret", s.oauthServer)
}
