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
	mu     sync.Mutex
	bodies []string
	agents []string
	before func() // each answer
}

func newSink(t *testing.T) *sink {
	t.Helper()
	s := &sink{before: func() {}}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		s.bodies = append(s.bodies, string(body))
		s.agents = append(s.agents, r.UserAgent()+" "+r.Header.Get("Content-Type"))
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

func TestFormsAreThoseOfThePortal(t *testing.T) {
	for _, c := range []struct {
		fixture string
		do      func(t *testing.T, p *portal.Portal)
	}{
		{"v2-message-add-webhook-auth", func(t *testing.T, p *portal.Portal) {
			say(t, p, anna, botChat, "Подскажи, /whois 5")
		}},
		{"v2-message-add-private", func(t *testing.T, p *portal.Portal) { say(t, p, anna, botChat, "Подскажи, /whois 5") }},
		{"v2-message-add-group-mention", func(t *testing.T, p *portal.Portal) {
			say(t, p, anna, group, "[USER=456]Справочник[/USER] /whois 5")
		}},
		{"v2-message-add-extranet", func(t *testing.T, p *portal.Portal) { say(t, p, guest, botChat, "/whois 5") }},
		{"v2-command-add-private", func(t *testing.T, p *portal.Portal) { say(t, p, anna, botChat, "/whois 5") }},
		{"v2-command-add-group", func(t *testing.T, p *portal.Portal) {
			say(t, p, anna, group, "/whois [USER=5]Евгений Шеленков[/USER]")
		}},
		{"v2-command-add-keyboard", func(t *testing.T, p *portal.Portal) {
			id := send(t, p, 456, "7", params{"message": "Кого показать?", "keyboard": []params{
				{"TEXT": "Евгений", "COMMAND": "whois", "COMMAND_PARAMS": "5"},
			}})
			if err := p.Press(anna, id, 0); err != nil {
				t.Fatal(err)
			}
		}},
		{"v2-join-chat-group", func(t *testing.T, p *portal.Portal) {
			if err := p.Leave(group, 456); err != nil {
				t.Fatal(err)
			}
			if err := p.Join(group, 456); err != nil {
				t.Fatal(err)
			}
		}},
		{"v2-message-update", func(t *testing.T, p *portal.Portal) {
			if err := p.Edit(anna, say(t, p, anna, botChat, "x"), "/whois 6"); err != nil {
				t.Fatal(err)
			}
		}},
		{"v2-message-delete", func(t *testing.T, p *portal.Portal) {
			if err := p.Delete(anna, say(t, p, anna, botChat, "x")); err != nil {
				t.Fatal(err)
			}
		}},
		{"v2-delete", func(t *testing.T, p *portal.Portal) {
			get[any](t, p, "imbot.v2.Bot.unregister", params{"botId": 456, "botToken": token})
		}},
	} {
		t.Run(c.fixture, func(t *testing.T) {
			p, s := newPortal(t), newSink(t)
			s.bot(t, p, whois)
			if err := p.Join(group, 456); err != nil {
				t.Fatal(err)
			}
			c.do(t, p)
			bodies := s.got(t, p)
			want := string(fixture(t, "events/"+c.fixture+".form"))
			if diff := cmp.Diff(formKeys(want), formKeys(bodies[len(bodies)-1])); diff != "" {
				t.Errorf("keys (-fixture +portal):\n%s", diff)
			}
		})
	}
}

// formKeys lists the keys of a form as they are written, less what only applications have: tokens of people and
// of the bot.
func formKeys(form string) []string {
	ofApplications := map[string]bool{
		"access_token": true, "expires": true, "expires_in": true, "scope": true, "status": true, "user_id": true,
		"refresh_token": true,
	}
	var keys []string
	for pair := range strings.SplitSeq(form, "&") {
		raw, _, _ := strings.Cut(pair, "=")
		key, _ := url.QueryUnescape(raw)
		field, isAuth := strings.CutPrefix(strings.TrimSuffix(key, "]"), "auth[")
		if strings.HasPrefix(key, "data[bot][auth]") || isAuth && ofApplications[field] {
			continue
		}
		keys = append(keys, raw)
	}
	return keys
}

func TestFormValues(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	s.bot(t, p)
	say(t, p, anna, botChat, "a & b=c+d;~ [x]\n%41")
	body := s.got(t, p)[1]
	for _, want := range []string{
		"event=ONIMBOTV2MESSAGEADD&event_handler_id=501&data%5Bbot%5D%5Bid%5D=456&",
		"data%5Bmessage%5D%5Btext%5D=a+%26+b%3Dc%2Bd%3B%7E+%5Bx%5D%0A%2541&",
		"data%5Bmessage%5D%5BisSystem%5D=0&", "data%5Buser%5D%5Bactive%5D=1&", "data%5Buser%5D%5Bdepartments%5D%5B1%5D=12&",
		"&ts=1790000000&auth%5Bdomain%5D=portal.example&",
		"&auth%5Bclient_endpoint%5D=http%3A%2F%2Fportal.example%2Frest%2F&",
		"&auth%5Bapplication_token%5D=custom" + token,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in\n%s", want, body)
		}
	}
	if s.agents[0] != "Bitrix24 Webhook Engine application/x-www-form-urlencoded" {
		t.Errorf("agent and type: %s", s.agents[0])
	}
}

func TestApplicationTokenIsCut(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	long := strings.Repeat("t", 40)
	newBotWith(t, p, params{"code": "x", "botToken": long, "eventMode": "webhook", "webhookUrl": s.URL})
	say(t, p, anna, botChat, "x")
	if body := s.got(t, p)[0]; !strings.HasSuffix(body, "=custom"+long) { // 46 of the 50 characters there may be
		t.Errorf("got %s", body)
	}
}

func TestNullsAsEmpty(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	s.bot(t, p)
	p.SetDelivery(func(o *portal.DeliveryOptions) { o.NullAsEmpty = true })
	say(t, p, anna, botChat, "x")
	want := strings.Split(string(fixture(t, "events/v2-message-add-null-as-empty.form")), "&")
	got := s.got(t, p)[1]
	for _, pair := range want {
		if strings.HasSuffix(pair, "=") && !strings.Contains(got, pair+"&") {
			t.Errorf("no %s in\n%s", pair, got)
		}
	}
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
}
