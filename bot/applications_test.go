package bot_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/events/stream"
)

func plain(*bot.Bot, *bot.ApplicationsOptions) {}

// unhurried is the rate limit of a portal in tests that are about something else.
var unhurried = bitrix.ClientOptions{Rate: 1000, Burst: 1000}

func newCloud(t *testing.T) *portaltest.Cloud {
	t.Helper()
	return portaltest.NewCloud(t, portal.AuthServerOptions{})
}

// callers calls the portal so many times at once, on behalf of as many people, and returns how many were answered.
func (a *agency) callers(t *testing.T, portal string, n int) (answered int) {
	t.Helper()
	var all sync.WaitGroup
	errs := make([]error, n)
	client := a.bot.Portals.Get(portal).Client
	for i := range errs {
		all.Go(func() { _, errs[i] = client.Scopes(t.Context()) })
	}
	all.Wait()
	for _, err := range errs {
		if err == nil {
			answered++
		} else {
			t.Log(err)
		}
	}
	return answered
}

// TestTwoPortals is the life of an application on two portals at once: they install it, talk, get another name, have their
// tokens expire under load and leave, and neither notices the other.
func TestTwoPortals(t *testing.T) {
	t.Parallel()
	a := newAgency(t, newCloud(t), way{}, unhurried, plain)
	first := a.join(t, "first", portal.Options{Rate: 1000, Burst: 1000})
	second := a.join(t, "second", portal.Options{Rate: 1000, Burst: 1000})
	second.SetPerson(5, func(p *portal.Person) { p.Last = "Другой" })
	talk := func() {
		t.Helper()
		wantParts(t, first.say(t, anna, first.private(), "/whois 5").Text, "Шеленков")
		wantParts(t, second.say(t, anna, second.private(), "/whois 5").Text, "Другой")
	}
	talk()
	a.Rename(first.Portal, "renamed")
	talk()
	for _, o := range []*office{first, second} {
		before := a.Auth.Renewals(o.MemberID())
		o.ExpireTokens()
		if n := a.callers(t, o.name, 50); n != 50 {
			t.Errorf("%d of 50 calls at once were answered", n)
		}
		if n := a.Auth.Renewals(o.MemberID()) - before; n != 1 {
			t.Errorf("%d renewals for 50 calls", n)
		}
	}
	talk()
	if err := first.Uninstall(true); err != nil {
		t.Fatal(err)
	}
	first.awaitReadyz(t, func(text string) bool { return strings.Contains(text, `"portals":{"ok":true,"count":1}`) })
	wantParts(t, second.say(t, anna, second.private(), "/whois 5").Text, "Другой")
}

// TestPortalThatInstallsAgain, or has a new version of the application, goes on with the newest access.
func TestPortalThatInstallsAgain(t *testing.T) {
	t.Parallel()
	a := newAgency(t, newCloud(t), way{}, unhurried, plain)
	o := a.join(t, "portal", portal.Options{})
	for _, again := range []func(string) error{o.Install, o.Update} {
		if err := again(a.webhooks); err != nil {
			t.Fatal(err)
		}
		if err := o.Idle(t.Context()); err != nil {
			t.Fatal(err)
		}
		before := a.Auth.Renewals(o.MemberID())
		o.ExpireTokens()
		wantParts(t, o.say(t, anna, o.private(), "/whois 5").Text, "Шеленков")
		if n := a.Auth.Renewals(o.MemberID()) - before; n != 1 {
			t.Errorf("%d renewals", n)
		}
	}
}

// TestBotRemovedByAPortal comes back when the application is installed there again.
func TestBotRemovedByAPortal(t *testing.T) {
	t.Parallel()
	a := newAgency(t, newCloud(t), way{}, unhurried, plain)
	o := a.join(t, "portal", portal.Options{})
	o.say(t, anna, o.private(), "/whois 5")
	if err := unregister(t.Context(), a.bot.Portals.Get(o.name), "whois24"); err != nil {
		t.Fatal(err)
	}
	o.unwell(t, "install the application there again")
	o.wantMetric(t, "whois24_unwell_portals 1")
	a.install(t, o)
	wantParts(t, o.say(t, anna, o.private(), "/whois 5").Text, "Шеленков")
	o.well(t)
	o.wantMetric(t, "whois24_portals 1")
}

