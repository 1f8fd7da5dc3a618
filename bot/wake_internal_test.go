package bot

import (
	"testing"

	"github.com/whois24/whois24/events"
)

// TestWakesAreNoFlood: however many come at once, such as after the store was away, the person has asked none of it just now.
func TestWakesAreNoFlood(t *testing.T) {
	w := slowWorker(&Portal{Name: "p"}, nil)
	for i := range 5 {
		e := ask(i, 7, "chat1")
		e.Wake = &events.Wake{}
		if got := w.Lane(e); got != "chat1" {
			t.Errorf("wake %d is in lane %q", i, got)
		}
	}
	if got := w.Lane(ask(9, 7, "chat1")); got != "chat1" {
		t.Errorf("the question after them is in lane %q", got)
	}
}
