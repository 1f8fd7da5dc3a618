package bitrix

import "context"

// What API v1 has nothing for.

// errNoQueue is the error of who wants to fetch events, or gives no address to post them to.
var errNoQueue = lacks("it keeps no events to be fetched, it posts them to a public address")

func (d v1) commands(context.Context, BotID) ([]RegisteredCommand, error) {
	return nil, lacks("it does not list a bot's commands")
}

func (d v1) fetchEvents(context.Context, EventQuery) (EventPage, error) {
	return EventPage{}, errNoQueue
}

func (d v1) switchToPosted(context.Context, BotID, BotFields, EventOffset) (EventPage, error) {
	return EventPage{}, errNoQueue
}
