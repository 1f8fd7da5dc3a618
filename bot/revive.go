package bot

import (
	"context"
	"fmt"

	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"github.com/whois24/whois24/bitrix"
)

const (
	maxOffers     = 64 // that wait; the next event brings another
	revivedAtOnce = 4
)

// offer is a refresh token that came along with an event of a portal whose access is lost.
type offer struct {
	keeper  *keeper
	refresh bitrix.Secret
}

// Offer brings a portal back whose access is lost. Nobody else is interested in tokens of events. It does not block.
func (a *Applications) Offer(portal string, g bitrix.Grant) {
	k := a.find(portal)
	if k == nil || g.Refresh == "" || !k.installation().Lost {
		return
	}
	select {
	case a.offers <- offer{k, g.Refresh}:
	default:
	}
}

// revive takes offers until ctx ends.
func (a *Applications) revive(ctx context.Context) {
	var g errgroup.Group
	g.SetLimit(revivedAtOnce)
	defer func() { _ = g.Wait() }()
	for {
		select {
		case <-ctx.Done():
			return
		case o := <-a.offers:
			g.Go(func() error {
				log := zerolog.Ctx(ctx).With().Str("portal", o.keeper.name).Logger()
				if err := o.keeper.revive(ctx, o.refresh); err != nil && ctx.Err() == nil {
					log.Warn().Err(err).Msg("the token of an event does not bring the access back")
				}
				return nil
			})
		}
	}
}

// revive asks the authorization server, as at an installation: the event is not believed.
func (k *keeper) revive(ctx context.Context, refresh bitrix.Secret) error {
	return k.apps.o.Store.Alone(ctx, "renew "+k.name, func(ctx context.Context) error {
		if err := k.reread(ctx); err != nil || !k.installation().Lost {
			return err
		}
		grant, err := k.apps.ask(ctx, refresh, k.name)
		if err != nil {
			return err
		}
		keep, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepGrantFor)
		defer cancel()
		err = k.insist(keep, func(i installation) (*installation, error) {
			if !i.here() || !i.Lost {
				return nil, nil
			}
			return new(i.with(grant)), nil
		})
		if err != nil {
			return fmt.Errorf("store the access: %w", err)
		}
		zerolog.Ctx(ctx).Info().Str("portal", k.name).Msg("the access to this portal is back")
		return nil
	})
}
