package stream

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"golang.org/x/sync/errgroup"

	"github.com/whois24/whois24/events"
)

// Delivery is an event handed to a worker.
type Delivery struct {
	Event   events.Event
	Attempt int       // 1 the first time
	Stored  time.Time // when the event was stored
}

// Settlement says what becomes of a delivered event.
type Settlement struct {
	again  bool
	after  time.Duration
	reason string
}

// Done settles an event for good.
func Done() Settlement { return Settlement{} }

// Retry brings the event back after a while.
func Retry(after time.Duration) Settlement { return Settlement{again: true, after: after} }

// Bury gives the event up: it goes to the dead letters with the reason.
func Bury(reason string) Settlement {
	return Settlement{reason: strings.Join(strings.Fields(reason), " ")} // it travels in a header: one line
}

// Consume hands events to n goroutines until ctx ends, then lets those in hand finish; they run on a context of
// their own that lasts HandleTimeout at most. It returns nil after such an end.
func (s *Stream) Consume(ctx context.Context, n int, handle func(context.Context, Delivery) Settlement) error {
	for ctx.Err() == nil {
		err := s.consumeOnce(ctx, n, handle)
		if ctx.Err() != nil {
			return nil
		}
		s.log.Warn().Err(err).Msg("taking events was interrupted")
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
	return nil
}

// consumeOnce lasts as long as one subscription to the consumer.
func (s *Stream) consumeOnce(ctx context.Context, n int, handle func(context.Context, Delivery) Settlement) error {
	consumer, err := s.js.Consumer(ctx, eventsName, workerName)
	if err != nil {
		return fmt.Errorf("find consumer: %w", err)
	}
	// What waits in the client's buffer runs against AckWait, so no more is taken than can be worked on.
	messages, err := consumer.Messages(jetstream.PullMaxMessages(n), jetstream.PullHeartbeat(5*time.Second))
	if err != nil {
		return fmt.Errorf("take events: %w", err)
	}
	defer context.AfterFunc(ctx, messages.Drain)()
	var workers errgroup.Group
	for range n {
		workers.Go(func() error { return s.work(ctx, messages, handle) })
	}
	return workers.Wait()
}

// work settles one event after the other until the subscription ends.
func (s *Stream) work(ctx context.Context, messages jetstream.MessagesContext, handle func(context.Context, Delivery) Settlement) error {
	for {
		m, err := messages.Next()
		switch {
		case errors.Is(err, jetstream.ErrNoHeartbeat):
			continue // the server is away or slow; the client asks again by itself
		case err != nil:
			messages.Stop() // ends the other goroutines too
			return err
		}
		s.settle(ctx, m, handle)
	}
}

// settle hands over one message and carries out what is said of it. A settlement that is lost on the way costs a
// redelivery, which the worker must bear anyway.
func (s *Stream) settle(ctx context.Context, m jetstream.Msg, handle func(context.Context, Delivery) Settlement) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), HandleTimeout)
	defer cancel()
	defer inProgress(m)()
	d, err := delivery(m)
	verdict := Bury("unreadable")
	if err == nil {
		verdict = handle(ctx, d)
	}
	if err := s.carryOut(m, d, verdict); err != nil && !errors.Is(err, nats.ErrConnectionClosed) {
		s.log.Warn().Err(err).Str("event_id", d.Event.Key()).Msg("event not settled, it will come again")
	}
}

// inProgress keeps a message from going to another worker until stop is called.
func inProgress(m jetstream.Msg) (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(progressEvery)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				_ = m.InProgress() // at worst it is delivered again
			case <-done:
				return
			}
		}
	}()
	return func() { close(done); <-ended }
}

func delivery(m jetstream.Msg) (Delivery, error) {
	meta, err := m.Metadata()
	if err != nil {
		return Delivery{}, err
	}
	e, err := events.Decode(m.Data())
	return Delivery{Event: e, Attempt: int(meta.NumDelivered), Stored: meta.Timestamp}, err
}

// carryOut uses a context of its own: the handler may have used up the other.
func (s *Stream) carryOut(m jetstream.Msg, d Delivery, v Settlement) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if v.again {
		return m.NakWithDelay(v.after)
	}
	if v.reason == "" {
		return m.DoubleAck(ctx)
	}
	if err := s.bury(ctx, m, d, v.reason); err != nil {
		return err
	}
	return m.TermWithReason(v.reason)
}

// bury keeps a copy of the event with the reason. It happens before the event is let go, so that a crash between
// the two buries it twice under one key, which counts once.
func (s *Stream) bury(ctx context.Context, m jetstream.Msg, d Delivery, reason string) error {
	dead := message("whois24.dead."+token(d.Event.Portal), "dead:"+m.Headers().Get(jetstream.MsgIDHeader), m.Data())
	dead.Header.Set("Whois24-Reason", reason)
	dead.Header.Set("Whois24-Attempts", fmt.Sprint(d.Attempt))
	return s.publish(ctx, dead)
}
