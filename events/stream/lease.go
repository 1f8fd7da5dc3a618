package stream

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
)

const (
	leaseTTL   = 10 * time.Second        // without renewal, after which NATS forgets a lease and another may take it
	leaseEvery = 3 * time.Second         // how often it is renewed
	leaseTrust = 7 * time.Second         // after a renewal its holder stops by itself: it has 3 s to do so
	leaseTry   = 1500 * time.Millisecond // for one try to renew it
	leaseAgain = 300 * time.Millisecond  // before another
	leaseFresh = 2 * time.Second         // by which the bucket of leases is younger than a store that is being made
)

// lease says in a bucket whose turn it is. It is one holder's.
type lease struct {
	store    *Stream
	key      string
	holder   string
	kv       jetstream.KeyValue // nil until it is found
	revision uint64             // 0: not in the bucket
	renewed  time.Time          // when the last renewal was asked for that succeeded
}

func newLease(s *Stream, name string) *lease {
	return &lease{store: s, key: token(name), holder: nuid.Next()}
}

// acquire takes a lease that nobody has.
func (l *lease) acquire(ctx context.Context) (held bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, leaseTry)
	defer cancel()
	holder, err := l.look(ctx)
	if err != nil || holder != "" && holder != l.holder {
		return false, err
	}
	if forgotten, err := l.store.leasesForgotten(ctx); forgotten || err != nil {
		return false, err
	}
	return l.write(ctx)
}

// renew keeps the lease. It is put back where NATS forgot it in a restart, and still held if only an answer was lost.
func (l *lease) renew(ctx context.Context) (held bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, leaseTry)
	defer cancel()
	if held, err := l.write(ctx); held || err != nil {
		return held, err
	}
	holder, err := l.look(ctx)
	if err != nil || holder != "" && holder != l.holder {
		return false, err
	}
	return l.write(ctx)
}

// look finds out who has the lease, "" for nobody.
func (l *lease) look(ctx context.Context) (holder string, err error) {
	kv, err := l.bucket(ctx)
	if err != nil {
		return "", err
	}
	entry, err := kv.Get(ctx, l.key)
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound):
		l.revision = 0
		return "", nil
	case err != nil:
		l.kv = nil
		return "", fmt.Errorf("read lease: %w", err)
	}
	l.revision = entry.Revision()
	return string(entry.Value()), nil
}

// write makes the lease this holder's for another while, unless it is not what it was when it was read or written last.
func (l *lease) write(ctx context.Context) (written bool, err error) {
	kv, err := l.bucket(ctx)
	if err != nil {
		return false, err
	}
	asked := time.Now()
	var revision uint64
	if l.revision == 0 {
		revision, err = kv.Create(ctx, l.key, []byte(l.holder))
	} else {
		revision, err = kv.Update(ctx, l.key, []byte(l.holder), l.revision)
	}
	switch {
	case err == nil:
		l.revision, l.renewed = revision, asked
		return true, nil
	case outrun(err):
		return false, nil
	}
	l.kv = nil
	return false, fmt.Errorf("write lease: %w", err)
}

func (l *lease) bucket(ctx context.Context) (jetstream.KeyValue, error) {
	if l.kv != nil {
		return l.kv, nil
	}
	kv, err := l.store.inMemory(ctx, leasesConfig)
	if err != nil {
		return nil, fmt.Errorf("leases: %w", err)
	}
	l.kv = kv
	return kv, nil
}

// hold runs do while the lease is renewed, until it ends. held is false if the lease was lost before.
func (l *lease) hold(ctx context.Context, do func(context.Context) error) (held bool, err error) {
	doing, stop := context.WithCancel(ctx)
	defer stop()
	keeping, done := context.WithCancel(context.WithoutCancel(ctx)) // also while do finishes what is in hand
	defer done()
	var keeper sync.WaitGroup
	keeper.Go(func() {
		if held = l.keep(keeping); !held {
			stop()
		}
	})
	err = do(doing)
	done()
	keeper.Wait()
	if held {
		l.release(ctx)
	}
	return held, err
}

// keep renews the lease until ctx ends; it returns false, and earlier, if the lease is lost.
func (l *lease) keep(ctx context.Context) (held bool) {
	for wait := leaseEvery; ; {
		select {
		case <-ctx.Done():
			return true
		case <-time.After(wait):
		}
		trusted := l.renewed.Add(leaseTrust)
		try, cancel := context.WithDeadline(context.WithoutCancel(ctx), trusted) // or it would not be known what to release
		held, err := l.renew(try)
		cancel()
		switch {
		case held:
			wait = leaseEvery
		case ctx.Err() != nil:
			return true
		case err == nil, !time.Now().Before(trusted):
			return false
		default:
			wait = min(leaseAgain, time.Until(trusted))
		}
	}
}

// release lets the next have the lease at once. If it fails, NATS forgets the lease by itself.
func (l *lease) release(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaseTry)
	defer cancel()
	if kv, err := l.bucket(ctx); err == nil {
		_ = kv.Delete(ctx, l.key, jetstream.LastRevision(l.revision))
	}
}

// leasesForgotten reports whether NATS has just been restarted and forgot who has which lease. For a while nobody
// takes one then that seems to be free: those who had them put them back. An embedded server has no other process to
// forget, and a store as young as the bucket had no leases before.
func (s *Stream) leasesForgotten(ctx context.Context) (bool, error) {
	if s.embedded != nil {
		return false, nil
	}
	leases, err := s.js.Stream(ctx, "KV_"+leasesName)
	if err != nil {
		return false, fmt.Errorf("leases: %w", err)
	}
	bucket := leases.CachedInfo()
	if bucket.TimeStamp.Sub(bucket.Created) >= leaseTTL {
		return false, nil
	}
	store, err := s.js.Stream(ctx, eventsName)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("leases: %w", err)
	}
	return bucket.Created.Sub(store.CachedInfo().Created) >= leaseFresh, nil
}
