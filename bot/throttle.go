package bot

import (
	"context"
	"fmt"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
)

// Lane names the events that are answered one after the other: those of a dialog. In a group, questions of somebody who
// is slowed down get a lane of their own, so that nobody waits behind them. There the first of them may overtake the last
// one before the limit; in a private chat, where nobody else is, the order is always kept.
func (w *Worker) Lane(e events.Event) string {
	dialog := string(e.Chat.Dialog)
	fair := w.fair.of(e.Portal)
	if fair == nil || e.Wake != nil { // nobody asked just now
		return dialog
	}
	by, first := fair.arrive(e, w.now())
	if by == unlimited {
		return dialog
	}
	if first {
		w.watch.throttled(by)
	}
	if e.Chat.Private {
		return dialog
	}
	return fmt.Sprintf("%s of %d", dialog, e.User.ID)
}

// turn is how long the question still has to wait. If need be the asker is told first.
func (w *Worker) turn(ctx context.Context, q question) time.Duration {
	fair := w.fair.of(q.Event.Portal)
	if fair == nil {
		return 0
	}
	wait, tell := fair.wait(q.Event, w.now())
	if tell {
		w.notify(ctx, q)
		fair.told(q.Event)
	}
	return wait
}

// notify tells people, in private, that their answers take longer. It is a courtesy: one that fails is not repeated. The
// portal drops a second one to the same person for the same minute, also from a worker that begins anew.
func (w *Worker) notify(ctx context.Context, q question) {
	e := q.Event
	reply := commands.SlowDown(w.spoken(ctx, e))
	notice := fmt.Sprintf("notice %d %d", e.User.ID, q.Stored.Unix()/60)
	_, err := w.say(ctx, q.portal, fmt.Sprintf("%s %d %s", e.Portal, e.Bot.ID, notice), bitrix.Message{
		Bot:        e.Bot.ID,
		Dialog:     bitrix.PrivateDialog(e.User.ID),
		Text:       reply.Text,
		TemplateID: q.portal.templateID(notice),
	})
	if err != nil {
		zerolog.Ctx(ctx).Warn().Err(err).Msg("asker does not know that answers take longer")
		return
	}
	w.watch.notified(q.Delivery, reply)
}
