package stream_test

import (
	"context"
	"testing"
	"time"

	"github.com/whois24/whois24/events/stream"
)

// twoPortals is a store where each of two portals has an answered event, a dead one and one that waits, and something
// remembered.
func twoPortals(t *testing.T, dir string) *stream.Stream {
	t.Helper()
	s := open(t, dir)
	both := []string{"a.example", "b.example"}
	if err := s.Prepare(t.Context(), both); err != nil {
		t.Fatal(err)
	}
	for _, portal := range both {
		for n := range 3 {
			e := asked(portal, "chat1", n+1)
			e.Message.Text = "a question to " + portal
			appendAll(t, s, e)
		}
		for _, what := range []string{"bot", "offset of bot 456"} {
			if err := s.Remember(t.Context(), what+" of "+portal, []byte("something")); err != nil {
				t.Fatal(err)
			}
		}
	}
	stop := consumePortals(t, s, both, func(_ context.Context, d stream.Delivery) stream.Settlement {
		switch d.Event.Message.ID {
		case 1:
			return stream.Done()
		case 2:
			return stream.Bury("no reason")
		default:
			return stream.Retry(time.Hour)
		}
	})
	wantDepth(t, s, stream.Depth{InHand: 2, Dead: 2})
	stop()
	return s
}

// waiting is how many events are not settled.
func waiting(t *testing.T, s *stream.Stream) int {
	t.Helper()
	d, err := s.Depth(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return d.Waiting + d.InHand
}

func TestForgetLetsAPortalGo(t *testing.T) {
	s := twoPortals(t, t.TempDir())
	for range 2 { // repeating it is no error
		if err := s.Forget(t.Context(), "a.example", false); err != nil {
			t.Fatal(err)
		}
	}
	if n := waiting(t, s); n != 1 {
		t.Errorf("%d events wait, want the other portal's", n)
	}
	wantDead(t, s, 1, 1)
	wantRemembered(t, s, "a.example", true)
	wantRemembered(t, s, "b.example", true)
}

// TestForgetAll looks for the texts on the disk too: who leaves with all data is to find nothing of it there.
func TestForgetAll(t *testing.T) {
	dir := t.TempDir()
	s := twoPortals(t, dir)
	for range 2 {
		if err := s.Forget(t.Context(), "a.example", true); err != nil {
			t.Fatal(err)
		}
	}
	if n := waiting(t, s); n != 1 {
		t.Errorf("%d events wait, want the other portal's", n)
	}
	wantDead(t, s, 0, 1)
	wantRemembered(t, s, "a.example", false)
	wantRemembered(t, s, "b.example", true)
	s.Close()
	for portal, want := range map[string]bool{"a.example": false, "b.example": true} {
		if got := onDisk(t, dir, "a question to "+portal); got != want {
			t.Errorf("questions to %s are on the disk: %v, want %v", portal, got, want)
		}
	}
}

// TestPortalThatComesBack is served like any other.
func TestPortalThatComesBack(t *testing.T) {
	s := twoPortals(t, t.TempDir())
	if err := s.Forget(t.Context(), "a.example", true); err != nil {
		t.Fatal(err)
	}
	taken := make(chan stream.Delivery, 1)
	consume(t, s, passOn(taken))
	appendAll(t, s, asked("a.example", "chat1", 99))
	if got := take(t, taken).Event.Message.ID; got != 99 {
		t.Errorf("message %d came", got)
	}
}

func wantDead(t *testing.T, s *stream.Stream, a, b int) {
	t.Helper()
	dead := map[string]int{}
	for _, d := range deadEvents(t, s) {
		dead[d.Event.Portal]++
	}
	if dead["a.example"] != a || dead["b.example"] != b {
		t.Errorf("dead are %v, want %d and %d", dead, a, b)
	}
}

func wantRemembered(t *testing.T, s *stream.Stream, portal string, want bool) {
	t.Helper()
	for _, what := range []string{"bot", "offset of bot 456"} {
		if value, err := s.Recall(t.Context(), what+" of "+portal); err != nil || (value != nil) != want {
			t.Errorf("remembered %s of %s is %q, %v", what, portal, value, err)
		}
	}
}
