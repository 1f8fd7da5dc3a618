package stream

import (
	"context"
	"fmt"
	"maps"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Conn is the connection to NATS, for what goes by core NATS alone.
func (s *Stream) Conn() *nats.Conn { return s.conn }

// Enlist keeps what is known of a command that runs in other processes, Strike forgets it. The roster outlives restarts.
func (s *Stream) Enlist(ctx context.Context, command string, about []byte) error {
	ctx, cancel := brief(ctx)
	defer cancel()
	kv, err := s.js.KeyValue(ctx, rosterName)
	if err != nil {
		return fmt.Errorf("enlist %s: %w", command, err)
	}
	if _, err := kv.Put(ctx, token(command), about); err != nil {
		return fmt.Errorf("enlist %s: %w", command, err)
	}
	return nil
}

// Strike takes a command off the roster. One that is not there is no error.
func (s *Stream) Strike(ctx context.Context, command string) error {
	ctx, cancel := brief(ctx)
	defer cancel()
	kv, err := s.js.KeyValue(ctx, rosterName)
	if err != nil {
		return fmt.Errorf("strike %s: %w", command, err)
	}
	if err := kv.Delete(ctx, token(command)); err != nil {
		return fmt.Errorf("strike %s: %w", command, err)
	}
	return nil
}

// WatchRoster calls changed with the whole roster, by command, now and after each change, until ctx ends. Interruptions are
// bridged.
func (s *Stream) WatchRoster(ctx context.Context, changed func(map[string][]byte)) {
	roster := map[string][]byte{}
	ready := false
	tell := func() { changed(maps.Clone(roster)) }
	w := watch{
		store:  s,
		bucket: rosterName,
		changed: func(entry jetstream.KeyValueEntry) {
			note(roster, entry)
			if ready {
				tell()
			}
		},
		ready: func() { ready = true; tell() },
	}
	w.run(ctx)
}

func note(roster map[string][]byte, entry jetstream.KeyValueEntry) {
	command := untoken(entry.Key())
	if entry.Operation() == jetstream.KeyValuePut {
		roster[command] = entry.Value()
	} else {
		delete(roster, command)
	}
}
