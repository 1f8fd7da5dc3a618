package bitrix

import (
	"context"
	"errors"
)

// BotType is how much a bot hears.
type BotType string

// Kinds of bots.
const (
	BotOrdinary   BotType = "bot"        // private chats, commands, and what mentions it
	BotSupervisor BotType = "supervisor" // everything in its chats
	BotPersonal   BotType = "personal"   // everything in its chats, for one person
	BotOpenLine   BotType = "openline"   // customers in open lines
)

// EventMode is how a bot gets its events.
type EventMode string

// Modes of getting events. A portal takes fetch where none is given.
const (
	EventsFetched EventMode = "fetch"   // the bot asks for them: FetchEvents
	EventsPosted  EventMode = "webhook" // the portal posts them to BotFields.WebhookURL
)

// BotFields is what a bot is wanted to be. Texts left empty are not sent: the portal takes its default, or
// keeps what it has.
type BotFields struct {
	Code             string // how we know it again; unique on the portal. Only RegisterBot sends it
	Name             string
	LastName         string
	WorkPosition     string
	Color            string // #rrggbb or a colour's name
	Gender           Gender
	Type             BotType
	EventMode        EventMode
	WebhookURL       string // for EventsPosted: public https address
	ReactionsEnabled bool   // people may react to its messages
	Hidden           bool   // not in the list of employees
}

// Bot is a bot as the portal knows it.
type Bot struct {
	ID               BotID
	Code             string
	Name             string
	LastName         string
	WorkPosition     string
	Color            string
	Gender           Gender
	Type             BotType
	EventMode        EventMode
	ReactionsEnabled bool
	Hidden           bool
	Language         string
}

// RegisterBot makes a bot, or returns the one we have under that code as it is: it changes nothing there
// (imbot.v2.Bot.register). Where the result differs from f, UpdateBot must follow. A code that somebody else
// uses on the portal is ErrBotCodeTaken.
func (c *Client) RegisterBot(ctx context.Context, f BotFields) (Bot, error) {
	const method = "imbot.v2.Bot.register"
	wire := f.wire()
	wire["code"] = f.Code
	wire["botToken"] = c.auth.botToken() // its documented place in this one method
	return c.oneBot(ctx, method, map[string]any{"fields": wire})
}

// UpdateBot makes a bot as f says (imbot.v2.Bot.update). To switch EventMode to EventsPosted it needs the
// WebhookURL too, or nothing is posted; switching back erases the events still waiting.
func (c *Client) UpdateBot(ctx context.Context, id BotID, f BotFields) error {
	// No botToken among the fields: there it would replace the bot's token.
	return c.Call(ctx, "imbot.v2.Bot.update", c.asBot(id, map[string]any{"fields": f.wire()}), nil)
}

// UnregisterBot removes a bot with its commands, chats and waiting events (imbot.v2.Bot.unregister).
func (c *Client) UnregisterBot(ctx context.Context, id BotID) error {
	return c.confirm(ctx, &pending{method: "imbot.v2.Bot.unregister", alone: true}, c.asBot(id, map[string]any{}))
}

// Bots lists the bots that are ours, of every type, reading page after page (imbot.v2.Bot.list).
func (c *Client) Bots(ctx context.Context) ([]Bot, error) {
	const method, pageSize = "imbot.v2.Bot.list", 50
	var all []Bot
	for offset := 0; ; offset += pageSize {
		var page botAnswer
		err := c.Call(ctx, method, map[string]any{
			"botToken": c.auth.botToken(), "limit": pageSize, "offset": offset,
		}, &page)
		if err != nil {
			return nil, err
		}
		all = append(all, page.all()...)
		if !page.More || len(page.Bots) == 0 {
			return all, nil
		}
	}
}

func (c *Client) oneBot(ctx context.Context, method string, params any) (Bot, error) {
	got, err := c.call(ctx, method, params)
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
