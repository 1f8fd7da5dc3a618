package bitrix

import "context"

// MessageRemoval names a message of the bot's that is to go.
type MessageRemoval struct {
	Bot    BotID
	ID     MessageID
	Dialog DialogID // where the message is: what goes to one dialog arrives in order
}

// DeleteMessage takes a message of the bot's away (imbot.v2.Chat.Message.delete, imbot.message.delete). People who have read it
// see that there was one. One that is not there any more, or is another's, the portal refuses to delete.
func (c *Client) DeleteMessage(ctx context.Context, r MessageRemoval) error {
	api, err := c.dialect(ctx)
	if err != nil {
		return err
	}
	return api.deleteMessage(ctx, r)
}

func (d v2) deleteMessage(ctx context.Context, r MessageRemoval) error {
	call := &pending{method: "imbot.v2.Chat.Message.delete", dialog: r.Dialog}
	return d.c.confirm(ctx, call, d.asBot(r.Bot, map[string]any{"messageId": r.ID}))
}

func (d v1) deleteMessage(ctx context.Context, r MessageRemoval) error {
	call := &pending{method: "imbot.message.delete", dialog: r.Dialog}
	return d.c.confirm(ctx, call, d.asBot(r.Bot, map[string]any{"MESSAGE_ID": r.ID}))
}
