package bitrix

import (
	"context"
	"errors"
)

// fields is the content of messages and answers.
type fields struct {
	Message    string        `json:"message"`
	Keyboard   *wireKeyboard `json:"keyboard,omitempty"`
	Attach     *Attach       `json:"attach,omitempty"`
	URLPreview *bool         `json:"urlPreview,omitempty"`
	ReplyID    MessageID     `json:"replyId,omitempty"`
	TemplateID string        `json:"templateId,omitempty"`
}

func (m Message) params() map[string]any {
	content := fields{
		Message:    m.Text,
		Keyboard:   m.Keyboard.wire(m.Bot),
		Attach:     m.Attach.wire(),
		ReplyID:    m.ReplyTo,
		TemplateID: m.TemplateID,
	}
	if m.NoURLPreview {
		content.URLPreview = new(bool)
	}
	return map[string]any{"dialogId": m.Dialog, "fields": content}
}

func (d v2) sendMessage(ctx context.Context, m Message) (MessageID, error) {
	const method = "imbot.v2.Chat.Message.send"
	got, err := d.c.await(ctx, &pending{method: method, dialog: m.Dialog}, d.asBot(m.Bot, m.params()))
	if err != nil {
		return 0, err
	}
	var sent struct {
		ID looseInt `json:"id"`
	}
	if err := got.decode(method, &sent); err != nil {
		return 0, err
	}
	if sent.ID == 0 {
		return 0, got.unlike(method, errors.New("no message id"))
	}
	return MessageID(sent.ID), nil
}

func (d v2) answerCommand(ctx context.Context, a CommandAnswer) error {
	call := &pending{method: "imbot.v2.Command.answer", dialog: a.Dialog}
	return d.c.confirm(ctx, call, d.asBot(a.Bot, map[string]any{
		"commandId": a.Command,
		"messageId": a.MessageID,
		"dialogId":  a.Dialog,
		"fields":    fields{Message: a.Text, Keyboard: a.Keyboard.wire(a.Bot), Attach: a.Attach.wire()},
	}))
}
