package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/events/stream"
)

// eventStore looks at NATS, or at the folder of the embedded one.
type eventStore struct{ settings settings }

func (e eventStore) check(ctx context.Context) finding {
	s := e.settings
	if s.nats == "" {
		if _, err := os.Stat(s.data); errors.Is(err, fs.ErrNotExist) {
			return e.absent()
		}
	}
	store, err := stream.Open(stream.Options{
		Servers: s.nats, Creds: s.natsCreds, Dir: s.data, Name: "whois24 doctor", Log: zerolog.Nop(),
	})
	switch {
	case errors.Is(err, stream.ErrInUse):
		return e.inUse(ctx)
	case err != nil:
		return wrong(shown(err), "use the bot's own system user; see --data, --nats and --nats-creds")
	}
	defer store.Close()
	return e.look(ctx, store)
}

// look prepares the store as every other command does, and counts.
func (e eventStore) look(ctx context.Context, store *stream.Stream) finding {
	patience, cancel := context.WithTimeout(ctx, checkTimeout-time.Second) // the rest is for saying why not
	defer cancel()
	if err := store.Prepare(patience, nil); err != nil {
		why := cmp.Or(store.Check(ctx), err)
		return wrong(shown(why), "start NATS with JetStream, and check --nats and --nats-creds")
	}
	depth, err := store.Depth(ctx)
	if err == nil {
		err = store.Check(ctx)
	}
	if err != nil {
		return wrong(shown(err), "see docs/troubleshooting.md")
	}
	return good("%s: %d events waiting, %d in hand, %d given up%s", e.where(), depth.Waiting, depth.InHand, depth.Dead,
		remark(depth.Dead > 0, "whois24 dead list shows them"))
}

// where is without the servers' addresses: they may hold passwords.
func (e eventStore) where() string {
	if e.settings.nats != "" {
		return "connected"
	}
	return "embedded, in " + e.settings.data
}

// absent is before the first start.
func (e eventStore) absent() finding {
	parent := existing(e.settings.data)
	probe, err := os.MkdirTemp(parent, ".whois24-doctor-")
	if err != nil {
		return wrong("no folder can be made in "+parent+": "+shown(err), "give a folder the bot may write in (--data)")
	}
	_ = os.Remove(probe)
	return good("%s: nothing yet, the first start makes it", e.where())
}

// inUse is while the bot runs: one process has a folder at a time.
func (e eventStore) inUse(ctx context.Context) finding {
	if _, err := adminPort(e).ready(ctx); err != nil {
		return wrong("another process uses "+e.settings.data+", and none answers at --admin-listen "+e.settings.adminListen,
			"give the --admin-listen of that process")
	}
	return good("%s: in use by the running process", e.where())
}

// enoughSpace is while there is still time to do something: at stream.Reserve events are refused.
const enoughSpace = 512 << 20

func (e eventStore) space(context.Context) finding {
	if e.settings.nats != "" {
		return skipped("the NATS server's disk is not seen from here")
	}
	free, known := stream.Free(existing(e.settings.data))
	switch {
	case !known:
		return skipped("this system does not tell")
	case free < enoughSpace:
		return wrong(fmt.Sprintf("%d MiB are free for %s; below %d MiB events are refused", free>>20, e.settings.data, stream.Reserve>>20),
			"free some, or give another folder (--data)")
	}
	return good("%.1f GiB are free", float64(free)/(1<<30))
}

// existing is the folder, or the nearest above it that exists.
func existing(dir string) string {
	for {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}
