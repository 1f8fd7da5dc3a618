package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// Answers is the record of which messages of the bot answer which of people's. *stream.Stream keeps one that outlives a restart.
type Answers interface {
	// Answers tells what answers a message, the zero one if nothing does or nobody knows any more.
	Answers(ctx context.Context, name string) (stream.Answers, error)
	// KeepAnswers puts answers in place of those with their Revision, 0 for none. stream.ErrChanged: it was not those any more.
	KeepAnswers(ctx context.Context, name string, a stream.Answers) error
}

// maxGiven bounds the answers to one message that are recorded: the portal runs ten commands of a message, and no more lines of
// one are answered.
const maxGiven = 10

// followed reports whether the answers to an event follow what becomes of its message. That under a button is the bot's own, and
// who comes into a chat has said nothing.
func followed(e events.Event) bool {
	switch e.Kind {
	case bitrix.MessageAdd, bitrix.MessageUpdate, bitrix.MessageDelete:
		return true
	case bitrix.CommandAdd:
		return !e.Command.Keyboard
	}
	return false
}

// answersName ends as the store needs it to forget a portal.
func answersName(e events.Event) string {
	return fmt.Sprintf("answers to %d for bot %d of %s", e.Message.ID, e.Bot.ID, e.Portal)
}

// answersTo reads the record about the message of an event.
func (w *Worker) answersTo(ctx context.Context, e events.Event) (stream.Answers, error) {
	if !followed(e) {
		return stream.Answers{}, nil
	}
	given, err := w.answers.Answers(ctx, answersName(e))
	if err != nil {
		return stream.Answers{}, fmt.Errorf("%w: %w", errNoRecord, err)
	}
	return given, nil
}

// amend changes the record about the message of an event.
func (w *Worker) amend(ctx context.Context, e events.Event, change func(*stream.Answers)) error {
	for {
		given, err := w.answersTo(ctx, e)
		if err != nil {
			return err
		}
		change(&given)
		err = w.answers.KeepAnswers(ctx, answersName(e), given)
		switch {
		case err == nil:
			return nil
		case !errors.Is(err, stream.ErrChanged):
			return fmt.Errorf("%w: %w", errNoRecord, err)
		}
	}
}

// placed is told where the reply to a part is, after it was posted. One that could not take the place of the earlier one, since it
// is for other eyes, has it taken away. The error is a retryLater.
func (w *Worker) placed(ctx context.Context, q question, p part, at place, reply commands.Reply) error {
	if p.at.id != 0 && p.at != at {
		if err := w.withdraw(ctx, q, p.at); err != nil {
			return err
		}
	}
	w.note(ctx, q, p, at, reply.Wake)
	return nil
}

// note records where the reply to a part is. A worker that dies before, or a store that fails, costs no more than that an edit of
// the question edits: it is answered by another message then, and a deletion leaves this one. No place is known of what
// went through a command, or through bot API v1 before: there that is how it ends.
func (w *Worker) note(ctx context.Context, q question, p part, at place, promised *commands.Wake) {
	if !followed(q.Event) || at.id == 0 && p.at.id == 0 {
		return
	}
	given := stream.Answer{Asked: p.digest(), Event: q.Event.Key(), Replies: p.answering(), Dialog: at.dialog, Message: at.id}
	if promised != nil && !promised.At.IsZero() {
		given.Wake = &stream.AnswerWake{Command: p.Name, Key: promised.Key}
	}
	err := w.amend(ctx, q.Event, func(a *stream.Answers) { put(a, p.at.id, given) })
	if err != nil {
		zerolog.Ctx(ctx).Warn().Err(err).Msg("answer will not follow an edit of its question")
	}
}

// put records an answer in place of the one with the id before, or of itself. One that is nowhere leaves nothing there.
func put(a *stream.Answers, before bitrix.MessageID, next stream.Answer) {
	i := slices.IndexFunc(a.Given, func(g stream.Answer) bool { return g.Message == before || g.Message == next.Message })
	switch {
	case i >= 0 && next.Message == 0:
		a.Given = slices.Delete(a.Given, i, i+1)
	case i >= 0:
		a.Given[i] = next
	case next.Message != 0 && len(a.Given) < maxGiven:
		a.Given = append(a.Given, next)
	}
}

// digest tells the question of one part from others. It says nothing of what people said to who reads the record.
func (p part) digest() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q", p.Name, p.Args, p.Answers))
	return hex.EncodeToString(sum[:8]) // 64 bits: among ten lines no two meet
}
