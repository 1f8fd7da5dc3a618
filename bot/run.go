package bot

import (
	"context"
	"errors"
	"fmt"
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
	Portals []*Portal
	Texts   Texts
	Metrics *Metrics

	Worker bool   // answers events
	Limits Limits // from when on they are answered slower

	Webhooks net.Listener // where the portal posts; nil: this process takes no webhooks
	Page     http.Handler // what else is served there; nil: nothing
	BotCode  string
	Token    bitrix.Secret // the application token of webhooks

	Admin net.Listener // health, metrics and console

	Profile *Profile // registered at start; nil: that is done elsewhere

	registered atomic.Bool

	now   func() time.Time                            // default time.Now
	delay func(err error, failures int) time.Duration // before another try; default delay
}

const (
	stopTimeout     = 10 * time.Second // for HTTP requests in hand when a signal comes
	registerTimeout = time.Minute
)

// Run plays the roles until ctx ends, then stops taking work, finishes what is in hand and returns nil.
func (b *Bot) Run(ctx context.Context) error {
	b.setDefaults()
	console := NewConsole(b.Store.Depth)
	defer console.Close()
	b.Metrics.registry.MustRegister(depthGauges{b.Store.Depth})
	watch := watcher{metrics: b.Metrics, console: console, known: b.known, now: b.now}
	g, ctx := errgroup.WithContext(ctx)
	context.AfterFunc(ctx, console.Close)
	g.Go(func() error { return serveHTTP(ctx, b.Admin, b.adminHandler(console)) })
	if b.Webhooks != nil {
		g.Go(func() error { return serveHTTP(ctx, b.Webhooks, b.webhookHandler(watch)) })
	}
	g.Go(func() error { return b.work(ctx, watch) })
	return g.Wait()
}

func (b *Bot) setDefaults() {
	if b.now == nil {
		b.now = time.Now
	}
	if b.delay == nil {
		b.delay = delay
	}
}

// work waits for the store, registers the bot and answers events.
func (b *Bot) work(ctx context.Context, watch watcher) error {
	if err := b.Store.Prepare(ctx, b.portalNames()); err != nil {
		return nil // only the end of ctx ends it
	}
	zerolog.Ctx(ctx).Info().Msg("event store is ready")
	g, ctx := errgroup.WithContext(ctx)
	if b.Profile != nil {
		g.Go(func() error { return b.register(ctx) })
	}
	if b.Worker {
		w := b.worker(watch)
		g.Go(func() error {
			return b.Store.Consume(ctx, b.portalNames(), stream.Handler{Lane: w.Lane, Handle: w.Handle})
		})
		g.Go(func() error { return b.Store.Trim(ctx) })
	}
	return g.Wait()
}

func (b *Bot) worker(watch watcher) *Worker {
	w := &Worker{
		portals: map[string]*Portal{}, texts: b.Texts, effects: b.Store, fair: map[string]*fairness{},
		trials: newTrials(), now: b.now, delay: b.delay, watch: watch,
	}
	for _, p := range b.Portals {
		w.portals[p.Name], w.fair[p.Name] = p, newFairness(b.Limits)
	}
	return w
}

func (b *Bot) portalNames() []string {
	var names []string
	for _, p := range b.Portals {
		names = append(names, p.Name)
	}
	return names
}

// known reports whether any portal's bot has the command.
func (b *Bot) known(command string) bool {
	for _, p := range b.Portals {
		if p.Commands.Has(command) {
			return true
		}
	}
	return false
}

// register keeps trying while the portal is away. A portal that says no ends the process the first time: the settings
// are wrong. Later it does not, since the bot was there before and may be again.
func (b *Bot) register(ctx context.Context) error {
	before, err := b.Store.Recall(ctx, registeredKey(b.Portals[0]))
	b.registered.Store(err == nil && before != nil)
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		err := b.registerOnce(ctx)
		if err == nil || ctx.Err() != nil {
			return nil
		}
		var refused *bitrix.Error
		if !b.registered.Load() && errors.As(err, &refused) && !refused.Temporary() {
			return err
		}
		zerolog.Ctx(ctx).Warn().Err(err).Dur("again_in", wait).Msg("bot is not registered")
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

func (b *Bot) registerOnce(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, registerTimeout)
	defer cancel()
	p := b.Portals[0]
	registered, err := Register(ctx, p, *b.Profile)
	if err != nil {
		return err
	}
	if err := b.Store.Remember(ctx, registeredKey(p), fmt.Append(nil, registered.ID)); err != nil {
		return err
	}
	b.registered.Store(true)
	zerolog.Ctx(ctx).Info().Int64("bot", int64(registered.ID)).Str("portal", p.Name).Msg("bot is registered")
	return nil
}

func registeredKey(p *Portal) string { return "bot of " + p.Name }

func (b *Bot) webhookHandler(watch watcher) http.Handler {
	mux := http.NewServeMux()
	mux.Handle(events.Path, events.NewReceiver(events.ReceiverOptions{
		Portal:  b.Portals[0].Name,
		BotCode: b.BotCode,
		Token:   b.Token,
		Store:   b.Store,
		Observe: watch.received,
	}))
	if b.Page != nil {
		mux.Handle("/", b.Page)
	}
	return mux
}

func (b *Bot) adminHandler(console *Console) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /livez", livez())
	mux.Handle("GET /readyz", readyz(b.checks()))
	mux.Handle("GET /metrics", b.Metrics.Handler())
	mux.Handle("GET /", console.Handler())
	deadLetters{b.Store}.serve(mux)
	return sameSite(mux)
}

func (b *Bot) checks() []Check {
	checks := []Check{{Name: "store", Required: true, Probe: b.Store.Check}}
	if b.Profile != nil {
		checks = append(checks, Check{Name: "registration", Required: true, Probe: b.checkRegistered})
	}
	return checks
}

func (b *Bot) checkRegistered(context.Context) error {
	if !b.registered.Load() {
		return errors.New("the bot is not registered on the portal yet")
	}
	return nil
}
