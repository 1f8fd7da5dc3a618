package stream

import (
	"context"

	"github.com/nats-io/nats.go/jetstream"
)

// Watch tells of every entry there is, then of ready (once), then of every change, until ctx ends, which is no error. An
// entry that no key opens is told with an error that is ErrSealed, one that was deleted with a nil Value. Interruptions are
// bridged: nothing is told twice, and of several changes meanwhile the last one.
func (v *Vault) Watch(ctx context.Context, changed func(Entry, error), ready func()) error {
	w := watch{store: v.store, bucket: vaultName, ready: ready, changed: func(entry jetstream.KeyValueEntry) {
		changed(v.read(entry))
	}}
	w.run(ctx)
	return nil
}

func (v *Vault) read(entry jetstream.KeyValueEntry) (Entry, error) {
	e := Entry{Name: untoken(entry.Key()), Revision: entry.Revision()}
	if entry.Operation() != jetstream.KeyValuePut {
		return e, nil
	}
	var err error
	e.Value, _, err = v.seals.open(e.Name, entry.Value())
	return e, err
}
