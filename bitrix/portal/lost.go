package portal

import (
	"slices"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// Loss is an event that waited to be fetched and was erased before anybody read it: no page with it was answered.
type Loss struct {
	Bot     bitrix.BotID
	EventID bitrix.EventOffset
	Event   string // "ONIMBOTV2MESSAGEADD"
	Why     LossReason
}

// LossReason is why an event was erased.
type LossReason string

// Why events are erased.
const (
	LostByOffset   LossReason = "an offset beyond what was read"
	LostExpired    LossReason = "expired after 24 h"
	LostBySwitch   LossReason = "switched to webhooks"
	LostRemoved    LossReason = "bot removed"
	LostByOverflow LossReason = "overflow"
)

// maxLosses is how many Lost tells; older ones are forgotten.
const maxLosses = 10_000

// Lost returns the events erased unread, in the order they were erased.
func (p *Portal) Lost() []Loss {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, b := range p.botsByID() {
		p.expire(b, p.now())
	}
	return slices.Clone(p.losses)
}

// discard erases the first n events that wait.
func (p *Portal) discard(b *bot, n int, why LossReason) {
	for _, q := range b.pending[:n] {
		if !q.read {
			p.losses = append(p.losses, Loss{Bot: b.id, EventID: bitrix.EventOffset(q.id), Event: q.name, Why: why})
		}
	}
	b.pending = slices.Delete(b.pending, 0, n)
	p.losses = slices.Delete(p.losses, 0, max(len(p.losses)-maxLosses, 0))
}

// discardUntil erases events up to the first one to keep.
func (p *Portal) discardUntil(b *bot, why LossReason, keep func(queued) bool) {
	n := slices.IndexFunc(b.pending, keep)
	if n < 0 {
		n = len(b.pending)
	}
	p.discard(b, n, why)
}

// expire erases what waited for longer than Bitrix24 keeps it.
func (p *Portal) expire(b *bot, now time.Time) {
	p.discardUntil(b, LostExpired, func(q queued) bool { return now.Sub(q.at) <= retention })
}
