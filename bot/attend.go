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
	g, ctx := errgroup.WithContext(ctx)
	served := map[*Portal]context.CancelFunc{}
	slots := make(chan struct{}, attendAtOnce)
	for ctx.Err() == nil {
		all, changed := b.Portals.watch()
		left := maps.Clone(served)
		for _, p := range all {
			delete(left, p)
			if served[p] == nil {
				its, end := context.WithCancel(ctx)
				served[p] = end
				a := &attendant{bot: b, portal: p, intake: intake, slots: slots}
				g.Go(func() error { return a.run(its) })
			}
		}
		for p, end := range left {
			end()
			delete(served, p)
		}
		select {
		case <-changed:
		case <-ctx.Done():
		}
	}
	return g.Wait()
}
