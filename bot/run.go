package bot

import (
	"context"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// Bot is one process of the bot. Which fields are set decides its roles: receiver, worker or both.
type Bot struct {
	Store   *stream.Stream
	Portals *Portals
	Texts   Texts
	Metrics *Metrics

	Receiver bool   // takes events in: fetches those of bots that are not posted theirs. Webhooks, if set, are taken as well
	Worker   bool   // answers events
	Limits   Limits // from when on they are answered slower

	Webhooks net.Listener // where the portal posts; nil: this process takes no webhooks
	Page     http.Handler // what else is served there; nil: nothing
	BotCode  string
	Token    bitrix.Secret // the application token of webhooks; not used with Applications

	Applications *Applications // nil: the one portal there is was given, with an incoming webhook

	Admin net.Listener // health, metrics and console

	Profile *Profile // registered at start; nil: that is done elsewhere

	registered atomic.Bool

	now   func() time.Time                            // default time.Now
	delay func(err error, failures int) time.Duration // before another try; default delay
	look  time.Duration                               // from one look at a portal to the next; default lookEvery
}

const stopTimeout = 10 * time.Second // for HTTP requests in hand when a signal comes

// Run plays the roles until ctx ends, then stops taking work, finishes what is in hand and returns nil.
func (b *Bot) Run(ctx context.Context) error {
	b.setDefaults()
	console := NewConsole(b.Store.Depth)
	defer console.Close()
	b.Metrics.registry.MustRegister(depthGauges{b.Store.Depth}, portalGauges{b.Portals})
	watch := watcher{metrics: b.Metrics, console: console, known: b.Portals.know, now: b.now}
	g, ctx := errgroup.WithContext(ctx)
	context.AfterFunc(ctx, console.Close)
	g.Go(func() error { return serveHTTP(ctx, b.Admin, b.adminHandler(console)) })
	if b.Webhooks != nil {
		g.Go(func() error { return serveHTTP(ctx, b.Webhooks, b.webhookHandler(ctx, watch)) })
	}
	g.Go(func() error { return b.work(ctx, watch) })
	if b.Applications != nil {
		defer b.Applications.finish(ctx)
	}
	return g.Wait()
}

func (b *Bot) setDefaults() {
	if b.Portals == nil {
		b.Portals = NewPortals()
	}
	if b.now == nil {
		b.now = time.Now
	}
	if b.delay == nil {
		b.delay = delay
	}
	if b.look == 0 {
		b.look = lookEvery
	}
}

// work waits for the store, finds commands in other processes, looks after the portals and answers events.
func (b *Bot) work(ctx context.Context, watch watcher) error {
	if err := b.Store.Prepare(ctx, b.Portals.Names()); err != nil {
		return nil // only the end of ctx ends it
	}
	zerolog.Ctx(ctx).Info().Msg("event store is ready")
	g, ctx := errgroup.WithContext(ctx)
	guests := newGuests(b.Store, b.Portals)
	g.Go(func() error { guests.follow(ctx); return nil })
	if !guests.wait(ctx) {
		return g.Wait()
	}
	g.Go(func() error { b.findCommands(ctx, guests); return nil })
	if b.Applications != nil {
		g.Go(func() error { return b.Applications.run(ctx) })
	}
	if b.Profile != nil || b.Receiver {
		g.Go(func() error { return b.attend(ctx, b.intake(ctx, watch)) })
	}
	if b.Worker {
		w := b.worker(watch)
		g.Go(func() error {
			return b.Store.Consume(ctx, b.Portals.Names, stream.Handler{Lane: w.Lane, Handle: w.Handle})
		})
		g.Go(func() error { return b.Store.Trim(ctx) })
		g.Go(func() error { return b.readStaff(ctx) })
	}
	return g.Wait()
}

func (b *Bot) worker(watch watcher) *Worker {
	return NewWorker(WorkerOptions{
		Portals: b.Portals, Texts: b.Texts, Effects: b.Store, Questions: b.Store, Answers: b.Store, Memory: b.Store, Wakes: b.Store,
		Limits: b.Limits, Now: b.now, Delay: b.delay, watch: &watch,
	})
}

// intake is the way in for events, however they come.
func (b *Bot) intake(ctx context.Context, watch watcher) events.Intake {
	return events.Intake{BotCode: b.BotCode, Store: b.Store, Observe: func(e events.Event, o events.Outcome) {
		watch.received(e, o)
		if e.Kind == bitrix.BotDelete && e.Bot.Code == b.BotCode && o != events.Refused {
			b.unwell(ctx, e.Portal, b.noBot())
		}
	}}
}

func (b *Bot) webhookHandler(ctx context.Context, watch watcher) http.Handler {
	mux := http.NewServeMux()
	mux.Handle(events.Path, events.NewReceiver(b.receiverOptions(ctx, watch)))
	if b.Page != nil {
		mux.Handle("/", b.Page)
	}
	return mux
}

func (b *Bot) receiverOptions(ctx context.Context, watch watcher) events.ReceiverOptions {
	o := events.ReceiverOptions{Intake: b.intake(ctx, watch)}
	if b.Applications != nil {
		o.Senders, o.Applications = b.Applications, b.Applications
	} else {
		o.Senders = events.OneSender{Portal: b.Portals.Names()[0], Token: b.Token}
	}
	return o
}

func (b *Bot) adminHandler(console *Console) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /livez", livez())
	mux.Handle("GET /readyz", readyz(b.checks))
	mux.Handle("GET /metrics", b.Metrics.Handler())
	mux.Handle("GET /", console.Handler())
	deadLetters{b.Store}.serve(mux)
	return sameSite(mux)
}
