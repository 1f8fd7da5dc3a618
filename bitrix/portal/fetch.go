package portal

import (
	"slices"
	"time"
)

const (
	retention  = 24 * time.Hour // of events nobody fetched
	fetchPage  = 100
	fetchLimit = 1000
)

// queued is an event that waits to be fetched.
type queued struct {
	id   int64
	name string
	at   time.Time
	data array
	read bool // a page with it was answered
}

// enqueue keeps an event for a bot that fetches. Other bots and people of the portal use ids too: there are gaps.
func (p *Portal) enqueue(b *bot, o occurrence) {
	data := o.data
	if o.fetched != nil {
		data = o.fetched
	}
	data = append(slices.Clone(data), entry{"bot", p.botView(b)})
	p.expire(b, p.now())
	if len(b.pending) == maxWaiting {
		p.discard(b, 1, LostByOverflow)
	}
	b.pending = append(b.pending, queued{id: p.nextEvent, name: o.name, at: p.now(), data: data})
	p.nextEvent += 1 + p.nextEvent%3
}

// eventGet is imbot.v2.Event.get. An offset deletes what is below it, read or not. For a bot whose events are posted
// nothing waits.
func (p *Portal) eventGet(c call) (any, error) {
	b, err := p.ownBot(c)
	if err != nil {
		return nil, err
	}
	if yes(c.params.get("withUserEvents")) {
		return nil, errNotSubscribed
	}
	offset := intval(c.params.get("offset"))
	limit := fetchPage
	if given := c.params.get("limit"); given != nil {
		limit = int(min(max(intval(given), 1), fetchLimit))
	}
	p.expire(b, c.now)
	p.discardUntil(b, LostByOffset, func(q queued) bool { return q.id >= offset })
	due := b.pending[:min(limit, len(b.pending))]

	events, next := make([]array, len(due)), max(offset, 0)
	for i, q := range due {
		due[i].read = q.read || !c.unread
		events[i] = q.view()
		next = q.id + 1
	}
	return array{{"events", list(events...)}, {"nextOffset", next}, {"hasMore", len(due) >= limit}}, nil
}

func (q queued) view() array {
	return array{
		{"eventId", q.id},
		{"type", q.name},
		{"date", atom(q.at)},
		{"data", q.data},
	}
}
