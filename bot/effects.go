package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// Effects is the record of replies that a portal would post twice. *stream.Stream keeps one that outlives a crash.
type Effects interface {
	// Claim marks a reply as being posted, if nobody did before, and returns how it stood until then.
	Claim(ctx context.Context, reply string) (stream.Effect, error)
	// Conclude says that a claimed reply was posted or, with stream.Unclaimed, that it certainly was not.
	Conclude(ctx context.Context, reply string, e stream.Effect) error
}

const (
	// answerWindow is how long after a command Command.answer posts anything. Bitrix24 allows ten minutes, then says
	// "done" and posts nothing; a minute is left for clocks that differ and for the way.
	answerWindow = 9 * time.Minute
	// concludeTimeout is for the record alone: the time for the whole try may be used up by then.
	concludeTimeout = 5 * time.Second
)

// answerCommand posts in a chat the bot is not in. This call has no key against repetition, so it is made by whoever
// claims the reply, and once. When it is not known whether a claimed reply was posted, or it is too late to post it,
// the answer goes to the asker's private chat, under a template id.
//
// What remains: a worker that dies after the portal posted and before Sent is recorded, an answer of the portal's that
// is lost on the way, or a second owner of the portal coming by in between. Then the asker has the answer in the chat and
// once more in private. It is never twice in the chat, and never nowhere.
func (w *Worker) answerCommand(ctx context.Context, q question, p part, m bitrix.Message) error {
	reply := effectKey(q.Event, p)
	stood, err := w.effects.Claim(ctx, reply)
	switch {
	case err != nil:
		return fmt.Errorf("%w: %w", errNoRecord, err)
	case stood == stream.Sent:
		w.watch.effect(effectRepeated)
		return nil
	case w.now().Sub(askedAt(q.Delivery)) >= answerWindow:
		return w.watch.late(w.alone(ctx, q, p, m))
	case stood == stream.Claimed:
		return w.watch.unknown(w.alone(ctx, q, p, m))
	}
	return w.postClaimed(ctx, q, p, m)
}

// postClaimed makes the call and records how it ended.
func (w *Worker) postClaimed(ctx context.Context, q question, p part, m bitrix.Message) error {
	reply := effectKey(q.Event, p)
	err := q.portal.Client.AnswerCommand(ctx, bitrix.CommandAnswer{
		Bot:       m.Bot,
		Command:   q.Event.Command.ID,
		MessageID: q.Event.Message.ID,
		Dialog:    m.Dialog,
		Text:      m.Text,
		Keyboard:  m.Keyboard,
		Attach:    m.Attach,
	})
	switch {
	case err == nil:
		w.conclude(ctx, reply, stream.Sent)
		w.watch.effect(effectPosted)
		return nil
	case !certainlyNotRun(err):
		zerolog.Ctx(ctx).Warn().Err(err).Msg("nobody knows whether the command was answered")
		return w.watch.unknown(w.alone(ctx, q, p, m))
	}
	w.conclude(ctx, reply, stream.Unclaimed)
	w.watch.effect(effectReleased)
	if temporary(err) {
		return fmt.Errorf("answer command: %w", err)
	}
	return w.alone(ctx, q, p, m) // refused for good, for instance since the message was deleted
}

// alone is toAsker where nobody needs to know the place.
func (w *Worker) alone(ctx context.Context, q question, p part, m bitrix.Message) error {
	_, err := w.toAsker(ctx, q, p, m)
	return err
}

// conclude loses at worst what was claimed for: a repetition finds the claim and answers in private.
func (w *Worker) conclude(ctx context.Context, reply string, e stream.Effect) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), concludeTimeout)
	defer cancel()
	if err := w.effects.Conclude(ctx, reply, e); err != nil {
		zerolog.Ctx(ctx).Warn().Err(err).Msg("reply stays claimed")
	}
}

func certainlyNotRun(err error) bool {
	var e *bitrix.Error
	return errors.As(err, &e) && !e.MayHaveRun()
}

// effectKey names a reply in the record.
func effectKey(e events.Event, p part) string { return e.Key() + "." + p.name() }

// askedAt is when a command was given, by the portal's clock or by ours, whichever says earlier: an answer in private that
// need not have been is better than one that is believed and was not posted. Some events carry no time.
func askedAt(d stream.Delivery) time.Time {
	if d.Event.Time.Unix() <= 0 || d.Stored.Before(d.Event.Time) {
		return d.Stored
	}
	return d.Event.Time
}
