package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// Wakes keeps when commands want to be run again. *stream.Stream keeps it over a restart.
type Wakes interface {
	// ScheduleWake has an event of the kind events.Woken arrive when it is due, in the place of another of the same person,
	// command and key, unless that was ended after the person had asked for it.
	ScheduleWake(ctx context.Context, e events.Event) error
	// EndWake takes back the one of that person, command and key, as it was asked for before a time.
	EndWake(ctx context.Context, e events.Event, before time.Time) error
	// WakeEnded reports whether an event should not have arrived, since it was ended meanwhile.
	WakeEnded(ctx context.Context, e events.Event) (bool, error)
	// OtherWakes counts what the person waits for besides.
	OtherWakes(ctx context.Context, e events.Event) (int, error)
}

// A command that is run again says what it has to say in the private chat with who asked. Elsewhere others may read along by
// then who were not there when it was asked for, and no event of the portal tells of them.

// schedule carries out, before a reply is posted, what it says about running the command again, and returns what is to be
// posted. An event that comes again does the same once more, in the same place.
func (w *Worker) schedule(ctx context.Context, q question, p part, reply commands.Reply) (commands.Reply, error) {
	if reply.Wake == nil {
		return reply, nil
	}
	e := wakeOf(q, p, *reply.Wake)
	switch {
	case !e.Wake.At.IsZero() && p.Woken:
		return reply, unscheduled(w.wakes.ScheduleWake(ctx, e))
	case !e.Wake.At.IsZero():
		return w.scheduleFirst(ctx, e, reply, p.Lang)
	case p.Woken:
		return reply, nil // see told
	}
	return reply, unscheduled(w.wakes.EndWake(ctx, e, q.Stored))
}

// scheduleFirst is for what a person asks for, who cannot wait for any number of things.
func (w *Worker) scheduleFirst(
	ctx context.Context, e events.Event, reply commands.Reply, lang commands.Language,
) (commands.Reply, error) {
	others, err := w.wakes.OtherWakes(ctx, e)
	switch {
	case err != nil:
		return reply, unscheduled(err)
	case others >= stream.MaxWakes:
		return commands.TooManyWakes(lang, stream.MaxWakes), nil
	}
	return reply, unscheduled(w.wakes.ScheduleWake(ctx, e))
}

// told notes, after a command that was run again has had its say, that this is all the person waited for. Then it is not said once
// more when the event comes again and things have changed. What remains: a worker that dies right before this.
func (w *Worker) told(ctx context.Context, q question, p part, reply commands.Reply) error {
	if !p.Woken || reply.Wake == nil || !reply.Wake.At.IsZero() {
		return nil
	}
	return unscheduled(w.wakes.EndWake(ctx, wakeOf(q, p, *reply.Wake), q.Stored))
}

func unscheduled(err error) error {
	if err == nil || errors.Is(err, stream.ErrWakeTooLarge) {
		return err
	}
	return fmt.Errorf("%w: %w", errNoWake, err)
}

// wakeOf is the event that has the command of a part run again. It holds what the question held, less the message and the chat.
func wakeOf(q question, p part, again commands.Wake) events.Event {
	e := q.Event
	asked, args := q.Stored, p.Args
	if e.Wake != nil {
		asked = e.Wake.Asked
	}
	if again.Args != "" {
		args = again.Args
	}
	return events.Event{
		Portal: e.Portal,
		Wake:   &events.Wake{Key: again.Key, At: again.At, Asked: asked, Note: again.Note, Answers: p.Answers},
		Event: bitrix.Event{
			Kind:     events.Woken,
			Time:     again.At,
			Language: e.Language,
			Bot:      e.Bot,
			Command:  bitrix.Command{Name: p.Name, Params: args},
			Chat:     bitrix.Chat{Dialog: bitrix.PrivateDialog(e.User.ID), Private: true},
			User:     e.User,
		},
	}
}

// wokenLines are the command that wanted to be run again; none if the bot does not have it any more.
func wokenLines(p *Portal, e events.Event) []commands.Line {
	if !p.Commands.Has(e.Command.Name) {
		return nil
	}
	return []commands.Line{{Name: e.Command.Name, Args: e.Command.Params}}
}

// runWoken runs a command again, for somebody who may have left the company meanwhile. They are looked up when there is something
// to be said to them: most of the time there is not.
func (w *Worker) runWoken(ctx context.Context, q question, r commands.Request) (commands.Reply, error) {
	ended, err := w.wakes.WakeEnded(ctx, q.Event)
	if err != nil || ended {
		return commands.Reply{}, unscheduled(err)
	}
	reply, err := run(ctx, q.portal, r)
	if err != nil || silent(reply) {
		return reply, err
	}
	before := r.Asker.Outsider
	if r.Asker.Outsider, err = outsider(ctx, q.portal, r.Asker.ID); err != nil {
		return commands.Reply{}, fmt.Errorf("look the asker up: %w", err)
	}
	if r.Asker.Outsider == before {
		return reply, nil
	}
	return run(ctx, q.portal, r)
}

// silent reports whether a reply says nothing.
func silent(r commands.Reply) bool { return r.Text == "" && r.Attach == nil }
