package bitrix

import (
	"context"
	"errors"
	"strings"
)

func (d v2) registerCommand(ctx context.Context, bot BotID, f CommandFields) (RegisteredCommand, error) {
	const method = "imbot.v2.Command.register"
	got, err := d.c.call(ctx, method, d.asBot(bot, map[string]any{"fields": f.wire()}))
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

func (d v2) updateCommand(ctx context.Context, bot BotID, id CommandID, f CommandFields) error {
	params := d.asBot(bot, map[string]any{"commandId": id, "fields": f.wire()})
	return d.c.Call(ctx, "imbot.v2.Command.update", params, nil)
}

func (d v2) unregisterCommand(ctx context.Context, bot BotID, id CommandID) error {
	return d.c.Call(ctx, "imbot.v2.Command.unregister", d.asBot(bot, map[string]any{"commandId": id}), nil)
}

func (d v2) commands(ctx context.Context, bot BotID) ([]RegisteredCommand, error) {
	var a struct {
		Commands looseList[wireCommand] `json:"commands"`
	}
	if err := d.c.Call(ctx, "imbot.v2.Command.list", d.asBot(bot, map[string]any{}), &a); err != nil {
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
