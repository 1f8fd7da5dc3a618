package bitrix

import (
	"context"
	"encoding/json"
)

// EventOffset is a place in a bot's queue of events. Ids are shared with other bots, so gaps are normal.
type EventOffset int64

// EventQuery asks for a bot's waiting events.
type EventQuery struct {
	Bot BotID
	// Offset is the NextOffset of the page before, 0 on the very first call. The portal deletes everything
	// before it: use no other number, and ask only when the page before is safely stored.
	Offset EventOffset
	// Limit is how many events at most, up to 1000. Default: the portal's, 100.
	Limit int
}

// EventPage is what was waiting.
type EventPage struct {
	Events     []QueuedEvent
	NextOffset EventOffset // the Offset asked with, if nothing was waiting
	HasMore    bool        // ask again at once, although the next page may be empty
}

// QueuedEvent is an event as the portal kept it: the same content as a posted one, in JSON and with no tokens.
type QueuedEvent struct {
	ID   EventOffset
	Type string // upper case, "ONIMBOTV2COMMANDADD"; new ones appear with time
	Date OptTime
	Data json.RawMessage // where an object is expected, [] means it is empty
}

// FetchEvents reads the waiting events of a bot with EventsFetched (imbot.v2.Event.get). The portal keeps them
// for 24 hours. ErrBotNotFound means the bot was removed: its queue went with it. API v1 keeps none: errors.ErrUnsupported.
func (c *Client) FetchEvents(ctx context.Context, q EventQuery) (EventPage, error) {
	api, err := c.dialect(ctx)
	if err != nil {
		return EventPage{}, err
	}
	return api.fetchEvents(ctx, q)
}

const fetchMethod = "imbot.v2.Event.get"

func (d v2) fetchEvents(ctx context.Context, q EventQuery) (EventPage, error) {
	var a eventAnswer
	if err := d.c.Call(ctx, fetchMethod, d.queryParams(q), &a); err != nil {
		return EventPage{}, err
	}
	return a.page(q.Offset), nil
}

func (d v2) queryParams(q EventQuery) map[string]any {
	params := map[string]any{}
	if q.Offset > 0 {
		params["offset"] = q.Offset
	}
	if q.Limit > 0 {
		params["limit"] = q.Limit
	}
	return d.asBot(q.Bot, params)
}

type eventAnswer struct {
	Events looseList[wireQueued] `json:"events"`
	Next   *looseInt             `json:"nextOffset"`
	Last   looseInt              `json:"lastEventId"` // instead of nextOffset, before 25 March 2026
	More   looseBool             `json:"hasMore"`
}

type wireQueued struct {
	ID   looseInt        `json:"eventId"`
	Type looseString     `json:"type"`
	Date OptTime         `json:"date"`
	Data json.RawMessage `json:"data"`
}

func (a eventAnswer) page(asked EventOffset) EventPage {
	page := EventPage{NextOffset: a.next(asked), HasMore: bool(a.More)}
	for _, e := range a.Events {
		page.Events = append(page.Events, QueuedEvent{EventOffset(e.ID), string(e.Type), e.Date, e.Data})
	}
	return page
}

// next never runs ahead of what was read: a number too high would delete events unseen.
func (a eventAnswer) next(asked EventOffset) EventOffset {
	switch {
	case a.Next != nil:
		return EventOffset(*a.Next)
	case len(a.Events) == 0:
		return asked
	case a.Last == 0:
		return EventOffset(a.Events[len(a.Events)-1].ID) + 1
	}
	return EventOffset(a.Last) + 1
}
