package bitrix

import (
	"context"
	"errors"
)

func (d v2) registerBot(ctx context.Context, f BotFields) (Bot, error) {
	wire := f.wire()
	wire["code"] = f.Code
	// Among the fields is the token's documented place in this one method.
	return d.oneBot(ctx, "imbot.v2.Bot.register", map[string]any{"fields": d.owned(wire)})
}

func (d v2) updateBot(ctx context.Context, id BotID, f BotFields) error {
	return d.c.Call(ctx, "imbot.v2.Bot.update", d.updateParams(id, f), nil)
}

// updateParams has no botToken among the fields: there it would replace the bot's token.
func (d v2) updateParams(id BotID, f BotFields) map[string]any {
	return d.asBot(id, map[string]any{"fields": f.wire()})
}

func (d v2) unregisterBot(ctx context.Context, id BotID) error {
	call := &pending{method: "imbot.v2.Bot.unregister", alone: true}
	return d.c.confirm(ctx, call, d.asBot(id, map[string]any{}))
}

func (d v2) bots(ctx context.Context) ([]Bot, error) {
	const method, pageSize = "imbot.v2.Bot.list", 50
	var all []Bot
	for offset := 0; ; offset += pageSize {
		var page botAnswer
		params := d.owned(map[string]any{"limit": pageSize, "offset": offset})
		if err := d.c.Call(ctx, method, params, &page); err != nil {
			return nil, err
		}
		all = append(all, page.all()...)
		if !page.More || len(page.Bots) == 0 {
			return all, nil
		}
	}
}

func (d v2) oneBot(ctx context.Context, method string, params any) (Bot, error) {
	got, err := d.c.call(ctx, method, params)
	if err != nil {
		return Bot{}, err
	}
	var a botAnswer
	if err := got.decode(method, &a); err != nil {
		return Bot{}, err
	}
	if a.Bot.ID == 0 {
		return Bot{}, got.unlike(method, errors.New("no bot id"))
	}
	return a.joined(a.Bot), nil
}
