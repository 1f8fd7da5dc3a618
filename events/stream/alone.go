package stream

import (
	"context"
	"time"
)

// How often it is asked whose turn it is: soon again at first, for what takes a moment, and rarely while somebody has it for long.
const (
	askFirst = 50 * time.Millisecond
	askLast  = 2 * time.Second
)

// Alone runs do while no other process on this store runs one of the same name, and waits for its turn until ctx ends. When
// do ends by itself, its error is returned and the next has the turn.
//
// The context of do ends when the turn is lost: to a NATS server that was away for seconds, as a rule. Then do is
// waited for and, if ctx lives, has another turn. What do has begun may overlap with the next turn if it does not heed its
// context within 3 s, or if a clock was set: nothing may depend on being alone that cannot bear to be done twice.
func (s *Stream) Alone(ctx context.Context, name string, do func(context.Context) error) error {
	for {
		l, err := s.turn(ctx, name)
		if err != nil {
			return err
		}
		held, err := l.hold(ctx, do)
		if held {
			return err
		}
		s.log.Warn().Str("turn", name).Msg("the turn is lost, asking for another")
	}
}

// turn waits for a lease of that name. Its error is that of ctx.
func (s *Stream) turn(ctx context.Context, name string) (*lease, error) {
	l := newLease(s, name)
	told := false
	for wait := askFirst; ; wait = min(2*wait, askLast) {
		held, err := l.acquire(ctx)
		switch {
		case held:
			return l, nil
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil && !told:
			told = true
			s.log.Warn().Err(err).Str("turn", name).Msg("cannot ask for a turn; asking until it can be")
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(wait):
		}
	}
}
