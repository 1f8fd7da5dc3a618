package bot

import (
	"context"
	"errors"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
)

const (
	renewTimeout = 30 * time.Second // for one renewal, its turn included
	// renewPause is the time after a renewal that failed. Hundreds of calls may wait for it: they are no storm on the
	// authorization server.
	renewPause = 5 * time.Second
)

// renewal is one under way; err may be read when done is closed.
type renewal struct {
	done chan struct{}
	err  error
}

// failure is why a renewal failed, and until when that is the answer.
type failure struct {
	err   error
	until time.Time
}

// renewalError is why there is no new access. It is no *bitrix.Error: whatever the authorization server has against us, the
// question can be answered when that is put right, so it waits.
type renewalError struct{ cause error }

func (e renewalError) Error() string {
	return "renew the access to the portal: " + explained(e.cause).Error()
}

func (e renewalError) Is(target error) bool { return errors.Is(e.cause, target) }

// Renew gives another access than the stale one. Whoever asks at the same time shares one renewal, in this process and in
// all on the store: a refresh token works once.
func (k *keeper) Renew(ctx context.Context, stale bitrix.Secret) (bitrix.Access, error) {
	access, err := k.Access(ctx)
	if err != nil || access.Token != stale {
		return access, err
	}
	r, err := k.join(ctx, stale)
	if err != nil {
		return bitrix.Access{}, err
	}
	select {
	case <-ctx.Done():
		return bitrix.Access{}, ctx.Err()
	case <-r.done:
	}
	if r.err != nil {
		return bitrix.Access{}, r.err
	}
	return k.Access(ctx)
}

// join finds the renewal under way, or begins one. It goes on when whoever began it goes.
func (k *keeper) join(ctx context.Context, stale bitrix.Secret) (*renewal, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.renewal != nil {
		return k.renewal, nil
	}
	if k.now.Access != stale { // one ended just now
		r := &renewal{done: make(chan struct{})}
		close(r.done)
		return r, nil
	}
	if time.Now().Before(k.failed.until) {
		return nil, k.failed.err
	}
	r := &renewal{done: make(chan struct{})}
	k.renewal = r
	k.apps.work.Go(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), renewTimeout)
		defer cancel()
		k.end(r, k.renew(ctx, stale))
	})
	return r, nil
}

func (k *keeper) end(r *renewal, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if r.err = err; err != nil {
		k.failed = failure{err, time.Now().Add(renewPause)}
	}
	k.renewal = nil
	close(r.done)
}

// renew trades the refresh token in, unless another process has done so meanwhile.
//
// What remains: a process that dies, or loses the answer, between the authorization server and the vault takes the new
// refresh token along. If the server lets the old one work once more nobody notices; else the access is lost.
func (k *keeper) renew(ctx context.Context, stale bitrix.Secret) error {
	return k.apps.o.Store.Alone(ctx, "renew "+k.name, func(ctx context.Context) error {
		if err := k.reread(ctx); err != nil {
			return renewalError{err}
		}
		if access, err := k.Access(ctx); err != nil || access.Token != stale {
			return err
		}
		refresh := k.installation().Refresh
		grant, err := k.apps.ask(ctx, refresh, k.name)
		if errors.Is(err, bitrix.ErrInvalidGrant) {
			return k.lose(ctx, refresh)
		}
		if err != nil {
			return renewalError{err}
		}
		k.take(grant)
		if err := k.store(ctx); err != nil {
			zerolog.Ctx(ctx).Warn().Err(err).Str("portal", k.name).Msg("renewed access is not stored yet, it is tried again")
		}
		return nil
	})
}

// reread learns what another process may have written.
func (k *keeper) reread(ctx context.Context) error {
	return k.change(ctx, func(installation) (*installation, error) { return nil, nil })
}

// lose notes that a refresh token does not work any more, if the vault has no other by now.
func (k *keeper) lose(ctx context.Context, refresh bitrix.Secret) error {
	err := k.change(ctx, func(i installation) (*installation, error) {
		if !i.here() || i.Refresh != refresh {
			return nil, nil
		}
		i.Lost = true
		return &i, nil
	})
	if err != nil {
		return renewalError{err}
	}
	_, err = k.Access(ctx)
	return err
}

// ask has the authorization server trade a refresh token of a portal in. The answer is waited for even if ctx ends: the
// token may be used up by then.
func (a *Applications) ask(ctx context.Context, refresh bitrix.Secret, portal string) (bitrix.Grant, error) {
	grant, err := a.o.Auth.Renew(context.WithoutCancel(ctx), refresh)
	if err == nil && string(grant.Member) != portal {
		return bitrix.Grant{}, errForeignToken
	}
	return grant, err
}
