package commandtest

import (
	"context"
	"sync"

	"github.com/whois24/whois24/events"
)

// inbox keeps the events that the portal told the bot of, until the worker takes them. Like the event store it keeps what
// comes twice once.
type inbox struct {
	mu     sync.Mutex
	known  map[string]bool
	events []events.Event
}

// Append is that of events.Store.
func (in *inbox) Append(_ context.Context, list []events.Event) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.known == nil {
		in.known = map[string]bool{}
	}
	for _, e := range list {
		if !in.known[e.Key()] {
			in.known[e.Key()] = true
			in.events = append(in.events, e)
		}
	}
	return nil
}

func (in *inbox) take() []events.Event {
	in.mu.Lock()
	defer in.mu.Unlock()
	taken := in.events
	in.events = nil
	return taken
}
