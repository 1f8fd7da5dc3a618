package bitrix

import (
	"context"
	"errors"
	"strings"
)

// CommandFields is what a slash command is wanted to be.
type CommandFields struct {
	Command         string            // without the slash; case matters
	Title           map[string]string // what it does, by language: "en", "ru"; at least one unless Hidden
	Params          map[string]string // a hint of what follows it, by language
	Common          bool              // works in chats the bot is not in
	Hidden          bool              // not suggested while typing
	ExtranetSupport bool              // outsiders may use it
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
func (c *Client) RegisterCommand(ctx context.Context, bot BotID, f CommandFields) (RegisteredCommand, error) {
	const method = "imbot.v2.Command.register"
	got, err := c.call(ctx, method, c.asBot(bot, map[string]any{"fields": f.wire()}))
	if err != nil {
		return RegisteredCommand{}, err
	}
	var a struct {
		Command wireCommand `json:"command"`
	}
	if err := got.decode(method, &a); err != nil {
		return RegisteredCommand{}, err
	}
	if a.Command.ID == 0 {
		return RegisteredCommand{}, got.unlike(method, errors.New("no command id"))
	}
	return a.Command.command(), nil
}

// UpdateCommand makes a command as f says (imbot.v2.Command.update).
func (c *Client) UpdateCommand(ctx context.Context, bot BotID, id CommandID, f CommandFields) error {
	params := c.asBot(bot, map[string]any{"commandId": id, "fields": f.wire()})
	return c.Call(ctx, "imbot.v2.Command.update", params, nil)
}

// UnregisterCommand removes a command (imbot.v2.Command.unregister).
func (c *Client) UnregisterCommand(ctx context.Context, bot BotID, id CommandID) error {
	return c.Call(ctx, "imbot.v2.Command.unregister", c.asBot(bot, map[string]any{"commandId": id}), nil)
}

// BotCommands lists a bot's commands (imbot.v2.Command.list).
func (c *Client) BotCommands(ctx context.Context, bot BotID) ([]RegisteredCommand, error) {
	var a struct {
		Commands looseList[wireCommand] `json:"commands"`
	}
	if err := c.Call(ctx, "imbot.v2.Command.list", c.asBot(bot, map[string]any{}), &a); err != nil {
		return nil, err
	}
	var all []RegisteredCommand
	for _, w := range a.Commands {
		all = append(all, w.command())
	}
	return all, nil
}

func (f CommandFields) wire() map[string]any {
	fields := map[string]any{
		"command":         f.Command,
		"common":          f.Common,
		"hidden":          f.Hidden,
		"extranetSupport": f.ExtranetSupport,
	}
	if len(f.Title) > 0 {
		fields["title"] = f.Title
	}
	if len(f.Params) > 0 {
		fields["params"] = f.Params
	}
	return fields
}

type wireCommand struct {
	ID              looseInt    `json:"id"`
	Bot             looseInt    `json:"botId"`
	Command         looseString `json:"command"`
	Title           looseString `json:"title"`
	Params          looseString `json:"params"`
	Common          looseBool   `json:"common"`
	Hidden          looseBool   `json:"hidden"`
	ExtranetSupport looseBool   `json:"extranetSupport"`
}

func (w wireCommand) command() RegisteredCommand {
	return RegisteredCommand{
		ID:              CommandID(w.ID),
		Bot:             BotID(w.Bot),
		Command:         strings.TrimPrefix(string(w.Command), "/"), // asked for without, answered with one
		Title:           string(w.Title),
		Params:          string(w.Params),
		Common:          bool(w.Common),
		Hidden:          bool(w.Hidden),
		ExtranetSupport: bool(w.ExtranetSupport),
	}
}
