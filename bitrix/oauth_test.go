package bitrix_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

const (
	oauthFixtures = "oauth-refresh."
	// secretCanary and refreshCanary stand for what only the authorization server may see. They hold canary, so that
	// hides finds them, and a character that queries spell otherwise.
	secretCanary  = "client/" + canary
	refreshCanary = "refresh/" + canary
)

// authServer makes a client of an authorization server that is played by answer.
func authServer(t testing.TB, answer transport) *bitrix.AuthServer {
	t.Helper()
	a, err := bitrix.NewAuthServer(bitrix.AuthServerOptions{
		URL: "https://oauth.example", ClientID: "app.fake", ClientSecret: secretCanary,
		HTTP: &http.Client{Transport: answer},
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// authAnswering is one that always says the same.
func authAnswering(t testing.TB, status int, body string) *bitrix.AuthServer {
	t.Helper()
	return authServer(t, func(*http.Request) (*http.Response, error) { return response(status, body), nil })
}

// grant is what a fixture gives on a machine where it is the first second of 2000.
func grant(number string, expires time.Time) bitrix.Grant {
	return bitrix.Grant{
		Member: "fakemember0000000000000000000001", Endpoint: "https://demo-portal.bitrix24.example/rest/",
		Access: bitrix.Secret("fake-access-new-" + number), Refresh: bitrix.Secret("fake-refresh-new-" + number),
		Expires: expires,
	}
}

// TestOAuthFixtures: every recorded answer of an authorization server; none may be left out.
func TestOAuthFixtures(t *testing.T) {
	expected := map[string]struct {
		grant bitrix.Grant
		code  bitrix.ErrorCode
	}{
		"oauth-refresh.ok.json":               {grant: grant("0002", time.Unix(1790003600, 0).UTC())},
		"oauth-refresh.no-expires.json":       {grant: grant("0003", time.Date(2000, 1, 1, 1, 0, 0, 0, time.UTC))},
		"oauth-refresh.invalid-grant.json":    {code: bitrix.ErrInvalidGrant},
		"oauth-refresh.invalid-client.json":   {code: bitrix.ErrInvalidClient},
		"oauth-refresh.payment-required.json": {code: bitrix.ErrPaymentRequired},
		"oauth-refresh.invalid-request.json":  {code: bitrix.ErrInvalidRequest},
		"oauth-refresh.invalid-scope.json":    {code: "invalid_scope"},
	}
	for _, f := range restIndex(t) {
		if !strings.HasPrefix(f.File, oauthFixtures) {
			continue
		}
		t.Run(f.File, func(t *testing.T) {
			want, ok := expected[f.File]
			if !ok {
				t.Fatal("no expectation for this fixture")
			}
			synctest.Test(t, func(t *testing.T) {
				got, err := authAnswering(t, f.Status, fixture(t, f.File)).Renew(t.Context(), refreshCanary)
				if want.code != "" {
					refuses(t, err, want.code, f.Status)
				} else if diff := cmp.Diff(want.grant, got); diff != "" || err != nil {
					t.Error(diff, err)
				}
			})
		})
	}
}

// refuses expects an answer that will be the same next time.
func refuses(t *testing.T, err error, code bitrix.ErrorCode, status int) {
	t.Helper()
	e, ok := errors.AsType[*bitrix.Error](err)
	if !ok || !errors.Is(e, code) || e.Method != "oauth/token" || e.Status != status || e.Temporary() || e.MayHaveRun() {
		t.Errorf("got %v, want %s", err, code)
	}
}

// TestRenewAsks: by the documented address, and in one request.
func TestRenewAsks(t *testing.T) {
	var asked []string
	a := authServer(t, func(r *http.Request) (*http.Response, error) {
		asked = append(asked, r.Method+" "+r.URL.Scheme+"://"+r.URL.Host+r.URL.Path, r.URL.Query().Encode(), r.UserAgent())
		return response(http.StatusOK, fixture(t, "oauth-refresh.ok.json")), nil
	})
	if _, err := a.Renew(t.Context(), refreshCanary); err != nil {
		t.Fatal(err)
	}
	query := url.Values{
		"grant_type": {"refresh_token"}, "client_id": {"app.fake"},
		"client_secret": {secretCanary}, "refresh_token": {refreshCanary},
	}
	if diff := cmp.Diff([]string{"GET https://oauth.example/oauth/token/", query.Encode(), "whois24"}, asked); diff != "" {
		t.Error(diff)
	}
}

// TestRenewFails: what may be tried again, and whether the refresh token may be used up; the secrets are in no error,
// however they are spelled.
func TestRenewFails(t *testing.T) {
	said := func(status int, body string) transport {
		return func(*http.Request) (*http.Response, error) { return response(status, body), nil }
	}
	for _, row := range []struct {
		name                  string
		answer                transport
		temporary, mayHaveRun bool
	}{
		{"gateway", said(502, "<h1>Bad gateway</h1>"), again, perhaps},
		{"crash", said(500, `{"error":"server_error"}`), again, perhaps},
		{"too many", said(429, ""), again, certain},
		{"page", said(200, "<h1>Welcome</h1>"), again, perhaps},
		{"empty", said(200, "{}"), again, perhaps},
		{"error with status 200", said(200, `{"error":"invalid_grant"}`), final, certain},
		{"page that refuses", said(403, "<h1>Forbidden</h1>"), final, certain},
		{"redirect", func(*http.Request) (*http.Response, error) {
			return response(302, "", "Location", "https://elsewhere.example/"), nil
		}, final, certain},
		{"echo", said(400, `{"error":"invalid_grant","error_description":"`+refreshCanary+` of `+secretCanary+`"}`), final, certain},
		{"no refresh token", said(200, grantBody("https://portal.example/rest/", "m1", "")), final, perhaps},
		{"no member", said(200, grantBody("https://portal.example/rest/", "", "r")), final, perhaps},
		{"a member that is no name", said(200, grantBody("https://portal.example/rest/", "a b", "r")), final, perhaps},
		{"an endpoint inside", said(200, grantBody("https://10.0.0.1/rest/", "m1", "r")), final, perhaps},
		{"over 4 MiB", said(200, strings.Repeat(" ", 5<<20)), again, perhaps},
		{"broken", func(r *http.Request) (*http.Response, error) {
			return nil, fmt.Errorf("proxy refused %s", r.URL)
		}, again, perhaps},
		{"silent", func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		}, again, perhaps},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				requests := 0
				began := time.Now()
				_, err := authServer(t, func(r *http.Request) (*http.Response, error) {
					requests++
					return row.answer(r)
				}).Renew(t.Context(), refreshCanary)
				e, ok := errors.AsType[*bitrix.Error](err)
				if !ok || e.Temporary() != row.temporary || e.MayHaveRun() != row.mayHaveRun {
					t.Fatalf("got %v", err)
				}
				if requests != 1 || time.Since(began) > 10*time.Second {
					t.Errorf("%d requests in %v", requests, time.Since(began))
				}
				hides(t, err)
			})
		})
	}
}

