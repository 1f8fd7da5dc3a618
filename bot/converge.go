package bot

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/whois24/whois24/bitrix"
)

// register makes bot and commands be as they should. Of several processes on the store one does so at a time.
func (a *attendant) register(ctx context.Context) (bot bitrix.Bot, err error) {
	err = a.bot.Store.Alone(ctx, "register "+a.portal.Name, func(ctx context.Context) error {
		bot, err = a.converge(ctx)
		return err
	})
	return bot, err
}

// converge compares the portal with what it should have, changes what differs and remembers what was written.
func (a *attendant) converge(ctx context.Context) (bitrix.Bot, error) {
	known, err := a.recall(ctx)
	if err != nil {
		return bitrix.Bot{}, err
	}
	plan, err := Inspect(ctx, a.portal, *a.bot.Profile, known)
	if err != nil {
		return bitrix.Bot{}, err
	}
	bot, err := plan.apply(ctx, takingAlong{portal: a.portal, memory: a.bot.Store, intake: a.intake})
	if err != nil {
		return bitrix.Bot{}, err
	}
	if err := a.remember(ctx, plan.Known()); err != nil {
		return bitrix.Bot{}, err
	}
	a.registered = true
	a.tellRegistered(ctx, plan, bot)
	return bot, nil
}

func (a *attendant) tellRegistered(ctx context.Context, plan *Plan, bot bitrix.Bot) {
	log := a.log(ctx)
	line := log.Info().Int64("bot", int64(bot.ID)).Str("api", string(plan.API)).Str("events", string(bot.EventMode))
	if plan.Empty() {
		line.Msg("bot is registered, nothing had to be changed")
		return
	}
	line.Strs("changed", plan.Changes).Strs("written_again", plan.Blind).Msg("bot is registered")
}

func (a *attendant) recall(ctx context.Context) (*Known, error) {
	text, err := a.bot.Store.Recall(ctx, registeredKey(a.portal))
	if err != nil || text == nil {
		return nil, err
	}
	a.noteRegistered()
	return readKnown(text), nil
}

func (a *attendant) remember(ctx context.Context, k Known) error {
	text, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("remember registration: %w", err)
	}
	if err := a.bot.Store.Remember(ctx, registeredKey(a.portal), text); err != nil {
		return err
	}
	a.noteRegistered()
	return nil
}

func (a *attendant) noteRegistered() {
	a.before = true
	a.bot.registered.Store(true)
}

func registeredKey(p *Portal) string { return "bot of " + p.Name }
