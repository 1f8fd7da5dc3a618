package stream

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Watch tells of every entry there is, then of ready (once), then of every change, until ctx ends, which is no error. An
// entry that no key opens is told with an error that is ErrSealed, one that was deleted with a nil Value. Interruptions are
// bridged: nothing is told twice, and of several changes meanwhile the last one.
func (v *Vault) Watch(ctx context.Context, changed func(Entry, error), ready func()) error {
	w := watch{vault: v, changed: changed, ready: ready}
	for {
		err := w.once(ctx)
		if ctx.Err() != nil {
			return nil
		}
		v.store.log.Warn().Err(err).Msg("watching the vault was interrupted")
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(time.Second):
		}
	}
}

// watch is what goes on through interruptions.
type watch struct {
	vault   *Vault
	changed func(Entry, error)
	ready   func() // nil when it was told
	told    uint64 // the revision told last; they grow with every change of any entry
}

var errWatchEnded = errors.New("NATS sends no more changes")

// once lasts as long as the connection: NATS takes up to 20 s to find out that nobody sends changes after a restart.
func (w *watch) once(ctx context.Context) error {
	conn := w.vault.store.conn
	connected := conn.StatusChanged(nats.CONNECTED)
	defer conn.RemoveStatusListener(connected)
	kv, err := w.vault.bucket(ctx)
	if err != nil {
		return err
	}
	all, err := kv.WatchAll(ctx)
	if err != nil {
		return fmt.Errorf("watch: %w", err)
	}
	defer func() {
		_ = all.Stop()
		for range all.Updates() { // so that nobody is stuck in sending more
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-connected:
			return errWatchEnded
		case entry, open := <-all.Updates():
			if !open {
				return errWatchEnded
			}
			w.tell(entry)
		}
	}
}

// tell is given nil when all that was there has been told.
func (w *watch) tell(entry jetstream.KeyValueEntry) {
	if entry == nil {
		if w.ready != nil {
			w.ready()
		}
		w.ready = nil
		return
	}
	if entry.Revision() <= w.told {
		return
	}
	w.told = entry.Revision()
	e := Entry{Name: untoken(entry.Key()), Revision: entry.Revision()}
	if entry.Operation() != jetstream.KeyValuePut {
		w.changed(e, nil)
		return
	}
	var err error
	e.Value, _, err = w.vault.seals.open(e.Name, entry.Value())
	w.changed(e, err)
}
