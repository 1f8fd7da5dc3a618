package bot

import (
	"context"
	"fmt"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events/stream"
)

// place is where a message is.
type place struct {
	dialog bitrix.DialogID
	id     bitrix.MessageID // 0: it is not known
}

// steps is how far a reply in several steps has been posted.
type steps struct {
	at    place // of the first one, which the others take the place of
	begun bool
	gone  bool // the message was there, and cannot be changed any more
}

// show posts a reply that another one will take the place of, or puts it in the place of the one before. Where that cannot
// be done nothing is shown but the last. The error is a retryLater.
func (w *Worker) show(ctx context.Context, q question, p part, s *steps, step commands.Reply) error {
	if s.begun {
		return w.change(ctx, q, p, s, step)
	}
	s.begun = true
	at, err := w.first(ctx, q, p, step)
	if err = w.judge(q, err, sendPatience); comesAgain(err) {
		return err
	}
	s.at = at // nowhere after an error: the last will be posted, or fail, as if it were the only one
	return nil
}

// first posts the first of several steps. On bot API v1 it does nothing, since there a repetition would post it again.
func (w *Worker) first(ctx context.Context, q question, p part, step commands.Reply) (place, error) {
	if changes, err := q.portal.Client.Repeatable(ctx); err != nil || !changes {
		return place{}, err
	}
	if _, err := w.effects.Claim(ctx, stepsKey(q, p)); err != nil {
		return place{}, fmt.Errorf("%w: %w", errNoRecord, err)
	}
	return w.send(ctx, q, p, step)
}

// change puts a reply in the place of the one before it. A message that the portal does not let the bot change is gone: the
// person or an administrator deleted it, or the bot is not in the chat any more. Where others would read what is for one person
// alone, it is taken away. The error is a retryLater.
func (w *Worker) change(ctx context.Context, q question, p part, s *steps, reply commands.Reply) error {
	if s.at.id == 0 {
		return nil
	}
	if reply.Private && !q.Event.Chat.Private && s.at.dialog == q.Event.Chat.Dialog {
		at := s.at
		s.at, s.gone = place{}, true
		return w.withdraw(ctx, q, at)
	}
	if reply.Private && !s.at.dialog.Private() { // what others have read stays, and this they do not read
		s.at, s.gone = place{}, true
		return nil
	}
	err := w.rewrite(ctx, q, p, s.at, reply)
	if err = w.judge(q, err, sendPatience); comesAgain(err) {
		return err
	}
	if err != nil {
		zerolog.Ctx(ctx).Info().Err(err).Msg("first reply cannot be changed, the next is posted anew")
		s.at, s.gone = place{}, true
	}
	return nil
}

func (w *Worker) rewrite(ctx context.Context, q question, p part, at place, reply commands.Reply) error {
	if err := w.recordAsked(ctx, q, at.dialog, p, reply); err != nil {
		return err
	}
	m := q.message(p, reply, at.dialog)
	return q.portal.Client.UpdateMessage(ctx, bitrix.MessageChange{
		Bot: m.Bot, ID: at.id, Dialog: m.Dialog, Text: m.Text, Keyboard: m.Keyboard, Attach: m.Attach,
	})
}

// post posts the last reply to a part: in the place of what was shown before, or as a message of its own. It returns the place.
func (w *Worker) post(ctx context.Context, q question, p part, s steps, reply commands.Reply) (place, error) {
	if err := w.change(ctx, q, p, &s, reply); err != nil || s.at.id != 0 {
		return s.at, err
	}
	p.anew = s.gone
	at, err := w.send(ctx, q, p, reply)
	if err != nil || p.anew || q.Attempt < 2 {
		return at, err
	}
	return w.overtake(ctx, q, p, at, reply)
}

// overtake is for a reply in one step after a try that showed some: then the portal has the first of them under the name of
// this reply, and dropped this one. The command fails now, perhaps.
func (w *Worker) overtake(ctx context.Context, q question, p part, at place, reply commands.Reply) (place, error) {
	if at.id == 0 {
		return at, nil
	}
	stood, err := w.effects.Claim(ctx, stepsKey(q, p))
	if err != nil {
		return place{}, fmt.Errorf("%w: %w", errNoRecord, err)
	}
	if stood == stream.Unclaimed {
		return at, nil
	}
	s := steps{at: at}
	if err := w.change(ctx, q, p, &s, reply); err != nil || !s.gone {
		return at, err
	}
	p.anew = true
	return w.send(ctx, q, p, reply)
}

// stepsKey names in the record of effects that a reply was posted in steps.
func stepsKey(q question, p part) string { return effectKey(q.Event, p) + " in steps" }
