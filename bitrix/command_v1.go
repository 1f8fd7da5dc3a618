package bitrix

import (
	"context"
	"maps"
	"slices"
)

func (d v1) registerCommand(ctx context.Context, bot BotID, f CommandFields) (RegisteredCommand, error) {
	if f.Handler == "" {
		return RegisteredCommand{}, errNoQueue
	}
	params := f.v1Wire()
	params["COMMAND"], params["COMMON"] = f.Command, v1Bool(f.Common)
	id, err := d.newID(ctx, "imbot.command.register", d.asBot(bot, params))
	if err != nil {
		return RegisteredCommand{}, err
	}
	return RegisteredCommand{ID: CommandID(id), Bot: bot, Command: f.Command}, nil
}

// updateCommand leaves the bot out: API v1 finds it by the command.
func (d v1) updateCommand(ctx context.Context, _ BotID, id CommandID, f CommandFields) error {
	params := d.owned(map[string]any{"COMMAND_ID": id, "FIELDS": f.v1Wire()})
	return d.c.Call(ctx, "imbot.command.update", params, nil)
}

func (d v1) unregisterCommand(ctx context.Context, _ BotID, id CommandID) error {
	return d.c.Call(ctx, "imbot.command.unregister", d.owned(map[string]any{"COMMAND_ID": id}), nil)
}

// v1Wire is what API v1 takes at registration and lets be changed later.
func (f CommandFields) v1Wire() map[string]any {
	fields := map[string]any{"HIDDEN": v1Bool(f.Hidden), "EXTRANET_SUPPORT": v1Bool(f.ExtranetSupport)}
	setText(fields, "EVENT_COMMAND_ADD", f.Handler)
	if len(f.Title) > 0 {
		fields["LANG"] = f.v1Texts()
	}
	return fields
}

type v1Text struct {
	Language string `json:"LANGUAGE_ID"`
	Title    string `json:"TITLE"`
	Params   string `json:"PARAMS,omitempty"`
}

// v1Texts are the texts by language. One without a title is none for API v1.
func (f CommandFields) v1Texts() []v1Text {
	var texts []v1Text
	for _, language := range slices.Sorted(maps.Keys(f.Title)) {
		texts = append(texts, v1Text{language, f.Title[language], f.Params[language]})
	}
	return texts
}

// v1Bool is how API v1 writes yes and no.
func v1Bool(set bool) string {
	if set {
		return "Y"
	}
	return "N"
}
