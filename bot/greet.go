package bot

import (
	"context"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// greetFor is how long after somebody opened a chat, or brought the bot into one, it still greets. Later they have asked, or have
// gone on.
const greetFor = 10 * time.Minute

// opens reports whether the event is a chat that was opened or joined: nobody asked anything.
func opens(e events.Event) bool { return e.Kind == bitrix.JoinChat }

// greet says in a new chat what the bot can do. Nobody waits for that, so a greeting that fails is no dead letter and brings
// no apology. The error is a retryLater.
func (w *Worker) greet(ctx context.Context, q question) error {
	switch {
	case w.age(q) > greetFor:
		return nil
	case q.portal == nil: // another worker may know it
		return w.judge(q, errForeignPortal, 0)
	}
	for _, p := range w.parts(q.portal, q.Delivery, stream.Question{}) {
		err := w.welcome(ctx, q, p)
		if comesAgain(err) {
			return err
		}
		if err != nil {
			zerolog.Ctx(ctx).Info().Err(err).Msg("nobody was greeted")
		}
	}
	return nil
}

func (w *Worker) welcome(ctx context.Context, q question, p part) error {
	if err := w.address(ctx, q.Event, &p.Request); err != nil {
		return w.judge(q, err, 0)
	}
	reply, shown, err := w.find(ctx, q, p)
	if err != nil {
		return err
	}
	_, err = w.post(ctx, q, p, shown, reply)
	if err := w.judge(q, err, sendPatience); err != nil {
		return err
	}
	w.watch.answered(q.Delivery, p.Request, reply)
	return nil
}
