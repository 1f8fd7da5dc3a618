package bot

import (
	"time"

	"github.com/whois24/whois24/events"
)

// EffectKey lets a test play a worker that died over the first reply to an event.
func EffectKey(e events.Event) string { return effectKey(e, part{}) }

// SetClock gives the bot another time than the machine's.
func (b *Bot) SetClock(now func() time.Time) { b.now = now }

// SetLook changes how often a portal is looked at.
func (b *Bot) SetLook(d time.Duration) { b.look = d }

// SetDelay changes how long the bot waits before another try.
func (b *Bot) SetDelay(d time.Duration) {
	b.delay = func(error, int) time.Duration { return d }
}
