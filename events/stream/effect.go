package stream

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/nats-io/nuid"
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
	trying, cancel := brief(ctx)
	defer cancel()
	kv, err := s.js.KeyValue(trying, effectsName)
	if err != nil {
		return "", fmt.Errorf("claim reply: %w", err)
	}
	mine := string(Claimed) + " " + nuid.Next()
	_, err = kv.Create(trying, token(reply), []byte(mine))
	if err == nil {
		return Unclaimed, nil
	}
	looking, cancel := brief(ctx)
	defer cancel()
	entry, got := kv.Get(looking, token(reply))
	switch {
	case got != nil:
		return "", fmt.Errorf("claim reply: %w", errors.Join(err, got))
	case string(entry.Value()) == mine: // only the answer got lost
		return Unclaimed, nil
	case strings.HasPrefix(string(entry.Value()), string(Claimed)):
		return Claimed, nil
	default:
		return Effect(entry.Value()), nil
	}
}

// Conclude says that a claimed reply was posted, or, with Unclaimed, that it certainly was not.
func (s *Stream) Conclude(ctx context.Context, reply string, e Effect) error {
	ctx, cancel := brief(ctx)
	defer cancel()
	kv, err := s.js.KeyValue(ctx, effectsName)
	if err != nil {
		return fmt.Errorf("conclude reply: %w", err)
	}
	if e == Unclaimed {
		err = kv.Delete(ctx, token(reply))
	} else {
		_, err = kv.Put(ctx, token(reply), []byte(e))
	}
	if err != nil {
		return fmt.Errorf("conclude reply: %w", err)
	}
	return nil
}
