package portal_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix/portal"
)

func TestWaysToCarryAToken(t *testing.T) {
	p, s := newPortal(t, withAuth(newAuth())), newSink(t)
	access := install(t, p, s).Access
	for name, c := range map[string]struct {
		path, contentType, body, header string
		status                          int
	}{
		"in JSON":                   {"profile", "application/json", `{"auth":"` + access + `"}`, "", 200},
		"in a form":                 {"profile.json", "application/x-www-form-urlencoded", "auth=" + access, "", 200},
		"in the query":              {"profile?auth=" + access, "", "", "", 200},
		"by its other name":         {"profile?access_token=" + access, "", "", "", 200},
		"in the header":             {"profile", "", "", "Bearer " + access, 200},
		"with a slash too many":     {"/profile?auth=" + access, "", "", "", 200}, // as the JavaScript SDK does
		"in a header of other kind": {"profile", "", "", "Basic " + access, 401},
		"nowhere":                   {"profile", "", "", "", 401},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest("POST", endpoint(p)+c.path, strings.NewReader(c.body))
			r.Header.Set("Content-Type", c.contentType)
			r.Header.Set("Authorization", c.header)
			w := httptest.NewRecorder()
			p.ServeHTTP(w, r)
			if w.Code != c.status {
				t.Errorf("got %d %s", w.Code, w.Body)
			}
		})
	}
}

func TestTokensThatDoNotWork(t *testing.T) {
	c, a := newClock(), newAuth()
	p, s := newPortal(t, withAuth(a), withClock(c)), newSink(t)
	other := newPortal(t, withAuth(a), func(o *portal.Options) { o.MemberID = "other" })
	g, foreign := install(t, p, s), install(t, other, s)

	wantError(t, callApp(t, p, "", "profile", nil), 401, "NO_AUTH_FOUND")
	wantError(t, callApp(t, p, "made up", "profile", nil), 401, "invalid_token")
	wantError(t, callApp(t, p, foreign.Access, "profile", nil), 401, "invalid_token")
	wantError(t, callApp(t, newPortal(t), g.Access, "profile", nil), 401, "invalid_token")
	wantError(t, callApp(t, p, g.Access, "no.such.method", nil), 404, "ERROR_METHOD_NOT_FOUND")

	c.set(start.Add(time.Hour - time.Second))
	if got := callApp(t, p, g.Access, "profile", nil); got.Error != "" {
		t.Errorf("before its hour is over: %s", got.Raw)
	}
	c.set(start.Add(time.Hour))
	wantError(t, callApp(t, p, g.Access, "profile", nil), 401, "expired_token")
	wantError(t, callApp(t, p, g.Access, "batch", params{"cmd": params{"a": "profile"}}), 401, "expired_token")
}

func TestExpireTokens(t *testing.T) {
	a := newAuth()
	p, s := newPortal(t, withAuth(a)), newSink(t)
	other := newPortal(t, withAuth(a), func(o *portal.Options) { o.MemberID = "other" })
	g, others := install(t, p, s), install(t, other, s)
	p.ExpireTokens()
	wantError(t, callApp(t, p, g.Access, "profile", nil), 401, "expired_token")
	if got := callApp(t, other, others.Access, "profile", nil); got.Error != "" {
		t.Errorf("another portal's: %s", got.Raw)
	}
	if got := callApp(t, p, renew(t, a, g.Refresh).Access, "profile", nil); got.Error != "" {
		t.Errorf("renewed: %s", got.Raw)
	}
}

func TestRevokedWebhook(t *testing.T) {
	p, s := newPortal(t, withAuth(newAuth())), newSink(t)
	g := install(t, p, s)
	p.RevokeWebhook()
	wantError(t, call(t, p, "profile", nil), 403, "INVALID_CREDENTIALS")
	if got := callApp(t, p, g.Access, "profile", nil); got.Error != "" {
		t.Errorf("the application: %s", got.Raw)
	}
}

