package portal_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix/portal"
)

// exchanged is what the authorization server said.
type exchanged struct {
	Status  int    `json:"-"`
	Raw     string `json:"-"`
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
	Error   string `json:"error"`
	Domain  string `json:"domain"`
	User    int    `json:"user_id"`
}

// exchange asks for a token, as the application unless the values say something else.
func exchange(t *testing.T, a *portal.AuthServer, values map[string]string) exchanged {
	t.Helper()
	query := url.Values{"client_id": {a.ClientID()}, "client_secret": {a.ClientSecret()}}
	for key, value := range values {
		query.Set(key, value)
	}
	return ask(t, a, httptest.NewRequest("GET", a.URL()+"oauth/token/?"+query.Encode(), nil))
}

func ask(t *testing.T, a *portal.AuthServer, r *http.Request) exchanged {
	t.Helper()
	w := httptest.NewRecorder()
	a.ServeHTTP(w, r)
	e := exchanged{Status: w.Code, Raw: w.Body.String()}
	if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil {
		t.Fatalf("%v in %s", err, e.Raw)
	}
	return e
}

func renew(t *testing.T, a *portal.AuthServer, refresh string) exchanged {
	t.Helper()
	return exchange(t, a, map[string]string{"grant_type": "refresh_token", "refresh_token": refresh})
}

func wantExchange(t *testing.T, e exchanged, status int, code string) {
	t.Helper()
	if e.Status != status || e.Error != code {
		t.Errorf("got %d %q, want %d %q", e.Status, e.Error, status, code)
	}
}

func TestRefreshTokenWorksOnce(t *testing.T) {
	a := newAuth()
	p, s := newPortal(t, withAuth(a)), newSink(t)
	g := install(t, p, s)
	first := renew(t, a, g.Refresh)
	if first.Status != 200 || first.Domain != "oauth.example" || first.User != 1 {
		t.Errorf("got %s", first.Raw)
	}
	if diff := cmp.Diff(keysOf(t, fixture(t, "rest/oauth-refresh.ok.json")), keysOf(t, []byte(first.Raw))); diff != "" {
		t.Errorf("keys (-fixture +server):\n%s", diff)
	}
	for _, access := range []string{g.Access, first.Access} { // the old one lives out its hour
		if got := callApp(t, p, access, "profile", nil); got.Error != "" {
			t.Errorf("got %s", got.Raw)
		}
	}
	wantExchange(t, renew(t, a, g.Refresh), 400, "invalid_grant")
	wantExchange(t, renew(t, a, first.Refresh), 200, "")
	if got := a.Renewals(p.MemberID()); got != 2 {
		t.Errorf("%d renewals, want 2", got)
	}
}

func TestRefreshTokenThatLives(t *testing.T) {
	a := newAuth(func(o *portal.AuthServerOptions) { o.KeepOld = true })
	p, s := newPortal(t, withAuth(a)), newSink(t)
	g := install(t, p, s)
	if first, again := renew(t, a, g.Refresh), renew(t, a, g.Refresh); first.Refresh == again.Refresh || again.Status != 200 {
		t.Errorf("got %s, then %s", first.Raw, again.Raw)
	}
}

func TestExchangeByForm(t *testing.T) {
	a := newAuth()
	p, s := newPortal(t, withAuth(a)), newSink(t)
	form := url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {install(t, p, s).Refresh},
		"client_id": {a.ClientID()}, "client_secret": {a.ClientSecret()},
	}
	for contentType, want := range map[string]int{"text/plain": 400, "application/x-www-form-urlencoded;charset=utf-8": 200} {
		r := httptest.NewRequest("POST", a.URL()+"oauth/token/", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", contentType)
		if e := ask(t, a, r); e.Status != want {
			t.Errorf("%s: %d %s", contentType, e.Status, e.Raw)
		}
	}
}

func TestExchangeRefuses(t *testing.T) {
	a := newAuth()
	for name, c := range map[string]struct {
		values map[string]string
		status int
		code   string
	}{
		"a refresh token nobody gave": {map[string]string{"grant_type": "refresh_token", "refresh_token": "x"}, 400, "invalid_grant"},
		"no refresh token":            {map[string]string{"grant_type": "refresh_token"}, 400, "invalid_grant"},
		"another secret":              {map[string]string{"grant_type": "refresh_token", "client_secret": "x"}, 401, "invalid_client"},
		"another application":         {map[string]string{"grant_type": "refresh_token", "client_id": "x"}, 401, "invalid_client"},
		"no secret":                   {map[string]string{"grant_type": "refresh_token", "client_secret": ""}, 400, "invalid_request"},
		"no grant type":               {nil, 400, "invalid_request"},
		"another grant type":          {map[string]string{"grant_type": "password"}, 400, "invalid_request"},
	} {
		t.Run(name, func(t *testing.T) { wantExchange(t, exchange(t, a, c.values), c.status, c.code) })
	}
	wantExchange(t, ask(t, a, httptest.NewRequest("PUT", a.URL()+"oauth/token/", nil)), 400, "invalid_request")
}

