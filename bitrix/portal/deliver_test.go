package portal_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// sink is a bot's handler that keeps what is posted to it.
type sink struct {
	*httptest.Server
	mu        sync.Mutex
	bodies    []string
	agents    []string
	addresses []string // paths with queries
	before    func()   // each answer
}

func newSink(t *testing.T) *sink {
	t.Helper()
	s := &sink{before: func() {}}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		s.bodies = append(s.bodies, string(body))
		s.agents = append(s.agents, r.UserAgent()+" "+r.Header.Get("Content-Type"))
		s.addresses = append(s.addresses, r.URL.RequestURI())
		s.mu.Unlock()
		s.before()
		w.WriteHeader(http.StatusTeapot) // no answer makes the portal try again
	}))
	t.Cleanup(s.Close)
	return s
}

// got waits until the portal is done and returns the bodies.
func (s *sink) got(t *testing.T, p *portal.Portal) []string {
	t.Helper()
	if err := p.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.bodies
}

func (s *sink) bot(t *testing.T, p *portal.Portal, commands ...params) bitrix.BotID {
	t.Helper()
	return newBotWith(t, p, params{
		"code": "whois_demo_bot", "botToken": token, "eventMode": "webhook", "webhookUrl": s.URL + "/events?x=1",
	}, commands...)
}

func TestDeliveryKeepsOrderAndDoesNotHoldUpPeople(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	gate := make(chan struct{})
	s.before = func() { <-gate }
	s.bot(t, p)
	for _, text := range []string{"1", "2", "3"} {
		say(t, p, anna, botChat, text) // returns although nothing was answered yet
	}
	waiting, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.Idle(waiting); err == nil {
		t.Error("idle while deliveries are under way")
	}
	close(gate)
	var order []string
	for _, body := range s.got(t, p)[1:] {
		form, _ := url.ParseQuery(body)
		order = append(order, form.Get("data[message][text]"))
	}
	if diff := cmp.Diff([]string{"1", "2", "3"}, order); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDeliverySwitches(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*portal.DeliveryOptions)
		want   int
		err    string
	}{
		{"as it is", func(*portal.DeliveryOptions) {}, 2, ""},
		{"copies", func(o *portal.DeliveryOptions) { o.Duplicate = 2 }, 6, ""},
		{"lost", func(o *portal.DeliveryOptions) { o.Drop = true }, 0, "dropped on request"},
		{"late", func(o *portal.DeliveryOptions) { o.Delay = time.Millisecond }, 2, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, s := newPortal(t), newSink(t)
			s.bot(t, p)
			p.SetDelivery(c.change)
			say(t, p, anna, botChat, "x")
			if got := len(s.got(t, p)); got != c.want {
				t.Errorf("%d deliveries, want %d", got, c.want)
			}
			for _, d := range p.Deliveries() {
				if d.Err != c.err {
					t.Errorf("%s: %q, want %q", d.Event, d.Err, c.err)
				}
			}
		})
	}
}

func TestParallelDelivery(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	together := make(chan struct{}, 2)
	both := make(chan struct{})
	s.before = func() {
		together <- struct{}{}
		if len(together) == cap(together) {
			close(both)
		}
		<-both // the first waits for the second
	}
	s.bot(t, p)
	p.SetDelivery(func(o *portal.DeliveryOptions) { o.Parallel = 2 })
	say(t, p, anna, botChat, "x") // the chat opened, and the message
	if got := len(s.got(t, p)); got != 2 {
		t.Errorf("%d deliveries", got)
	}
}

func TestWebhookModeWithoutAddressBindsNothing(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	bot := newBot(t, p)
	update := func(fields params) {
		get[any](t, p, "imbot.v2.Bot.update", params{"botId": bot, "botToken": token, "fields": fields})
	}
	update(params{"eventMode": "webhook"})
	say(t, p, anna, botChat, "x")
	if got := s.got(t, p); len(got) != 0 {
		t.Errorf("got %v", got)
	}
	update(params{"webhookUrl": s.URL})
	say(t, p, anna, botChat, "y")
	if got := s.got(t, p); len(got) != 1 {
		t.Errorf("with an address: %d deliveries", len(got))
	}
}

func TestDeliveriesAreLogged(t *testing.T) {
	c := newClock()
	p, s := newPortal(t, withClock(c)), newSink(t)
	s.bot(t, p)
	say(t, p, anna, botChat, "привет")
	s.got(t, p)
	deliveries := p.Deliveries()
	d := deliveries[len(deliveries)-1]
	if d.Event != "ONIMBOTV2MESSAGEADD" || d.Status != http.StatusTeapot || d.Err != "" || !d.At.Equal(start) {
		t.Errorf("got %+v", d)
	}
	for _, want := range []string{"event=ONIMBOTV2MESSAGEADD\n", "data[message][text]=привет\n", "auth[application_token]=***\n"} {
		if !strings.Contains(d.Form, want) {
			t.Errorf("no %q in %s", want, d.Form)
		}
	}
	if strings.Contains(d.Form, token) {
		t.Error("the bot's token is shown")
	}
	s.Close()
	say(t, p, anna, botChat, "есть кто?")
	if err := p.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	deliveries = p.Deliveries()
	d = deliveries[len(deliveries)-1]
	if d.Status != 0 || d.Err == "" || strings.Contains(d.Err, "/events?x=1") {
		t.Errorf("nobody there: %+v", d)
	}
	c.set(start.Add(61 * time.Second))
	if got := p.Deliveries(); len(got) != 0 {
		t.Errorf("a minute later: %d deliveries", len(got))
	}
}

func TestCloseEndsDeliveries(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	arrived, gate := make(chan struct{}, 8), make(chan struct{})
	s.before = func() { arrived <- struct{}{}; <-gate }
	s.bot(t, p)
	say(t, p, anna, botChat, "x")
	say(t, p, anna, botChat, "y")
	<-arrived
	p.Close() // does not wait for the handler
	close(gate)
	say(t, p, anna, botChat, "z")
	if got := s.got(t, p); len(got) != 1 {
		t.Errorf("%d deliveries, want the one under way", len(got))
	}
	if got := p.Deliveries(); len(got) != 1 || got[0].Err == "" {
		t.Errorf("tried after the end: %+v", got)
	}
}
