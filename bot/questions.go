package bot

import (
	"context"
	"errors"
	"fmt"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// Questions is the record of what commands asked people back. *stream.Stream keeps one that outlives a restart.
type Questions interface {
	// Question tells of the last question to somebody, the zero one if there was none.
	Question(ctx context.Context, name string) (stream.Question, error)
	// KeepQuestion puts a question in place of the one with its Revision, 0 for none. stream.ErrChanged: it was not that one
	// any more.
	KeepQuestion(ctx context.Context, name string, q stream.Question) error
}

// A question is recorded before it is posted, together with the answers to those before it and the event that led to it. So
// an event that comes again finds what it led to, and an answer is not counted twice. When the command has asked all it
// wants, or another one was given, the question is closed and stays, for the same reason.

// relation is how an event stands to the last question.
type relation int

const (
	unrelated relation = iota
	answers            // what it says may be the answer
	answered           // it was, and the question now recorded is what it led to
)

func relationOf(last stream.Question, d stream.Delivery) relation {
	switch {
	case last.Event == d.Event.Key():
		if len(last.Answers) == 0 { // it is the command that asked
			return unrelated
		}
		return answered
	case waits(last) && !d.Stored.Before(last.Stored) && d.Stored.Sub(last.Asked) <= commands.AskedFor:
		return answers
	default:
		return unrelated
	}
}

// waits reports whether a question was asked and nothing followed.
func waits(last stream.Question) bool { return last.Command != "" && !last.Closed }

// lastQuestion reads the record.
func (w *Worker) lastQuestion(ctx context.Context, e events.Event, in bitrix.DialogID) (stream.Question, error) {
	last, err := w.asked.Question(ctx, questionName(e, in))
	if err != nil {
		return stream.Question{}, fmt.Errorf("%w: %w", errNoRecord, err)
	}
	return last, nil
}

// questionName is of a question to the author of an event. It ends as the store needs it to forget a portal.
func questionName(e events.Event, in bitrix.DialogID) string {
	return fmt.Sprintf("question to %d in %s of %s", e.User.ID, in, e.Portal)
}

// outcome is what an event led to.
type outcome bool

const (
	open   outcome = false // a question
	closed outcome = true  // no question
)

// questionOf is what is recorded of a part after which the conversation stands like that.
func (w *Worker) questionOf(d stream.Delivery, p part, o outcome) stream.Question {
	return stream.Question{
		Command: p.Name, Args: p.Args, Answers: p.Answers,
		Event: d.Event.Key(), Stored: d.Stored, Asked: w.now(), Closed: bool(o),
	}
}

// record notes how the conversation in a dialog stands after a part of an event. It does nothing when a later event has led
// on, which another worker may have answered meanwhile, nor does a command close what another part of its event asked.
func (w *Worker) record(ctx context.Context, q question, in bitrix.DialogID, p part, o outcome) error {
	next := w.questionOf(q.Delivery, p, o)
	for {
		last, err := w.lastQuestion(ctx, q.Event, in)
		if err != nil {
			return err
		}
		own := last.Event == next.Event && o == closed && !p.answering()
		if own || last.Stored.After(next.Stored) {
			return nil
		}
		next.Revision = last.Revision
		err = w.asked.KeepQuestion(ctx, questionName(q.Event, in), next)
		switch {
		case err == nil:
			return nil
		case !errors.Is(err, stream.ErrChanged):
			return fmt.Errorf("%w: %w", errNoRecord, err)
		}
	}
}

// recordAsked is called before a reply is posted.
func (w *Worker) recordAsked(ctx context.Context, q question, in bitrix.DialogID, p part, reply commands.Reply) error {
	if !reply.Asks {
		return nil
	}
	return w.record(ctx, q, in, p, open)
}
