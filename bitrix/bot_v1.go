package bitrix

import (
	"context"
	"errors"
	"fmt"
)

// v1Types are the types as API v1 has them. Personal bots came later.
var v1Types = map[BotType]string{"": "B", BotOrdinary: "B", BotSupervisor: "S", BotOpenLine: "O"}

func (d v1) registerBot(ctx context.Context, f BotFields) (Bot, error) {
	const method = "imbot.register"
	kind, known := v1Types[f.Type]
	switch {
	case !known:
		return Bot{}, lacks(fmt.Sprintf("it has no bots of type %q", f.Type))
	case f.WebhookURL == "" || f.EventMode == EventsFetched:
		return Bot{}, errNoQueue
	}
	params := f.v1Wire()
	params["CODE"], params["TYPE"] = f.Code, kind
	id, err := d.newID(ctx, method, d.owned(params))
	if err != nil {
		return Bot{}, err
	}
	return Bot{ID: BotID(id), Code: f.Code, EventMode: EventsPosted}, nil
}

func (d v1) updateBot(ctx context.Context, id BotID, f BotFields) error {
	if f.EventMode == EventsFetched {
		return errNoQueue
	}
	return d.c.Call(ctx, "imbot.update", d.asBot(id, map[string]any{"FIELDS": f.v1Wire()}), nil)
}

func (d v1) unregisterBot(ctx context.Context, id BotID) error {
	return d.c.confirm(ctx, &pending{method: "imbot.unregister", alone: true}, d.asBot(id, map[string]any{}))
}

func (d v1) bots(ctx context.Context) ([]Bot, error) {
	var list looseList[struct {
		ID   looseInt    `json:"ID"`
		Code looseString `json:"CODE"`
		Name looseString `json:"NAME"`
	}]
	if err := d.c.Call(ctx, "imbot.bot.list", d.owned(map[string]any{}), &list); err != nil {
		return nil, err
	}
	var all []Bot
	for _, b := range list {
		all = append(all, Bot{ID: BotID(b.ID), Code: string(b.Code), Name: string(b.Name), EventMode: EventsPosted})
	}
	return all, nil
}

// newID makes a call whose whole result is the id of what it made.
func (d v1) newID(ctx context.Context, method string, params any) (int64, error) {
	got, err := d.c.call(ctx, method, params)
	if err != nil {
		return 0, err
	}
	return got.id(method)
}

// id reads a result that is a number and no more.
func (a answer) id(method string) (int64, error) {
	var id looseInt
	if err := a.decode(method, &id); err != nil {
		return 0, err
	}
	if id < 1 {
		return 0, a.unlike(method, errors.New("no id"))
	}
	return int64(id), nil
}

// v1Wire is f as API v1 takes it: all events to one address, as it must be for all bots of one owner. Edits and deletions
// of messages are bound by imbot.update alone for an ordinary bot: imbot.register ignores them.
func (f BotFields) v1Wire() map[string]any {
	fields := map[string]any{}
	for _, event := range []string{
		"EVENT_MESSAGE_ADD", "EVENT_MESSAGE_UPDATE", "EVENT_MESSAGE_DELETE", "EVENT_WELCOME_MESSAGE", "EVENT_BOT_DELETE",
	} {
		setText(fields, event, f.WebhookURL)
	}
	properties := map[string]any{}
	setText(properties, "NAME", f.Name)
	setText(properties, "LAST_NAME", f.LastName)
	setText(properties, "WORK_POSITION", f.WorkPosition)
	setText(properties, "COLOR", f.Color)
	setText(properties, "PERSONAL_GENDER", string(f.Gender))
	if len(properties) > 0 {
		fields["PROPERTIES"] = properties
	}
	return fields
}
