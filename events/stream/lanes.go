package stream

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

const (
	maxHeld    = 1024             // events of a portal in memory; the rest waits in the store
	maxLane    = 64               // of them in one lane: one busy dialog leaves room for others
	parkDelay  = time.Second      // after which an event that found its lane full comes again
	parkMemory = 30 * time.Second // after which one that did not come again is not waited for: another worker has it
)

// lanes work on the events of one portal: in each lane one after the other, in the order they came, and all lanes at
// the same time. An event that is tried again stays at the head of its lane.
type lanes struct {
	work  func(ctx context.Context, j job) // settles one event; returns early when ctx ends
	slots chan struct{}                    // held by events in memory
	mu    sync.Mutex
	byKey map[string]*lane
	held  map[uint64]jetstream.Msg // events in memory, by sequence
	wg    sync.WaitGroup
}

type lane struct {
	jobs   []job
	parked map[uint64]time.Time // sequences of events sent back because the lane was full, and when
}

type job struct {
	message jetstream.Msg
	seq     uint64
	d       Delivery
}

func newLanes(work func(context.Context, job)) *lanes {
	return &lanes{work: work, slots: make(chan struct{}, maxHeld), byKey: map[string]*lane{}, held: map[uint64]jetstream.Msg{}}
}

// add puts an event at the end of its lane, or parks it. It waits while too many are in memory.
func (l *lanes) add(ctx context.Context, key string, j job) {
	select {
	case l.slots <- struct{}{}:
	case <-ctx.Done():
		_ = j.message.Nak() // whoever takes over gets it at once
		return
	}
	if !l.join(ctx, key, j) {
		<-l.slots
	}
}

// join reports whether the event was taken in.
func (l *lanes) join(ctx context.Context, key string, j job) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, twice := l.held[j.seq]; twice { // it waited too long to get here, and came again
		return false
	}
	at := l.byKey[key]
	if at == nil {
		at = &lane{parked: map[uint64]time.Time{}}
		l.byKey[key] = at
	}
	if !at.admits(j.seq, time.Now()) {
		_ = j.message.NakWithDelay(parkDelay)
		return false
	}
	l.held[j.seq] = j.message
	at.jobs = append(at.jobs, j)
	if len(at.jobs) == 1 {
		l.wg.Go(func() { l.run(ctx, key, j) })
	}
	return true
}

// admits decides whether an event may join the lane now. One that may not is remembered, and later ones wait for it.
func (a *lane) admits(seq uint64, now time.Time) bool {
	turn := true
	for parked, since := range a.parked {
		if now.Sub(since) > parkMemory {
			delete(a.parked, parked)
		} else if parked < seq {
			turn = false
		}
	}
	if turn && len(a.jobs) < maxLane {
		delete(a.parked, seq)
		return true
	}
	a.parked[seq] = now
	return false
}

// run works a lane off until it is empty.
func (l *lanes) run(ctx context.Context, key string, j job) {
	for more := true; more; {
		l.work(ctx, j)
		<-l.slots
		j, more = l.next(key, j)
	}
}

// next takes a finished event off its lane and returns the one behind it.
func (l *lanes) next(key string, finished job) (job, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.held, finished.seq)
	at := l.byKey[key]
	at.jobs = at.jobs[1:]
	if len(at.jobs) > 0 {
		return at.jobs[0], true
	}
	if len(at.parked) == 0 {
		delete(l.byKey, key)
	}
	return job{}, false
}

// keepAlive tells the store, until ctx ends, that the events in memory are being worked on.
func (l *lanes) keepAlive(ctx context.Context) {
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for _, m := range l.inHand() {
			_ = m.InProgress() // at worst it is delivered again
		}
	}
}

func (l *lanes) inHand() []jetstream.Msg {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Collect(maps.Values(l.held))
}

// wait returns when all lanes are empty.
func (l *lanes) wait() { l.wg.Wait() }
