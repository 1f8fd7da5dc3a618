package stream_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/whois24/whois24/events/stream"
)

// turns counts who is at work under a name, which must never be two.
type turns struct {
	t     *testing.T
	now   atomic.Int32
	taken atomic.Int32
	begun chan context.Context // of the turn that began
	end   chan error           // ends one
}

func newTurns(t *testing.T) *turns {
	t.Helper()
	return &turns{t: t, begun: make(chan context.Context, 100), end: make(chan error)}
}

// do lasts until it is told to end, or its context ends.
func (c *turns) do(ctx context.Context) error {
	c.taken.Add(1)
	if c.now.Add(1) > 1 {
		c.t.Error("two are at work")
	}
	defer c.now.Add(-1)
	c.begun <- ctx
	select {
	case err := <-c.end:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *turns) next() context.Context {
	c.t.Helper()
	select {
	case ctx := <-c.begun:
		return ctx
	case <-time.After(patience):
		c.t.Fatal("nobody has the turn")
		return nil
	}
}

// alone waits for a turn of a process until the test ends.
func alone(t *testing.T, s *stream.Stream, c *turns) (ended <-chan error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	result := make(chan error, 1)
	var process sync.WaitGroup
	process.Go(func() { result <- s.Alone(ctx, "fetch a.example", c.do) })
	t.Cleanup(func() {
		cancel()
		process.Wait()
	})
	return result
}

// TestOneAtATime has four processes take 25 turns each.
func TestOneAtATime(t *testing.T) {
	t.Parallel()
	const processes, each = 4, 25
	url := natsServer(t)
	c := newTurns(t)
	var all sync.WaitGroup
	for n := range processes {
		s := prepared(t, stream.Options{Servers: url})
		all.Go(func() {
			for turn := range each {
				want := fmt.Errorf("turn %d of %d", turn, n)
				if err := s.Alone(t.Context(), "renew a.example", func(ctx context.Context) error {
					if c.now.Add(1) > 1 {
						t.Error("two are at work")
					}
					defer c.now.Add(-1)
					_, _ = s.Recall(ctx, "something that takes a moment")
					return want
				}); !errors.Is(err, want) {
					t.Errorf("%v, want %v", err, want)
				}
			}
		})
	}
	all.Wait()
}

// TestNextHasItsTurnSoon after the first has ended, and other names do not wait for this one.
func TestNextHasItsTurnSoon(t *testing.T) {
	t.Parallel()
	url := natsServer(t)
	one, two := prepared(t, stream.Options{Servers: url}), prepared(t, stream.Options{Servers: url})
	c := newTurns(t)
	ended := alone(t, one, c)
	c.next()
	alone(t, two, c)
	if err := two.Alone(t.Context(), "another name", func(context.Context) error { return nil }); err != nil {
		t.Error(err)
	}
	done := errors.New("done")
	c.end <- done
	begun := time.Now()
	if err := <-ended; !errors.Is(err, done) {
		t.Errorf("the first ended with %v", err)
	}
	c.next()
	if took := time.Since(begun); took > 4*time.Second {
		t.Errorf("the next waited for %v", took)
	}
}

// TestDeadProcessIsFollowed cuts one off from NATS for ever, as if it had died, and has another follow. It is the same to NATS;
// and the one that lives on must have stopped before.
func TestDeadProcessIsFollowed(t *testing.T) {
	t.Parallel()
	url := natsServer(t)
	one, two := prepared(t, stream.Options{Servers: url}), prepared(t, stream.Options{Servers: url})
	c := newTurns(t)
	alone(t, one, c)
	first := c.next()
	alone(t, two, c)
	one.Close()
	begun := time.Now()
	c.next()
	if first.Err() == nil {
		t.Error("the first was not told to stop")
	}
	if took := time.Since(begun); took > 15*time.Second {
		t.Errorf("it was followed after %v", took)
	}
}

// TestTurnOutlivesARestartOfNATS has five wait for a turn. NATS forgets whose it is, and none of them may take it.
func TestTurnOutlivesARestartOfNATS(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	srv := startNATS(t, dir, server.RANDOM_PORT)
	c := newTurns(t)
	holder := prepared(t, stream.Options{Servers: srv.ClientURL()})
	alone(t, holder, c)
	turn := c.next()
	for range 5 {
		alone(t, prepared(t, stream.Options{Servers: srv.ClientURL()}), c)
	}
	wait(t, 3*time.Second) // a store that is quite new is known to have had no leases
	port := portOf(srv)
	stopNATS(srv)
	srv = startNATS(t, dir, port)
	waitForLease(t, srv.ClientURL())
	wait(t, 3*time.Second)
	if turn.Err() != nil || c.taken.Load() != 1 {
		t.Errorf("the turn ended with %v, and %d had it", turn.Err(), c.taken.Load())
	}
}

// TestLostTurnIsTakenAgain has NATS be away for longer than a turn lasts without it.
func TestLostTurnIsTakenAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	srv := startNATS(t, dir, server.RANDOM_PORT)
	c := newTurns(t)
	ended := alone(t, prepared(t, stream.Options{Servers: srv.ClientURL()}), c)
	first, port := c.next(), portOf(srv)
	stopNATS(srv)
	select {
	case <-first.Done():
	case <-time.After(patience):
		t.Fatal("it goes on without knowing whether it is alone")
	}
	startNATS(t, dir, port)
	if again := c.next(); again.Err() != nil {
		t.Errorf("the second turn: %v", again.Err())
	}
	done := errors.New("done")
	c.end <- done
	if err := <-ended; !errors.Is(err, done) {
		t.Errorf("ended with %v", err)
	}
}

func TestNobodyWaitsForATurnForEver(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	c := newTurns(t)
	alone(t, s, c)
	c.next()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := s.Alone(ctx, "fetch a.example", c.do); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("ended with %v", err)
	}
}

// waitForLease waits until NATS knows a lease.
func waitForLease(t *testing.T, url string) {
	t.Helper()
	js := visitor(t, url)
	persist(t, func(ctx context.Context) ([]string, error) {
		kv, err := js.KeyValue(ctx, "whois24_leases")
		if err != nil {
			return nil, err
		}
		return kv.Keys(ctx)
	})
}

// wait is for what must not happen meanwhile.
func wait(t *testing.T, d time.Duration) {
	t.Helper()
	select {
	case <-t.Context().Done():
	case <-time.After(d):
	}
}
