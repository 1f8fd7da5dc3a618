package bitrix

import (
	"context"
	"errors"
	"fmt"
)

// dialect is how a generation of the bot API says what a Client can say to a portal about bots.
type dialect interface {
	registerBot(ctx context.Context, f BotFields) (Bot, error)
	updateBot(ctx context.Context, id BotID, f BotFields) error
	unregisterBot(ctx context.Context, id BotID) error
	bots(ctx context.Context) ([]Bot, error)

	registerCommand(ctx context.Context, bot BotID, f CommandFields) (RegisteredCommand, error)
	updateCommand(ctx context.Context, bot BotID, id CommandID, f CommandFields) error
	unregisterCommand(ctx context.Context, bot BotID, id CommandID) error
	commands(ctx context.Context, bot BotID) ([]RegisteredCommand, error)

	sendMessage(ctx context.Context, m Message) (MessageID, error)
	updateMessage(ctx context.Context, u MessageChange) error
	deleteMessage(ctx context.Context, r MessageRemoval) error
	typing(ctx context.Context, bot BotID, in DialogID) error
	answerCommand(ctx context.Context, a CommandAnswer) error

	fetchEvents(ctx context.Context, q EventQuery) (EventPage, error)
	switchToPosted(ctx context.Context, id BotID, f BotFields, from EventOffset) (EventPage, error)
}

// v2 is imbot.v2.*, v1 is imbot.*.
type (
	v2 struct{ c *Client }
	v1 struct{ c *Client }
)

// dialect is the one to speak with this portal.
func (c *Client) dialect(ctx context.Context) (dialect, error) {
	api, err := c.Version(ctx)
	switch {
	case err != nil:
		return nil, err
	case api == APIv1:
		return v1{c}, nil
	}
	return v2{c}, nil
}

// owned adds to a call's parameters the proof that the bot is ours. An application needs none: the portal knows it by its
// access token.
func (d v2) owned(params map[string]any) map[string]any {
	if !d.c.ofApplication() {
		params["botToken"] = d.c.auth.botToken()
	}
	return params
}

// asBot adds who is speaking, and the proof.
func (d v2) asBot(bot BotID, params map[string]any) map[string]any {
	params["botId"] = bot
	return d.owned(params)
}

// owned is as in v2. What the portal wants to be called CLIENT_ID is any text that we tell nobody else: so the
// ApplicationToken of the bot's events is the same in both generations.
func (d v1) owned(params map[string]any) map[string]any {
	if !d.c.ofApplication() {
		params["CLIENT_ID"] = d.c.auth.botToken()
	}
	return params
}

// asBot is as in v2.
func (d v1) asBot(bot BotID, params map[string]any) map[string]any {
	params["BOT_ID"] = bot
	return d.owned(params)
}

// lacks is the error of what the first generation cannot do.
func lacks(what string) error {
	return fmt.Errorf("the portal has bot API v1 alone: %s: %w", what, errors.ErrUnsupported)
}
