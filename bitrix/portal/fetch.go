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
}

// enqueue keeps an event for a bot that fetches. Other bots and people of the portal use ids too: there are gaps.
func (p *Portal) enqueue(b *bot, o occurrence) {
	data := o.data
	if o.fetched != nil {
		data = o.fetched
	}
	data = append(slices.Clone(data), entry{"bot", p.botView(b)})
	b.expire(p.now())
	if len(b.pending) == maxWaiting {
		b.pending = slices.Delete(b.pending, 0, 1)
	}
	b.pending = append(b.pending, queued{id: p.nextEvent, name: o.name, at: p.now(), data: data})
	p.nextEvent += 1 + p.nextEvent%3
}

func (b *bot) expire(now time.Time) {
	fresh := slices.IndexFunc(b.pending, func(q queued) bool { return now.Sub(q.at) <= retention })
	if fresh < 0 {
		fresh = len(b.pending)
	}
	b.pending = slices.Delete(b.pending, 0, fresh)
}

// eventGet is imbot.v2.Event.get. An offset deletes what is below it, read or not.
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
	b.expire(c.now)
	b.pending = slices.DeleteFunc(b.pending, func(q queued) bool { return q.id < offset })
	due := b.pending[:min(limit, len(b.pending))]

	events, next := make([]array, len(due)), max(offset, 0)
	for i, q := range due {
		events[i] = array{
			{"eventId", q.id},
			{"type", q.name},
			{"date", atom(q.at)},
			{"data", q.data},
		}
		next = q.id + 1
	}
	return array{{"events", list(events...)}, {"nextOffset", next}, {"hasMore", len(due) >= limit}}, nil
}
