package bot

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
)

const (
	// lookEvery is how often a portal is asked whether the bot is there and how it gets its events.
	lookEvery = time.Minute
	// lookTimeout is for one look or one try at registering, what waits to be fetched included where that ends.
	lookTimeout = time.Minute
)

// attendant looks after one portal.
type attendant struct {
	bot        *Bot
	portal     *Portal
	intake     events.Intake
	slots      chan struct{}   // of all attendants: who has put something in looks at its portal
	before     bool            // the bot was registered before, by whomever
	registered bool            // by this process; one without Profile registers commands alone
	changed    <-chan struct{} // closed when there are other commands than were registered
	failures   int             // in a row, to register
}

// noBot is the error of a portal without our bot.
type noBot struct {
	code string
	cure string
}

func (e noBot) Error() string {
	return fmt.Sprintf("the bot %q is not on the portal: %s", e.code, e.cure)
}

func (b *Bot) noBot() noBot {
	if b.Applications != nil {
		return noBot{b.BotCode, "install the application there again to bring it back"}
	}
	return noBot{b.BotCode, "whois24 register brings it there"}
}

// run lasts until ctx ends. A portal that is away or says no is asked again, ever more slowly. But with a webhook, one that
// refuses the very first registration ends it with the error: the settings are wrong.
func (a *attendant) run(ctx context.Context) error {
	for {
		bot, err := a.look(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case a.hopeless(err):
			return err
		case err == nil && a.bot.Receiver && bot.EventMode == bitrix.EventsFetched:
			if err = a.fetch(ctx, bot.ID); err == nil {
				continue // it is to be looked at anew
			}
			a.tell(ctx, err)
		}
		if !a.rest(ctx) {
			return nil
		}
	}
}

// rest waits for the next look, which is due at once when there are other commands. It is false if ctx ended. The random
// part keeps portals apart that began together.
func (a *attendant) rest(ctx context.Context) bool {
	d := a.bot.look
	if a.failures > 0 {
		d = min(d, time.Second<<min(a.failures-1, 10))
	}
	select {
	case <-ctx.Done():
		return false
	case <-a.changed:
		a.changed, a.registered = nil, false
	case <-time.After(d*3/4 + rand.N(d/2)):
	}
	return true
}

// hopeless reports whether an error ends the process.
func (a *attendant) hopeless(err error) bool {
	if a.bot.Applications != nil || a.bot.Profile == nil || a.registered || a.before {
		return false
	}
	var refused *bitrix.Error
	return errors.Is(err, errCannotFetch) || errors.As(err, &refused) && !refused.Temporary()
}

// look registers the bot, if that is still to be done, or else finds it. One that was there before is found also if the
// portal now refuses to register it.
func (a *attendant) look(ctx context.Context) (bitrix.Bot, error) {
	select {
	case a.slots <- struct{}{}:
		defer func() { <-a.slots }()
	case <-ctx.Done():
		return bitrix.Bot{}, ctx.Err()
	}
	limited, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	if a.bot.Profile != nil && !a.registered {
		bot, err := a.register(limited)
		if !a.hopeless(err) { // whoever started the process is told by its end
			a.tell(ctx, err)
		}
		if err == nil || !a.before {
			return bot, err
		}
		return a.find(limited)
	}
	bot, err := a.find(limited)
	if err == nil {
		a.tell(ctx, a.registerCommands(limited, bot))
	} else {
		a.tell(ctx, err)
	}
	return bot, err
}

func (a *attendant) find(ctx context.Context) (bitrix.Bot, error) {
	found, err := findBots(ctx, a.portal, a.bot.BotCode)
	if err != nil {
		return bitrix.Bot{}, explained(err)
	}
	if len(found) == 0 {
		return bitrix.Bot{}, a.bot.noBot()
	}
	return found[0], nil
}

// tell lists what is wrong about the portal, unless that is because it is time to stop.
func (a *attendant) tell(ctx context.Context, err error) {
	if ctx.Err() == nil {
		a.bot.unwell(ctx, a.portal.Name, err)
	}
}

// unwell lists what is wrong about the bot on a portal, nil for nothing, and says it once.
func (b *Bot) unwell(ctx context.Context, portal string, err error) {
	log := zerolog.Ctx(ctx).With().Str("portal", portal).Logger()
	switch news := b.Portals.report(portal, aboutBot, err); {
	case !news:
	case err != nil:
		log.Warn().Err(err).Msg("the bot is not well on this portal, it is tried again")
	default:
		log.Info().Msg("the bot is well again on this portal")
	}
}

func (a *attendant) log(ctx context.Context) zerolog.Logger {
	return zerolog.Ctx(ctx).With().Str("portal", a.portal.Name).Logger()
}
