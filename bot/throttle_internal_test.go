package bot

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// TestRedeliveryRepeatsNoNotice has a second worker, which knows nothing of the first, take over a flood.
func TestRedeliveryRepeatsNoNotice(t *testing.T) {
	emulated := portaltest.New(t, portal.Options{})
	p := portalOf(t, emulated)
	registered, err := p.Client.RegisterBot(t.Context(), botFields(Profile{Code: "whois24", Name: "Whois24"}))
	if err != nil {
		t.Fatal(err)
	}
	store, err := stream.Open(stream.Options{Dir: t.TempDir(), Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	if err := store.Prepare(t.Context(), []string{p.Name}); err != nil {
		t.Fatal(err)
	}
	stored := time.Now()
	for range 2 {
		w := slowWorker(p, store)
		for n := range 3 {
			e := ask(n, flooder, group)
			e.Portal, e.Bot.ID = p.Name, registered.ID
			w.Lane(e)
			if n == 0 {
				continue // within the limit
			}
			w.Handle(t.Context(), stream.Delivery{Event: e, Stored: stored})
		}
	}
	notices := 0
	for _, m := range emulated.Messages(flooder, bitrix.PrivateDialog(bitrix.UserID(registered.ID))) {
		if m.Text == commands.SlowDown(commands.English).Text {
			notices++
		}
	}
	if notices != 1 {
		t.Errorf("%d notices, want 1", notices)
	}
}

// slowWorker lets one question pass and the next in a quarter of an hour. The store is nil where nothing is answered.
func slowWorker(p *Portal, store *stream.Stream) *Worker {
	console := NewConsole(func(context.Context) (stream.Depth, error) { return stream.Depth{}, nil })
	b := &Bot{Store: store, Portals: NewPortals(p), Limits: Limits{Person: Pace{Burst: 1, PerSecond: 0.001}}}
	b.setDefaults()
	return b.worker(watcher{metrics: NewMetrics(), console: console, known: b.Portals.know, now: time.Now})
}

func portalOf(t *testing.T, emulated *portal.Portal) *Portal {
	t.Helper()
	webhook, err := bitrix.ParseWebhook(emulated.WebhookURL())
	if err != nil {
		t.Fatal(err)
	}
	transport := bitrix.NewTransport()
	t.Cleanup(transport.CloseIdleConnections)
	client := bitrix.NewClient(bitrix.ClientOptions{Webhook: webhook, HTTP: &http.Client{Transport: transport}})
	set, err := commands.NewSet(commands.Help())
	if err != nil {
		t.Fatal(err)
	}
	return &Portal{Name: webhook.Host(), Client: client, Commands: set, TemplateKey: "k"}
}

// TestLane is who waits for whom.
func TestLane(t *testing.T) {
	w := slowWorker(&Portal{Name: "p"}, nil)
	for i, c := range []struct {
		by   bitrix.UserID
		in   bitrix.DialogID
		want string
	}{
		{7, "chat1", "chat1"},
		{7, "chat1", "chat1 of 7"},
		{8, "chat1", "chat1"},
		{8, "chat1", "chat1 of 8"},
		{7, "", "7"}, // in private: nobody else is there, and the order is kept
		{9, "chat2", "chat2"},
		{7, "chat2", "chat2 of 7"},
	} {
		if got := w.Lane(ask(i, c.by, c.in)); got != c.want {
			t.Errorf("question %d of %d in %q is in lane %q, want %q", i, c.by, c.in, got, c.want)
		}
	}
	if got := w.Lane(events.Event{Portal: "another", Event: bitrix.Event{Chat: bitrix.Chat{Dialog: "chat3"}}}); got != "chat3" {
		t.Errorf("an event of another portal is in lane %q", got)
	}
}

// TestAskedAt takes the earlier of two clocks for the time of a command, and ours if the portal did not tell.
func TestAskedAt(t *testing.T) {
	stored := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct{ told, want time.Time }{
		"a minute on the way":         {stored.Add(-time.Minute), stored.Add(-time.Minute)},
		"no time":                     {time.Time{}, stored},
		"ts=0":                        {time.Unix(0, 0).UTC(), stored},
		"a portal's clock an hour on": {stored.Add(time.Hour), stored},
	} {
		d := stream.Delivery{Event: events.Event{Event: bitrix.Event{Time: c.told}}, Stored: stored}
		if got := askedAt(d); !got.Equal(c.want) {
			t.Errorf("%s: asked at %v, want %v", name, got, c.want)
		}
	}
}
