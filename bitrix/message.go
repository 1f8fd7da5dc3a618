package bitrix

import (
	"context"
	"encoding/json"
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
	ReplyTo      MessageID // quotes that message; 0: none. API v1 quotes nothing
	NoURLPreview bool      // no picture and title under a link in the text

	// TemplateID makes sending safe to repeat, if it is a lower-case UUID of version 4: for one the portal has
	// seen it answers with the message it has, and adds none. Anything else it ignores, and API v1 does always:
	// Client.Repeatable.
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

// SendMessage says m and returns the message's id (imbot.v2.Chat.Message.send, imbot.message.add). A bot that is not in the
// chat gets ErrAccessDenied. While an equal message with the same TemplateID is being written, the error is
// temporary: ask again for its id. Messages to one dialog arrive in the order of the calls.
func (c *Client) SendMessage(ctx context.Context, m Message) (MessageID, error) {
	api, err := c.dialect(ctx)
	if err != nil {
		return 0, err
	}
	return api.sendMessage(ctx, m)
}

// Repeatable reports whether sending a message with a TemplateID once more does no harm. In API v1 it says it twice.
func (c *Client) Repeatable(ctx context.Context) (bool, error) {
	api, err := c.Version(ctx)
	return api == APIv2, err
}

// MarshalJSON gives the parameters that SendMessage would send in API v2, less the credentials.
func (m Message) MarshalJSON() ([]byte, error) { return json.Marshal(m.params()) }

// AnswerCommand answers a command (imbot.v2.Command.answer, imbot.command.answer). It works for ten minutes after the
// command: later the portal says nothing in the chat and reports success, except that API v1 gives itself away, which is
// ErrCommandAnswer. There is no message id, and no way to repeat it safely: where the bot is in the chat, SendMessage is
// better.
func (c *Client) AnswerCommand(ctx context.Context, a CommandAnswer) error {
	api, err := c.dialect(ctx)
	if err != nil {
		return err
	}
	return api.answerCommand(ctx, a)
}
