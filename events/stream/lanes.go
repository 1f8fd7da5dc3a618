package stream

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

const (
	maxHeld      = 1024    // events of a portal in memory, ...
	maxHeldBytes = 8 << 20 // ... and bytes of them; the rest waits in the store
	maxLane      = 64      // of them in one lane: one busy dialog leaves room for others

	// An event that finds no room is parked: sent back to the store, which brings it again after a while. The further
	// behind it is in its lane, the later, or thousands of them would do nothing but come and go.
	parkShortest = time.Second
	parkLongest  = ackWait // like what a dead worker had; who takes over waits no longer than this
	parkStep     = 20 * time.Millisecond
	// parkMemory is after what time a parked event that did not come again is forgotten: another worker has settled it.
	parkMemory = 30 * time.Second
)

// lanes work on the events of one portal: in each lane one after the other, in the order they were stored, and all lanes
// at the same time. An event that is tried again stays at the head of its lane.
//
// A lane knows all its events that were delivered. The first of them are in memory, those behind them are parked, and
// no parked one is overtaken.
type lanes struct {
	work    func(job) // settles one event, or sends it back when it is time to stop
	wg      sync.WaitGroup
	mu      sync.Mutex
	begun   bool // lanes work
	waiting bool // for all to be known
	byKey   map[string]*lane
	held    map[uint64]jetstream.Msg // events in memory, by sequence
	bytes   int                      // of them
}

type lane struct {
	jobs    []job // in memory, in order; the first is under way if running
	running bool
	parked  []parked // in order, all behind jobs
}

type job struct {
	message    jetstream.Msg
	seq        uint64
	d          Delivery
	unreadable error
	parked     int // how often it was
}

type parked struct {
	seq   uint64
	since time.Time // when it was sent back last
	times int
}

func newLanes(work func(job)) *lanes {
	return &lanes{work: work, byKey: map[string]*lane{}, held: map[uint64]jetstream.Msg{}}
}

// begin has the lanes work as soon as complete says that the known events are all there are to know, or ctx ends. It
// returns at once. Lanes that are at work stop behind the event under way and wait for it too.
func (l *lanes) begin(ctx context.Context, complete func(known int) bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.begun = false
	if l.waiting {
		return
	}
	l.waiting = true
	l.wg.Go(func() {
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for ctx.Err() == nil && !complete(l.known()) {
			select {
			case <-ctx.Done():
			case <-tick.C:
			}
		}
		l.start()
	})
}

func (l *lanes) start() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.begun, l.waiting = true, false
	for key, at := range l.byKey {
		l.runIfIdle(key, at)
	}
}

// known is the number of unsettled events that were delivered.
func (l *lanes) known() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := len(l.held)
	for _, at := range l.byKey {
		n += len(at.parked)
	}
	return n
}

// add puts an event in its place in its lane. What there is no room for then is parked: the last of the lane.
func (l *lanes) add(key string, j job) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, twice := l.held[j.seq]; twice {
		return // it was late to be called alive; settling it settles this delivery too
	}
	at := l.byKey[key]
	if at == nil {
		at = &lane{}
		l.byKey[key] = at
	}
	at.insert(j)
	l.hold(j)
	for l.crowded(at) {
		last := at.jobs[len(at.jobs)-1]
		at.jobs = at.jobs[:len(at.jobs)-1]
		l.release(last)
		_ = last.message.NakWithDelay(at.park(last, time.Now()))
	}
	l.runIfIdle(key, at)
}

func (l *lanes) hold(j job) {
	l.held[j.seq] = j.message
	l.bytes += len(j.message.Data())
}

func (l *lanes) release(j job) {
	delete(l.held, j.seq)
	l.bytes -= len(j.message.Data())
}

// crowded reports whether the last event of a lane has to go: because it would overtake a parked one, or for want of room.
// The second half of the room is for heads of lanes, so that long lanes do not shut out others.
func (l *lanes) crowded(at *lane) bool {
	n := len(at.jobs)
	switch {
	case n == 0, n == 1 && at.running:
		return false
	case len(at.parked) > 0 && at.parked[0].seq < at.jobs[n-1].seq:
		return true
	case n == 1:
		return len(l.held) > maxHeld || l.bytes > maxHeldBytes
	default:
		return n > maxLane || len(l.held) > maxHeld/2 || l.bytes > maxHeldBytes/2
	}
}

// insert puts an event among those in memory, behind the one under way.
func (a *lane) insert(j job) {
	if i, found := a.findParked(j.seq); found {
		j.parked = a.parked[i].times
		j.d.Attempt = max(1, j.d.Attempt-j.parked) // a delivery that ended in parking was no attempt
		a.parked = slices.Delete(a.parked, i, i+1)
	}
	i, _ := slices.BinarySearchFunc(a.jobs, j.seq, func(b job, seq uint64) int { return cmp.Compare(b.seq, seq) })
	if a.running {
		i = max(i, 1)
	}
	a.jobs = slices.Insert(a.jobs, i, j)
}

// park remembers an event that is sent back, and says for how long.
func (a *lane) park(j job, now time.Time) time.Duration {
	i, _ := a.findParked(j.seq)
	a.parked = slices.Insert(a.parked, i, parked{j.seq, now, j.parked + 1})
	return min(max(time.Duration(i)*parkStep, parkShortest), parkLongest)
}

func (a *lane) findParked(seq uint64) (int, bool) {
	return slices.BinarySearchFunc(a.parked, seq, func(p parked, seq uint64) int { return cmp.Compare(p.seq, seq) })
}

// runIfIdle is called with mu held.
func (l *lanes) runIfIdle(key string, at *lane) {
	if !l.begun || at.running || len(at.jobs) == 0 {
		return
	}
	at.running = true
	first := at.jobs[0]
	l.wg.Go(func() {
		for j, more := first, true; more; j, more = l.next(key, at) {
			l.work(j)
		}
	})
}

// next takes the finished event off its lane and returns the one behind it.
func (l *lanes) next(key string, at *lane) (job, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.release(at.jobs[0])
	at.jobs = at.jobs[1:]
	if len(at.jobs) > 0 && l.begun {
		return at.jobs[0], true
	}
	at.running = false
	l.drop(key, at)
	return job{}, false
}

func (l *lanes) drop(key string, at *lane) {
	if len(at.jobs) == 0 && len(at.parked) == 0 {
		delete(l.byKey, key)
	}
}

// keepAlive tells the store, until ctx ends, that the events in memory are being worked on.
func (l *lanes) keepAlive(ctx context.Context) {
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-tick.C:
			l.forget(now)
		}
		for _, m := range l.inHand() {
			_ = m.InProgress() // at worst it is delivered again
		}
	}
}

// forget gives up on parked events that did not come again.
func (l *lanes) forget(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for key, at := range l.byKey {
		at.parked = slices.DeleteFunc(at.parked, func(p parked) bool { return now.Sub(p.since) > parkMemory })
		l.drop(key, at)
	}
}

func (l *lanes) inHand() []jetstream.Msg {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Collect(maps.Values(l.held))
}

// wait returns when no lane is at work. The context given to begin must have ended.
func (l *lanes) wait() { l.wg.Wait() }
