package bitrix

import "context"

// CommandFields is what a slash command is wanted to be.
type CommandFields struct {
	Command         string            // without the slash; case matters
	Title           map[string]string // what it does, by language: "en", "ru"; at least one unless Hidden, in API v1 always
	Params          map[string]string // a hint of what follows it, by language
	Common          bool              // works in chats the bot is not in
	Hidden          bool              // not suggested while typing
	ExtranetSupport bool              // outsiders may use it
	Handler         string            // where API v1 posts it: the bot's WebhookURL. v2 knows that and does not want it
}

// RegisteredCommand is a command as the portal knows it.
type RegisteredCommand struct {
	ID              CommandID
	Bot             BotID
	Command         string // without the slash
	Title           string // in the caller's language; only BotCommands tells it
	Params          string // the same
	Common          bool
	Hidden          bool
	ExtranetSupport bool
}

// RegisterCommand adds a command to a bot, or returns the one it has as it is: it changes nothing there
// (imbot.v2.Command.register). UpdateCommand must follow where f may differ. A visible command without a
// title is ErrCommandTitle.
//
// API v1 (imbot.command.register) wants a Handler, or the error is errors.ErrUnsupported, and tells nothing but the ID.
func (c *Client) RegisterCommand(ctx context.Context, bot BotID, f CommandFields) (RegisteredCommand, error) {
	api, err := c.dialect(ctx)
	if err != nil {
		return RegisteredCommand{}, err
	}
	return api.registerCommand(ctx, bot, f)
}

// UpdateCommand makes a command as f says (imbot.v2.Command.update, imbot.command.update). API v1 cannot change Command and
// Common: such a command has to be removed first.
func (c *Client) UpdateCommand(ctx context.Context, bot BotID, id CommandID, f CommandFields) error {
	api, err := c.dialect(ctx)
	if err != nil {
		return err
	}
	return api.updateCommand(ctx, bot, id, f)
}

// UnregisterCommand removes a command (imbot.v2.Command.unregister, imbot.command.unregister).
func (c *Client) UnregisterCommand(ctx context.Context, bot BotID, id CommandID) error {
	api, err := c.dialect(ctx)
	if err != nil {
		return err
	}
	return api.unregisterCommand(ctx, bot, id)
}

// BotCommands lists a bot's commands (imbot.v2.Command.list). API v1 has no such list: errors.ErrUnsupported.
func (c *Client) BotCommands(ctx context.Context, bot BotID) ([]RegisteredCommand, error) {
	api, err := c.dialect(ctx)
	if err != nil {
		return nil, err
	}
	return api.commands(ctx, bot)
}
