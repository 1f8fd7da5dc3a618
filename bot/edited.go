package bot

import (
	"context"
	"slices"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// Somebody who corrects a question gets the answer corrected, and who takes one back takes the answer back with it. The portal
// runs no command of an edited message, and tells of an edit by the rules for a new one: in a group, where it mentions the bot.
// Everything is done to messages by their id, so that an event may come again.

// outdated reports whether what an event says is no longer what the person wants: they changed the message since, or it is gone.
func outdated(d stream.Delivery, given stream.Answers) bool {
	switch {
	case given.Deleted:
		return true
	case d.Event.Kind == bitrix.MessageUpdate:
		return askedAt(d).Before(given.Edited)
	}
	return !given.Edited.IsZero()
}

// edited answers a message that was changed: each line that is new or another takes over the message that answered a line which
// went, or gets one of its own; what answered the others that went is taken away.
func (w *Worker) edited(ctx context.Context, q question, given stream.Answers) error {
	last, err := w.lastQuestion(ctx, q.Event, q.Event.Chat.Dialog)
	if err != nil {
		return w.judge(q, err, 0)
	}
	asked, last := w.askedNow(q, given, last)
	if tidied(q.Event, given, w.now()) || movedOn(given, asked) {
		return nil
	}
	anew, gone := revise(given.Given, asked)
	if err := w.release(ctx, q, gone); err != nil {
		return err
	}
	taken := min(len(anew), len(gone))
	for i, a := range gone[:taken] {
		anew[i].at = place{a.Dialog, a.Message}
	}
	err = w.amend(ctx, q.Event, func(a *stream.Answers) { a.Edited = askedAt(q.Delivery) })
	if err != nil {
		return w.judge(q, err, 0)
	}
	for _, a := range gone[taken:] {
		if err := w.takeBack(ctx, q, a); err != nil {
			return err
		}
	}
	return w.reply(ctx, q, last, anew)
}

// askedNow takes an edited message apart. If it is the answer to the last question, it is that as it reads now. The question
// is returned if the message led to it: any other is not for this message to answer, or to close.
func (w *Worker) askedNow(q question, given stream.Answers, last stream.Question) ([]part, stream.Question) {
	e := q.Event
	said := e
	said.Kind = bitrix.MessageAdd
	led := slices.ContainsFunc(given.Given, func(a stream.Answer) bool { return a.Event == last.Event })
	if !led && last.Event != said.Key() && last.Event != e.Key() {
		last = stream.Question{}
	}
	heard := last
	heard.Event = e.Key()
	asked := w.parts(q.portal, q.Delivery, heard)
	if words := commands.Said(message(e)); words != "" && len(asked) == 1 && asked[0].answering() {
		answers := asked[0].Answers
		answers[len(answers)-1] = words
	}
	return asked, last
}

// tidied reports whether the message is so old that nobody knows any more what answers it. The edit is no question then.
func tidied(e events.Event, given stream.Answers, now time.Time) bool {
	written := e.Message.Written
	return given.Revision == 0 && !written.IsZero() && now.Sub(written) > stream.AnswersKept
}

// movedOn reports whether the message was the answer to a question that others followed: what came of it stands.
func movedOn(given stream.Answers, asked []part) bool {
	replied := slices.ContainsFunc(given.Given, func(a stream.Answer) bool { return a.Replies })
	return replied && len(asked) == 1 && asked[0].Name == ""
}

// revise compares what is asked now with what was answered. Anew are the parts to be answered, gone the answers to what is asked
// no more.
func revise(given []stream.Answer, asked []part) (anew []part, gone []stream.Answer) {
	gone = slices.Clone(given)
	for _, p := range asked {
		i := slices.IndexFunc(gone, func(a stream.Answer) bool { return a.Asked == p.digest() })
		if i < 0 {
			anew = append(anew, p)
		} else {
			gone = slices.Delete(gone, i, i+1)
		}
	}
	return anew, gone
}

// release ends what answers promised, before what takes their place promises the same perhaps. The error is a retryLater.
func (w *Worker) release(ctx context.Context, q question, gone []stream.Answer) error {
	for _, a := range gone {
		if a.Wake == nil {
			continue
		}
		e := q.Event
		e.Command.Name, e.Wake = a.Wake.Command, &events.Wake{Key: a.Wake.Key}
		if err := w.judge(q, unscheduled(w.wakes.EndWake(ctx, e, q.Stored)), 0); err != nil {
			return err
		}
	}
	return nil
}

// deleted takes back all that answers a message, and what they promised.
func (w *Worker) deleted(ctx context.Context, q question, given stream.Answers) error {
	if err := w.release(ctx, q, given.Given); err != nil {
		return err
	}
	for _, a := range given.Given {
		if err := w.takeBack(ctx, q, a); err != nil {
			return err
		}
	}
	return w.judge(q, w.amend(ctx, q.Event, func(a *stream.Answers) { a.Deleted, a.Given = true, nil }), 0)
}

// takeBack takes an answer away. If it was a question, it is one no more. The error is a retryLater.
func (w *Worker) takeBack(ctx context.Context, q question, a stream.Answer) error {
	last, err := w.lastQuestion(ctx, q.Event, a.Dialog)
	if err == nil && waits(last) && last.Event == a.Event {
		err = w.record(ctx, q, a.Dialog, part{}, closed)
	}
	if err != nil {
		return w.judge(q, err, 0)
	}
	if err := w.withdraw(ctx, q, place{a.Dialog, a.Message}); err != nil {
		return err
	}
	return w.judge(q, w.amend(ctx, q.Event, func(all *stream.Answers) { put(all, a.Message, stream.Answer{}) }), 0)
}

// withdraw deletes a message of the bot's. One that the portal does not let the bot delete is gone already. The error is a
// retryLater.
func (w *Worker) withdraw(ctx context.Context, q question, at place) error {
	err := q.portal.Client.DeleteMessage(ctx, bitrix.MessageRemoval{Bot: q.Event.Bot.ID, ID: at.id, Dialog: at.dialog})
	if err = w.judge(q, err, sendPatience); comesAgain(err) {
		return err
	}
	if err != nil {
		zerolog.Ctx(ctx).Info().Err(err).Msg("answer is not there to be taken away")
	}
	return nil
}
