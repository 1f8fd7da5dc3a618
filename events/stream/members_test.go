package stream_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/whois24/whois24/events/stream"
)

// ledger says which worker answered what.
type ledger struct {
	mu       sync.Mutex
	answered map[string][]string // workers by the question's key
	answers  chan struct{}
}

func (l *ledger) worker(name string) handle {
	return func(_ context.Context, d stream.Delivery) stream.Settlement {
		l.mu.Lock()
		l.answered[d.Event.Key()] = append(l.answered[d.Event.Key()], name)
		l.mu.Unlock()
		l.answers <- struct{}{}
		return stream.Done()
	}
}

func (l *ledger) wait(t *testing.T, n int) {
	t.Helper()
	for i := range n {
		select {
		case <-l.answers:
		case <-time.After(patience):
			t.Fatalf("%d of %d questions were answered", i, n)
		}
	}
}

// shares is how much each worker answered. Each question must have been answered once.
func (l *ledger) shares(t *testing.T) map[string]int {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	of := map[string]int{}
	for key, workers := range l.answered {
		if len(workers) != 1 {
			t.Errorf("question %s was answered by %v", key, workers)
		}
		of[workers[0]]++
	}
	return of
}

// TestWorkersShareThePortals has two workers, then three, then two again answer the questions of ten portals.
func TestWorkersShareThePortals(t *testing.T) {
	t.Parallel()
	var portals []string
	for i := range 10 {
		portals = append(portals, fmt.Sprintf("portal%d.example", i))
	}
	url := natsServer(t)
	asker := prepared(t, stream.Options{Servers: url}, portals...)
	l := &ledger{answered: map[string][]string{}, answers: make(chan struct{}, 100)}
	next := 0
	ask := func(each int) {
		for range each {
			next++
			for _, p := range portals {
				appendAll(t, asker, asked(p, "chat1", next))
			}
		}
		l.wait(t, each*len(portals))
	}
	work := func(name string) (stop func()) {
		return consumePortals(t, prepared(t, stream.Options{Servers: url}, portals...), portals, l.worker(name))
	}

	work("one")
	stopTwo := work("two")
	ask(10)
	work("three")
	for begun := time.Now(); l.shares(t)["three"] == 0; ask(1) {
		if time.Since(begun) > patience {
			t.Fatal("the third worker got nothing to do")
		}
	}
	stopTwo()
	ask(10)
	for name, n := range l.shares(t) {
		if t.Logf("worker %s answered %d", name, n); n == 0 {
			t.Errorf("worker %s had nothing to do", name)
		}
	}
}
