package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events/stream"
)

// Worker answers events: it finds the commands in one, runs them, sends what they return and says how the event
// is to be settled.
type Worker struct {
	portals *Portals
	texts   Texts
	effects Effects
	asked   Questions
	answers Answers
	memory  Memory
	wakes   Wakes
	fair    *fairnesses
	trials  *trials
	now     func() time.Time
	delay   func(err error, failures int) time.Duration
	watch   watcher
}

// Texts are the settings of how people are answered.
type Texts struct {
	Language string                 // "auto" or empty: as the portal says
	Zone     *time.Location         // of days in words; nil: as the portal's dates are
	Privacy  *commands.Privacy      // who learns what; nil: the default
	Hours    *commands.WorkingHours // nil: the default
}

// Handle works on one delivered event. It never panics.
func (w *Worker) Handle(ctx context.Context, d stream.Delivery) stream.Settlement {
	ctx = withEvent(ctx, d)
	q := question{Delivery: d, portal: w.portals.Get(d.Event.Portal), trial: w.trials.of(d.Event.Key())}
	if wait := w.turn(ctx, q); wait > 0 {
		return stream.Retry(wait)
	}
	work := w.answer
	if opens(d.Event) {
		work = w.greet
	}
	err := work(ctx, q)
	w.watch.settled(ctx, d, err)
	return w.settle(q, err)
}

// settle carries out the verdict on how answering ended.
func (w *Worker) settle(q question, err error) stream.Settlement {
	if comesAgain(err) {
		q.trial.failures++
		return stream.Retry(w.delay(err, q.trial.failures))
	}
	w.trials.forget(q.Event.Key())
	if fair := w.fair.of(q.Event.Portal); fair != nil {
		fair.forget(q.Event)
	}
	if err != nil {
		return stream.Bury(err.Error())
	}
	return stream.Done()
}

// withEvent gives everything logged about the event its ids.
func withEvent(ctx context.Context, d stream.Delivery) context.Context {
	e := d.Event
	return zerolog.Ctx(ctx).With().
		Str("portal", e.Portal).Str("event_id", e.Key()).Str("reference", e.Reference()).Str("kind", string(e.Kind)).
		Str("dialog", string(e.Chat.Dialog)).Int64("user", int64(e.User.ID)).
		Str("command", e.Command.Name).Int("attempt", d.Attempt).
		Logger().WithContext(ctx)
}

// answer replies to everything asked in the event. A repetition after an error sends what was sent before
// under the same template ids, which the portal then drops. The error is a retryLater if another try is worth it.
func (w *Worker) answer(ctx context.Context, q question) error {
	if q.portal == nil { // another worker may know it
		return w.judge(q, errForeignPortal, 0)
	}
	given, err := w.answersTo(ctx, q.Event)
	if err != nil {
		return w.judge(q, err, 0)
	}
	switch {
	case q.Event.Kind == bitrix.MessageDelete:
		return w.deleted(ctx, q, given)
	case outdated(q.Delivery, given):
		return nil
	case q.Event.Kind == bitrix.MessageUpdate:
		return w.edited(ctx, q, given)
	}
	last, err := w.lastQuestion(ctx, q.Event, q.Event.Chat.Dialog)
	if err != nil {
		return w.judge(q, err, 0)
	}
	return w.reply(ctx, q, last, w.parts(q.portal, q.Delivery, last))
}

// reply answers the parts of an event, one after the other. Last is the question they are given after.
func (w *Worker) reply(ctx context.Context, q question, last stream.Question, parts []part) error {
	var failed error
	for _, p := range parts {
		if err := w.address(ctx, q.Event, &p.Request); err != nil {
			return w.judge(q, err, 0)
		}
		reply, shown, err := w.find(ctx, q, p)
		if comesAgain(err) {
			return err
		}
		if err != nil {
			failed = errors.Join(failed, err)
			reply = commands.Apology(p.Lang, reason(err, w.age(q)), q.Event.Reference())
		}
		if err := w.keep(ctx, q, reply.Speak); err != nil {
			return w.judge(q, err, 0)
		}
		if p.Woken && silent(reply) {
			continue
		}
		at, sent := w.post(ctx, q, p, shown, reply)
		if err := w.judge(q, sent, sendPatience); err != nil {
			return errors.Join(failed, fmt.Errorf("send reply: %w", err))
		}
		if err := w.placed(ctx, q, p, at, reply); err != nil {
			return err
		}
		if err := w.told(ctx, q, p, reply); err != nil {
			return w.judge(q, err, 0)
		}
		w.watch.answered(q.Delivery, p.Request, reply)
		if waits(last) && !p.Woken && !reply.Asks && (err == nil || !p.answering()) { // after a fault the answer can be given again
			if err := w.record(ctx, q, q.Event.Chat.Dialog, p, closed); err != nil {
				return w.judge(q, err, 0)
			}
		}
	}
	return failed
}

// judge turns what is worth another try into a retryLater.
func (w *Worker) judge(q question, err error, patience time.Duration) error {
	q.trial.note(err, w.now())
	t := tried{age: w.age(q), refused: q.trial.refused(w.now()), away: q.trial.away(w.now())}
	switch verdict(err, t, patience) {
	case again:
		return retryLater{err}
	case over:
		if t.age >= stream.GiveUp {
			return fmt.Errorf("not answered within %v: %w", stream.GiveUp, err)
		}
	case done:
	}
	return err
}

func (w *Worker) age(q question) time.Duration { return w.now().Sub(q.Stored) }
