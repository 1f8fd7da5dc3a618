package commandtest

import (
	"context"
	"fmt"
	"time"

	"github.com/whois24/whois24/events"
)

// wakes are what commands want to be run again for, by the name of each.
type wakes struct {
	asleep map[string]events.Event
	ended  map[string]time.Time
}

func newWakes() wakes { return wakes{map[string]events.Event{}, map[string]time.Time{}} }

// wakeName is the same for those that take each other's place.
func wakeName(e events.Event) string {
	return fmt.Sprintf("%d %q %q", e.User.ID, e.Command.Name, e.Wake.Key)
}

func (w wakes) over(e events.Event) bool { return e.Wake.Asked.Before(w.ended[wakeName(e)]) }

// ScheduleWake is that of bot.Wakes.
func (m *memory) ScheduleWake(_ context.Context, e events.Event) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.wakes.over(e) {
		m.wakes.asleep[wakeName(e)] = e
	}
	return nil
}

// EndWake is that of bot.Wakes.
func (m *memory) EndWake(_ context.Context, e events.Event, before time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.wakes.ended[wakeName(e)] = before
	delete(m.wakes.asleep, wakeName(e))
	return nil
}

// WakeEnded is that of bot.Wakes.
func (m *memory) WakeEnded(_ context.Context, e events.Event) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.wakes.over(e), nil
}

// OtherWakes is that of bot.Wakes.
func (m *memory) OtherWakes(_ context.Context, e events.Event) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := 0
	for name, other := range m.wakes.asleep {
		if other.User.ID == e.User.ID && name != wakeName(e) {
			n++
		}
	}
	return n, nil
}

// wake takes out the first that is due by a time; false: none is.
func (m *memory) wake(until time.Time) (first events.Event, due bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for name, e := range m.wakes.asleep {
		earlier := !due || e.Wake.At.Before(first.Wake.At) || e.Wake.At.Equal(first.Wake.At) && name < wakeName(first)
		if !e.Wake.At.After(until) && earlier {
			first, due = e, true
		}
	}
	if due {
		delete(m.wakes.asleep, wakeName(first))
	}
	return first, due
}
