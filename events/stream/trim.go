package stream

import (
	"context"
	"errors"
	"sort"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

const trimEvery = time.Minute

// Trim removes, until ctx ends, what is answered and old enough that no repeated delivery needs to be known any more. Without
// it the store would fill with events long answered and then refuse new ones. Several may run at once.
func (s *Stream) Trim(ctx context.Context) error {
	tick := time.NewTicker(trimEvery)
	defer tick.Stop()
	for {
		if err := s.trim(ctx, time.Now().Add(-dedupe)); err != nil && ctx.Err() == nil {
			s.log.Warn().Err(err).Msg("cannot trim the store")
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// trim removes of each portal what was stored before a time and is settled. A portal that is away keeps only its own, and
// one whose consumer cannot be asked keeps all. A clock that is wrong makes it too early or too late, but what is not settled stays.
func (s *Stream) trim(ctx context.Context, before time.Time) error {
	stream, err := s.js.Stream(ctx, eventsName)
	if err != nil {
		return err
	}
	old, err := lastBefore(ctx, stream, before)
	if err != nil || old == 0 {
		return err
	}
	consumers := stream.ListConsumers(ctx)
	for c := range consumers.Info() {
		settled := min(old, c.AckFloor.Stream)
		if settled == 0 {
			continue
		}
		err := stream.Purge(ctx, jetstream.WithPurgeSubject(c.Config.FilterSubject), jetstream.WithPurgeSequence(settled+1))
		if err != nil {
			return err
		}
	}
	return consumers.Err()
}

// lastBefore is the last sequence that was stored before a time, 0 if there is none. It asks for some twenty messages.
func lastBefore(ctx context.Context, stream jetstream.Stream, before time.Time) (uint64, error) {
	state := stream.CachedInfo().State
	if state.Msgs == 0 || !state.FirstTime.Before(before) {
		return 0, nil
	}
	var failed error
	n := sort.Search(int(state.LastSeq-state.FirstSeq)+1, func(i int) bool {
		m, err := stream.GetMsg(ctx, state.FirstSeq+uint64(i), jetstream.WithGetMsgSubject("whois24.events.>")) // or the next there is
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return true // none is left from here on
		}
		failed = errors.Join(failed, err)
		return err != nil || !m.Time.Before(before)
	})
	return state.FirstSeq + uint64(n) - 1, failed
}
