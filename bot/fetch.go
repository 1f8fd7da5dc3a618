package bot

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
)

const fetchAgain = time.Second // after an interruption

// fetch fetches a bot's events until ctx ends, the bot gets them another way or is gone. Only the last is an error.
func (a *attendant) fetch(ctx context.Context, bot bitrix.BotID) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer stop()
		a.untilOtherwise(ctx, bot)
		return nil
	})
	g.Go(func() error {
		defer stop()
		return a.fetchInTurn(ctx, bot)
	})
	return g.Wait()
}

// untilOtherwise asks the portal now and then, and returns when the bot is not one to fetch for any more.
func (a *attendant) untilOtherwise(ctx context.Context, bot bitrix.BotID) {
	for a.rest(ctx) {
		now, err := a.look(ctx)
		if err == nil && (now.ID != bot || now.EventMode != bitrix.EventsFetched) || errors.As(err, new(noBot)) {
			return
		}
	}
}

// fetchInTurn fetches while no other process does.
func (a *attendant) fetchInTurn(ctx context.Context, bot bitrix.BotID) error {
	for again := true; again; again = pause(ctx, fetchAgain) {
		err := a.bot.Store.Alone(ctx, "fetch "+a.portal.Name, func(ctx context.Context) error {
			return newFetcher(a.portal, bot, a.bot.Store, a.intake).Run(ctx)
		})
		switch {
		case errors.Is(err, bitrix.ErrBotNotFound), errors.Is(err, bitrix.ErrBotOwnership):
			return explained(err)
		case err != nil && ctx.Err() == nil:
			log := a.log(ctx)
			log.Warn().Err(err).Msg("fetching events was interrupted")
		}
	}
	return nil
}

func newFetcher(p *Portal, bot bitrix.BotID, m events.Memory, in events.Intake) *events.Fetcher {
	return events.NewFetcher(events.FetcherOptions{Portal: p.Name, Bot: bot, Queue: p.Client, Memory: m, Intake: in})
}
