package stream

import (
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go/jetstream"
)

// delivered is a message that tells when it is sent back to the store.
type delivered struct {
	jetstream.Msg
	data   []byte
	parked func(time.Duration)
}

func (m delivered) Data() []byte { return m.data }

func (m delivered) NakWithDelay(d time.Duration) error {
	if m.parked != nil {
		m.parked(d)
	}
	return nil
}

func arrival(seq uint64) job { return job{seq: seq, message: delivered{}} }

func sequences(a *lane) (inMemory, away []uint64) {
	for _, j := range a.jobs {
		inMemory = append(inMemory, j.seq)
	}
	for _, p := range a.parked {
		away = append(away, p.seq)
	}
	return inMemory, away
}

// TestLaneKeepsTheFirst delivers events of one lane, with room for 64, and looks what is in memory and what is parked.
func TestLaneKeepsTheFirst(t *testing.T) {
	upTo := func(from, to uint64) (list []uint64) {
		for seq := from; seq <= to; seq++ {
			list = append(list, seq)
		}
		return list
	}
	tests := []struct {
		name           string
		arrive         []uint64
		inMemory, away []uint64
	}{
		{"in order", upTo(1, 3), upTo(1, 3), nil},
		{"the first comes last", []uint64{2, 3, 1}, upTo(1, 3), nil},
		{"more than fit", upTo(1, 70), upTo(1, 64), upTo(65, 70)},
		{"more than fit, the first last", append(upTo(2, 70), 1), upTo(1, 64), upTo(65, 70)},
		{"a parked one comes back too early", append(upTo(1, 70), 70), upTo(1, 64), upTo(65, 70)},
		{"one comes twice", []uint64{1, 1, 2}, upTo(1, 2), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := newLanes(func(job) { t.Error("an event was worked on before the lanes began") })
			for _, seq := range test.arrive {
				l.add("a", arrival(seq))
			}
			inMemory, away := sequences(l.byKey["a"])
			if diff := cmp.Diff([][]uint64{test.inMemory, test.away}, [][]uint64{inMemory, away}); diff != "" {
				t.Error(diff)
			}
			if got, want := l.known(), len(test.inMemory)+len(test.away); got != want {
				t.Errorf("%d events are known, want %d", got, want)
			}
		})
	}
}

// TestParkedIsNotOvertaken makes room in a full lane: the events behind the parked one must not take it.
func TestParkedIsNotOvertaken(t *testing.T) {
	at := &lane{}
	l := newLanes(nil)
	l.byKey["a"] = at
	for seq := range uint64(maxLane + 1) {
		l.add("a", arrival(seq+1))
	}
	at.running = true
	for range 10 {
		l.next("a", at)
	}
	l.add("a", arrival(maxLane+2))
	if _, away := sequences(at); !slices.Equal(away, []uint64{maxLane + 1, maxLane + 2}) {
		t.Errorf("parked are %d", away)
	}
	l.add("a", arrival(maxLane+1))
	l.add("a", arrival(maxLane+2))
	if _, away := sequences(at); len(away) > 0 {
		t.Errorf("in their turn still parked are %d", away)
	}
}

func TestForgottenIsNotWaitedFor(t *testing.T) {
	l := newLanes(nil)
	for seq := range uint64(maxLane + 1) {
		l.add("a", arrival(seq+1))
	}
	l.forget(time.Now().Add(parkMemory - time.Second))
	if n := l.known(); n != maxLane+1 {
		t.Errorf("%d events are known, want %d", n, maxLane+1)
	}
	l.forget(time.Now().Add(parkMemory + time.Second))
	if n := l.known(); n != maxLane {
		t.Errorf("%d events are known, want %d: another worker has the parked one", n, maxLane)
	}
}

