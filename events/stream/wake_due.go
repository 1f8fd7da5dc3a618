package stream

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/whois24/whois24/events"
)

// wake puts what is due among the events until ctx ends. All workers on a store do, each with what it gets.
func (s *Stream) wake(ctx context.Context) {
	for ctx.Err() == nil {
		err := s.wakeOnce(ctx)
		if ctx.Err() != nil {
			return
		}
		s.log.Warn().Err(err).Msg("taking what is due was interrupted")
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

// wakeOnce lasts as long as one subscription.
func (s *Stream) wakeOnce(ctx context.Context) error {
	due, err := s.js.CreateOrUpdateConsumer(ctx, wakesName, dueConfig())
	if err != nil {
		return fmt.Errorf("make consumer: %w", err)
	}
	messages, err := due.Messages(jetstream.PullMaxMessages(64), jetstream.PullHeartbeat(5*time.Second))
	if err != nil {
		return fmt.Errorf("take what is due: %w", err)
	}
	defer messages.Stop()
	defer context.AfterFunc(ctx, messages.Drain)() // what came before the end is sent back at once
	for {
		m, err := messages.Next()
		if err != nil {
			return err
		}
		s.arrive(ctx, m)
	}
}

// arrive stores an event that is due. Dying in between does no harm, since the second time it is stored already.
func (s *Stream) arrive(ctx context.Context, m jetstream.Msg) {
	if ctx.Err() != nil {
		_ = m.Nak()
		return
	}
	e, err := events.Decode(m.Data())
	if err != nil {
		s.log.Error().Err(err).Msg("what is due cannot be read, and is dropped")
		_ = m.Term()
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), ackWait)
	defer cancel()
	if err := s.Append(ctx, []events.Event{e}); err != nil {
		s.log.Warn().Err(err).Str("event_id", e.Key()).Msg("what is due is not stored, it will come again")
		return
	}
	_ = m.DoubleAck(ctx) // lost, it comes again and is known
}
