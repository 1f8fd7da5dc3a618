package bot

import (
	"context"
	"maps"

	"golang.org/x/sync/errgroup"

	"github.com/whois24/whois24/events"
)

// attendAtOnce is how many portals are registered or looked at together: hundreds of them at a start are no storm.
const attendAtOnce = 8

// attend looks after each portal for as long as it is served: the bot is registered there, and its events are fetched if the
// portal does not post them. The error is a first registration that was refused for good.
func (b *Bot) attend(ctx context.Context, intake events.Intake) error {
	slots := make(chan struct{}, attendAtOnce)
	return b.Portals.each(ctx, func(ctx context.Context, p *Portal) error {
		a := &attendant{bot: b, portal: p, intake: intake, slots: slots}
		return a.run(ctx)
	})
}

// each runs serve for each portal for as long as it is served, until ctx ends. The first error of one ends all of them.
func (p *Portals) each(ctx context.Context, serve func(context.Context, *Portal) error) error {
	g, ctx := errgroup.WithContext(ctx)
	served := map[*Portal]context.CancelFunc{}
	for ctx.Err() == nil {
		all, changed := p.watch()
		left := maps.Clone(served)
		for _, portal := range all {
			delete(left, portal)
			if served[portal] == nil {
				its, end := context.WithCancel(ctx)
				served[portal] = end
				g.Go(func() error { return serve(its, portal) })
			}
		}
		for portal, end := range left {
			end()
			delete(served, portal)
		}
		select {
		case <-changed:
		case <-ctx.Done():
		}
	}
	return g.Wait()
}
