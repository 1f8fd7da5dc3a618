package stream

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// watch tells of every entry of a bucket, and of every change, through interruptions: nothing is told twice, and of several
// changes meanwhile the last one.
type watch struct {
	store   *Stream
	bucket  string
	changed func(jetstream.KeyValueEntry)
	ready   func() // called once, when all that was there has been told; nil when it was
	told    uint64 // the revision told last; they grow with every change of any entry
}

// run lasts until ctx ends.
func (w *watch) run(ctx context.Context) {
	for {
		err := w.once(ctx)
		if ctx.Err() != nil {
			return
		}
		w.store.log.Warn().Err(err).Str("bucket", w.bucket).Msg("watching was interrupted")
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Second):
		}
	}
}

var errWatchEnded = errors.New("NATS sends no more changes")

// once lasts as long as the connection: NATS takes up to 20 s to find out that nobody sends changes after a restart.
func (w *watch) once(ctx context.Context) error {
	conn := w.store.conn
	connected := conn.StatusChanged(nats.CONNECTED)
	defer conn.RemoveStatusListener(connected)
	kv, err := w.store.js.KeyValue(ctx, w.bucket)
	if err != nil {
		return fmt.Errorf("watch %s: %w", w.bucket, err)
	}
	all, err := kv.WatchAll(ctx)
	if err != nil {
		return fmt.Errorf("watch %s: %w", w.bucket, err)
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
	switch {
	case entry == nil && w.ready != nil:
		w.ready()
		w.ready = nil
	case entry != nil && entry.Revision() > w.told:
		w.told = entry.Revision()
		w.changed(entry)
	}
}
