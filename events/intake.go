package events

import (
	"context"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// Store keeps events until they are answered. Append returns once they would survive a power cut.
type Store interface {
	Append(ctx context.Context, events []Event) error
}

// Outcome says what became of an event that arrived.
type Outcome string

// Everything that can become of an arriving event.
const (
	Stored  Outcome = "stored"  // or carried out, where a portal joins or leaves
	Ignored Outcome = "ignored" // needs no work: not ours, not for us, or nothing to answer
	Refused Outcome = "refused" // not from the portal, or no event
	Failed  Outcome = "failed"  // could not be stored; it comes again, or the portal was told so
)

// The portal's queue waits for us, and slows down for slow receivers. A cluster that elects a new leader needs up to this
// long.
const storeTimeout = 8 * time.Second

// Intake is what the ways in have in common: it keeps the events somebody has to answer.
type Intake struct {
	BotCode string // events for other bots are ignored
	Store   Store
	Observe func(Event, Outcome) // told of every event; must not block. nil: nobody is
}

// Take stores the events somebody has to answer and lets the others go. After an error some of them may be stored:
// taking all of them again is safe.
func (in Intake) Take(ctx context.Context, portal string, found []bitrix.Event) error {
	var keep []Event
	for _, f := range found {
		e := Event{Portal: portal, Event: f}
		if f.Bot.Code == in.BotCode && e.wanted() {
			keep = append(keep, e)
		} else {
			in.tell(e, Ignored)
		}
	}
	err := in.append(ctx, keep)
	for _, e := range keep {
		in.tell(e, outcomeOf(err))
	}
	return err
}

func (in Intake) append(ctx context.Context, keep []Event) error {
	if len(keep) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	return in.Store.Append(ctx, keep)
}

func outcomeOf(err error) Outcome {
	if err != nil {
		return Failed
	}
	return Stored
}

func (in Intake) tell(e Event, o Outcome) {
	if in.Observe != nil {
		in.Observe(e, o)
	}
}
