package stream

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

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

// Retry tries the event again after a while. Those behind it in its lane wait.
func Retry(after time.Duration) Settlement { return Settlement{again: true, after: after} }

// Bury gives the event up: it goes to the dead letters with the reason.
func Bury(reason string) Settlement {
	if reason = oneLine(reason); reason == "" { // it travels in a header
		reason = "no reason given"
	}
	return Settlement{reason: reason}
}

// Again tells after what time the event is to be tried again; false: it is settled for good.
func (s Settlement) Again() (after time.Duration, again bool) { return s.after, s.again }

// Buried tells why the event is given up; false: it is not.
func (s Settlement) Buried() (reason string, buried bool) { return s.reason, s.reason != "" }

// Handler works on events.
type Handler struct {
	// Lane names the events that have to be answered in the order they came. It is called at each delivery, and must
	// always say the same of an event.
	Lane func(events.Event) string
	// Handle makes one try at an event and says how to settle it. Its context lasts HandleTimeout, and StopTimeout past the
	// end of Consume: what is in hand is finished.
	Handle func(context.Context, Delivery) Settlement
}

// consume hands one portal's events to h until ctx ends, then waits for those in hand.
func (s *Stream) consume(ctx context.Context, portal string, h Handler) {
	for ctx.Err() == nil {
		err := s.consumeOnce(ctx, portal, h)
		if ctx.Err() != nil {
			return
		}
		s.log.Warn().Err(err).Str("portal", portal).Msg("taking events was interrupted")
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

// consumeOnce lasts as long as one subscription to the portal's consumer.
func (s *Stream) consumeOnce(ctx context.Context, portal string, h Handler) error {
	consumer, err := s.js.CreateOrUpdateConsumer(ctx, eventsName, consumerConfig(portal))
	if err != nil {
		return fmt.Errorf("make consumer: %w", err)
	}
	// What waits in the client's buffer runs against AckWait unheard, so it is kept short.
	messages, err := consumer.Messages(jetstream.PullMaxMessages(64), jetstream.PullHeartbeat(5*time.Second))
	if err != nil {
		return fmt.Errorf("take events: %w", err)
	}
	defer messages.Stop()
	defer context.AfterFunc(ctx, messages.Drain)() // what came before the end is sent back at once
	working, stop := context.WithCancel(ctx)
	l := newLanes(func(j job) { s.settle(working, j, h.Handle) })
	alive, rest := context.WithCancel(context.WithoutCancel(ctx))
	var helper sync.WaitGroup
	helper.Go(func() { l.keepAlive(alive) })
	defer helper.Wait()
	defer rest()
	defer l.wait()
	defer stop()
	all := complete(working, consumer)
	if consumer.CachedInfo().NumAckPending == 0 {
		l.start()
	} else {
		l.begin(working, all)
	}
	return read(messages, func(j job) { l.add(h.Lane(j.d.Event), j) }, func() { l.begin(working, all) })
}

// complete tells when a worker knows all the events that another left unsettled. It must not begin earlier: they come in
// any order, and the first of a lane may come last. It does not wait longer than they can take to come; one that the other
// worker still settles never does.
func complete(ctx context.Context, consumer jetstream.Consumer) func(known int) bool {
	var begun time.Time
	return func(known int) bool {
		if begun.IsZero() {
			begun = time.Now()
		}
		info, err := consumer.Info(ctx)
		if err == nil && info.NumAckPending <= known || time.Since(begun) > parkLongest+time.Second {
			begun = time.Time{} // for the next time
			return true
		}
		return false
	}
}

// read hands on events until the subscription ends. When deliveries are missing it says so, since the order of the lanes is
// not known then: some got lost, or another worker has taken the portal over or not yet let it go.
func read(messages jetstream.MessagesContext, add func(job), missing func()) error {
	for last := uint64(0); ; {
		m, err := messages.Next()
		if err != nil {
			return err
		}
		meta, err := m.Metadata()
		if err != nil {
			return fmt.Errorf("delivered event: %w", err)
		}
		if last > 0 && meta.Sequence.Consumer != last+1 {
			missing()
		}
		last = meta.Sequence.Consumer
		add(newJob(m, meta))
	}
}

func newJob(m jetstream.Msg, meta *jetstream.MsgMetadata) job {
	e, err := events.Decode(m.Data())
	return job{
		message:    m,
		seq:        meta.Sequence.Stream,
		d:          Delivery{Event: e, Attempt: int(meta.NumDelivered), Stored: meta.Timestamp},
		unreadable: err,
	}
}

// settle tries an event until it is settled. When ctx ends it goes back to the store, unless a try is under
// way: that is finished. A settlement that is lost on the way costs a redelivery, which the worker must bear anyway.
func (s *Stream) settle(ctx context.Context, j job, handle func(context.Context, Delivery) Settlement) {
	for ; ; j.d.Attempt++ {
		if ctx.Err() != nil {
			_ = j.message.Nak()
			return
		}
		verdict := try(ctx, j, handle)
		if !verdict.again {
			s.carryOut(j, verdict)
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(verdict.after):
		}
	}
}

func try(ctx context.Context, j job, handle func(context.Context, Delivery) Settlement) Settlement {
	if j.unreadable != nil {
		return Bury("unreadable: " + j.unreadable.Error())
	}
	trying, cancel := context.WithTimeout(context.WithoutCancel(ctx), HandleTimeout)
	defer cancel()
	defer context.AfterFunc(ctx, func() {
		select {
		case <-trying.Done():
		case <-time.After(StopTimeout):
			cancel()
		}
	})()
	return handle(trying, j.d)
}

func (s *Stream) carryOut(j job, v Settlement) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	var err error
	if v.reason == "" {
		err = j.message.DoubleAck(ctx)
	} else if err = s.bury(ctx, j, v.reason); err == nil {
		err = j.message.TermWithReason(v.reason)
	}
	if err != nil && !errors.Is(err, nats.ErrConnectionClosed) {
		s.log.Warn().Err(err).Str("event_id", j.d.Event.Key()).Msg("event not settled, it will come again")
	}
}
