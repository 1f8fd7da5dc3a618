package bot

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

const (
	// readEvery is how old what is known of the staff may be: who began today is found before lunch, and a portal of thousands is
	// asked ten times an hour.
	readEvery = time.Hour
	// readAgain is when a reading that failed is tried again; then twice as long each time.
	readAgain = time.Minute
	// readTimeout is for one reading: some fifty requests at most, a second apart and some seconds long each.
	readTimeout = 5 * time.Minute
	// readAtOnce is how many portals are read together. An answer about a thousand people takes some megabytes until it is read.
	readAtOnce = 4
)

// ReadStaff reads who works on the portal, for the commands to know from then on. Where the portal does not tell, or too many
// work, they know nothing; after another failure they know what they did before.
func (p *Portal) ReadStaff(ctx context.Context, now time.Time) error {
	read, err := p.Client.Staff(ctx)
	switch {
	case err == nil:
		p.staff.Store(commands.NewStaff(now, read))
		p.untold.Store(false)
	case untold(err):
		p.staff.Store(nil)
		p.untold.Store(true)
	}
	return err
}

// untold reports whether a portal never tells who works there, as far as is known now.
func untold(err error) bool {
	var refused *bitrix.Error
	return errors.Is(err, bitrix.ErrManyStaff) || errors.As(err, &refused) && !refused.Temporary()
}

// directory keeps what is known of one portal's staff up to date.
type directory struct {
	bot      *Bot
	portal   *Portal
	slots    chan struct{} // of all portals: who has put something in reads
	failures int           // in a row
	told     string        // of the last reading, in the log
}

// readStaff reads who works on each portal for as long as it is served, now and about each hour.
func (b *Bot) readStaff(ctx context.Context) error {
	slots := make(chan struct{}, readAtOnce)
	return b.Portals.each(ctx, func(ctx context.Context, p *Portal) error {
		d := &directory{bot: b, portal: p, slots: slots}
		for d.read(ctx) && pause(ctx, d.rest()) {
			continue
		}
		return nil
	})
}

// read is one reading. It is false if ctx ended.
func (d *directory) read(ctx context.Context) bool {
	select {
	case d.slots <- struct{}{}:
		defer func() { <-d.slots }()
	case <-ctx.Done():
		return false
	}
	limited, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	err := d.portal.ReadStaff(limited, d.bot.now())
	if ctx.Err() != nil {
		return false
	}
	d.failures++
	if err == nil || untold(err) {
		d.failures = 0
	}
	d.tell(ctx, err)
	return true
}

// rest is how long until the next reading. The random part keeps portals apart that began together.
func (d *directory) rest() time.Duration {
	rest := readEvery
	if d.failures > 0 {
		rest = min(rest, readAgain<<min(d.failures-1, 10))
	}
	return rest*3/4 + rand.N(rest/4)
}

// tell logs how a reading ended, where the one before ended otherwise.
func (d *directory) tell(ctx context.Context, err error) {
	log := zerolog.Ctx(ctx).With().Str("portal", d.portal.Name).Logger()
	said := "the bot knows who works on this portal"
	switch {
	case errors.Is(err, bitrix.ErrManyStaff):
		said = "too many people work on this portal to know them all: they are found by its own search alone"
	case untold(err):
		said = "the portal does not tell who works there: people are found by its own search alone"
	case err != nil:
		said = "who works on this portal cannot be read, it is tried again"
	}
	if said == d.told {
		return
	}
	d.told = said
	if err != nil {
		log.Warn().Err(err).Msg(said)
		return
	}
	log.Info().Int("people", len(d.portal.staff.Load().People)).Msg(said)
}
