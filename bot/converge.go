package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/whois24/whois24/bitrix"
)

// register makes bot and commands be as they should.
func (a *attendant) register(ctx context.Context) (bitrix.Bot, error) {
	return a.converge(ctx, func(ctx context.Context, known *Known) (*Plan, error) {
		return Inspect(ctx, a.portal, a.profile(), known)
	})
}

// profile is the zero one where somebody else registers the bot.
func (a *attendant) profile() Profile {
	if a.bot.Profile == nil {
		return Profile{}
	}
	return *a.bot.Profile
}

// registerCommands makes the commands be as they should, and leaves the rest of the bot as it is. There is something to do
// where other processes have commands, or had: the other commands are there since the bot was registered. But whoever does that
// on the command line does not know those of other processes, and takes them off.
func (a *attendant) registerCommands(ctx context.Context, bot bitrix.Bot) error {
	if a.registered && !a.bot.Portals.hosting() {
		return nil
	}
	_, err := a.converge(ctx, func(ctx context.Context, known *Known) (*Plan, error) {
		if known == nil && !a.bot.Portals.hosting() {
			return &Plan{Bot: bot}, nil
		}
		return inspectCommandsOf(ctx, a.portal, bot, a.profile(), known)
	})
	return err
}

// converge compares the portal with what it should have, changes what differs and remembers what was written. Of several
// processes on the store one does so at a time.
func (a *attendant) converge(ctx context.Context, inspect inspection) (bot bitrix.Bot, err error) {
	changed := a.portal.Commands.Changed()
	err = a.bot.Store.Alone(ctx, "register "+a.portal.Name, func(ctx context.Context) error {
		bot, err = a.carryOut(ctx, inspect)
		return err
	})
	if err != nil {
		a.failures++
		return bitrix.Bot{}, err
	}
	a.registered, a.changed, a.failures = true, changed, 0
	return bot, nil
}

// inspection compares the portal with what it should have. Known is what the last one left behind; nil: nothing is known.
type inspection func(ctx context.Context, known *Known) (*Plan, error)

func (a *attendant) carryOut(ctx context.Context, inspect inspection) (bitrix.Bot, error) {
	known, err := a.recall(ctx)
	if err != nil {
		return bitrix.Bot{}, err
	}
	plan, err := inspect(ctx, known)
	if err != nil {
		return bitrix.Bot{}, err
	}
	bot, err := plan.apply(ctx, takingAlong{portal: a.portal, memory: a.bot.Store, intake: a.intake})
	if err != nil {
		return bitrix.Bot{}, err
	}
	if known == nil {
		known = &Known{}
	}
	if now := plan.Known(); !reflect.DeepEqual(*known, now) {
		if err := a.remember(ctx, now); err != nil {
			return bitrix.Bot{}, err
		}
	}
	a.tellRegistered(ctx, plan, bot)
	return bot, nil
}

func (a *attendant) tellRegistered(ctx context.Context, plan *Plan, bot bitrix.Bot) {
	log := a.log(ctx)
	if plan.Empty() && (a.registered || a.bot.Profile == nil) {
		return // it was only looked at
	}
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
