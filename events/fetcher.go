package events

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
)

// Queue is where a portal keeps a bot's events: *bitrix.Client.
type Queue interface {
	FetchEvents(ctx context.Context, q bitrix.EventQuery) (bitrix.EventPage, error)
}

// Memory outlives the process: *stream.Stream. Recall gives nil for what was not remembered.
type Memory interface {
	Remember(ctx context.Context, name string, value []byte) error
	Recall(ctx context.Context, name string) ([]byte, error)
}

// FetcherOptions are what a Fetcher needs.
type FetcherOptions struct {
	Portal string // the name its events are stored under
	Bot    bitrix.BotID
	Queue  Queue
	Memory Memory
	Intake Intake
}

// Fetcher takes in the events of a bot that asks for them. Asking with an offset deletes what is before it on the portal. So
// a page is stored first, then the offset behind it is remembered, and only then asked with: who dies in between gets
// the page again, and what it holds is stored once.
//
// One process at a time should fetch for a bot. Two lose nothing, but ask twice as often.
type Fetcher struct {
	o        FetcherOptions
	recalled bool // mark is known
	mark     bookmark
	lastRead time.Time // when the portal answered last; zero if it never did
	limit    int       // events of a page
	pace     pace
}

// fullPage is how many events are asked for at once, some 1 MB of them as a rule.
const fullPage = 500

// NewFetcher makes a Fetcher. Its methods must not run at the same time.
func NewFetcher(o FetcherOptions) *Fetcher { return &Fetcher{o: o, limit: fullPage} }

// Run fetches until ctx ends, which is no error. The portal and the store may be away. But when the portal says that the bot
// is gone or somebody else's, that is the end: bitrix.ErrBotNotFound or bitrix.ErrBotOwnership.
func (f *Fetcher) Run(ctx context.Context) error {
	ctx = f.logged(ctx)
	zerolog.Ctx(ctx).Info().Msg(speed)
	f.recalled = false // another process may have fetched meanwhile
	for {
		wait, err := f.turn(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		if rest(ctx, wait) != nil {
			return nil
		}
	}
}

// Drain stores what waits, and returns the offset from which on nothing has been seen yet. It does not try again after an error.
func (f *Fetcher) Drain(ctx context.Context) (bitrix.EventOffset, error) {
	ctx = f.logged(ctx)
	f.recalled = false
	for {
		began := time.Now()
		page, err := f.fetch(ctx)
		if err != nil || !page.HasMore {
			return f.mark.Offset, err
		}
		if err := rest(ctx, f.pace.fetched(began, time.Now(), page)); err != nil {
			return f.mark.Offset, err
		}
	}
}

func (f *Fetcher) logged(ctx context.Context) context.Context {
	return zerolog.Ctx(ctx).With().Str("portal", f.o.Portal).Int64("bot", int64(f.o.Bot)).Logger().WithContext(ctx)
}

func rest(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// turn fetches once and says how long to wait before the next time. Its errors are those that end Run.
func (f *Fetcher) turn(ctx context.Context) (time.Duration, error) {
	began, failures := time.Now(), f.pace.failures
	page, err := f.fetch(ctx)
	if errors.Is(err, bitrix.ErrBotNotFound) || errors.Is(err, bitrix.ErrBotOwnership) {
		return 0, err
	}
	if err != nil {
		wait := f.pace.failed(err)
		if failures == 0 && ctx.Err() == nil {
			zerolog.Ctx(ctx).Warn().Err(err).Msg("events cannot be fetched; trying until they can")
		}
		return wait, nil
	}
	if failures > 0 {
		zerolog.Ctx(ctx).Info().Int("failures", failures).Msg("events are fetched again")
	}
	return f.pace.fetched(began, time.Now(), page), nil
}

// fetch takes in one page.
func (f *Fetcher) fetch(ctx context.Context) (bitrix.EventPage, error) {
	if err := f.recall(ctx); err != nil {
		return bitrix.EventPage{}, err
	}
	page, err := f.o.Queue.FetchEvents(ctx, bitrix.EventQuery{Bot: f.o.Bot, Offset: f.mark.Offset, Limit: f.limit})
	f.resize(err)
	if err != nil {
		return bitrix.EventPage{}, fmt.Errorf("fetch events: %w", err)
	}
	if err := f.o.Intake.Take(ctx, f.o.Portal, f.Read(ctx, page.Events)); err != nil {
		return bitrix.EventPage{}, err
	}
	return page, f.advance(ctx, page, time.Now())
}

// resize asks for less after an answer that could not be read: a hundred of the longest messages are more than is read of
// one answer, and would be in the way of all that follow.
func (f *Fetcher) resize(err error) {
	e, isAnswer := errors.AsType[*bitrix.Error](err)
	switch {
	case err == nil:
		f.limit = min(2*f.limit, fullPage)
	case isAnswer && e.Status == http.StatusOK && e.MayHaveRun():
		f.limit = max(f.limit/2, 1)
	}
}

// Read gives the events of a page, and leaves out what it cannot read, which would come again and again otherwise.
func (f *Fetcher) Read(ctx context.Context, queued []bitrix.QueuedEvent) []bitrix.Event {
	var found []bitrix.Event
	for _, q := range queued {
		read, err := q.Events()
		if err != nil {
			zerolog.Ctx(ctx).Warn().Err(err).Int64("queued_event", int64(q.ID)).Msg("event left out, it cannot be read")
			f.o.Intake.tell(Event{Portal: f.o.Portal}, Refused)
		}
		found = append(found, read...)
	}
	return found
}