// TestFurtherBehindIsParkedLonger: ten thousand in a lane must not come and go every second.
func TestFurtherBehindIsParkedLonger(t *testing.T) {
	l := newLanes(nil)
	var longest time.Duration
	for seq := range uint64(10_000) {
		l.add("a", job{seq: seq + 1, message: delivered{parked: func(d time.Duration) {
			if d < longest {
				t.Fatalf("event %d is parked for %v, one before it for %v", seq, d, longest)
			}
			longest = d
		}}})
	}
	if longest != parkLongest {
		t.Errorf("the last is parked for %v, want %v", longest, parkLongest)
	}
}

// TestMemoryIsBounded fills lanes whose heads are never done.
func TestMemoryIsBounded(t *testing.T) {
	big := make([]byte, maxHeldBytes/64)
	tests := []struct {
		name         string
		lanes, each  int
		data         []byte
		atMost, runs int
	}{
		{"few long lanes", 10, 1000, nil, maxHeld / 2, 10},
		{"many lanes", 3000, 2, nil, maxHeld, maxHeld},
		{"large events", 100, 10, big, 64, 64},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			hold := make(chan struct{})
			l := newLanes(func(job) { <-hold })
			l.start()
			for n := range test.lanes * test.each {
				l.add(string(rune(n%test.lanes)), job{seq: uint64(n + 1), message: delivered{data: test.data}})
			}
			if n := len(l.held); n > test.atMost {
				t.Errorf("%d events in memory, want at most %d", n, test.atMost)
			}
			running := 0
			for _, at := range l.byKey {
				if at.running {
					running++
				}
			}
			if running != test.runs {
				t.Errorf("%d lanes are at work, want %d", running, test.runs)
			}
			close(hold)
			l.wait()
			if len(l.held) != 0 || l.bytes != 0 {
				t.Errorf("%d events, %d bytes left behind", len(l.held), l.bytes)
			}
		})
	}
}

// TestLanesPauseWhileDeliveriesAreMissing has the second event of a lane come after the third, which is noticed while the first
// is under way.
func TestLanesPauseWhileDeliveriesAreMissing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var worked []uint64
		release := make(chan struct{})
		l := newLanes(func(j job) {
			worked = append(worked, j.seq)
			<-release
		})
		l.start()
		l.add("a", arrival(1))
		var all atomic.Bool
		l.begin(t.Context(), func(int) bool { return all.Load() })
		l.add("a", arrival(3))
		close(release)
		time.Sleep(time.Second)
		synctest.Wait()
		if !slices.Equal(worked, []uint64{1}) {
			t.Errorf("with the second missing %d were worked on", worked)
		}
		l.add("a", arrival(2))
		all.Store(true)
		l.wait()
		if !slices.Equal(worked, []uint64{1, 2, 3}) {
			t.Errorf("worked on were %d", worked)
		}
	})
}

// TestOrderWhateverComesWhen delivers the events of three lanes in a wild order before the lanes begin, as a new worker
// gets them from one that died, and brings parked ones back at random.
func TestOrderWhateverComesWhen(t *testing.T) {
	const events = 600
	var mu sync.Mutex
	var away []uint64
	worked := map[uint64][]uint64{}
	l := newLanes(func(j job) {
		mu.Lock()
		defer mu.Unlock()
		worked[j.seq%3] = append(worked[j.seq%3], j.seq)
	})
	deliver := func(seq uint64) {
		l.add(string(rune('a'+seq%3)), job{seq: seq, message: delivered{parked: func(time.Duration) { away = append(away, seq) }}})
	}
	for _, n := range rand.Perm(events) {
		deliver(uint64(n + 1))
	}
	l.start()
	for len(away) > 0 {
		i := rand.IntN(len(away))
		seq := away[i]
		away = slices.Delete(away, i, i+1)
		deliver(seq)
	}
	l.wait()
	n := 0
	for lane, list := range worked {
		n += len(list)
		if !slices.IsSorted(list) {
			t.Errorf("lane %d was worked on out of order: %d", lane, list)
		}
	}
	if n != events {
		t.Errorf("%d events worked on, want %d", n, events)
	}
}
