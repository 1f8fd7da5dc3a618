package bot

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
)

const (
	sweepEvery   = time.Second
	sweepSlowest = 30 * time.Second
	// keepGrantFor is how long it is tried to store what a portal told: it tells nothing twice.
	keepGrantFor = 20 * time.Second
	// wipeAfter is the time after which nobody works on the events of a portal that left any more.
	wipeAfter = 2 * time.Second
)

var errForeignToken = errors.New("the authorization server names another portal")

// Install takes a portal in, or a new version of the application there. Nothing of what was posted is believed before the
// authorization server takes the refresh token for one of that portal, and the server's answer says where the portal is. It
// returns when all is stored and this process answers the portal.
//
// What was posted once is refused for ever, ErrForged, also if the refresh token should still work.
func (a *Applications) Install(ctx context.Context, i bitrix.Install) error {
	if err := a.examine(ctx, i); err != nil {
		return err
	}
	grant, err := a.ask(ctx, i.Refresh, string(i.Member))
	switch {
	case errors.Is(err, bitrix.ErrInvalidGrant), errors.Is(err, errForeignToken):
		return fmt.Errorf("%w: %w", events.ErrForged, err)
	case err != nil:
		return fmt.Errorf("verify installation: %w", explained(err))
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepGrantFor)
	defer cancel()
	return a.join(ctx, i, grant)
}

// join stores an installation that was verified.
func (a *Applications) join(ctx context.Context, i bitrix.Install, grant bitrix.Grant) error {
	k := a.keeper(string(i.Member))
	return a.o.Store.Alone(ctx, "installation "+k.name, func(ctx context.Context) error {
		if err := k.wipe(ctx); err != nil {
			return err
		}
		served := a.o.Portals.Get(k.name)
		err := k.insist(ctx, func(before installation) (*installation, error) {
			if before.saw(i.Refresh) {
				return nil, errReplayed
			}
			joined := before.with(grant).seen(i.Refresh)
			joined.Token, joined.Left = i.ApplicationToken, time.Time{}
			return &joined, nil
		})
		if err == nil && served != nil {
			err = a.reopen(k)
		}
		return err
	})
}

// reopen has everything about a portal begin anew: who installs the application once more may want the bot back.
func (a *Applications) reopen(k *keeper) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.open(k)
}

var errReplayed = fmt.Errorf("%w: it was posted before", events.ErrForged)

// examine refuses what costs nothing to refuse.
func (a *Applications) examine(ctx context.Context, i bitrix.Install) error {
	if _, err := bitrix.ParseMemberID(string(i.Member)); err != nil || i.Refresh == "" || i.ApplicationToken == "" {
		return fmt.Errorf("%w: it is not complete", events.ErrForged)
	}
	if a.o.Token != "" && !equal(a.o.Token, i.ApplicationToken) {
		return fmt.Errorf("%w: it has another application token than was set", events.ErrForged)
	}
	_, before, err := a.read(ctx, string(i.Member))
	for err != nil && !errors.Is(err, errLocked) && pause(ctx, keepAgain) { // portals post an installation once
		_, before, err = a.read(ctx, string(i.Member))
	}
	switch {
	case err != nil && !errors.Is(err, errLocked):
		return fmt.Errorf("look for earlier installations: %w", err)
	case before.saw(i.Refresh):
		return errReplayed
	}
	return nil
}

// equal compares in constant time.
func equal(a, b bitrix.Secret) bool {
	x, y := sha256.Sum256([]byte(a.Reveal())), sha256.Sum256([]byte(b.Reveal()))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// Uninstall lets a portal go: from now on nothing there is answered and no event of it is taken. Its events are removed a
// moment later, with clean all that was remembered of it too.
func (a *Applications) Uninstall(ctx context.Context, portal string, clean bool) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepGrantFor)
	defer cancel()
	what := wipeEvents
	if clean {
		what = wipeAll
	}
	return a.keeper(portal).insist(ctx, func(i installation) (*installation, error) {
		if !i.here() {
			return nil, nil
		}
		return new(i.left(time.Now(), what)), nil
	})
}

// sweep does what could not be done at once, until ctx ends. What fails is tried ever more slowly.
func (a *Applications) sweep(ctx context.Context) {
	for wait := sweepEvery; pause(ctx, wait); {
		wait = min(2*wait, sweepSlowest)
		failed := false
		for _, k := range a.all() {
			if err := k.sweep(ctx); err != nil && ctx.Err() == nil {
				failed = true
				zerolog.Ctx(ctx).Warn().Err(err).Str("portal", k.name).Msg("what is to be stored or removed of this portal is not yet")
			}
		}
		if !failed {
			wait = sweepEvery
		}
	}
}

func (k *keeper) sweep(ctx context.Context) error {
	if err := k.store(ctx); err != nil {
		return fmt.Errorf("store renewed access: %w", err)
	}
	now := k.installation()
	if now.here() || now.Wipe == wipeNothing || time.Since(now.Left) < wipeAfter {
		return nil
	}
	return k.apps.o.Store.Alone(ctx, "installation "+k.name, k.wipe)
}

// wipe removes what is left of a portal that left, as far as that is to be done. It is the holder of the portal's
// installation who does it: a new one waits.
func (k *keeper) wipe(ctx context.Context) error {
	if err := k.reread(ctx); err != nil && !errors.Is(err, errLocked) {
		return err
	}
	now := k.installation()
	if now.here() || now.Wipe == wipeNothing {
		return nil
	}
	if err := k.apps.o.Store.Forget(ctx, k.name, now.Wipe == wipeAll); err != nil {
		return fmt.Errorf("remove what is left of the portal: %w", err)
	}
	return k.change(ctx, func(i installation) (*installation, error) {
		if i.here() {
			return nil, nil
		}
		i.Wipe = wipeNothing
		return &i, nil
	})
}
