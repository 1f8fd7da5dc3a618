package bot_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nuid"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// desk is a portal whose events are handed to workers one by one, and workers that may die over them. The record they share is
// a real store's.
type desk struct {
	*portal.Portal
	t        *testing.T
	name     string
	bot      bitrix.UserID
	store    *stream.Stream
	webhook  bitrix.Webhook
	commands []commands.Command
	http     http.RoundTripper
	clock    *clock

	mu  sync.Mutex
	got []events.Event
}

// newDesk makes one on a portal of its own. Any number may share the store.
func newDesk(t *testing.T, s *stream.Stream, v1 bool, list ...commands.Command) *desk {
	t.Helper()
	p := portaltest.New(t, portal.Options{V1Only: v1, Rate: 1_000_000, Burst: 1_000_000})
	transport := bitrix.NewTransport()
	t.Cleanup(transport.CloseIdleConnections)
	d := &desk{Portal: p, t: t, store: s, webhook: webhookOf(t, p), commands: list, http: transport, clock: &clock{}}
	d.name = nuid.Next() + ".example" // not the host: many desks share a store, and a port comes again
	receiver := httptest.NewServer(events.NewReceiver(events.ReceiverOptions{
		Senders: events.OneSender{Portal: d.name, Token: bitrix.ApplicationToken(d.webhook.BotToken())},
		Intake:  events.Intake{BotCode: "whois24", Store: d},
	}))
	t.Cleanup(receiver.Close)
	registered, err := register(t.Context(), d.serve(transport), bot.Profile{
		Code: "whois24", Name: "Whois24", WebhookURL: receiver.URL + events.Path,
	})
	if err != nil {
		t.Fatal(err)
	}
	d.bot = bitrix.UserID(registered.ID)
	return d
}

// Append takes in what the portal posts.
func (d *desk) Append(_ context.Context, list []events.Event) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.got = append(d.got, list...)
	return nil
}

// serve is the portal as a new process has it.
func (d *desk) serve(transport http.RoundTripper) *bot.Portal {
	d.t.Helper()
	return connect(d.t, d.name, bitrix.ClientOptions{
		Webhook: d.webhook, HTTP: &http.Client{Transport: transport}, Rate: 1_000_000, Burst: 1_000_000,
	}, d.commands)
}

// says has Anna say a line, and returns what the portal made of it.
func (d *desk) says(in bitrix.DialogID, line string) stream.Delivery {
	d.t.Helper()
	return d.saysAs(anna, in, line)
}

