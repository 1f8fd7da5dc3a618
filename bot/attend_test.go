package bot_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
	"github.com/whois24/whois24/bot"
)

// another starts one more process of the bot on the office's store.
func (o *office) another(t *testing.T, w way, change func(*bot.Bot)) *office {
	t.Helper()
	other := openAt(t, w, o.Portal, bitrix.ClientOptions{Rate: 1000, Burst: 1000}, func(b *bot.Bot) {
		b.Store = o.store
		change(b)
	})
	other.bot = o.bot
	return other
}

func asItIs(*bot.Bot) {}

// patient lets everybody ask as much as they like.
func patient(b *bot.Bot) { b.Limits.Person.Burst = 1_000_000 }

func quick(b *bot.Bot) { b.SetLook(50 * time.Millisecond) }

// unwell waits until the process lists the portal as not well, in these words, and says that it is ready all the same.
func (o *office) unwell(t *testing.T, words string) {
	t.Helper()
	o.awaitReadyz(t, func(text string) bool {
		return strings.Contains(text, `"ready":true`) && strings.Contains(text, `"portal `+o.name+`":{"ok":false`) &&
			strings.Contains(text, words)
	})
}

// well waits until no portal is listed as unwell.
func (o *office) well(t *testing.T) {
	t.Helper()
	o.awaitReadyz(t, func(text string) bool { return !strings.Contains(text, `"portal `) })
}

func (o *office) awaitReadyz(t *testing.T, so func(string) bool) {
	t.Helper()
	for started := time.Now(); ; {
		_, text := get(t, o.admin+"/readyz")
		if so(text) {
			return
		}
		if time.Since(started) > 20*time.Second {
			t.Fatalf("waited in vain, readyz is %s", text)
		}
	}
}

// mode waits until the portal has the bot get its events so.
func (o *office) mode(t *testing.T, want bitrix.EventMode) {
	t.Helper()
	client := bitrix.NewClient(bitrix.ClientOptions{Webhook: webhookOf(t, o.Portal), HTTP: http.DefaultClient, Rate: 1000})
	defer http.DefaultClient.CloseIdleConnections()
	for started := time.Now(); ; {
		bots, err := client.Bots(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(bots) == 1 && bots[0].EventMode == want {
			return
		}
		if time.Since(started) > 20*time.Second {
			t.Fatalf("bots are %+v, want %s", bots, want)
		}
	}
}

// talkers are people who ask questions, one after the other and each in private.
type talkers []bitrix.UserID

func (o *office) talkers() (list talkers) {
	for _, p := range o.People() {
		if p.Active && !p.Bot && !p.Extranet && len(list) < 20 {
			list = append(list, p.ID)
		}
	}
	return list
}

// talk has them ask until stop is called, which tells how many questions it were.
func (o *office) talk(t *testing.T, who talkers) (stop func() int) {
	asked, quiet := make(chan int), make(chan struct{})
	go func() {
		pace := time.NewTicker(10 * time.Millisecond)
		defer pace.Stop()
		for n := 0; ; n++ {
			select {
			case <-quiet:
				asked <- n
				return
			case <-pace.C:
			}
			if _, err := o.Say(who[n%len(who)], o.private(), fmt.Sprintf("/whois %d", 100_000+n)); err != nil {
				t.Error(err)
			}
		}
	}()
	return func() int { close(quiet); return <-asked }
}

// heard counts the answers they got.
func (o *office) heard(who talkers) (n int) {
	for _, id := range who {
		n += len(o.answers(id, o.private()))
	}
	return n
}

// TestSwitchingLosesNothing has people talk all the time while the bot is switched from fetching to webhooks and back, each
// time by a process that starts while the other still runs.
func TestSwitchingLosesNothing(t *testing.T) {
	t.Parallel()
	o := openAs(t, way{fetch: true}, portal.Options{Rate: 1000, Burst: 1000}, patient)
	who := o.talkers()
	stop := o.talk(t, who)
	o.await(t, "an answer", func() bool { return o.heard(who) > 0 })
	posting := o.another(t, way{}, patient)
	o.mode(t, bitrix.EventsPosted)
	o.stop()
	fetching := o.another(t, way{fetch: true}, patient)
	o.mode(t, bitrix.EventsFetched)
	if err := o.Idle(t.Context()); err != nil { // what was under way to the webhooks
		t.Fatal(err)
	}
	posting.stop()
	n := stop()
	lost := len(o.Lost()) // in the moment between reading the queue out and erasing it
	o.await(t, "all answers", func() bool { return o.heard(who) >= n-lost })
	fetching.stop()
	if got := o.heard(who); got != n-lost {
		t.Errorf("%d answers to %d questions, of which the portal erased %d", got, n, lost)
	}
	for _, l := range o.Lost() {
		if l.Why != portal.LostBySwitch {
			t.Errorf("erased: %+v", l)
		}
	}
	t.Logf("%d questions, of which the portal erased %d", n, lost)
}

// before is a transport that does something before the first request for a method.
type before struct {
	http.Transport
	method string
	once   sync.Once
	do     func()
}

func (b *before) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, b.method) {
		b.once.Do(b.do)
	}
	return b.Transport.RoundTrip(r)
}