// TestHundredPortals join, and each is answered by its own bot about its own people.
func TestHundredPortals(t *testing.T) {
	t.Parallel()
	a := newAgency(t, newCloud(t), way{}, bitrix.ClientOptions{}, plain)
	offices := make([]*office, 100)
	for n := range offices {
		o := a.portal(t, fmt.Sprintf("portal%d", n), portal.Options{})
		o.SetPerson(5, func(p *portal.Person) { p.Last = fmt.Sprintf("Number-%d", n) })
		if err := o.Install(a.webhooks); err != nil {
			t.Fatal(err)
		}
		if err := o.Idle(t.Context()); err != nil {
			t.Fatal(err)
		}
		offices[n] = o
	}
	for _, o := range offices {
		o.bot = registered(t, o.Portal, a.commands)
		if _, err := o.Say(anna, o.private(), "/whois 5"); err != nil {
			t.Fatal(err)
		}
	}
	for n, o := range offices {
		o.await(t, "an answer", func() bool { return len(o.answers(anna, o.private())) == 1 })
		wantParts(t, o.answers(anna, o.private())[0].Text, fmt.Sprintf("Number-%d", n))
	}
	offices[0].well(t)
	wantParts(t, first(get(t, offices[0].admin+"/readyz")), `"portals":{"ok":true,"count":100}`)
}

// TestTwoProcessesRenewOnce: a refresh token works once, so those that work on one store share the renewal.
func TestTwoProcessesRenewOnce(t *testing.T) {
	t.Parallel()
	a := newAgency(t, newCloud(t), way{}, unhurried, plain)
	o := a.join(t, "portal", portal.Options{Rate: 1000, Burst: 1000})
	b := newAgency(t, a.Cloud, way{}, unhurried, func(b *bot.Bot, _ *bot.ApplicationsOptions) {
		b.Store, b.Profile, b.Receiver = a.bot.Store, nil, false
	})
	b.served(t, o.name)
	for range 3 {
		before := a.Auth.Renewals(o.MemberID())
		o.ExpireTokens()
		var both sync.WaitGroup
		for _, process := range []*agency{a, b} {
			both.Go(func() {
				if n := process.callers(t, o.name, 25); n != 25 {
					t.Errorf("%d of 25 calls were answered", n)
				}
			})
		}
		both.Wait()
		if n := a.Auth.Renewals(o.MemberID()) - before; n != 1 {
			t.Errorf("%d renewals for 50 calls of two processes", n)
		}
	}
}

// served waits until a process serves a portal.
func (a *agency) served(t *testing.T, portal string) {
	t.Helper()
	for started := time.Now(); a.bot.Portals.Get(portal) == nil; {
		if time.Since(started) > 10*time.Second {
			t.Fatal("the portal is not served")
		}
	}
}

// TestForgedInstallations are refused with 403, and nothing is kept of them.
func TestForgedInstallations(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		server portal.AuthServerOptions
		pinned bitrix.Secret
		forge  func(t *testing.T, a *agency, victim, own *office) string // the form that is posted
	}{
		"a token somebody made up": {forge: func(t *testing.T, a *agency, victim, own *office) string {
			return changed(t, own.installation(t), "auth[refresh_token]", "made0up")
		}},
		"the token of another portal": {forge: func(t *testing.T, a *agency, victim, own *office) string {
			return changed(t, own.installation(t), "auth[member_id]", victim.name)
		}},
		"posted twice": {forge: func(t *testing.T, a *agency, victim, own *office) string {
			return own.posted(t, a)
		}},
		"posted twice, and the token still works": {
			server: portal.AuthServerOptions{KeepOld: true},
			forge: func(t *testing.T, a *agency, victim, own *office) string {
				return own.posted(t, a)
			},
		},
		"posted again after the portal left": {
			server: portal.AuthServerOptions{KeepOld: true},
			forge: func(t *testing.T, a *agency, victim, own *office) string {
				form := own.posted(t, a)
				if err := own.Uninstall(true); err != nil {
					t.Fatal(err)
				}
				if err := own.Idle(t.Context()); err != nil {
					t.Fatal(err)
				}
				return form
			},
		},
		"another application token than the operator set": {
			pinned: "fakeapptoken00000000000000000001",
			forge:  func(t *testing.T, a *agency, victim, own *office) string { return own.installation(t) },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAgency(t, portaltest.NewCloud(t, c.server), way{}, unhurried, func(_ *bot.Bot, o *bot.ApplicationsOptions) {
				o.Token = c.pinned
			})
			victim, own := a.portal(t, "victim", portal.Options{}), a.portal(t, "own", portal.Options{})
			form := c.forge(t, a, victim, own)
			before := len(a.bot.Portals.Names())
			if status := own.post(t, form); status != http.StatusForbidden {
				t.Errorf("status %d, want 403", status)
			}
			if names := a.bot.Portals.Names(); len(names) != before {
				t.Errorf("portals are %q", names)
			}
			a.ready(t, own)
			e, err := vault(t, a.bot.Store, "test key").Get(t.Context(), victim.name)
			if err != nil || e.Value != nil {
				t.Errorf("kept of the victim is %q (%v)", e.Value, err)
			}
		})
	}
}

