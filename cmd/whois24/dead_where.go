package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"time"

	"github.com/rs/zerolog"
	"github.com/urfave/cli/v3"

	"github.com/whois24/whois24/events/stream"
)

// deadLetters is where the dead events are: the store itself, or the process that has it open. The methods are those of
// [stream.Stream].
type deadLetters interface {
	DeadEvents(ctx context.Context, after uint64, limit int) ([]stream.Dead, error)
	DeadEvent(ctx context.Context, id uint64) (stream.Dead, error)
	Replay(ctx context.Context, id uint64) error
	Drop(ctx context.Context, id uint64) error
	Close()
}

const (
	storeTimeout = 10 * time.Second // for NATS to be there
	deadPage     = 100              // events asked for at once; one has some 1 KB, and 256 KB at the most
)

// onDead reads the settings and does something where the dead are.
func (in *input) onDead(ctx context.Context, c *cli.Command, do func(deadLetters) error) error {
	s, err := in.readFlags(c)
	if err != nil {
		return err
	}
	letters, err := openDead(ctx, s)
	if err != nil {
		return err
	}
	defer letters.Close()
	return do(letters)
}

// openDead opens the store. A folder that another process has open can only be asked for, and one that does not exist is
// not created: a process may have its store elsewhere, and "nothing is dead" would be a lie.
func openDead(ctx context.Context, s settings) (deadLetters, error) {
	if s.nats == "" {
		if _, err := os.Stat(s.data); errors.Is(err, fs.ErrNotExist) {
			return newDeadClient(s.adminListen, "there is no event store in "+s.data), nil
		}
	}
	store, err := stream.Open(stream.Options{
		Servers: s.nats, Creds: s.natsCreds, Dir: s.data, Name: "whois24 dead", Log: zerolog.Nop(),
	})
	if errors.Is(err, stream.ErrInUse) {
		return newDeadClient(s.adminListen, err.Error()), nil
	}
	if err != nil {
		return nil, err
	}
	if err := prepare(ctx, store); err != nil {
		store.Close()
		return nil, err
	}
	return store, nil
}

// prepare makes the streams if this is the first to use the store.
func prepare(ctx context.Context, store *stream.Stream) error {
	ctx, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	if err := store.Prepare(ctx, nil); err != nil {
		return fmt.Errorf("event store: %w", cmp.Or(store.Check(ctx), err))
	}
	return nil
}

// every yields the dead, oldest first, and ends after an error.
func every(ctx context.Context, letters deadLetters) iter.Seq2[stream.Dead, error] {
	return func(yield func(stream.Dead, error) bool) {
		for after, more := uint64(0), true; more; {
			page, err := letters.DeadEvents(ctx, after, deadPage)
			if err != nil {
				yield(stream.Dead{}, err)
				return
			}
			for _, d := range page {
				if after = d.ID; !yield(d, nil) {
					return
				}
			}
			more = len(page) == deadPage
		}
	}
}

// newest returns the last dead events, at most limit, and how many there are in all.
func newest(ctx context.Context, letters deadLetters, limit int) (list []stream.Dead, total int, err error) {
	for d, err := range every(ctx, letters) {
		if err != nil {
			return nil, 0, err
		}
		list = append(list, d)
		list = list[max(0, len(list)-limit):]
		total++
	}
	return list, total, nil
}

func everyID(ctx context.Context, letters deadLetters) (ids []uint64, err error) {
	for d, err := range every(ctx, letters) {
		if err != nil {
			return nil, err
		}
		ids = append(ids, d.ID)
	}
	return ids, nil
}
