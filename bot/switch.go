package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
)

// ErrEventsWait is the error of switching a bot to webhooks where nobody could take the events that wait to be fetched.
var ErrEventsWait = errors.New("events wait to be fetched, and switching to webhooks would erase them: " +
	"run whois24 serve with --public-url, which takes them along, or try again when they are fetched")

// switcher has a portal post the events of a bot that was fetching them. Bitrix24 erases what waits at that moment.
type switcher interface {
	toPosted(ctx context.Context, id bitrix.BotID, f bitrix.BotFields) error
}

// ifNothingWaits is for who has no store.
type ifNothingWaits struct{ client *bitrix.Client }

// Whoever fetches takes events off the portal with the next request, within 5 s.
const (
	fetchedIn  = 7 * time.Second
	waitsEvery = 500 * time.Millisecond
)

func (s ifNothingWaits) toPosted(ctx context.Context, id bitrix.BotID, f bitrix.BotFields) error {
	if err := s.untilNothingWaits(ctx, id); err != nil {
		return err
	}
	page, err := s.client.SwitchToPosted(ctx, id, f, 0)
	if err == nil && len(page.Events) > 0 {
		zerolog.Ctx(ctx).Warn().Int("events", len(page.Events)).Msg("the portal erased events that came just before the switch")
	}
	return err
}

func (s ifNothingWaits) untilNothingWaits(ctx context.Context, id bitrix.BotID) error {
	begun := time.Now()
	for {
		page, err := s.client.FetchEvents(ctx, bitrix.EventQuery{Bot: id, Limit: 1})
		switch {
		case err != nil:
			return fmt.Errorf("look whether events wait: %w", err)
		case len(page.Events) == 0:
			return nil
		case time.Since(begun) > fetchedIn || !pause(ctx, waitsEvery):
			return ErrEventsWait
		}
	}
}

// takingAlong stores what waits and then switches.
type takingAlong struct {
	portal *Portal
	memory events.Memory
	intake events.Intake
}

// The last page is stored even if the process is to stop: it is nowhere else.
const (
	keepTimeout = 30 * time.Second
	keepAgain   = 200 * time.Millisecond
)

// toPosted fetches and stores until nothing waits, and then has the portal give out the last events and switch in one
// request. What remains: events of the moment between the two halves of that request, and of the whole of it if its answer
// is lost. None is known, and the log tells the window.
func (s takingAlong) toPosted(ctx context.Context, id bitrix.BotID, f bitrix.BotFields) error {
	log := zerolog.Ctx(ctx).With().Str("portal", s.portal.Name).Logger()
	fetcher := newFetcher(s.portal, id, s.memory, s.intake)
	offset, err := fetcher.Drain(ctx)
	if err != nil {
		return fmt.Errorf("store what waits to be fetched: %w", err)
	}
	begun := time.Now()
	page, err := s.portal.Client.SwitchToPosted(ctx, id, f, offset)
	window := time.Since(begun)
	if err != nil {
		if !certainlyNotRun(err) {
			log.Warn().Err(err).Time("from", begun).Dur("window", window).
				Msg("nobody knows whether the portal switched to webhooks: what happened in this window may be erased")
		}
		return err
	}
	if err := s.keep(ctx, fetcher.Read(ctx, page.Events)); err != nil {
		return fmt.Errorf("%d events are lost that came just before the switch to webhooks: %w", len(page.Events), err)
	}
	if page.HasMore {
		log.Warn().Msg("more waited at the switch than a portal gives out at once: it erased the rest")
	}
	log.Info().Int("taken_along", len(page.Events)).Time("from", begun).Dur("window", window).
		Msg("switched from fetching to webhooks: what the portal may have erased happened in this window, none is known")
	return nil
}

// keep stores events, trying until it is done or keepTimeout is over.
func (s takingAlong) keep(ctx context.Context, found []bitrix.Event) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTimeout)
	defer cancel()
	for {
		err := s.intake.Take(ctx, s.portal.Name, found)
		if err == nil || !pause(ctx, keepAgain) {
			return err
		}
	}
}
