package portal

import (
	"slices"
	"time"
)

// What Calls and Deliveries keep.
const (
	journalAge  = time.Minute
	journalSize = 500
)

// journal keeps the last entries of a kind, oldest first.
type journal[T any] struct {
	entries []T
	at      func(T) time.Time
}

func (j *journal[T]) add(v T) {
	if len(j.entries) == journalSize {
		j.entries = slices.Delete(j.entries, 0, 1)
	}
	j.entries = append(j.entries, v)
}

// recent returns a copy of the entries of the last minute.
func (j *journal[T]) recent(now time.Time) []T {
	var fresh []T
	for _, v := range j.entries {
		if now.Sub(j.at(v)) <= journalAge {
			fresh = append(fresh, v)
		}
	}
	return fresh
}

// Calls returns the REST requests of the last minute, at most 500, oldest first.
func (p *Portal) Calls() []Call {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls.recent(p.now())
}

// Deliveries returns the events of the last minute, at most 500, oldest first.
func (p *Portal) Deliveries() []Delivery {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.deliveries.recent(p.now())
}

func (p *Portal) noteCall(c Call) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls.add(c)
	p.feed.publish(Change{Kind: KindCall, Call: &c})
}

func (p *Portal) noteDelivery(d Delivery) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.deliveries.add(d)
	p.feed.publish(Change{Kind: KindEvent, Delivery: &d})
}
