package bitrix

import "maps"

import "context"

// MessageChange is what a message of the bot's shall be like from now on.
type MessageChange struct {
	Bot      BotID
	ID       MessageID
	Dialog   DialogID  // where the message is: what goes to one dialog arrives in order
	Text     string    // as Message.Text
	Keyboard *Keyboard // nil: none
	Attach   *Attach   // nil: none
}

// UpdateMessage changes a message of the bot's (imbot.v2.Chat.Message.update, imbot.message.update). It may be repeated. One
// that is not there any more, that is another's, or that is older than three days in API v1, the portal refuses to change.
func (c *Client) UpdateMessage(ctx context.Context, u MessageChange) error {
	api, err := c.dialect(ctx)
	if err != nil {
		return err
	}
	return api.updateMessage(ctx, u)
}

// removed is what the portal takes away a keyboard or an attachment for; what is not given it leaves as it is.
const removed = "N"

func (d v2) updateMessage(ctx context.Context, u MessageChange) error {
	const method = "imbot.v2.Chat.Message.update"
	if u.empty() {
		return errNothingLeft(method)
	}
	fields := map[string]any{"message": u.Text, "keyboard": any(removed), "attach": any(removed), "urlPreview": false}
	if keyboard := u.Keyboard.wire(u.Bot); keyboard != nil {
		fields["keyboard"] = keyboard
	}
	if attach := u.Attach.wire(); attach != nil {
		fields["attach"] = attach
	}
	return d.c.confirm(ctx, &pending{method: method, dialog: u.Dialog}, d.asBot(u.Bot, map[string]any{
		"messageId": u.ID, "fields": fields,
	}))
}

func (d v1) updateMessage(ctx context.Context, u MessageChange) error {
	const method = "imbot.message.update"
	if u.empty() {
		return errNothingLeft(method)
	}
	params := map[string]any{"KEYBOARD": removed, "ATTACH": removed, "URL_PREVIEW": v1Bool(false), "MESSAGE_ID": u.ID}
	maps.Copy(params, (v1Content{u.Text, u.Keyboard.wire(u.Bot), u.Attach.wire()}).wire())
	return d.c.confirm(ctx, &pending{method: method, dialog: u.Dialog}, d.asBot(u.Bot, params))
}

// empty reports whether nothing is left to be shown: the portal would delete such a message.
func (u MessageChange) empty() bool { return u.Text == "" && u.Attach.wire() == nil }

func errNothingLeft(method string) error {
	return &Error{Method: method, Code: string(ErrEmptyMessage), Text: "nothing is left of the message"}
}
