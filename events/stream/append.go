package stream

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/whois24/whois24/events"
)

// Append stores events and returns when they are on disk. An event stored before under the same key is not stored
// again, and that is no error. After an error some may be stored: appending all of them again is safe.
func (s *Stream) Append(ctx context.Context, list []events.Event) error {
	if err := s.room(); err != nil {
		return err
	}
	messages := make([]*nats.Msg, 0, len(list))
	for _, e := range list {
		data, err := e.Encode()
		if err != nil {
			return fmt.Errorf("encode event: %w", err)
		}
		messages = append(messages, message(subject(e), e.Key(), data))
	}
	if err := s.commits.add(ctx, messages); err != nil {
		return fmt.Errorf("store event: %w", err)
	}
	return nil
}

func message(subject, key string, data []byte) *nats.Msg {
	m := nats.NewMsg(subject)
	m.Header.Set(jetstream.MsgIDHeader, key)
	m.Data = data
	return m
}

func keyOf(m *nats.Msg) string { return m.Header.Get(jetstream.MsgIDHeader) }

// publishTimeout is how long one try waits for its answer. The p99 of an fsynced publish is below 30 ms.
const publishTimeout = 1500 * time.Millisecond

// publish stores messages one by one, in their order, and returns the errors of those that failed, by key. It tries until
// ctx ends while NATS gives no answer: a new leader may be under election. The key makes the repetition harmless.
func (s *Stream) publish(ctx context.Context, messages ...*nats.Msg) map[string]error {
	failed := map[string]error{}
	for {
		var again []*nats.Msg
		for i, err := range s.publishOnce(ctx, messages) {
			if key := keyOf(messages[i]); err == nil {
				delete(failed, key)
			} else if failed[key] = err; worthRepeating(err) {
				again = append(again, messages[i])
			}
		}
		if len(again) == 0 {
			return failed
		}
		messages = again
		select {
		case <-ctx.Done():
			return failed
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// publishOnce sends all messages and then waits for all the answers: the way there and back is shared.
func (s *Stream) publishOnce(ctx context.Context, messages []*nats.Msg) []error {
	answers := make([]jetstream.PubAckFuture, len(messages))
	errs := make([]error, len(messages))
	for i, m := range messages {
		answers[i], errs[i] = s.js.PublishMsgAsync(m)
	}
	for i, a := range answers {
		if errs[i] == nil {
			errs[i] = answer(ctx, a)
		}
	}
	s.heard(errs)
	return errs
}

func answer(ctx context.Context, a jetstream.PubAckFuture) error {
	select {
	case <-a.Ok():
		return nil
	case err := <-a.Err():
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func unanswered(err error) bool {
	for _, silence := range []error{
		context.DeadlineExceeded, jetstream.ErrAsyncPublishTimeout, nats.ErrNoResponders, jetstream.ErrNoStreamResponse,
		nats.ErrDisconnected, nats.ErrReconnectBufExceeded,
	} {
		if errors.Is(err, silence) {
			return true
		}
	}
	return false
}

// errInProcess is what a cluster says to a key that is being stored: the first try was unanswered, not lost.
const errInProcess jetstream.ErrorCode = 10158

func worthRepeating(err error) bool {
	var refused *jetstream.APIError
	return unanswered(err) || errors.As(err, &refused) && refused.ErrorCode == errInProcess
}
