package bitrix

import "context"

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

// Modes of getting events. A portal takes fetch where none is given; API v1 has the other alone.
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
	Color            string // #rrggbb or a colour's name; API v1 knows names alone: "AZURE"
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
//
// API v1 (imbot.register) posts events and keeps none: without a WebhookURL the error is errors.ErrUnsupported. It binds
// that address each time, tells nothing of the bot but its ID, and gives the bot of whoever has the code: that it is
// another's shows in what follows, ErrBotOwnership.
func (c *Client) RegisterBot(ctx context.Context, f BotFields) (Bot, error) {
	api, err := c.dialect(ctx)
	if err != nil {
		return Bot{}, err
	}
	return api.registerBot(ctx, f)
}

// UpdateBot makes a bot as f says (imbot.v2.Bot.update, imbot.update). To switch EventMode to EventsPosted it needs the
// WebhookURL too, or nothing is posted; switching back erases the events still waiting. API v1 cannot change the Type, and
// knows nothing of ReactionsEnabled and Hidden.
func (c *Client) UpdateBot(ctx context.Context, id BotID, f BotFields) error {
	api, err := c.dialect(ctx)
	if err != nil {
		return err
	}
	return api.updateBot(ctx, id, f)
}

// UnregisterBot removes a bot with its commands, chats and waiting events (imbot.v2.Bot.unregister, imbot.unregister).
func (c *Client) UnregisterBot(ctx context.Context, id BotID) error {
	api, err := c.dialect(ctx)
	if err != nil {
		return err
	}
	return api.unregisterBot(ctx, id)
}

// Bots lists the bots that are ours, of every type, reading page after page (imbot.v2.Bot.list). API v1 (imbot.bot.list)
// lists everybody's and tells their ID, Code and whole name, which is in Name, and nothing else: Code alone says which is
// ours.
func (c *Client) Bots(ctx context.Context) ([]Bot, error) {
	api, err := c.dialect(ctx)
	if err != nil {
		return nil, err
	}
	return api.bots(ctx)
}
