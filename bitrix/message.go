package bitrix

import (
	"context"
	"encoding/json"
	"errors"
)

// Message is something a bot says in a chat it is in.
type Message struct {
	Bot    BotID
	Dialog DialogID

	// Text is BB-code; what people wrote goes through Plain first. Not empty, and best under 20 000 characters:
	// the portal cuts the rest. No line may begin with "/", or the portal may take it for a command.
	Text string

	Keyboard     *Keyboard
	Attach       *Attach
	ReplyTo      MessageID // quotes that message; 0: none
	NoURLPreview bool      // no picture and title under a link in the text

	// TemplateID makes sending safe to repeat, if it is a lower-case UUID of version 4: for one the portal has
	// seen it answers with the message it has, and adds none. Anything else it ignores.
	TemplateID string
}

// CommandAnswer is an answer to a command from a chat the bot may not be in.
type CommandAnswer struct {
	Bot       BotID
	Command   CommandID
	MessageID MessageID // the message the command was in
	Dialog    DialogID
	Text      string // as Message.Text
	Keyboard  *Keyboard
	Attach    *Attach
}

// fields is the content of both.
type fields struct {
	Message    string        `json:"message"`
	Keyboard   *wireKeyboard `json:"keyboard,omitempty"`
	Attach     *wireAttach   `json:"attach,omitempty"`
	URLPreview *bool         `json:"urlPreview,omitempty"`
	ReplyID    MessageID     `json:"replyId,omitempty"`
	TemplateID string        `json:"templateId,omitempty"`
}

// SendMessage says m and returns the message's id (imbot.v2.Chat.Message.send). A bot that is not in the chat
// gets ErrAccessDenied. While an equal message with the same TemplateID is being written, the error is
// temporary: ask again for its id. Messages to one dialog arrive in the order of the calls.
func (c *Client) SendMessage(ctx context.Context, m Message) (MessageID, error) {
	const method = "imbot.v2.Chat.Message.send"
	got, err := c.await(ctx, &pending{method: method, dialog: m.Dialog}, c.asBot(m.Bot, m.params()))
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

// MarshalJSON gives the parameters that SendMessage would send, less the credentials.
func (m Message) MarshalJSON() ([]byte, error) { return json.Marshal(m.params()) }

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

// AnswerCommand answers a command (imbot.v2.Command.answer). It works for ten minutes after the command: later
// the portal reports success and says nothing in the chat. There is no message id, and no way to repeat it
// safely: where the bot is in the chat, SendMessage is better.
func (c *Client) AnswerCommand(ctx context.Context, a CommandAnswer) error {
	return c.confirm(ctx, &pending{method: "imbot.v2.Command.answer", dialog: a.Dialog}, c.asBot(a.Bot, map[string]any{
		"commandId": a.Command,
		"messageId": a.MessageID,
		"dialogId":  a.Dialog,
		"fields":    fields{Message: a.Text, Keyboard: a.Keyboard.wire(a.Bot), Attach: a.Attach.wire()},
	}))
}

// asBot adds who is speaking, and the proof.
func (c *Client) asBot(bot BotID, params map[string]any) map[string]any {
	params["botId"] = bot
	params["botToken"] = c.auth.botToken()
	return params
}

// confirm makes a call that has nothing to tell but {"result":true}.
func (c *Client) confirm(ctx context.Context, call *pending, params any) error {
	got, err := c.await(ctx, call, params)
	if err != nil {
		return err
	}
	var done struct {
		Result looseBool `json:"result"`
	}
	if err := got.decode(call.method, &done); err != nil {
		return err
	}
	if !done.Result {
		return got.unlike(call.method, errors.New("not confirmed"))
	}
	return nil
}
