package stream

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

// Effect is how far a reply got that must not be posted twice.
type Effect string

// The states of a reply. One that is claimed may have been posted: whoever claimed it died or lost its way.
const (
	Unclaimed Effect = ""
	Claimed   Effect = "claimed"
	Sent      Effect = "sent"
)

// Claim marks a reply as being posted, if nobody did before, and returns how it stood until then. Only who is told
// Unclaimed may post.
func (s *Stream) Claim(ctx context.Context, reply string) (Effect, error) {
	kv, err := s.js.KeyValue(ctx, effectsName)
	if err != nil {
		return "", fmt.Errorf("claim reply: %w", err)
	}
	_, err = kv.Create(ctx, reply, []byte(Claimed))
	if err == nil {
		return Unclaimed, nil
	}
	if !errors.Is(err, jetstream.ErrKeyExists) {
		return "", fmt.Errorf("claim reply: %w", err)
	}
	entry, err := kv.Get(ctx, reply)
	if err != nil {
		return "", fmt.Errorf("claim reply: %w", err)
	}
	return Effect(entry.Value()), nil
}

// Conclude says that a claimed reply was posted, or, with Unclaimed, that it certainly was not.
func (s *Stream) Conclude(ctx context.Context, reply string, e Effect) error {
	kv, err := s.js.KeyValue(ctx, effectsName)
	if err != nil {
		return fmt.Errorf("conclude reply: %w", err)
	}
	if e == Unclaimed {
		err = kv.Delete(ctx, reply)
	} else {
		_, err = kv.Put(ctx, reply, []byte(e))
	}
	if err != nil {
		return fmt.Errorf("conclude reply: %w", err)
	}
	return nil
}