func grantBody(endpoint, member, refresh string) string {
	return fmt.Sprintf(`{"access_token":"fake-access","refresh_token":%q,"client_endpoint":%q,"member_id":%q,"expires_in":"3600"}`,
		refresh, endpoint, member)
}

// TestGrantExpires: by the moment told, or some time from now; never at a moment JSON has no word for.
func TestGrantExpires(t *testing.T) {
	now := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // where a bubble's clock starts
	for fields, want := range map[string]time.Time{
		`"expires":946688400,"expires_in":60`: now.Add(time.Hour),
		`"expires_in":3600`:                   now.Add(time.Hour),
		`"expires":"946688400"`:               now.Add(time.Hour),
		`"expires":null`:                      now,
		`"expires":9223372036854775807`:       time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
		`"expires_in":9223372036854775807`:    now.Add(1 << 32 * time.Second),
	} {
		t.Run(fields, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				body := strings.Replace(grantBody("https://portal.example/rest/", "m1", "r"), `"expires_in":"3600"`, fields, 1)
				got, err := authAnswering(t, http.StatusOK, body).Renew(t.Context(), refreshCanary)
				if err != nil || !got.Expires.Equal(want) {
					t.Errorf("got %v, %v, want %v", got.Expires, err, want)
				}
			})
		})
	}
}

// TestAuthServerURL: whoever sets it wrongly is told what is accepted.
func TestAuthServerURL(t *testing.T) {
	for raw, hint := range map[string]string{
		"https://oauth.bitrix.info/": "", "https://oauth.bitrix.info": "", "http://127.0.0.1:8024/": "", "http://localhost:1": "",
		"":                                       "https://",
		"oauth.bitrix.info":                      "https://",
		"http://oauth.bitrix.info/":              "this machine",
		"https://%zz":                            "not a URL",
		"https:///":                              "no host",
		"https://a:b@oauth.example":              "user name",
		"https://oauth.example/?a":               `"?"`,
		"https://oauth.bitrix.info/oauth/token/": "cut it there",
	} {
		_, err := bitrix.NewAuthServer(bitrix.AuthServerOptions{URL: raw})
		switch {
		case hint == "" && err != nil:
			t.Errorf("%s: %v", raw, err)
		case hint != "" && (err == nil || !strings.Contains(err.Error(), hint) || !strings.Contains(err.Error(), "https://<server>/")):
			t.Errorf("%s: %v does not help, want a word of %s", raw, err, hint)
		}
	}
}