// TestQuestionOfTheLastMoment comes after all that waited was stored, and just before the portal switches to webhooks and
// erases what waits.
func TestQuestionOfTheLastMoment(t *testing.T) {
	t.Parallel()
	o := openAs(t, way{fetch: true}, portal.Options{}, asItIs)
	o.say(t, anna, o.private(), "/whois 5")
	o.stop()
	last := &before{Transport: http.Transport{DisableKeepAlives: true}, method: "batch", do: func() {
		if _, err := o.Say(anna, o.private(), "/whois 7"); err != nil {
			t.Error(err)
		}
	}}
	posting := o.another(t, way{}, func(b *bot.Bot) {
		client := bitrix.ClientOptions{Webhook: webhookOf(t, o.Portal), HTTP: &http.Client{Transport: last}}
		b.Portals = bot.NewPortals(connect(t, o.name, client, nil))
	})
	o.await(t, "the answer", func() bool { return len(o.answers(anna, o.private())) == 2 })
	o.mode(t, bitrix.EventsPosted)
	posting.say(t, anna, o.private(), "/whois 5")
	if lost := o.Lost(); len(lost) > 0 {
		t.Errorf("the portal erased %+v", lost)
	}
}

// TestOneProcessFetches: the second one on the store waits, and goes on when the first stops.
func TestOneProcessFetches(t *testing.T) {
	t.Parallel()
	const fetches = `whois24_bitrix_request_seconds_count{method="imbot.v2.Event.get"`
	first := openAs(t, way{fetch: true}, portal.Options{}, asItIs)
	second := first.another(t, way{fetch: true}, asItIs)
	first.say(t, anna, first.private(), "/whois 5")
	second.wantMetric(t, `method="imbot.v2.Bot.list"`) // it has looked at the portal
	first.say(t, anna, first.private(), "/whois 5")
	if _, text := get(t, second.admin+"/metrics"); strings.Contains(text, fetches) {
		t.Error("both fetch")
	}
	first.stop()
	if _, err := first.Say(anna, first.private(), "/whois 7"); err != nil {
		t.Fatal(err)
	}
	second.await(t, "an answer by the second", func() bool { return len(first.answers(anna, first.private())) == 3 })
	second.wantMetric(t, fetches)
}

// TestTwoProcessesRegisterOnce: the second looks when the first is done, and finds all as it should be.
func TestTwoProcessesRegisterOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t, portal.Options{})
	s.Fail(portal.Fault{Method: "imbot.v2.Bot.list", Kind: portal.Slow, Delay: 100 * time.Millisecond})
	shared, url := store(t), ""
	for range 2 {
		openAt(t, way{}, s.Portal, bitrix.ClientOptions{}, func(b *bot.Bot) {
			if url == "" {
				url = b.Profile.WebhookURL
			}
			b.Store, b.Profile.WebhookURL = shared, url
		})
	}
	looks := func() (n int) {
		for _, c := range s.Calls() {
			if c.Method == "imbot.v2.Bot.list" {
				n++
			}
		}
		return n
	}
	for started := time.Now(); looks() < 2; {
		if time.Since(started) > 20*time.Second {
			t.Fatal("the second process does not look")
		}
	}
	if list := s.writes(); len(list) != 6 { // the bot and two commands, each registered and brought up to date
		t.Errorf("written was %q", list)
	}
}

// TestBotThatIsRemoved is told of, with what to do, and works again when somebody registers it.
func TestBotThatIsRemoved(t *testing.T) {
	t.Parallel()
	for _, w := range []way{{}, {v1: true}, {fetch: true}} {
		t.Run(w.String(), func(t *testing.T) {
			t.Parallel()
			o := openAs(t, w, portal.Options{}, func(b *bot.Bot) { b.SetLook(time.Second) })
			s := newSiteAt(t, o.Portal)
			o.say(t, anna, o.private(), "/whois 5")
			if err := unregister(t.Context(), s.served, "whois24"); err != nil {
				t.Fatal(err)
			}
			o.unwell(t, "whois24 register")
			profile := bot.Profile{Code: "whois24", Name: "Whois24"}
			if !w.fetch {
				profile.WebhookURL = o.webhooks
			}
			again, err := register(t.Context(), s.served, profile)
			if err != nil {
				t.Fatal(err)
			}
			o.well(t)
			o.bot = again.ID
			wantParts(t, o.say(t, anna, o.private(), "/whois 5").Text, "Евгений Шеленков")
		})
	}
}