// ready waits until the store is.
func (a *agency) ready(t *testing.T, o *office) {
	t.Helper()
	o.awaitReadyz(t, func(text string) bool { return strings.Contains(text, `"store":{"ok":true}`) })
}

// TestInstallationPostedFiveTimesAtOnce counts once, also where the refresh token works more than once.
func TestInstallationPostedFiveTimesAtOnce(t *testing.T) {
	t.Parallel()
	a := newAgency(t, portaltest.NewCloud(t, portal.AuthServerOptions{KeepOld: true}), way{}, unhurried, plain)
	o := a.portal(t, "portal", portal.Options{})
	a.ready(t, o)
	form := o.installation(t)
	statuses := make(chan int, 5)
	var all sync.WaitGroup
	for range cap(statuses) {
		all.Go(func() { statuses <- o.post(t, form) })
	}
	all.Wait()
	close(statuses)
	count := map[int]int{}
	for status := range statuses {
		count[status]++
	}
	if count[http.StatusOK] != 1 || count[http.StatusForbidden] != 4 {
		t.Errorf("statuses are %v", count)
	}
}

// installation is what a portal posts when it installs the application, which nobody gets.
func (o *office) installation(t *testing.T) string {
	t.Helper()
	sink := listen(t)
	forms := make(chan string, 1)
	server := &http.Server{Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		forms <- r.PostForm.Encode()
	})}
	go func() { _ = server.Serve(sink) }()
	defer server.Close()
	if err := o.Install("http://" + sink.Addr().String() + "/"); err != nil {
		t.Fatal(err)
	}
	return <-forms
}

// posted has the portal join and returns what it posted for that.
func (o *office) posted(t *testing.T, a *agency) string {
	t.Helper()
	form := o.installation(t)
	if status := o.post(t, form); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	if a.bot.Portals.Get(o.name) == nil {
		t.Fatal("it was answered before the portal is served")
	}
	return form
}

func changed(t *testing.T, form, field, value string) string {
	t.Helper()
	values, err := url.ParseQuery(form)
	if err != nil {
		t.Fatal(err)
	}
	values.Set(field, value)
	return values.Encode()
}

// TestPortalThatLeft is not answered, its events are refused and its data is gone if it wanted that; and it may come back.
func TestPortalThatLeft(t *testing.T) {
	t.Parallel()
	for name, clean := range map[string]bool{"with its data": true, "and left its data": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAgency(t, newCloud(t), way{}, unhurried, plain)
			o := a.join(t, "portal", portal.Options{})
			o.say(t, anna, o.private(), "/whois 5")
			if err := o.Uninstall(clean); err != nil {
				t.Fatal(err)
			}
			if err := o.Idle(t.Context()); err != nil {
				t.Fatal(err)
			}
			if left := a.bot.Portals.Get(o.name); left != nil {
				t.Error("it is still served")
			}
			event := "event=ONIMBOTV2MESSAGEADD&auth[member_id]=" + o.name + "&auth[application_token]=x"
			if status := o.post(t, event); status != http.StatusForbidden {
				t.Errorf("an event is answered %d, want 403", status)
			}
			o.wiped(t)
			known, err := o.store.Recall(t.Context(), "bot of "+o.name)
			if err != nil || (known == nil) != clean {
				t.Errorf("remembered is %q (%v)", known, err)
			}
			a.install(t, o)
			wantParts(t, o.say(t, anna, o.private(), "/whois 7").Text, "Анна")
		})
	}
}