func TestScope(t *testing.T) {
	p, s := newPortal(t, withAuth(newAuth()), func(o *portal.Options) { o.Scope = []string{"imbot"} }), newSink(t)
	access := install(t, p, s).Access
	for method, allowed := range map[string]bool{
		"im.user.get": false, "im.department.get": false, "imbot.v2.Revision.get": true, "server.time": true, "profile": true,
	} {
		for caller, got := range map[string]answer{
			"webhook":     call(t, p, method, params{"ID": 5}),
			"application": callApp(t, p, access, method, params{"ID": 5}),
		} {
			if allowed && got.Error != "" {
				t.Errorf("%s by the %s: %s", method, caller, got.Raw)
			}
			if !allowed {
				wantError(t, got, 403, "insufficient_scope")
			}
		}
	}
	if got := call(t, p, "batch", params{"cmd": params{"a": "im.user.get", "b": "server.time"}}); got.Status != 200 ||
		!strings.Contains(got.Raw, `"result_error":{"a":{"error":"insufficient_scope"`) {
		t.Errorf("in a batch: %s", got.Raw)
	}
	if diff := cmp.Diff([]string{"imbot"}, get[[]string](t, p, "scope", nil)); diff != "" {
		t.Errorf("scope (-want +got):\n%s", diff)
	}
	var refusal answer
	if err := json.Unmarshal(fixture(t, "rest/error.insufficient-scope.json"), &refusal); err != nil {
		t.Fatal(err)
	}
	if got := call(t, p, "im.user.get", nil).Text; got != refusal.Text {
		t.Errorf("%q, want %q", got, refusal.Text)
	}
	if got := callApp(t, p, access, "im.user.get", nil).Text; got != strings.Replace(refusal.Text, "webhook", "access", 1) {
		t.Errorf("to the application: %q", got)
	}
}

func TestApplicationInfo(t *testing.T) {
	a := newAuth()
	p, s := newPortal(t, withAuth(a)), newSink(t)
	got := callApp(t, p, install(t, p, s).Access, "app.info", nil)
	var info struct {
		CODE, STATUS string
		VERSION      int
		INSTALLED    bool
	}
	if err := json.Unmarshal(got.Result, &info); err != nil {
		t.Fatalf("%v in %s", err, got.Raw)
	}
	if info.CODE != a.ClientID() || info.STATUS != "L" || info.VERSION != 1 || !info.INSTALLED {
		t.Errorf("got %+v", info)
	}
}

func TestTokensAreNotShown(t *testing.T) {
	p, s := newPortal(t, withAuth(newAuth())), newSink(t)
	g := install(t, p, s)
	newAppBot(t, p, s, g.Access)
	say(t, p, anna, botChat, "/whois 5")
	secrets := readGrant(t, s.last(t, p))
	var shown strings.Builder
	for _, d := range p.Deliveries() {
		shown.WriteString(d.Form)
	}
	for _, c := range p.Calls() {
		shown.WriteString(string(c.Params))
	}
	for _, secret := range []string{g.Access, g.Refresh, g.ApplicationToken, secrets.Access, secrets.Refresh} {
		if secret == "" || strings.Contains(shown.String(), secret) {
			t.Errorf("%q is shown", secret)
		}
	}
}

func TestBotsOwnToken(t *testing.T) {
	p, s := newPortal(t, withAuth(newAuth())), newSink(t)
	g := install(t, p, s)
	bot := newAppBot(t, p, s, g.Access)
	say(t, p, anna, botChat, "/whois 5")
	own := readGrant(t, s.last(t, p)).form.Get("data[bot][auth][access_token]")

	if got := callApp(t, p, own, "im.user.get", params{"ID": 5}); got.Error != "" {
		t.Errorf("people: %s", got.Raw)
	}
	wantError(t, callApp(t, p, own, "im.department.get", params{"ID": []int{1}}), 403, "ACCESS_ERROR")
	if got := callApp(t, p, own, "imbot.v2.Bot.get", params{"botId": bot}); !strings.Contains(got.Raw, "eventMode") {
		t.Errorf("it is not its owner: %s", got.Raw)
	}
	if got := callApp(t, p, g.Access, "imbot.v2.Bot.unregister", params{"botId": bot}); got.Error != "" {
		t.Fatal(got.Raw)
	}
	wantError(t, callApp(t, p, own, "profile", nil), 401, "authorization_error")
}
