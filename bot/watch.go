package bot

import (
	"context"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// watcher tells the outside what happens to events: in the log, the metrics and the console.
type watcher struct {
	metrics *Metrics
	console *Console
	known   func(portal, command string) bool
	now     func() time.Time
}

// received is told of every event that arrives.
func (w watcher) received(e events.Event, o events.Outcome) {
	w.metrics.received.WithLabelValues(string(e.Kind), string(o)).Inc()
	w.console.Show(Entry{
		At: w.now(), What: "event", Outcome: string(o), Kind: string(e.Kind), ID: e.Key(),
		Dialog: string(e.Chat.Dialog), User: int64(e.User.ID), Text: e.Asked(),
	})
}

// answered is told of every reply that was posted.
func (w watcher) answered(d stream.Delivery, r commands.Request, reply commands.Reply) {
	command := r.Name
	if !w.known(d.Event.Portal, command) {
		command = "other" // a label must not be a stranger's choice
	}
	w.metrics.answers.WithLabelValues(command).Inc()
	w.console.Show(Entry{
		At: w.now(), What: "reply", ID: d.Event.Key(), Dialog: string(d.Event.Chat.Dialog),
		User: int64(r.Asker.ID), Text: firstLine(reply.Text), Millis: w.now().Sub(d.Stored).Milliseconds(),
	})
}

// throttled is told of every question that has to wait.
func (w watcher) throttled(by limit) { w.metrics.throttled.WithLabelValues(string(by)).Inc() }

// notified is told of every notice that answers take longer.
func (w watcher) notified(d stream.Delivery, notice commands.Reply) {
	w.console.Show(Entry{
		At: w.now(), What: "notice", ID: d.Event.Key(), Dialog: string(d.Event.Chat.Dialog),
		User: int64(d.Event.User.ID), Text: notice.Text,
	})
}

// effect is told how a reply ended that the portal would post twice.
func (w watcher) effect(outcome string) { w.metrics.effects.WithLabelValues(outcome).Inc() }

// unkeyed is told how a message ended that bot API v1 would post twice.
func (w watcher) unkeyed(outcome string) { w.metrics.unkeyed.WithLabelValues(outcome).Inc() }

// unknown is told how it ended that the asker got a reply in private, since nobody knows whether it was posted.
func (w watcher) unknown(err error) error { return inPrivate(w.metrics.effects, err) }

// late is told how it ended that the asker got a reply in private, since it was too late for the chat.
func (w watcher) late(err error) error { return inPrivate(w.metrics.late, err) }

// inPrivate counts what is settled; what will be tried again is not.
func inPrivate(count *prometheus.CounterVec, err error) error {
	switch {
	case err == nil:
		count.WithLabelValues(effectPrivate).Inc()
	case !temporary(err):
		count.WithLabelValues(effectImpossible).Inc()
	}
	return err
}

// settled is told how a delivered event ended: the one line in the log about it.
func (w watcher) settled(ctx context.Context, d stream.Delivery, err error) {
	log := zerolog.Ctx(ctx)
	took := w.now().Sub(d.Stored)
	outcome := "answered"
	switch {
	case err == nil:
		log.Info().Dur("took", took).Msg("answered")
		w.metrics.delay.Observe(took.Seconds())
	case comesAgain(err):
		outcome = "retry"
		log.Warn().Err(err).Msg("not answered yet, will try again")
	default:
		outcome = "dead"
		log.Error().Err(err).Msg("gave up on event")
	}
	w.metrics.settled.WithLabelValues(outcome).Inc()
	if err != nil {
		w.console.Show(Entry{At: w.now(), What: outcome, ID: d.Event.Key(), Dialog: string(d.Event.Chat.Dialog), Text: err.Error()})
	}
}

// firstLine names a reply for the operator, whom the rest, somebody's telephone number perhaps, does not concern.
func firstLine(text string) string {
	first, _, more := strings.Cut(text, "\n")
	if more {
		first += " …"
	}
	return first
}
