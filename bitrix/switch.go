package bitrix

import "context"

// mostEvents is how many a portal gives at once.
const mostEvents = 1000

// SwitchToPosted has a portal post the bot's events from now on, as f says, and returns the events that waited to be
// fetched from offset on. The switch erases what waits, so the portal reads it out and switches in one request
// (imbot.v2.Event.get and imbot.v2.Bot.update in a batch that halts at the first error). It reads out 1000 at most: where
// HasMore is true, others may have been erased unread, so fetch until little waits before.
//
// With an error and no events nothing was switched, unless Error.MayHaveRun. With an error and a page the switch alone
// failed: the events on the page wait on, as after FetchEvents.
func (c *Client) SwitchToPosted(ctx context.Context, id BotID, f BotFields, offset EventOffset) (EventPage, error) {
	api, err := c.dialect(ctx)
	if err != nil {
		return EventPage{}, err
	}
	f.EventMode = EventsPosted
	return api.switchToPosted(ctx, id, f, offset)
}

func (d v2) switchToPosted(ctx context.Context, id BotID, f BotFields, from EventOffset) (EventPage, error) {
	results, err := d.c.chain(ctx, []BatchCall{
		{fetchMethod, d.queryParams(EventQuery{Bot: id, Offset: from, Limit: mostEvents})},
		{"imbot.v2.Bot.update", d.updateParams(id, f)},
	})
	if err != nil {
		return EventPage{}, err
	}
	var a eventAnswer
	if err := results[0].Decode(&a); err != nil {
		return EventPage{}, err
	}
	return a.page(from), results[1].Err
}
