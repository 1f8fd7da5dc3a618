package stream_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/whois24/whois24/events"
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

// portalList is what a worker is told; it changes while the worker runs.
type portalList struct {
	mu    sync.Mutex
	names []string
	told  chan struct{} // has something in it when the list was told since it was set or this was read
}

func newPortalList(names ...string) *portalList {
	return &portalList{names: names, told: make(chan struct{}, 1)}
}

func (l *portalList) set(names ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.names = names
	select {
	case <-l.told:
	default:
	}
}

func (l *portalList) get() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case l.told <- struct{}{}:
	default:
	}
	return l.names
}

// wait returns when a worker has acted on the list as it was set last: it asks again only then.
func (l *portalList) wait(t *testing.T) {
	t.Helper()
	receive(t, l.told)
	receive(t, l.told)
}

// TestPortalsComeAndGo has a portal join that nobody prepared the store for, and another leave whose events then stay where
// they are until it is back.
func TestPortalsComeAndGo(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	list := newPortalList("a.example")
	taken := make(chan stream.Delivery, 10)
	consumeList(t, s, list.get, passOn(taken))

	appendAll(t, s, asked("a.example", "chat1", 1), asked("new.example", "chat1", 2))
	takeInOrder(t, taken, 1, 1)
	list.set("a.example", "new.example")
	takeInOrder(t, taken, 2, 2)
	list.set("new.example")
	list.wait(t)
	appendAll(t, s, asked("a.example", "chat1", 3), asked("new.example", "chat1", 4))
	takeInOrder(t, taken, 4, 4)
	wantDepth(t, s, stream.Depth{Waiting: 1})
	list.set("a.example", "new.example")
	takeInOrder(t, taken, 3, 3)
}

// TestWorkersOutliveARestartOfNATS: it forgets who is alive, and portals that come afterwards must find a worker.
func TestWorkersOutliveARestartOfNATS(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	srv := startNATS(t, dir, server.RANDOM_PORT)
	s := prepared(t, stream.Options{Servers: srv.ClientURL()}, "a.example")
	list := newPortalList("a.example")
	taken := make(chan stream.Delivery, 10)
	consumeList(t, s, list.get, passOn(taken))
	list.wait(t)

	port := portOf(srv)
	stopNATS(srv)
	startNATS(t, dir, port)
	list.set("a.example", "new.example")
	persist(t, func(ctx context.Context) (any, error) {
		return nil, s.Append(ctx, []events.Event{asked("new.example", "chat1", 1)})
	})
	takeInOrder(t, taken, 1, 1)
}