// wiped waits until what a portal left behind was removed, and looks that no secret is left.
func (o *office) wiped(t *testing.T) {
	t.Helper()
	v := vault(t, o.store, "test key")
	for started := time.Now(); ; {
		e, err := v.Get(t.Context(), o.name)
		if err != nil {
			t.Fatal(err)
		}
		text := string(e.Value)
		if strings.Contains(text, "refresh") || strings.Contains(text, "token") {
			t.Fatalf("secrets are left: %s", text)
		}
		if !strings.Contains(text, "wipe") {
			return
		}
		if time.Since(started) > 20*time.Second {
			t.Fatalf("not wiped: %s", text)
		}
	}
}

// TestNewTokenKey: the new key comes first, then the old one can go. Without it the portal is listed with what to do.
func TestNewTokenKey(t *testing.T) {
	t.Parallel()
	a := newAgency(t, newCloud(t), way{}, unhurried, withKeys(t, nil, "old key"))
	o := a.join(t, "portal", portal.Options{})
	a.stop()
	lost := newAgency(t, a.Cloud, way{}, unhurried, withKeys(t, o.store, "new key"))
	other := *o
	other.admin = "http://" + lost.bot.Admin.Addr().String()
	other.unwell(t, "--token-key")
	lost.stop()
	both := newAgency(t, a.Cloud, way{}, unhurried, withKeys(t, o.store, "new key", "old key"))
	both.served(t, o.name)
	for resealed := vault(t, o.store, "new key"); ; {
		if _, err := resealed.Get(t.Context(), o.name); err == nil {
			break
		}
	}
	both.stop()
	late := newAgency(t, a.Cloud, way{}, unhurried, withKeys(t, o.store, "new key"))
	late.served(t, o.name)
}

// TestTokenKeyThatIsGone: a portal that installs the application again needs no old key.
func TestTokenKeyThatIsGone(t *testing.T) {
	t.Parallel()
	a := newAgency(t, newCloud(t), way{}, unhurried, withKeys(t, nil, "lost key"))
	o := a.join(t, "portal", portal.Options{})
	a.stop()
	b := a.restarted(t, "new key")
	if err := o.Install(a.webhooks); err != nil {
		t.Fatal(err)
	}
	b.served(t, o.name)
	o.admin = "http://" + b.bot.Admin.Addr().String()
	wantParts(t, o.say(t, anna, o.private(), "/whois 5").Text, "Шеленков")
	o.well(t)
}

// TestPortalOfAnotherProcess: a receiver takes the events of a portal that joined with another one, and was not told yet.
func TestPortalOfAnotherProcess(t *testing.T) {
	t.Parallel()
	a := newAgency(t, newCloud(t), way{}, unhurried, plain)
	o := a.join(t, "portal", portal.Options{})
	deaf := bot.NewApplications(bot.ApplicationsOptions{ // it does not watch the vault
		Vault: vault(t, o.store, "test key"), Portals: bot.NewPortals(),
		Open: func(name string, tokens bitrix.Tokens) (*bot.Portal, error) {
			return connect(t, name, bitrix.ClientOptions{Tokens: tokens}, nil), nil
		},
	})
	for claimed, known := range map[bitrix.MemberID]bool{o.MemberID(): true, "somebodyelse": false, "../x": false, "": false} {
		got, err := deaf.Sender(t.Context(), claimed)
		if err != nil || (got.Token != "") != known || (got.Portal == o.name) != known {
			t.Errorf("%q is %+v (%v)", claimed, got, err)
		}
	}
}

func withKeys(t *testing.T, s *stream.Stream, keys ...bitrix.Secret) func(*bot.Bot, *bot.ApplicationsOptions) {
	t.Helper()
	return func(b *bot.Bot, o *bot.ApplicationsOptions) {
		if b.Store = s; s == nil {
			b.Store = store(t)
		}
		o.Vault = vault(t, b.Store, keys...)
	}
}
