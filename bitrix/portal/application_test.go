package portal_test

import (
	"encoding/json"
	"maps"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// newAuth makes an authorization server.
func newAuth(change ...func(*portal.AuthServerOptions)) *portal.AuthServer {
	o := portal.AuthServerOptions{BaseURL: "http://oauth.example"}
	for _, c := range change {
		c(&o)
	}
	return portal.NewAuthServer(o)
}

func withAuth(a *portal.AuthServer) func(*portal.Options) {
	return func(o *portal.Options) { o.Auth = a }
}

// grant is an application's access as an event or the authorization server gives it.
type grant struct {
	Access, Refresh  string
	ApplicationToken string
	form             url.Values
}

// readGrant reads the outer auth of an event.
func readGrant(t *testing.T, body string) grant {
	t.Helper()
	form, err := url.ParseQuery(body)
	if err != nil {
		t.Fatal(err)
	}
	return grant{form.Get("auth[access_token]"), form.Get("auth[refresh_token]"), form.Get("auth[application_token]"), form}
}

// install installs the application, its handler being the sink, and returns what it was given.
func install(t *testing.T, p *portal.Portal, s *sink) grant {
	t.Helper()
	if err := p.Install(s.URL + "/events"); err != nil {
		t.Fatal(err)
	}
	return readGrant(t, s.last(t, p))
}

// last waits for what was posted last.
func (s *sink) last(t *testing.T, p *portal.Portal) string {
	t.Helper()
	bodies := s.got(t, p)
	if len(bodies) == 0 {
		t.Fatal("nothing was posted")
	}
	return bodies[len(bodies)-1]
}

// callApp calls a method with an access token in the body, as an application does.
func callApp(t *testing.T, p *portal.Portal, access, method string, with params) answer {
	t.Helper()
	all := params{"auth": access}
	maps.Copy(all, with)
	body, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("POST", endpoint(p)+method, strings.NewReader(string(body)))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	a := answer{Status: w.Code, Raw: w.Body.String()}
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		t.Fatalf("%s: %v in %s", method, err, a.Raw)
	}
	return a
}

// endpoint is where applications call the portal.
func endpoint(p *portal.Portal) string {
	base, _, _ := strings.Cut(p.WebhookURL(), "/rest/")
	return base + "/rest/"
}

// newAppBot registers a bot of the application, with the command whois, that posts to the sink.
func newAppBot(t *testing.T, p *portal.Portal, s *sink, access string) bitrix.BotID {
	t.Helper()
	a := callApp(t, p, access, "imbot.v2.Bot.register", params{"fields": params{
		"code": "whois_demo_bot", "eventMode": "webhook", "webhookUrl": s.URL + "/events",
		"properties": params{"name": "Справочник"},
	}})
	var result struct{ Bot struct{ ID bitrix.BotID } }
	if err := json.Unmarshal(a.Result, &result); err != nil {
		t.Fatalf("register: %v in %s", err, a.Raw)
	}
	if a := callApp(t, p, access, "imbot.v2.Command.register", params{"botId": result.Bot.ID, "fields": whois}); a.Error != "" {
		t.Fatalf("register the command: %s", a.Raw)
	}
	return result.Bot.ID
}

func TestApplicationEventsAreThoseOfThePortal(t *testing.T) {
	for name, do := range map[string]func(*portal.Portal, string) error{
		"app-install":   func(*portal.Portal, string) error { return nil },
		"app-update":    func(p *portal.Portal, handler string) error { return p.Update(handler) },
		"app-uninstall": func(p *portal.Portal, _ string) error { return p.Uninstall(true) },
	} {
		t.Run(name, func(t *testing.T) {
			p, s := newPortal(t, withAuth(newAuth())), newSink(t)
			install(t, p, s)
			if err := do(p, s.URL+"/events"); err != nil {
				t.Fatal(err)
			}
			want := withoutSecrets(t, string(fixture(t, "events/"+name+".form")))
			got := withoutSecrets(t, s.last(t, p))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-fixture +portal):\n%s", diff)
			}
		})
	}
}

// withoutSecrets lists what a form says, in order, with a mask for what differs from portal to portal.
func withoutSecrets(t *testing.T, form string) []string {
	t.Helper()
	differs := []string{"_token]=", "[domain]=", "_endpoint]=", "[member_id]="}
	var pairs []string
	for pair := range strings.SplitSeq(form, "&") {
		plain, err := url.QueryUnescape(pair)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range differs {
			if before, _, found := strings.Cut(plain, key); found {
				plain = before + key + "…"
			}
		}
		pairs = append(pairs, plain)
	}
	return pairs
}

