package bitrix_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// denials are what may keep an application from a new token, and whether that may pass.
var denials = []struct {
	name      string
	cause     func(t *testing.T) error
	temporary bool
	code      bitrix.ErrorCode
}{
	{"grant is lost", saidByAuthServer(400, `{"error":"invalid_grant"}`), final, bitrix.ErrInvalidGrant},
	{"wrong secret", saidByAuthServer(401, `{"error":"invalid_client"}`), final, bitrix.ErrInvalidClient},
	{"not paid", saidByAuthServer(402, `{"error":"PAYMENT_REQUIRED"}`), final, bitrix.ErrPaymentRequired},
	{"crash", saidByAuthServer(500, `{"error":"invalid"}`), again, "invalid"},
	{"too many", func(*testing.T) error {
		return &bitrix.Error{Status: 429, Code: "QUERY_LIMIT_EXCEEDED", RetryAfter: 7 * time.Second}
	}, again, bitrix.ErrQueryLimit},
	{"gateway", saidByAuthServer(502, "<h1>Bad gateway</h1>"), again, ""},
	{"away", func(t *testing.T) error {
		return renewal(t, authServer(t, func(r *http.Request) (*http.Response, error) {
			return nil, fmt.Errorf("no route to %s", r.URL)
		}))
	}, again, ""},
	{"store is away", func(*testing.T) error { return fmt.Errorf("no store: %w", io.ErrUnexpectedEOF) }, again, ""},
	{"careless", func(*testing.T) error { return fmt.Errorf("no store for %s", token(1).Reveal()) }, again, ""},
	{"out of time", func(*testing.T) error { return context.DeadlineExceeded }, again, ""},
}

func saidByAuthServer(status int, body string) func(t *testing.T) error {
	return func(t *testing.T) error {
		t.Helper()
		return renewal(t, authAnswering(t, status, body))
	}
}

// renewal is how a keeper of tokens tells that it has failed.
func renewal(t *testing.T, a *bitrix.AuthServer) error {
	t.Helper()
	_, err := a.Renew(t.Context(), refreshCanary)
	return fmt.Errorf("portal m1: %w", err)
}

// TestRenewalFails: the caller learns what happened and whether to come again; the call has not run either way.
func TestRenewalFails(t *testing.T) {
	for _, row := range denials {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := newKeeper().expire()
				k.renewal = func(context.Context) error { return row.cause(t) }
				c := application(t, k, nil)
				var alone, found, said error
				calls(
					func() { alone = c.Call(t.Context(), "scope", nil, nil) },
					ends(&found, func() (bitrix.User, error) { return c.User(t.Context(), 5) }),
					ends(&said, func() (bitrix.MessageID, error) {
						return c.SendMessage(t.Context(), bitrix.Message{Dialog: "7", Text: "!"})
					}),
				)
				for method, err := range map[string]error{"scope": alone, "im.user.get": found, "imbot.v2.Chat.Message.send": said} {
					isExpired(t, err, row.temporary)
					e, ok := errors.AsType[*bitrix.Error](err)
					if !ok || e.Method != method || row.code != "" && !errors.Is(err, row.code) {
						t.Errorf("%s: got %v, want it to tell of %q", method, err, row.code)
					}
					if row.code == bitrix.ErrQueryLimit && e.RetryAfter != 7*time.Second {
						t.Errorf("%v does not tell when to come again", err)
					}
				}
				if k.refused != len(k.stale) {
					t.Errorf("%d requests, %d renewals", k.refused, len(k.stale))
				}
			})
		})
	}
}

// deniedTokens is a keeper that has no access to give.
type deniedTokens struct {
	*keeper
	why error
}

func (d deniedTokens) Access(context.Context) (bitrix.Access, error) { return bitrix.Access{}, d.why }

// TestNoAccess: nothing is sent, and the caller learns the same.
func TestNoAccess(t *testing.T) {
	for _, row := range denials {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := bitrix.NewClient(bitrix.ClientOptions{
					Tokens: deniedTokens{why: row.cause(t)},
					HTTP: &http.Client{Transport: transport(func(*http.Request) (*http.Response, error) {
						t.Error("sent")
						return nil, io.EOF
					})},
				})
				_, err := c.User(t.Context(), 5)
				e, ok := errors.AsType[*bitrix.Error](err)
				if !ok || e.Method != "im.user.get" || e.Temporary() != row.temporary || e.MayHaveRun() {
					t.Errorf("got %v", err)
				}
				if row.code != "" && !errors.Is(err, row.code) {
					t.Errorf("%v does not tell of %s", err, row.code)
				}
			})
		})
	}
}

// TestAccessWithoutPlace: an address that nobody has checked is not called.
func TestAccessWithoutPlace(t *testing.T) {
	for _, endpoint := range []bitrix.Endpoint{"", "https://10.0.0.1/rest/", "http://demo-portal.bitrix24.example/rest/"} {
		k := newKeeper()
		k.endpoint = endpoint
		c := application(t, k, func(*http.Request) (*http.Response, error) {
			t.Error("called")
			return nil, io.EOF
		})
		e, ok := errors.AsType[*bitrix.Error](c.Call(t.Context(), "scope", nil, nil))
		if !ok || e.Temporary() || e.MayHaveRun() {
			t.Errorf("%s: got %v", endpoint, e)
		}
	}
}

// plainTokens keeps its token where fmt would find it.
type plainTokens struct{ token string }

func (p plainTokens) Access(context.Context) (bitrix.Access, error) {
	return bitrix.Access{Endpoint: "https://demo-portal.bitrix24.example/rest/", Token: bitrix.Secret(p.token)}, nil
}

func (p plainTokens) Renew(ctx context.Context, _ bitrix.Secret) (bitrix.Access, error) {
	return p.Access(ctx)
}

// TestApplicationSecretsDoNotPrint: not a client's, not the authorization server's, not what it gave.
func TestApplicationSecretsDoNotPrint(t *testing.T) {
	o := bitrix.ClientOptions{
		Tokens: plainTokens{canary},
		HTTP: &http.Client{Transport: transport(func(*http.Request) (*http.Response, error) {
			return response(http.StatusOK, `{"result":{"result":[]}}`), nil
		})},
	}
	results, err := bitrix.NewClient(o).Batch(t.Context(), []bitrix.BatchCall{{Method: "scope"}})
	if err != nil {
		t.Fatal(err)
	}
	c := bitrix.NewClient(o) // another, at rest: printing looks at everything in it
	options := bitrix.AuthServerOptions{URL: "https://oauth.example/", ClientSecret: canary}
	a, err := bitrix.NewAuthServer(options)
	if err != nil {
		t.Fatal(err)
	}
	shown := []any{
		c, *c, results, options, a, *a,
		bitrix.Access{Token: canary},
		bitrix.Grant{Access: canary, Refresh: canary},
		bitrix.Install{Refresh: canary, ApplicationToken: canary},
	}
	for _, value := range shown {
		printsNoSecret(t, value)
	}
	if text, err := json.Marshal(shown[6:]); err != nil || strings.Contains(string(text), canary) {
		t.Errorf("JSON is %s, %v", text, err)
	}
}
