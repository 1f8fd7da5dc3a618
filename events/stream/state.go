package stream

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// briefly is how long one look into the store, or one note there, may take. What a node of a cluster was asked when it died is
// never answered, and whoever waits for it holds up a dialog.
const briefly = 5 * time.Second

func brief(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, briefly)
}

// Remember keeps a small value that must outlive the process, in place of what was there. What is known of a portal has a
// name that ends in " of " and the portal's name, "bot of a.example": Forget finds it by that.
func (s *Stream) Remember(ctx context.Context, name string, value []byte) error {
	ctx, cancel := brief(ctx)
	defer cancel()
	kv, err := s.js.KeyValue(ctx, stateName)
	if err != nil {
		return fmt.Errorf("remember %s: %w", name, err)
	}
	if _, err := kv.Put(ctx, token(name), value); err != nil {
		return fmt.Errorf("remember %s: %w", name, err)
	}
	return nil
}

// Recall gives what was remembered, nil if nothing was.
func (s *Stream) Recall(ctx context.Context, name string) ([]byte, error) {
	ctx, cancel := brief(ctx)
	defer cancel()
	kv, err := s.js.KeyValue(ctx, stateName)
	if err != nil {
		return nil, fmt.Errorf("recall %s: %w", name, err)
	}
	entry, err := kv.Get(ctx, token(name))
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("recall %s: %w", name, err)
	}
	return entry.Value(), nil
}
