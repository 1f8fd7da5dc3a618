package bitrix

import (
	"bytes"
	"context"
)

const v1SendMethod = "imbot.message.add"

// v1Content is what messages and answers have in common in API v1.
type v1Content struct {
	text     string
	keyboard *wireKeyboard
	attach   *Attach
}

func (c v1Content) wire() map[string]any {
	params := map[string]any{"MESSAGE": c.text}
	if c.keyboard != nil {
		params["KEYBOARD"] = c.keyboard
	}
	if c.attach != nil {
		params["ATTACH"] = c.attach
	}
	return params
}

func (d v1) sendMessage(ctx context.Context, m Message) (MessageID, error) {
	params := v1Content{m.Text, m.Keyboard.wire(m.Bot), m.Attach.wire()}.wire()
	params["DIALOG_ID"] = m.Dialog
	if m.NoURLPreview {
		params["URL_PREVIEW"] = v1Bool(false)
	}
	got, err := d.c.await(ctx, &pending{method: v1SendMethod, dialog: m.Dialog}, d.asBot(m.Bot, params))
	if err != nil {
		return 0, err
	}
	id, err := got.id(v1SendMethod)
	return MessageID(id), err
}

// answerCommand is told the id of the message it made, or true when it made none since the ten minutes are over.
func (d v1) answerCommand(ctx context.Context, a CommandAnswer) error {
	const method = "imbot.command.answer"
	params := v1Content{a.Text, a.Keyboard.wire(a.Bot), a.Attach.wire()}.wire()
	params["COMMAND_ID"], params["MESSAGE_ID"] = a.Command, a.MessageID
	got, err := d.c.await(ctx, &pending{method: method, dialog: a.Dialog}, d.owned(params))
	if err != nil {
		return err
	}
	if string(bytes.TrimSpace(got.result)) == "true" {
		return &Error{Method: method, Status: got.status, Code: string(ErrCommandAnswer), Text: "the ten minutes are over"}
	}
	_, err = got.id(method)
	return err
}
