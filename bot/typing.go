package bot

import (
	"context"
	"sync"
	"time"

	"github.com/rs/zerolog"
)

// typingAfter is how long an answer takes before the bot is seen typing: less feels like an answer at once, and a person who
// sees nothing for longer asks again.
const typingAfter = 700 * time.Millisecond

// typing has the bot be seen typing while it works on a question, if that takes long, and once for each question. It is a
// courtesy: the answer neither waits for it nor fails with it. The returned function ends it.
func (w *Worker) typing(ctx context.Context, q question, p part) (stop func()) {
	if q.trial.typed || p.Woken { // nobody waits for what comes by itself
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	var shown sync.WaitGroup
	shown.Go(func() {
		select {
		case <-ctx.Done():
		case <-time.After(typingAfter):
			q.trial.typed = true
			if err := q.portal.Client.Typing(ctx, q.Event.Bot.ID, q.Event.Chat.Dialog); err != nil && ctx.Err() == nil {
				zerolog.Ctx(ctx).Debug().Err(err).Msg("bot is not seen typing")
			}
		}
	})
	return func() {
		cancel()
		shown.Wait()
	}
}
