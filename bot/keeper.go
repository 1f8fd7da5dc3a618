package bot

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// keeper keeps the access to one portal: it is the portal's bitrix.Tokens. All processes on the store have one, and what
// one of them learns the others are told by the vault.
type keeper struct {
	apps *Applications
	name string // the portal's member id

	mu       sync.Mutex
	now      installation
	revision uint64   // of the vault's entry that now follows from
	ahead    *renewed // what now has and the entry has not; nil: they are the same
	renewal  *renewal // under way; nil: none is
	failed   failure  // of the last one
}

// renewed is a grant that is not in the vault yet.
type renewed struct {
	grant bitrix.Grant
	from  bitrix.Secret // the refresh token in the vault when it was given
}

var (
	errLost = errors.New("the access to this portal is lost: install the application there again " +
		"(the next question somebody asks there may bring it back too)")
	errLeft = errors.New("the application is not installed on this portal any more")
)

// storeTimeout is for one try at writing to the vault. It is short since calls wait.
const storeTimeout = 3 * time.Second

func (k *keeper) installation() installation {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.now
}

// trouble says in words what is wrong with an installation, nil if nothing is.
func (i installation) trouble() error {
	if i.Lost {
		return errLost
	}
	return nil
}

// sender is the zero Sender if the portal left.
func (k *keeper) sender() events.Sender {
	now := k.installation()
	if !now.here() {
		return events.Sender{}
	}
	return events.Sender{Portal: k.name, Token: cmp.Or(k.apps.o.Token, now.Token)}
}

// Access is what the portal is called with now.
func (k *keeper) Access(context.Context) (bitrix.Access, error) {
	now := k.installation()
	switch {
	case !now.here():
		return bitrix.Access{}, errLeft
	case now.Lost:
		return bitrix.Access{}, errLost
	}
	return bitrix.Access{Endpoint: now.Endpoint, Token: now.Access}, nil
}

// learn takes over what is in the vault. A grant that is not there yet is kept, if it follows from the one that is: what
// somebody else wrote instead counts.
func (k *keeper) learn(i installation, revision uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if revision < k.revision {
		return
	}
	k.revision = revision
	if k.ahead != nil && k.ahead.follows(i) {
		k.now = i.with(k.ahead.grant)
		return
	}
	k.now, k.ahead = i, nil
}

func (r *renewed) follows(i installation) bool { return i.here() && i.Refresh == r.from }

// take has a new grant used from now on, before it is stored.
func (k *keeper) take(g bitrix.Grant) {
	k.mu.Lock()
	defer k.mu.Unlock()
	from := k.now.Refresh
	if k.ahead != nil {
		from = k.ahead.from
	}
	k.now, k.ahead = k.now.with(g), &renewed{grant: g, from: from}
}

// store writes down the grant that is not in the vault yet, if there is one.
func (k *keeper) store(ctx context.Context) error {
	k.mu.Lock()
	ahead := k.ahead
	k.mu.Unlock()
	if ahead == nil {
		return nil
	}
	return k.change(ctx, func(i installation) (*installation, error) {
		if !ahead.follows(i) {
			return nil, nil
		}
		return new(i.with(ahead.grant)), nil
	})
}

// change writes what f makes of the entry in the vault, nil for no change. It begins anew when somebody else was faster.
func (k *keeper) change(ctx context.Context, f func(installation) (*installation, error)) error {
	ctx, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	for {
		err := k.changeOnce(ctx, f)
		if !errors.Is(err, stream.ErrChanged) {
			return err
		}
	}
}

func (k *keeper) changeOnce(ctx context.Context, f func(installation) (*installation, error)) error {
	e, before, unread := k.apps.read(ctx, k.name)
	if unread != nil && !errors.Is(unread, errLocked) {
		return unread
	}
	after, err := f(before)
	if err != nil {
		return err
	}
	if after == nil {
		if unread == nil {
			k.apps.changed(ctx, e, nil)
		}
		return unread
	}
	if e.Value, err = after.encode(); err != nil {
		return err
	}
	if e.Revision, err = k.apps.o.Vault.Put(ctx, e); err != nil {
		return err
	}
	k.apps.changed(ctx, e, nil)
	return nil
}

// read gets an entry of the vault. One that is errLocked comes with the revision to replace it.
func (a *Applications) read(ctx context.Context, name string) (stream.Entry, installation, error) {
	e, err := a.o.Vault.Get(ctx, name)
	e.Name = name
	if errors.Is(err, stream.ErrSealed) {
		return e, nowhere(), errSealed
	}
	if err != nil {
		return e, nowhere(), err
	}
	i, err := decodeInstallation(e.Value)
	return e, i, err
}

// insist is change, tried until it is done or ctx ends: what it writes is nowhere else.
func (k *keeper) insist(ctx context.Context, f func(installation) (*installation, error)) error {
	for {
		err := k.change(ctx, f)
		if err == nil || errors.Is(err, events.ErrForged) || !pause(ctx, keepAgain) {
			return err
		}
	}
}
