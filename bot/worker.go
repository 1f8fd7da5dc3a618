package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// Worker answers events: it finds the commands in one, runs them, sends what they return and says how the event
// is to be settled.
type Worker struct {
	portals *Portals
	texts   Texts
	effects Effects
	fair    *fairnesses
	trials  *trials
	now     func() time.Time
	delay   func(err error, failures int) time.Duration
	watch   watcher
}

// Texts are the settings of how people are answered.
type Texts struct {
	Language string         // "auto" or empty: as the portal says
	Zone     *time.Location // of days in words; nil: as the portal's dates are
}

// Handle works on one delivered event. It never panics.
func (w *Worker) Handle(ctx context.Context, d stream.Delivery) stream.Settlement {
	ctx = withEvent(ctx, d)
	q := question{Delivery: d, portal: w.portals.Get(d.Event.Portal), trial: w.trials.of(d.Event.Key())}
	if wait := w.turn(ctx, q); wait > 0 {
		return stream.Retry(wait)
	}
	err := w.answer(ctx, q)
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
		Str("portal", e.Portal).Str("event_id", e.Key()).Str("kind", string(e.Kind)).
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
	var failed error
	for part, request := range w.requests(q.portal, q.Event) {
		reply, err := w.runVouched(ctx, q, request)
		if err = w.judge(q, err, lookUpPatience); comesAgain(err) {
			return err
		}
		if err != nil {
			failed = errors.Join(failed, err)
			reply = commands.Apology(request.Lang, reason(err, w.age(q)), reference(q.Event))
		}
		if err := w.judge(q, w.send(ctx, q, part, reply), sendPatience); err != nil {
			return errors.Join(failed, fmt.Errorf("send reply: %w", err))
		}
		w.watch.answered(q.Delivery, request, reply)
	}
	return failed
}

// judge turns what is worth another try into a retryLater.
func (w *Worker) judge(q question, err error, patience time.Duration) error {
	q.trial.note(err, w.now())
	t := tried{age: w.age(q), refused: q.trial.refused(w.now())}
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

// requests takes an event apart into what was asked: one command, or several lines of a message.
func (w *Worker) requests(p *Portal, e events.Event) []commands.Request {
	var all []commands.Request
	for _, line := range w.lines(p, e) {
		all = append(all, commands.Request{
			Name:   strings.ToLower(line.Name),
			Args:   line.Args,
			Asker:  commands.Asker{ID: e.User.ID, Outsider: e.User.Outsider},
			Chat:   commands.Chat{Private: e.Chat.Private, Outsiders: e.Chat.Outsiders},
			Lang:   w.language(e),
			Zone:   w.texts.Zone,
			Now:    w.now(),
			People: p.Client,
		})
	}
	return all
}

func (w *Worker) lines(p *Portal, e events.Event) []commands.Line {
	if e.Kind == bitrix.CommandAdd {
		return []commands.Line{{Name: e.Command.Name, Args: commands.Args(e.Command.Params)}}
	}
	return commands.Lines(commands.Message{
		Text:      e.Message.Text,
		Private:   e.Chat.Private,
		Bot:       bitrix.UserID(e.Bot.ID),
		Forwarded: e.Message.Forwarded,
	}, p.Commands.Has)
}

func (w *Worker) language(e events.Event) commands.Language {
	if w.texts.Language != "" && w.texts.Language != "auto" {
		return commands.Match(w.texts.Language)
	}
	return commands.Match(e.Language)
}

// reference is the beginning of the event's key, which the log and the dead letter tell whole: nobody reads out more.
func reference(e events.Event) string { return e.Key()[:8] }

// run executes one command. Words for the asker are its reply; a panic is an error like any other.
func (w *Worker) run(ctx context.Context, p *Portal, r commands.Request) (reply commands.Reply, err error) {
	defer func() {
		if v := recover(); v != nil {
			zerolog.Ctx(ctx).Error().Bytes("stack", debug.Stack()).Msg("command panicked")
			err = fmt.Errorf("command %s panicked: %v", r.Name, v)
		}
	}()
	reply, err = p.Commands.Run(ctx, r)
	if words, ok := commands.Words(err, r.Lang); ok {
		return words, nil
	}
	return reply, err
}
