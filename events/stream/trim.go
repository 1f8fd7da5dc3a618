package stream

import (
	"context"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

const trimEvery = time.Minute

// mark is where the stream ended at some time.
type mark struct {
	at  time.Time
	seq uint64
}

// Trim removes, until ctx ends, what is answered and old enough that no repeated delivery needs to be known any more. Without
// it the store would fill with events long answered and then refuse new ones. Several may run at once.
func (s *Stream) Trim(ctx context.Context) error {
	tick := time.NewTicker(trimEvery)
	defer tick.Stop()
	var marks []mark
	for {
		var err error
		if marks, err = s.trim(ctx, marks); err != nil && ctx.Err() == nil {
			s.log.Warn().Err(err).Msg("cannot trim the store")
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// trim purges what lies below the newest mark that is older than the dedupe window, and below every consumer.
func (s *Stream) trim(ctx context.Context, marks []mark) ([]mark, error) {
	stream, err := s.js.Stream(ctx, eventsName)
	if err != nil {
		return marks, err
	}
	now := time.Now()
	marks = append(marks, mark{now, stream.CachedInfo().State.LastSeq})
	var below uint64
	for len(marks) > 0 && now.Sub(marks[0].at) > dedupe {
		below, marks = marks[0].seq, marks[1:]
	}
	floor, err := s.answered(ctx, stream)
	if below = min(below, floor); err != nil || below == 0 {
		return marks, err
	}
	return marks, stream.Purge(ctx, jetstream.WithPurgeSequence(below+1))
}

// answered is the sequence up to which every portal's events are settled.
func (s *Stream) answered(ctx context.Context, stream jetstream.Stream) (uint64, error) {
	floor := stream.CachedInfo().State.LastSeq
	consumers := stream.ListConsumers(ctx)
	for c := range consumers.Info() {
		if c.NumPending > 0 || c.NumAckPending > 0 {
			floor = min(floor, c.AckFloor.Stream)
		}
	}
	return floor, consumers.Err()
}