// TestPortalSaysThatTheBotIsRemoved: where events are posted nobody has to find out by looking.
func TestPortalSaysThatTheBotIsRemoved(t *testing.T) {
	t.Parallel()
	for _, w := range []way{{}, {v1: true}} {
		o := openAs(t, w, portal.Options{}, func(b *bot.Bot) { b.SetLook(time.Hour) })
		o.say(t, anna, o.private(), "/whois 5")
		if err := unregister(t.Context(), newSiteAt(t, o.Portal).served, "whois24"); err != nil {
			t.Fatal(err)
		}
		o.unwell(t, "whois24 register")
	}
}

// TestReceiverAloneFollowsThePortal: it registers nothing, and gets events the way the bot is registered for.
func TestReceiverAloneFollowsThePortal(t *testing.T) {
	t.Parallel()
	p := portaltest.New(t, portal.Options{Rate: 1000, Burst: 1000})
	var url string
	o := openAt(t, way{}, p, unhurried, func(b *bot.Bot) {
		url, b.Profile = b.Profile.WebhookURL, nil
		quick(b)
	})
	s := newSiteAt(t, p)
	o.unwell(t, "whois24 register")
	for _, profile := range []bot.Profile{
		{Code: "whois24", Name: "Whois24"},
		{Code: "whois24", Name: "Whois24", WebhookURL: url},
		{Code: "whois24", Name: "Whois24"},
	} {
		b, err := register(t.Context(), s.served, profile)
		if err != nil {
			t.Fatal(err)
		}
		o.bot = b.ID
		wantParts(t, o.say(t, anna, o.private(), "/whois 5").Text, "Евгений Шеленков")
		o.well(t)
	}
}

// TestFirstRegistrationThatIsRefused ends a process with a webhook: its settings are wrong.
func TestFirstRegistrationThatIsRefused(t *testing.T) {
	t.Parallel()
	p := portaltest.New(t, portal.Options{})
	p.Fail(portal.Fault{Kind: portal.Refused, Status: http.StatusForbidden, Code: "insufficient_scope"})
	b, _ := newBot(t, way{})
	b.Portals, b.Store = bot.NewPortals(newSiteAt(t, p).served), store(t)
	err := b.Run(t.Context())
	if err == nil || !strings.Contains(err.Error(), "--portal") || !strings.Contains(err.Error(), "imbot") {
		t.Errorf("error is %v, want it to name --portal and what is missing", err)
	}
}

// TestLaterRefusalEndsNothing: the bot was there, so it goes on as it was.
func TestLaterRefusalEndsNothing(t *testing.T) {
	t.Parallel()
	o := openAs(t, way{fetch: true}, portal.Options{}, asItIs)
	o.say(t, anna, o.private(), "/whois 5")
	o.stop()
	o.Fail(portal.Fault{Method: "imbot.v2.Bot.update", Kind: portal.Refused, Code: "BOT_INVALID_CALLBACK"})
	o.Fail(portal.Fault{Method: "imbot.v2.Command.list", Kind: portal.Refused, Code: "BOT_OWNERSHIP_ERROR"})
	later := o.another(t, way{}, asItIs)
	later.unwell(t, "--bot-token")
	wantParts(t, o.say(t, anna, o.private(), "/whois 5").Text, "Евгений Шеленков")
}

// TestManyPortalsDoNotStorm: of 40 portals eight are registered at a time, and of four it is read who works there.
func TestManyPortalsDoNotStorm(t *testing.T) {
	t.Parallel()
	p := portaltest.New(t, portal.Options{Rate: 1000, Burst: 1000})
	b, _ := newBot(t, way{})
	var portals []*bot.Portal
	set := newSiteAt(t, p).served.Commands
	calls := &crowd{Transport: http.Transport{DisableKeepAlives: true}}
	for n := range 40 {
		client := bitrix.NewClient(bitrix.ClientOptions{
			Webhook: webhookOf(t, p), HTTP: &http.Client{Transport: calls}, Rate: 1000, Burst: 1000,
		})
		portals = append(portals, &bot.Portal{Name: fmt.Sprintf("p%d.example", n), Client: client, Commands: set})
	}
	b.Portals, b.Store, b.Token = bot.NewPortals(portals...), store(t), "t"
	o := &office{admin: "http://" + b.Admin.Addr().String()}
	run(t, b)
	for _, served := range portals {
		for known := []byte(nil); known == nil; {
			known, _ = b.Store.Recall(t.Context(), "bot of "+served.Name)
		}
	}
	o.well(t)
	if most := calls.peak(); most > 8+4 {
		t.Errorf("%d portals were called at the same time", most)
	}
	wantParts(t, first(get(t, o.admin+"/readyz")), `"portals":{"ok":true,"count":40}`)
}

func first(_ int, text string) string { return text }

// crowd is a transport that counts the requests under way.
type crowd struct {
	http.Transport
	mu        sync.Mutex
	now, most int
}

func (c *crowd) RoundTrip(r *http.Request) (*http.Response, error) {
	c.count(1)
	defer c.count(-1)
	return c.Transport.RoundTrip(r)
}

func (c *crowd) count(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now += n
	c.most = max(c.most, c.now)
}

func (c *crowd) peak() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.most
}
