package stream

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/rs/zerolog"

	"github.com/whois24/whois24/events"
)

const testPortal = "a.example"

func openInternal(t testing.TB) *Stream {
	t.Helper()
	s, err := Open(Options{Dir: t.TempDir(), Log: zerolog.New(zerolog.NewTestWriter(t)).Level(zerolog.WarnLevel)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if err := s.Prepare(t.Context(), []string{testPortal}); err != nil {
		t.Fatal(err)
	}
	return s
}

// numbered are messages with the keys first to last.
func numbered(first, last int) []*nats.Msg {
	var list []*nats.Msg
	for n := first; n <= last; n++ {
		list = append(list, message(subject(events.Event{Portal: testPortal}), fmt.Sprint(n), []byte(`{"portal":"a.example"}`)))
	}
	return list
}

// stored are the keys in the store, in their order.
func stored(t *testing.T, s *Stream) []string {
	t.Helper()
	stream, err := s.js.Stream(t.Context(), eventsName)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for seq := uint64(1); seq <= stream.CachedInfo().State.LastSeq; seq++ {
		m, err := stream.GetMsg(t.Context(), seq)
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, m.Header.Get("Nats-Msg-Id"))
	}
	return keys
}

func keysOf(messages []*nats.Msg) (keys []string) {
	for _, m := range messages {
		keys = append(keys, keyOf(m))
	}
	return keys
}

// TestCommitStoresEachOnce stores twenty messages after something went wrong with some of them.
func TestCommitStoresEachOnce(t *testing.T) {
	all := numbered(1, 20)
	tests := []struct {
		name   string
		before func(*Stream, context.Context)
		want   []*nats.Msg
	}{
		{"nothing went wrong", func(*Stream, context.Context) {}, all},
		{"one was stored before", func(s *Stream, ctx context.Context) {
			s.commit(ctx, all[6:7])
		}, append(numbered(7, 7), append(numbered(1, 6), numbered(8, 20)...)...)},
		{"the whole batch was stored, but nobody heard", func(s *Stream, ctx context.Context) {
			deaf, cancel := context.WithCancel(ctx)
			cancel()
			if s.commitBatch(deaf, all) == nil {
				t.Error("the batch was heard of")
			}
		}, all},
		{"half a batch arrived", func(s *Stream, _ context.Context) {
			for i, m := range all[:10] {
				if err := s.conn.PublishMsg(batched(m, "half", i+1)); err != nil {
					t.Error(err)
				}
			}
		}, all},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := openInternal(t)
			test.before(s, t.Context())
			if failed := s.commit(t.Context(), all); len(failed) > 0 {
				t.Errorf("not stored: %v", failed)
			}
			if got, want := stored(t, s), keysOf(test.want); !slices.Equal(got, want) {
				t.Errorf("stored are\n%v, want\n%v", got, want)
			}
		})
	}
}

// TestTooLargeFailsAlone stores a message that is too large together with others.
func TestTooLargeFailsAlone(t *testing.T) {
	s := openInternal(t)
	all := numbered(1, 20)
	all[10].Data = make([]byte, 300<<10)
	failed := s.commit(t.Context(), all)
	if len(failed) != 1 || failed["11"] == nil {
		t.Errorf("failed: %v, want 11", failed)
	}
	if got := stored(t, s); len(got) != 19 {
		t.Errorf("stored are %v", got)
	}
}

// TestManyAtOnce stores more than a batch holds.
func TestManyAtOnce(t *testing.T) {
	s := openInternal(t)
	all := numbered(1, 5000)
	s.commit(t.Context(), all[4000:4001])
	if failed := s.commit(t.Context(), all); len(failed) > 0 {
		t.Errorf("not stored: %v", failed)
	}
	if d, err := s.Depth(t.Context()); err != nil || d.Waiting != len(all) {
		t.Errorf("%d wait (%v), want %d", d.Waiting, err, len(all))
	}
}

func TestUnreadableEventIsBuriedAndNotReplayed(t *testing.T) {
	s := openInternal(t)
	m := message(subject(events.Event{Portal: testPortal}), "key", []byte("{broken"))
	if failed := s.commit(t.Context(), []*nats.Msg{m}); len(failed) > 0 {
		t.Fatal(failed)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.consume(ctx, testPortal, Handler{Lane: func(events.Event) string { return "" }})
	}()
	var dead []Dead
	for len(dead) == 0 && t.Context().Err() == nil {
		dead, _ = s.DeadEvents(t.Context(), 0, 10)
	}
	cancel()
	<-ended
	if err := s.Replay(t.Context(), dead[0].ID); !errors.Is(err, errUnreadable) {
		t.Errorf("replay: %v, want %v", err, errUnreadable)
	}
	if _, err := s.DeadEvent(t.Context(), dead[0].ID); err != nil {
		t.Errorf("after the replay that failed: %v", err)
	}
}

// TestCrashWhileBuryingBuriesOnce buries an event, and again when it comes back after a crash before it was let go.
func TestCrashWhileBuryingBuriesOnce(t *testing.T) {
	s := openInternal(t)
	if err := s.Append(t.Context(), []events.Event{{Portal: testPortal}}); err != nil {
		t.Fatal(err)
	}
	stream, err := s.js.Stream(t.Context(), eventsName)
	if err != nil {
		t.Fatal(err)
	}
	m, err := stream.GetMsg(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	again := job{message: taken{delivered{data: m.Data}, m.Header}}
	for range 2 {
		if err := s.bury(t.Context(), again, "reason"); err != nil {
			t.Fatal(err)
		}
	}
	if dead, err := s.DeadEvents(t.Context(), 0, 10); err != nil || len(dead) != 1 {
		t.Errorf("dead are %v (%v), want one", dead, err)
	}
}

// taken is a delivered message with headers.
type taken struct {
	delivered
	headers nats.Header
}

func (m taken) Headers() nats.Header { return m.headers }