func TestAuthorizationCode(t *testing.T) {
	c := newClock()
	a := newAuth()
	p := newPortal(t, withAuth(a), withClock(c))
	redeem := func(after time.Duration) (first, second exchanged) {
		code, err := p.Authorize(anna)
		if err != nil {
			t.Fatal(err)
		}
		c.set(c.now().Add(after))
		with := map[string]string{"grant_type": "authorization_code", "code": code}
		return exchange(t, a, with), exchange(t, a, with)
	}
	first, second := redeem(30 * time.Second)
	if first.User != int(anna) {
		t.Errorf("got %s", first.Raw)
	}
	if got := callApp(t, p, first.Access, "profile", nil); !strings.Contains(got.Raw, `"ID":"7"`) {
		t.Errorf("it is not Anna's: %s", got.Raw)
	}
	wantExchange(t, second, 400, "invalid_grant")
	late, _ := redeem(31 * time.Second)
	wantExchange(t, late, 400, "invalid_grant")
}

func TestAuthServerFails(t *testing.T) {
	for name, c := range map[string]struct {
		fault    portal.Fault
		status   int // 0: no answer
		code     string
		renewals int // that took place
	}{
		"says so":            {portal.Fault{Kind: portal.Error500}, 500, "INTERNAL_SERVER_ERROR", 0},
		"a gateway":          {portal.Fault{Kind: portal.Gateway502}, 502, "", 0},
		"the tariff, by 200": {portal.Fault{Kind: portal.Refused, Status: 200, Code: "PAYMENT_REQUIRED"}, 200, "PAYMENT_REQUIRED", 0},
		"no answer":          {portal.Fault{Kind: portal.ResetBefore}, 0, "", 0},
		"an answer lost":     {portal.Fault{Kind: portal.ResetAfter}, 0, "", 1},
		"half an answer":     {portal.Fault{Kind: portal.Truncated}, 200, "", 1},
		"late":               {portal.Fault{Kind: portal.Slow, Delay: time.Millisecond}, 200, "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAuth()
			p, s := newPortal(t, withAuth(a)), newSink(t)
			g := install(t, p, s)
			c.fault.Times = 1
			a.Fail(c.fault)
			if status, code := askOverTheNetwork(t, a, g.Refresh); status != c.status || code != c.code {
				t.Errorf("got %d %q", status, code)
			}
			if got := a.Renewals(p.MemberID()); got != c.renewals {
				t.Errorf("%d renewals, want %d", got, c.renewals)
			}
			want := map[int]string{0: "", 1: "invalid_grant"}[c.renewals]
			if e := renew(t, a, g.Refresh); e.Error != want {
				t.Errorf("the next try: %q, want %q", e.Error, want)
			}
		})
	}
}

// askOverTheNetwork renews by a real connection, which can break.
func askOverTheNetwork(t *testing.T, a *portal.AuthServer, refresh string) (status int, code string) {
	t.Helper()
	server := httptest.NewServer(a)
	defer server.Close()
	query := url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {refresh}, "client_id": {a.ClientID()}, "client_secret": {a.ClientSecret()},
	}
	answer, err := server.Client().Get(server.URL + "/oauth/token/?" + query.Encode())
	if err != nil {
		return 0, ""
	}
	defer answer.Body.Close()
	raw, _ := io.ReadAll(answer.Body)
	var e exchanged
	_ = json.Unmarshal(raw, &e) // some faults are no JSON
	return answer.StatusCode, e.Error
}

func TestAuthServerRecovers(t *testing.T) {
	a := newAuth()
	a.Fail(portal.Fault{Kind: portal.Error500})
	for range 2 {
		wantExchange(t, renew(t, a, "x"), 500, "INTERNAL_SERVER_ERROR")
	}
	a.Recover()
	wantExchange(t, renew(t, a, "x"), 400, "invalid_grant")
}
