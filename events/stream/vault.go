package stream

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/whois24/whois24/bitrix"
)

// Vault keeps secrets in the store, each sealed under the operator's key. Names are not secret.
type Vault struct {
	store *Stream
	seals seals
}

// ErrChanged is the error of an entry that somebody else has written meanwhile: read it again.
var ErrChanged = errors.New("the entry was changed meanwhile")

// Entry is a value in the vault.
type Entry struct {
	Name     string
	Value    []byte // nil: deleted, or sealed under a key that is not known
	Revision uint64 // for Put
}

// Vault opens the vault. The first key seals, all of them open: to change the key, put the new one first and Reseal.
func (s *Stream) Vault(keys ...bitrix.Secret) (*Vault, error) {
	seals, err := newSeals(keys)
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	return &Vault{store: s, seals: seals}, nil
}

func (v *Vault) bucket(ctx context.Context) (jetstream.KeyValue, error) {
	kv, err := v.store.js.KeyValue(ctx, vaultName)
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	return kv, nil
}

// Get reads an entry; one that is not there has a nil Value and Revision 0. With ErrSealed there is a Revision, for
// replacing what nobody can read any more.
func (v *Vault) Get(ctx context.Context, name string) (Entry, error) {
	kv, err := v.bucket(ctx)
	if err != nil {
		return Entry{}, err
	}
	got, err := kv.Get(ctx, token(name))
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return Entry{Name: name}, nil
	}
	if err != nil {
		return Entry{}, fmt.Errorf("vault: read %s: %w", name, err)
	}
	value, _, err := v.seals.open(name, got.Value())
	return Entry{name, value, got.Revision()}, err
}

// Put writes e in place of e.Revision, 0 for an entry that is not there, and returns the new revision. ErrChanged: it was
// not that one any more, and holds another value. After any other error it may have been written.
func (v *Vault) Put(ctx context.Context, e Entry) (uint64, error) {
	kv, err := v.bucket(ctx)
	if err != nil {
		return 0, err
	}
	sealed := v.seals.seal(e.Name, e.Value)
	var revision uint64
	if e.Revision == 0 {
		revision, err = kv.Create(ctx, token(e.Name), sealed)
	} else {
		revision, err = kv.Update(ctx, token(e.Name), sealed, e.Revision)
	}
	switch {
	case err == nil:
		return revision, nil
	case outrun(err):
		return v.written(ctx, e)
	}
	return 0, fmt.Errorf("vault: write %s: %w", e.Name, err)
}

// written looks whether what is there instead is the same: then a try before this one succeeded, and its answer got lost.
func (v *Vault) written(ctx context.Context, e Entry) (uint64, error) {
	now, err := v.Get(ctx, e.Name)
	if err != nil && !errors.Is(err, ErrSealed) {
		return 0, err
	}
	if now.Value == nil || !bytes.Equal(now.Value, e.Value) {
		return 0, fmt.Errorf("vault: write %s: %w", e.Name, ErrChanged)
	}
	return now.Revision, nil
}

// Delete removes an entry for good, whoever wrote it.
func (v *Vault) Delete(ctx context.Context, name string) error {
	kv, err := v.bucket(ctx)
	if err != nil {
		return err
	}
	if err := kv.Purge(ctx, token(name)); err != nil {
		return fmt.Errorf("vault: delete %s: %w", name, err)
	}
	return nil
}

// Reseal writes what older keys sealed anew under the first one. What no key opens it leaves as it is, and says so with
// ErrSealed when it is done with the rest.
func (v *Vault) Reseal(ctx context.Context) error {
	kv, err := v.bucket(ctx)
	if err != nil {
		return err
	}
	keys, err := kv.Keys(ctx)
	if err != nil && !errors.Is(err, jetstream.ErrNoKeysFound) {
		return fmt.Errorf("vault: list entries: %w", err)
	}
	var failed error
	for _, key := range keys {
		failed = errors.Join(failed, v.reseal(ctx, kv, key))
	}
	return failed
}

func (v *Vault) reseal(ctx context.Context, kv jetstream.KeyValue, key string) error {
	for {
		got, err := kv.Get(ctx, key)
		if errors.Is(err, jetstream.ErrKeyNotFound) {
			return nil // deleted meanwhile
		}
		if err != nil {
			return fmt.Errorf("vault: reseal: %w", err)
		}
		name := untoken(key)
		value, by, err := v.seals.open(name, got.Value())
		if err != nil || by == 0 {
			return err
		}
		_, err = kv.Update(ctx, key, v.seals.seal(name, value), got.Revision())
		if err == nil {
			return nil
		}
		if !outrun(err) {
			return fmt.Errorf("vault: reseal %s: %w", name, err)
		}
	}
}
