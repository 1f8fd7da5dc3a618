package bot

import (
	"errors"
	"sync"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// maxTrials bounds the events whose trials are remembered: many more than are in hand at a time. One that is forgotten
// begins anew.
const maxTrials = 10_000

// trials remembers, of the events in hand, how answering them went so far. The store's count of deliveries cannot tell: it
// grows while an event waits for a place in its lane, and while the portal is away.
type trials struct {
	mu    sync.Mutex
	byKey recent[string, *trial]
}

func newTrials() *trials { return &trials{byKey: recent[string, *trial]{size: maxTrials}} }

func (t *trials) of(key string) *trial {
	t.mu.Lock()
	defer t.mu.Unlock()
	known, ok := t.byKey.get(key)
	if !ok {
		known = &trial{}
		t.byKey.put(key, known)
	}
	return known
}

func (t *trials) forget(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.byKey.drop(key)
}

// trial belongs to whoever works on the event: one at a time.
type trial struct {
	failures     int
	tooLong      bool      // the command has once not come to an end
	typed        bool      // the bot was seen typing
	refusedSince time.Time // since when the portal has been up and failing at this event; zero: it is not
	awaySince    time.Time // since when the process that runs the command has not answered; zero: it has
}

// note remembers an error. While the portal is away nobody knows whether it would still refuse, or the command's process still
// be missing, so that begins anew.
func (t *trial) note(err error, now time.Time) {
	var e *bitrix.Error
	switch {
	case away(err):
		if t.awaySince.IsZero() {
			t.awaySince = now
		}
	case !errors.As(err, &e):
	case e.Code == "":
		t.refusedSince, t.awaySince = time.Time{}, time.Time{}
	case brokenThere(err) && t.refusedSince.IsZero():
		t.refusedSince = now
	}
}

func (t *trial) refused(now time.Time) time.Duration { return since(t.refusedSince, now) }

func (t *trial) away(now time.Time) time.Duration { return since(t.awaySince, now) }

func since(t, now time.Time) time.Duration {
	if t.IsZero() {
		return 0
	}
	return now.Sub(t)
}