func (d *desk) saysAs(who bitrix.UserID, in bitrix.DialogID, line string) stream.Delivery {
	d.t.Helper()
	if _, err := d.Say(who, in, line); err != nil {
		d.t.Fatal(err)
	}
	if err := d.Idle(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	asked := slices.DeleteFunc(d.got, func(e events.Event) bool { return e.Kind != bitrix.CommandAdd && e.Kind != bitrix.MessageAdd })
	if len(asked) != 1 {
		d.t.Fatalf("%q made %d events", line, len(asked))
	}
	e := asked[0]
	d.got = nil
	return stream.Delivery{Event: e, Stored: d.clock.now()}
}

// worker is one in a process of its own, that lives on.
func (d *desk) worker() *bot.Worker { return d.workerOf(&life{}) }

// workerOf is one that dies when its life ends.
func (d *desk) workerOf(l *life) *bot.Worker {
	record := mortal{d.store, l}
	return bot.NewWorker(bot.WorkerOptions{
		Portals: bot.NewPortals(d.serve(l.through(d.http))), Effects: record, Questions: record, Answers: record, Memory: record, Wakes: record, Now: d.clock.now,
	})
}

// hears hands an event to a worker until it is settled.
func (d *desk) hears(w *bot.Worker, e stream.Delivery) stream.Settlement {
	d.t.Helper()
	for e.Attempt++; e.Attempt < 20; e.Attempt++ {
		s := w.Handle(d.t.Context(), e)
		if _, again := s.Again(); !again {
			return s
		}
	}
	d.t.Fatalf("%q is never settled", e.Event.Asked())
	return stream.Done()
}

// private is Anna's chat with the bot.
func (d *desk) private() bitrix.DialogID { return bitrix.PrivateDialog(d.bot) }

// posted are the texts of the bot in a dialog.
func (d *desk) posted(in bitrix.DialogID) []string {
	texts := []string{}
	for _, m := range d.Messages(anna, in) {
		if (m.Author == d.bot || m.System) && !m.Deleted {
			texts = append(texts, m.Text)
		}
	}
	return texts
}

// life is how long a process lives: it dies over the n-th thing it does to the world outside, before that is done or right
// after.
type life struct {
	mu    sync.Mutex
	n     int // 0: it does not die
	after bool
	did   int
}

var errDead = errors.New("the process is dead")

func (l *life) do(it func() error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.did++
	switch {
	case l.n == 0 || l.did < l.n:
		return it()
	case l.did == l.n && l.after:
		_ = it()
	}
	return errDead
}

// died reports whether the end came.
func (l *life) died() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.n > 0 && l.did >= l.n
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// through is the way of requests.
func (l *life) through(next http.RoundTripper) http.RoundTripper {
	return roundTrip(func(r *http.Request) (answer *http.Response, err error) {
		died := l.do(func() error {
			answer, err = next.RoundTrip(r)
			return nil
		})
		if died == nil {
			return answer, err
		}
		if answer != nil {
			answer.Body.Close()
		}
		return nil, died
	})
}

// mortal is the record as a process that may die has it.
type mortal struct {
	store *stream.Stream
	life  *life
}

func (m mortal) Claim(ctx context.Context, reply string) (e stream.Effect, err error) {
	err = m.life.do(func() (err error) {
		e, err = m.store.Claim(ctx, reply)
		return err
	})
	return e, err
}

func (m mortal) Conclude(ctx context.Context, reply string, e stream.Effect) error {
	return m.life.do(func() error { return m.store.Conclude(ctx, reply, e) })
}

func (m mortal) Question(ctx context.Context, name string) (q stream.Question, err error) {
	err = m.life.do(func() (err error) {
		q, err = m.store.Question(ctx, name)
		return err
	})
	return q, err
}

func (m mortal) KeepQuestion(ctx context.Context, name string, q stream.Question) error {
	return m.life.do(func() error { return m.store.KeepQuestion(ctx, name, q) })
}

func (m mortal) Answers(ctx context.Context, name string) (a stream.Answers, err error) {
	err = m.life.do(func() (err error) {
		a, err = m.store.Answers(ctx, name)
		return err
	})
	return a, err
}

func (m mortal) KeepAnswers(ctx context.Context, name string, a stream.Answers) error {
	return m.life.do(func() error { return m.store.KeepAnswers(ctx, name, a) })
}

func (m mortal) Remember(ctx context.Context, name string, value []byte) error {
	return m.life.do(func() error { return m.store.Remember(ctx, name, value) })
}

func (m mortal) Recall(ctx context.Context, name string) (value []byte, err error) {
	err = m.life.do(func() (err error) {
		value, err = m.store.Recall(ctx, name)
		return err
	})
	return value, err
}

func (m mortal) ScheduleWake(ctx context.Context, e events.Event) error {
	return m.life.do(func() error { return m.store.ScheduleWake(ctx, e) })
}

func (m mortal) EndWake(ctx context.Context, e events.Event, before time.Time) error {
	return m.life.do(func() error { return m.store.EndWake(ctx, e, before) })
}

func (m mortal) WakeEnded(ctx context.Context, e events.Event) (ended bool, err error) {
	err = m.life.do(func() (err error) {
		ended, err = m.store.WakeEnded(ctx, e)
		return err
	})
	return ended, err
}

func (m mortal) OtherWakes(ctx context.Context, e events.Event) (n int, err error) {
	err = m.life.do(func() (err error) {
		n, err = m.store.OtherWakes(ctx, e)
		return err
	})
	return n, err
}

// dies has a worker die at every point of handling an event, in turn, each time on a new desk that play sets up; a
// new worker takes the event over. It ends when there is no point left.
func dies(t *testing.T, play func(t *testing.T, handle func(*desk, stream.Delivery))) {
	t.Helper()
	for _, after := range []bool{false, true} {
		for n, done := 1, false; !done; n++ {
			died := false
			play(t, func(d *desk, e stream.Delivery) {
				l := &life{n: n, after: after}
				e.Attempt = 1
				d.workerOf(l).Handle(d.t.Context(), e)
				died = died || l.died()
				d.hears(d.worker(), e)
			})
			if t.Failed() {
				t.Fatalf("died over number %d, after it was done: %v", n, after)
			}
			done = !died
		}
	}
}

// prepared is a store that any number of desks may share.
func prepared(t *testing.T) *stream.Stream {
	t.Helper()
	s := store(t)
	if err := s.Prepare(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return s
}

// history follows what a message of the bot's says, one text after the other.
func (d *desk) history(t *testing.T, do func()) string {
	t.Helper()
	changes, cancel := d.Subscribe(1000)
	defer cancel()
	do()
	var texts []string
	for {
		select {
		case c := <-changes:
			if c.Message != nil && c.Message.Author != anna {
				texts = append(texts, c.Message.Text)
			}
		default:
			return strings.Join(texts, " → ")
		}
	}
}
