package stream

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
)

// slowStore writes when it is told to, and remembers what it wrote together.
type slowStore struct {
	*commits
	proceed chan struct{}
	broken  string // the key that cannot be written
	wrote   [][]string
}

var errBroken = errors.New("cannot be written")

// newSlowStore must be stopped.
func newSlowStore() (s *slowStore, stop func()) {
	s = &slowStore{proceed: make(chan struct{})}
	s.commits = newCommits(s.store)
	ctx, cancel := context.WithCancel(context.Background())
	go s.run(ctx)
	return s, func() { cancel(); <-s.ended }
}

func (s *slowStore) store(_ context.Context, messages []*nats.Msg) map[string]error {
	failed := map[string]error{}
	var keys []string
	for _, m := range messages {
		keys = append(keys, keyOf(m))
	}
	s.wrote = append(s.wrote, keys)
	<-s.proceed
	if s.broken != "" {
		failed[s.broken] = errBroken
	}
	return failed
}

// request has keys stored, each with so many bytes, and is in the queue when it returns.
func (s *slowStore) request(ctx context.Context, bytes int, keys ...string) <-chan error {
	var messages []*nats.Msg
	for _, key := range keys {
		messages = append(messages, message("subject", key, make([]byte, bytes)))
	}
	outcome := make(chan error, 1)
	go func() { outcome <- s.add(ctx, messages) }()
	synctest.Wait()
	return outcome
}

func TestRequestsThatWaitAreWrittenTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, stop := newSlowStore()
		defer stop()
		outcomes := []<-chan error{
			s.request(t.Context(), 1, "a"), // is written at once; the others wait for it
			s.request(t.Context(), 1, "b"),
			s.request(t.Context(), 1, "c", "d"),
			s.request(t.Context(), 1, "b", "e"), // the same question as the second
		}
		close(s.proceed)
		for i, outcome := range outcomes {
			if err := <-outcome; err != nil {
				t.Errorf("request %d: %v", i, err)
			}
		}
		if diff := cmp.Diff([][]string{{"a"}, {"b", "c", "d", "e"}}, s.wrote); diff != "" {
			t.Error(diff)
		}
	})
}

func TestOneRequestsErrorIsNotAnothers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, stop := newSlowStore()
		defer stop()
		s.broken = "c"
		first, fine, broken := s.request(t.Context(), 1, "a"), s.request(t.Context(), 1, "b"), s.request(t.Context(), 1, "c")
		close(s.proceed)
		if err := errors.Join(<-first, <-fine); err != nil {
			t.Errorf("a request that was stored: %v", err)
		}
		if err := <-broken; !errors.Is(err, errBroken) {
			t.Errorf("the broken one: %v, want %v", err, errBroken)
		}
	})
}

func TestBatchesAreNotTooLarge(t *testing.T) {
	many := make([]string, maxBatch-1)
	for i := range many {
		many[i] = fmt.Sprint(i)
	}
	synctest.Test(t, func(t *testing.T) {
		s, stop := newSlowStore()
		defer stop()
		s.request(t.Context(), 1, "first")
		s.request(t.Context(), 1, many...)
		s.request(t.Context(), 1, "one too many", "two too many")
		s.request(t.Context(), maxBatchBytes, "large")
		close(s.proceed)
		synctest.Wait()
		want := [][]string{{"first"}, many, {"one too many", "two too many"}, {"large"}}
		if diff := cmp.Diff(want, s.wrote); diff != "" {
			t.Error(diff)
		}
	})
}

// TestNobodyWaitsNothingWritten: whoever was told that an event is not stored sends it again, to a store with enough to do.
func TestNobodyWaitsNothingWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, stop := newSlowStore()
		defer stop()
		s.request(t.Context(), 1, "a")
		ctx, cancel := context.WithCancel(t.Context())
		gone := s.request(ctx, 1, "b")
		cancel()
		if err := <-gone; !errors.Is(err, context.Canceled) {
			t.Errorf("the one that went: %v, want %v", err, context.Canceled)
		}
		last := s.request(t.Context(), 1, "c")
		close(s.proceed)
		if err := <-last; err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff([][]string{{"a"}, {"c"}}, s.wrote); diff != "" {
			t.Error(diff)
		}
	})
}

func TestTooMuchIsRefusedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, stop := newSlowStore()
		defer stop()
		s.request(t.Context(), 1, "under way")
		s.request(t.Context(), maxPending-10, "waits")
		if err := <-s.request(t.Context(), 11, "too much"); !errors.Is(err, errTooManyWaiting) {
			t.Errorf("too much: %v, want %v", err, errTooManyWaiting)
		}
		s.request(t.Context(), 10, "fits")
		close(s.proceed)
		synctest.Wait()
		if err := <-s.request(t.Context(), 11, "later"); err != nil {
			t.Errorf("later: %v", err)
		}
	})
}

func TestClosingFinishesTheWriteUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, stop := newSlowStore()
		first, second := s.request(t.Context(), 1, "a"), s.request(t.Context(), 1, "b")
		stopped := make(chan struct{})
		go func() { stop(); close(stopped) }()
		synctest.Wait()
		close(s.proceed)
		<-stopped
		if err := <-first; err != nil {
			t.Errorf("the write under way: %v", err)
		}
		for _, outcome := range []<-chan error{second, s.request(t.Context(), 1, "c")} {
			if err := <-outcome; !errors.Is(err, errClosed) {
				t.Errorf("one that waited, or came later: %v, want %v", err, errClosed)
			}
		}
	})
}
