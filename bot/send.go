package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events/stream"
)

// question is a delivered event on its way to its answer.
type question struct {
	stream.Delivery
	portal *Portal // nil: this worker does not serve it
	trial  *trial
}

// stuckAfter is how long a portal may still be writing a message it has begun: it works on a request for 60 s at the
// most. Later the message will not come, and its template id stays blocked for an hour.
const stuckAfter = 65 * time.Second

// send posts a reply where it was asked for. Part tells several replies to one event apart. A bot that is no member of
// the chat answers through the command. What cannot be said there goes to the asker alone.
func (w *Worker) send(ctx context.Context, q question, part int, reply commands.Reply) error {
	m := q.message(part, reply)
	err := w.deliver(ctx, q, part, m)
	switch {
	case err == nil || q.Event.Chat.Private:
		return err
	case errors.Is(err, bitrix.ErrAccessDenied) && q.Event.Command.ID != 0:
		return w.answerCommand(ctx, q, part, m)
	case comesAgain(w.judge(q, err, sendPatience)):
		return err
	default:
		return w.toAsker(ctx, q, part, m)
	}
}

func (q question) message(part int, reply commands.Reply) bitrix.Message {
	e := q.Event
	m := bitrix.Message{
		Bot:          e.Bot.ID,
		Dialog:       e.Chat.Dialog,
		Text:         reply.Text,
		Keyboard:     reply.Keyboard,
		Attach:       reply.Attach,
		TemplateID:   q.portal.templateID(fmt.Sprintf("reply %s %d", e.Key(), part)),
		NoURLPreview: true,
	}
	if !e.Chat.Private && !e.Command.Keyboard {
		m.ReplyTo = e.Message.ID
	}
	return m
}

// deliver sends a message, which may be repeated: the portal drops what it has under the same template id.
//
// A portal that died over the first try blocks the id. Then a second one is used, the same in every later try. What
// remains: had it died between writing the message and noting that it did, the message is there twice.
func (w *Worker) deliver(ctx context.Context, q question, part int, m bitrix.Message) error {
	err := w.say(ctx, q.portal, effectKey(q.Event, part)+" in the chat", m)
	if errors.Is(err, bitrix.ErrReply) { // the question was deleted meanwhile
		m.ReplyTo = 0
		_, err = q.portal.Client.SendMessage(ctx, m)
	}
	unfinished := errors.Is(err, bitrix.ErrSendingFailed) || errors.Is(err, bitrix.ErrDuplicateMessage)
	if !unfinished || q.trial.refused(w.now()) < stuckAfter {
		return err
	}
	m.TemplateID = q.portal.templateID(fmt.Sprintf("reply %s %d, second id", q.Event.Key(), part))
	_, err = q.portal.Client.SendMessage(ctx, m)
	return err
}

// toAsker sends a message to the private chat with the asker. It may be repeated.
func (w *Worker) toAsker(ctx context.Context, q question, part int, m bitrix.Message) error {
	m.Dialog, m.ReplyTo = bitrix.PrivateDialog(q.Event.User.ID), 0
	if err := w.say(ctx, q.portal, effectKey(q.Event, part)+" in private", m); err != nil {
		return fmt.Errorf("in private: %w", err)
	}
	return nil
}
