package stream

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Prepare creates what the store needs for the portals, and brings older definitions up to date. It tries until it
// succeeds or ctx ends, since NATS may start after us.
//
// All workers on a store are told the same portals: which of them has a portal, each works out from that list.
func (s *Stream) Prepare(ctx context.Context, portals []string) error {
	for wait := time.Second; ; wait = min(2*wait, 5*time.Second) {
		err := s.prepare(ctx, portals)
		if err == nil {
			s.prepared.Store(true)
			return nil
		}
		s.log.Warn().Err(err).Dur("again_in", wait).Msg("event store is not ready")
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

func (s *Stream) prepare(ctx context.Context, portals []string) error {
	if !s.conn.IsConnected() {
		return errNotConnected // and it is not known whether there is a cluster
	}
	n := s.replicas()
	for _, c := range append(bucketConfigs(n), eventsConfig(n), deadConfig(n), wakesConfig(n)) {
		if err := step(ctx, func(ctx context.Context) error { return s.prepareStream(ctx, c) }); err != nil {
			return fmt.Errorf("create stream %s: %w", c.Name, err)
		}
	}
	for _, p := range portals { // so that what is stored for them is counted, also before anybody consumes
		if err := step(ctx, func(ctx context.Context) error {
			_, err := s.js.CreateOrUpdateConsumer(ctx, eventsName, consumerConfig(p))
			return err
		}); err != nil {
			return fmt.Errorf("create consumer of %s: %w", p, err)
		}
	}
	return nil
}

// step finishes what it began even if ctx ends: an embedded server must not stop in the middle of it. A cluster without
// a leader does not answer at all.
func step(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	return do(ctx)
}

func (s *Stream) prepareStream(ctx context.Context, c jetstream.StreamConfig) error {
	stream, err := s.js.CreateOrUpdateStream(ctx, c)
	if err != nil {
		return err
	}
	made := stream.CachedInfo().Config // a server ignores what it does not know
	if made.AllowAtomicPublish != c.AllowAtomicPublish || made.AllowMsgSchedules != c.AllowMsgSchedules {
		return errors.New("this NATS server is too old: atomic batches and scheduled messages came with 2.12")
	}
	return nil
}

// replicas is how often everything is kept: three times in a cluster.
func (s *Stream) replicas() int {
	if s.conn.ConnectedClusterName() != "" {
		return 3
	}
	return 1
}
