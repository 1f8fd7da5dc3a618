package stream

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
)

// A portal's limits, order and caches are with one worker at a time. Workers say in a bucket that they are alive, and each
// works out for itself, from the same list, which portals are its own: there is nothing to elect. While the list changes two
// may have a portal for a moment; they share its consumer then, so no event goes to both.

const (
	memberTTL   = 5 * time.Second // silence after which a worker counts as gone
	memberEvery = 1500 * time.Millisecond
)

// Consume hands the events of the portals to h until ctx ends, those portals that are this worker's own at the
// time. The list is asked for again and again: portals come and go. In the end it waits for events in hand. Wakes that are due
// become events meanwhile, those of any portal.
func (s *Stream) Consume(ctx context.Context, portals func() []string, h Handler) error {
	self := nuid.Next()
	tick := time.NewTicker(memberEvery)
	defer tick.Stop()
	mine := assignment{
		start:   func(ctx context.Context, portal string) { s.consume(ctx, portal, h) },
		running: map[string]context.CancelFunc{},
	}
	defer mine.end()
	var waking sync.WaitGroup
	waking.Go(func() { s.wake(ctx) })
	defer waking.Wait()
	defer s.leave(self)
	for {
		members, err := s.members(ctx, self)
		if err == nil {
			mine.set(ctx, share(portals(), members, self))
		} else if ctx.Err() == nil {
			s.log.Warn().Err(err).Msg("cannot tell the other workers")
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// members says that this worker is alive and lists those that are.
func (s *Stream) members(ctx context.Context, self string) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, memberTTL)
	defer cancel()
	kv, err := s.inMemory(ctx, membersConfig)
	if err != nil {
		return nil, fmt.Errorf("workers alive: %w", err)
	}
	if _, err := kv.Put(ctx, self, nil); err != nil {
		return nil, fmt.Errorf("say that this worker is alive: %w", err)
	}
	members, err := kv.Keys(ctx)
	if err != nil && !errors.Is(err, jetstream.ErrNoKeysFound) {
		return nil, fmt.Errorf("workers alive: %w", err)
	}
	return members, nil
}

// leave tells the others at once that this worker has gone.
func (s *Stream) leave(self string) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if kv, err := s.js.KeyValue(ctx, membersName); err == nil {
		_ = kv.Delete(ctx, self) // otherwise they find out in memberTTL
	}
}

// share gives each portal to the member that likes it best among those that may have another. Everybody works out
// the same; nobody has more than one portal more than anybody else; and a change of members moves few portals.
func share(portals, members []string, self string) []string {
	if len(members) == 0 {
		return nil
	}
	portals, members = slices.Sorted(slices.Values(portals)), slices.Sorted(slices.Values(members))
	part, rest := len(portals)/len(members), len(portals)%len(members) // so many members have one more than part
	load := map[string]int{}
	var mine []string
	for _, portal := range portals {
		free := slices.DeleteFunc(slices.Clone(members), func(m string) bool {
			return load[m] > part || load[m] == part && rest == 0
		})
		owner := slices.MaxFunc(free, func(a, b string) int { return cmp.Compare(liking(a, portal), liking(b, portal)) })
		if load[owner]++; load[owner] > part {
			rest--
		}
		if owner == self {
			mine = append(mine, portal)
		}
	}
	return mine
}

func liking(member, portal string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(member + " " + portal))
	return h.Sum64()
}

// assignment runs a goroutine for each portal a worker has.
type assignment struct {
	start   func(context.Context, string)
	running map[string]context.CancelFunc
	wg      sync.WaitGroup
}

// set starts what is new and ends what is no longer this worker's, without waiting: a try under way may take long.
func (a *assignment) set(ctx context.Context, portals []string) {
	mine := map[string]bool{}
	for _, portal := range portals {
		mine[portal] = true
	}
	for portal, cancel := range a.running {
		if !mine[portal] {
			cancel()
			delete(a.running, portal)
		}
	}
	for portal := range mine {
		if a.running[portal] != nil {
			continue
		}
		ctx, cancel := context.WithCancel(ctx)
		a.running[portal] = cancel
		a.wg.Go(func() { a.start(ctx, portal) })
	}
}

// end ends all and waits for what is in hand.
func (a *assignment) end() {
	for _, cancel := range a.running {
		cancel()
	}
	a.wg.Wait()
}
