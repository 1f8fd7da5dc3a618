package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// Worker answers events: it finds the commands in one, runs them, sends what they return and says how the event
// is to be settled.
type Worker struct {
	portals map[string]*Portal
	texts   Texts
	now     func() time.Time
	watch   watcher
}

// Texts are the settings of how people are answered.
type Texts struct {
	Language string         // "auto" or empty: as the portal says
	Zone     *time.Location // of days in words; nil: as the portal's dates are
}

// Handle works on one delivered event. It never panics.
func (w *Worker) Handle(ctx context.Context, d stream.Delivery) stream.Settlement {
	ctx = withEvent(ctx, d)
	p, ours := w.portals[d.Event.Portal]
	if !ours { // another worker may know it
		zerolog.Ctx(ctx).Warn().Msg("event of a portal this worker does not serve")
		return stream.Retry(foreignPortalDelay)
	}
	err := w.answer(ctx, p, d)
	w.watch.settled(ctx, d, err)
	return verdict(err, d.Attempt)
}

// withEvent gives everything logged about the event its ids.
func withEvent(ctx context.Context, d stream.Delivery) context.Context {
	e := d.Event
	return zerolog.Ctx(ctx).With().
		Str("portal", e.Portal).Str("event_id", e.Key()).Str("kind", string(e.Kind)).
		Str("dialog", string(e.Chat.Dialog)).Int64("user", int64(e.User.ID)).
		Str("command", e.Command.Name).Int("attempt", d.Attempt).
		Logger().WithContext(ctx)
}

// answer replies to everything asked in the event. A repetition after an error sends what was sent before
// under the same template ids, which the portal then drops. The error is a retryLater if another try is worth it.
func (w *Worker) answer(ctx context.Context, p *Portal, d stream.Delivery) error {
	var failed error
	for part, request := range w.requests(p, d.Event) {
		reply, err := w.run(ctx, p, request)
		if worthWaiting(err, d.Attempt) {
			return retryLater{err}
		}
		if err != nil {
			failed = errors.Join(failed, err)
			reply = commands.Apology(request.Lang, reason(err))
		}
		err = p.send(ctx, d, part, reply, w.now())
		if temporary(err) {
			return retryLater{fmt.Errorf("send reply: %w", err)}
		}
		if err != nil {
			return errors.Join(failed, fmt.Errorf("send reply: %w", err))
		}
		w.watch.answered(d, request, reply)
	}
	return failed
}

// requests takes an event apart into what was asked: one command, or several lines of a message.
func (w *Worker) requests(p *Portal, e events.Event) []commands.Request {
	var all []commands.Request
	for _, line := range w.lines(p, e) {
		all = append(all, commands.Request{
			Name:  strings.ToLower(line.Name),
			Args:  line.Args,
			Asker: commands.Asker{ID: e.User.ID, Outsider: e.User.Outsider},
			Chat:  commands.Chat{Private: e.Chat.Private, Outsiders: e.Chat.Outsiders},
			Lang:  w.language(e),
			Zone:  w.texts.Zone,
			Now:   w.now(),
		})
	}
	return all
}

func (w *Worker) lines(p *Portal, e events.Event) []commands.Line {
	if e.Kind == bitrix.CommandAdd {
		return []commands.Line{{Name: e.Command.Name, Args: commands.Args(e.Command.Params)}}
	}
	return commands.Lines(commands.Message{
		Text:      e.Message.Text,
		Private:   e.Chat.Private,
		Bot:       bitrix.UserID(e.Bot.ID),
		Forwarded: e.Message.Forwarded,
	}, p.Commands.Has)
}

func (w *Worker) language(e events.Event) commands.Language {
	if w.texts.Language != "" && w.texts.Language != "auto" {
		return commands.Match(w.texts.Language)
	}
	return commands.Match(e.Language)
}

// run executes one command. Words for the asker are its reply; a panic is an error like any other.
func (w *Worker) run(ctx context.Context, p *Portal, r commands.Request) (reply commands.Reply, err error) {
	defer func() {
		if v := recover(); v != nil {
			zerolog.Ctx(ctx).Error().Bytes("stack", debug.Stack()).Msg("command panicked")
			err = fmt.Errorf("command %s panicked: %v", r.Name, v)
		}
	}()
	reply, err = p.Commands.Run(ctx, r)
	if words, ok := commands.Words(err, r.Lang); ok {
		return words, nil
	}
	return reply, err
}