func TestInstallationGivesAccess(t *testing.T) {
	p, s := newPortal(t, withAuth(newAuth())), newSink(t)
	first := install(t, p, s)
	if a := callApp(t, p, first.Access, "profile", nil); !strings.Contains(a.Raw, `"ID":"1"`) {
		t.Errorf("the token is not the administrator's: %s", a.Raw)
	}
	for key, want := range map[string]string{
		"auth[domain]":          "portal.example",
		"auth[client_endpoint]": "http://portal.example/rest/",
		"auth[server_endpoint]": "http://oauth.example/rest/",
		"auth[member_id]":       string(p.MemberID()),
	} {
		if got := first.form.Get(key); got != want {
			t.Errorf("%s is %s, want %s", key, got, want)
		}
	}
	second := install(t, p, s)
	if second.Access == first.Access || second.Refresh == first.Refresh {
		t.Error("the second installation brought the tokens of the first")
	}
}

func TestApplicationTokenIsOfApplicationAndPortal(t *testing.T) {
	token := func(member bitrix.MemberID, client string) string {
		a := newAuth(func(o *portal.AuthServerOptions) { o.ClientID = client })
		p, s := newPortal(t, withAuth(a), func(o *portal.Options) { o.MemberID = member }), newSink(t)
		return install(t, p, s).ApplicationToken
	}
	first := token("one", "local.a")
	if len(first) != 32 || strings.Trim(first, "0123456789abcdef") != "" {
		t.Errorf("%q is not 32 hex digits", first)
	}
	if again := token("one", "local.a"); again != first {
		t.Error("it differs from one installation to the next")
	}
	if token("two", "local.a") == first || token("one", "local.b") == first {
		t.Error("another portal or application has the same")
	}
}

func TestUpdate(t *testing.T) {
	p, s, moved := newPortal(t, withAuth(newAuth())), newSink(t), newSink(t)
	first := install(t, p, s)
	if err := p.Update(moved.URL); err != nil {
		t.Fatal(err)
	}
	second := readGrant(t, moved.last(t, p))
	if second.ApplicationToken != first.ApplicationToken || second.Refresh == first.Refresh {
		t.Error("want the same application token and a fresh pair")
	}
	if got := second.form.Get("data[VERSION]") + " after " + second.form.Get("data[PREVIOUS_VERSION]"); got != "2.0.0 after 1.0.0" {
		t.Errorf("version %s", got)
	}
}

func TestUninstallRemovesBotsAndTokens(t *testing.T) {
	a := newAuth()
	p, s := newPortal(t, withAuth(a)), newSink(t)
	g := install(t, p, s)
	bot := newAppBot(t, p, s, g.Access)
	others := newBot(t, p) // an incoming webhook's
	if err := p.Uninstall(false); err != nil {
		t.Fatal(err)
	}
	bodies := s.got(t, p)[1:]
	if len(bodies) != 1 || readGrant(t, bodies[0]).form.Get("data[CLEAN]") != "0" {
		t.Errorf("want one event, which wipes nothing; the bot is not told: %v", bodies)
	}
	if _, there := p.Person(bitrix.UserID(bot)); there {
		t.Error("the application's bot is still there")
	}
	if _, there := p.Person(bitrix.UserID(others)); !there {
		t.Error("somebody else's bot went too")
	}
	wantError(t, callApp(t, p, g.Access, "profile", nil), 401, "APPLICATION_NOT_FOUND")
	wantExchange(t, renew(t, a, g.Refresh), 400, "invalid_grant")

	again := install(t, p, s)
	if a := callApp(t, p, again.Access, "profile", nil); a.Error != "" {
		t.Errorf("installed again: %s", a.Raw)
	}
	wantError(t, callApp(t, p, g.Access, "profile", nil), 401, "APPLICATION_NOT_FOUND")
}

func TestBotsHearNothingUntilTheInstallationIsComplete(t *testing.T) {
	p, s := newPortal(t, withAuth(newAuth())), newSink(t)
	if err := p.BeginInstall(s.URL); err != nil {
		t.Fatal(err)
	}
	g := readGrant(t, s.last(t, p))
	if got := g.form.Get("data[INSTALLED]"); got != "N" {
		t.Errorf("INSTALLED is %s", got)
	}
	newAppBot(t, p, s, g.Access) // calls work already
	say(t, p, anna, botChat, "/whois 5")
	if got := s.got(t, p); len(got) != 1 {
		t.Errorf("%d events, want none but the installation's", len(got))
	}
	if err := p.FinishInstall(); err != nil {
		t.Fatal(err)
	}
	say(t, p, anna, botChat, "/whois 6")
	if form := readGrant(t, s.last(t, p)).form; form.Get("data[command][params]") != "6" {
		t.Errorf("the last event is %v", form)
	}
}

func TestWhatCannotBeDoneWithAnApplication(t *testing.T) {
	const handler = "http://127.0.0.1:1/"
	alone, empty := newPortal(t), newPortal(t, withAuth(newAuth()))
	_, authorize := alone.Authorize(anna)
	for name, err := range map[string]error{
		"without an authorization server": alone.Install(handler),
		"a code without one":              authorize,
		"a handler nobody can reach":      empty.Install("http://localhost/"),
		"updating nothing":                empty.Update(handler),
		"finishing nothing":               empty.FinishInstall(),
		"uninstalling nothing":            empty.Uninstall(true),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
