package stream_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/whois24/whois24/events/stream"
)

// buried gives up the events of a store: all of them on the second try.
func buried(t *testing.T, s *stream.Stream, n int) []stream.Dead {
	t.Helper()
	stop := consume(t, s, func(_ context.Context, d stream.Delivery) stream.Settlement {
		if d.Attempt == 1 {
			return stream.Retry(time.Millisecond)
		}
		return stream.Bury("line one\r\nline two: " + strings.Repeat("x", 5000))
	})
	wantDepth(t, s, stream.Depth{Dead: n})
	stop()
	return deadEvents(t, s)
}

func deadEvents(t *testing.T, s *stream.Stream) []stream.Dead {
	t.Helper()
	list, err := s.DeadEvents(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestBuriedEventIsKeptWithItsHistory(t *testing.T) {
	s := open(t, t.TempDir())
	appendAll(t, s, question(1))
	d := buried(t, s, 1)[0]
	if !strings.HasPrefix(d.Reason, "line one line two: xxx") || len(d.Reason) > 1000 {
		t.Errorf("reason is %q", d.Reason)
	}
	if d.Buried.IsZero() || d.Stored.IsZero() || d.Stored.After(d.Buried) {
		t.Errorf("stored %v, buried %v", d.Stored, d.Buried)
	}
	want := stream.Dead{ID: d.ID, Reference: question(1).Reference(), Attempts: 2, Event: question(1)}
	if diff := cmp.Diff(want, d, cmpopts.IgnoreFields(stream.Dead{}, "Reason", "Stored", "Buried")); diff != "" {
		t.Error(diff)
	}
	if shown, err := s.DeadEvent(t.Context(), d.ID); err != nil || !cmp.Equal(d, shown) {
		t.Errorf("shown alone: %v, %v", shown, err)
	}
}

func TestDeadAreListedInPages(t *testing.T) {
	s := open(t, t.TempDir())
	appendAll(t, s, question(1), question(2), question(3), question(4))
	all := buried(t, s, 4)
	if err := s.Drop(t.Context(), all[1].ID); err != nil { // a gap to step over
		t.Fatal(err)
	}
	page, err := s.DeadEvents(t.Context(), all[0].ID, 1)
	if err != nil || len(page) != 1 || page[0].ID != all[2].ID {
		t.Errorf("after the first comes %v, %v; want only %d", page, err, all[2].ID)
	}
	if rest, err := s.DeadEvents(t.Context(), all[3].ID, 10); err != nil || len(rest) > 0 {
		t.Errorf("after the last comes %v, %v", rest, err)
	}
}

// TestReplayAsksAnew replays a dead event. Its key is a new one, or the store would know it for answered.
func TestReplayAsksAnew(t *testing.T) {
	s := open(t, t.TempDir())
	appendAll(t, s, question(1))
	d := buried(t, s, 1)[0]
	if err := s.Replay(t.Context(), d.ID); err != nil {
		t.Fatal(err)
	}
	if rest := deadEvents(t, s); len(rest) > 0 {
		t.Errorf("still dead: %v", rest)
	}
	again := make(chan stream.Delivery, 1)
	consume(t, s, passOn(again))
	got := take(t, again).Event
	if got.Message.ID != 1 || got.Key() == question(1).Key() {
		t.Errorf("message %d came under the key %s, which was %s", got.Message.ID, got.Key(), question(1).Key())
	}
}

func TestNoSuchDead(t *testing.T) {
	s := open(t, t.TempDir())
	appendAll(t, s, question(1))
	d := buried(t, s, 1)[0]
	if err := s.Drop(t.Context(), d.ID); err != nil {
		t.Fatal(err)
	}
	_, show := s.DeadEvent(t.Context(), d.ID)
	for what, err := range map[string]error{
		"show": show, "drop": s.Drop(t.Context(), d.ID), "replay": s.Replay(t.Context(), 99),
	} {
		if !errors.Is(err, stream.ErrNoDead) {
			t.Errorf("%s: %v, want %v", what, err, stream.ErrNoDead)
		}
	}
}
