package events_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
)

// TestWakeKey: each time a command is run again is another event, however often it is stored.
func TestWakeKey(t *testing.T) {
	at := time.Date(2026, time.September, 24, 9, 0, 0, 0, time.UTC)
	e := events.Event{Portal: "a.example", Event: bitrix.Event{Kind: events.Woken, User: bitrix.Author{ID: 7}}}
	known := map[string]events.Wake{}
	for _, w := range []events.Wake{{Key: "5", At: at}, {Key: "6", At: at}, {Key: "5", At: at.Add(5 * time.Minute)}} {
		e.Wake = &w
		if same, twice := known[e.Key()]; twice {
			t.Errorf("%+v and %+v have the same key", w, same)
		}
		known[e.Key()] = w
	}
	e.Wake = &events.Wake{Key: "5", At: at, Asked: at.Add(-time.Hour), Note: "since then", Answers: []string{"yes"}}
	data, err := e.Encode()
	if err != nil {
		t.Fatal(err)
	}
	stored, err := events.Decode(data)
	if diff := cmp.Diff(e, stored); err != nil || diff != "" || stored.Key() != e.Key() {
		t.Errorf("it is stored as another: %v\n%s", err, diff)
	}
}
