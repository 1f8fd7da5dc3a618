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

// send posts a reply where it was asked for. A bot that is no member of the chat answers through the command, once: with the
// last of several steps, and with no question, since it would not hear the answer. What cannot be said there, or is private, goes
// to the asker alone. The place is not known of what went through a command, or through bot API v1 before.
func (w *Worker) send(ctx context.Context, q question, p part, reply commands.Reply) (place, error) {
	in := q.Event.Chat.Dialog
	if reply.Private && !q.Event.Chat.Private {
		return w.privately(ctx, q, p, reply)
	}
	if err := w.recordAsked(ctx, q, in, p, reply); err != nil {
		return place{}, err
	}
	m := q.message(p, reply, in)
	id, err := w.deliver(ctx, q, p, m)
	throughCommand := errors.Is(err, bitrix.ErrAccessDenied) && q.Event.Command.ID != 0
	switch {
	case err == nil || q.Event.Chat.Private:
		return place{in, id}, err
	case throughCommand && reply.Then != nil:
		return place{}, nil
	case throughCommand && !reply.Asks:
		return place{}, w.answerCommand(ctx, q, p, m)
	case comesAgain(w.judge(q, err, sendPatience)):
		return place{}, err
	}
	return w.privately(ctx, q, p, reply)
}

func (q question) message(p part, reply commands.Reply, in bitrix.DialogID) bitrix.Message {
	e := q.Event
	there := in == e.Chat.Dialog
	if reply.Asks && there && !e.Chat.Private {
		reply = commands.WithMention(reply, p.Lang)
	}
	m := bitrix.Message{
		Bot:          e.Bot.ID,
		Dialog:       in,
		Text:         reply.Text,
		Keyboard:     reply.Keyboard,
		Attach:       reply.Attach,
		TemplateID:   q.portal.templateID(fmt.Sprintf("reply %s %s", e.Key(), p.name())),
		NoURLPreview: true,
	}
	if there && !e.Chat.Private && !e.Command.Keyboard {
		m.ReplyTo = e.Message.ID
	}
	return m
}

// deliver sends a message, which may be repeated: the portal drops what it has under the same template id.
//
// A portal that died over the first try blocks the id. Then a second one is used, the same in every later try. What
// remains: had it died between writing the message and noting that it did, the message is there twice.
func (w *Worker) deliver(ctx context.Context, q question, p part, m bitrix.Message) (bitrix.MessageID, error) {
	id, err := w.say(ctx, q.portal, effectKey(q.Event, p)+" in the chat", m)
	if errors.Is(err, bitrix.ErrReply) { // the question was deleted meanwhile
		m.ReplyTo = 0
		id, err = q.portal.Client.SendMessage(ctx, m)
	}
	unfinished := errors.Is(err, bitrix.ErrSendingFailed) || errors.Is(err, bitrix.ErrDuplicateMessage)
	if !unfinished || q.trial.refused(w.now()) < stuckAfter {
		return id, err
	}
	m.TemplateID = q.portal.templateID(fmt.Sprintf("reply %s %s, second id", q.Event.Key(), p.name()))
	return q.portal.Client.SendMessage(ctx, m)
}

// privately sends a reply to the private chat with the asker. It may be repeated.
func (w *Worker) privately(ctx context.Context, q question, p part, reply commands.Reply) (place, error) {
	alone := bitrix.PrivateDialog(q.Event.User.ID)
	if err := w.recordAsked(ctx, q, alone, p, reply); err != nil {
		return place{}, err
	}
	return w.toAsker(ctx, q, p, q.message(p, reply, alone))
}

// toAsker sends a message to the private chat with the asker. It may be repeated.
func (w *Worker) toAsker(ctx context.Context, q question, p part, m bitrix.Message) (place, error) {
	m.Dialog, m.ReplyTo = bitrix.PrivateDialog(q.Event.User.ID), 0
	id, err := w.say(ctx, q.portal, effectKey(q.Event, p)+" in private", m)
	if err != nil {
		return place{}, fmt.Errorf("in private: %w", err)
	}
	return place{m.Dialog, id}, nil
}
