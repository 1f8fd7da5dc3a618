package bot

import (
	"context"
	"errors"
	"fmt"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
)

// Plan is what has to change on a portal, and how.
type Plan struct {
	Bot     bitrix.Bot // as it was found; its ID is 0 if there is none
	API     bitrix.API // the generation the portal is spoken to in
	Changes []string   // what was seen to differ from what it should be, a line each
	Blind   []string   // what is written again since the portal does not tell how it is, a line each
	Foreign []string   // commands on the portal that the set does not have, and the plan removes

	client *bitrix.Client
	known  Known
	steps  []step
}

// step carries out a part of a plan. It may be repeated, and made by several processes at once.
type step func(context.Context, *Plan, switcher) error

// Empty reports whether there is nothing to do.
func (pl *Plan) Empty() bool { return len(pl.steps) == 0 }

// Known is what to give to the next Inspect, once the plan was applied.
func (pl *Plan) Known() Known { return pl.known }

// Apply carries the plan out and returns the bot as it is then. It may be repeated and interrupted at any point. A bot that
// is to be posted its events while some wait to be fetched is ErrEventsWait: the switch would erase them.
func (pl *Plan) Apply(ctx context.Context) (bitrix.Bot, error) {
	return pl.apply(ctx, ifNothingWaits{pl.client})
}

func (pl *Plan) apply(ctx context.Context, s switcher) (bitrix.Bot, error) {
	for _, do := range pl.steps {
		if err := do(ctx, pl, s); err != nil {
			return bitrix.Bot{}, explained(err)
		}
	}
	return pl.Bot, nil
}

func (pl *Plan) do(change string, how step) {
	pl.Changes = append(pl.Changes, change)
	pl.steps = append(pl.steps, how)
}

func (pl *Plan) doBlindly(what string, how step) {
	pl.Blind = append(pl.Blind, what)
	pl.steps = append(pl.steps, how)
}

// makeBot registers the bot. What exists is not changed by that, and somebody else may have registered it a moment ago, so it
// is followed by an update.
func makeBot(f bitrix.BotFields) step {
	return func(ctx context.Context, pl *Plan, s switcher) error {
		registered, err := pl.client.RegisterBot(ctx, f)
		if err != nil {
			return fmt.Errorf("register bot: %w", err)
		}
		pl.Bot = registered
		return updateBot(f)(ctx, pl, s)
	}
}

func updateBot(f bitrix.BotFields) step {
	return func(ctx context.Context, pl *Plan, s switcher) error {
		var err error
		if pl.Bot.EventMode == bitrix.EventsFetched && f.EventMode == bitrix.EventsPosted {
			err = s.toPosted(ctx, pl.Bot.ID, f)
		} else {
			err = pl.client.UpdateBot(ctx, pl.Bot.ID, f)
		}
		if err != nil {
			return fmt.Errorf("update bot: %w", err)
		}
		if pl.Bot.EventMode == bitrix.EventsPosted && f.EventMode == bitrix.EventsFetched {
			zerolog.Ctx(ctx).Info().Msg("switched from webhooks to fetching: the portal keeps events from now on and erased none; " +
				"those it was just posting still go to the old address")
		}
		pl.Bot.EventMode = f.EventMode
		pl.known.Bot, pl.known.Settings = pl.Bot.ID, fingerprint(f)
		return nil
	}
}

func makeCommand(f bitrix.CommandFields) step {
	return func(ctx context.Context, pl *Plan, s switcher) error {
		registered, err := pl.client.RegisterCommand(ctx, pl.Bot.ID, f)
		if err != nil {
			return fmt.Errorf("register command %s: %w", f.Command, err)
		}
		return updateCommand(registered.ID, f)(ctx, pl, s)
	}
}

func updateCommand(id bitrix.CommandID, f bitrix.CommandFields) step {
	return func(ctx context.Context, pl *Plan, _ switcher) error {
		if err := pl.client.UpdateCommand(ctx, pl.Bot.ID, id, f); err != nil {
			return fmt.Errorf("update command %s: %w", f.Command, err)
		}
		pl.known.Commands[f.Command] = KnownCommand{ID: id, Texts: fingerprint(f)}
		return nil
	}
}

func removeCommand(name string, id bitrix.CommandID) step {
	return func(ctx context.Context, pl *Plan, _ switcher) error {
		err := pl.client.UnregisterCommand(ctx, pl.Bot.ID, id)
		if err != nil && !errors.Is(err, bitrix.ErrCommandNotFound) {
			return fmt.Errorf("remove command %s: %w", name, err)
		}
		delete(pl.known.Commands, name)
		return nil
	}
}
