package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
)

// Memory keeps small things that are known of people. *stream.Stream has one that outlives a restart, and that all workers
// share.
type Memory interface {
	// Remember puts a value in place of what was there.
	Remember(ctx context.Context, name string, value []byte) error
	// Recall gives what was remembered, nil if nothing was.
	Recall(ctx context.Context, name string) ([]byte, error)
}

// chosen is the language a person wants to be answered in. It is read for each question, which takes a fraction of a millisecond,
// so that what one worker was told holds for the others at once.
type chosen struct {
	Language commands.Language `json:"language"`
	Asked    time.Time         `json:"asked"` // when the event was stored that said so
}

// chosenName ends as the store needs it to forget a portal.
func chosenName(e events.Event) string {
	return fmt.Sprintf("language of user %d of %s", e.User.ID, e.Portal)
}

// address has a request answered in the language the person chose, if they did.
func (w *Worker) address(ctx context.Context, e events.Event, r *commands.Request) error {
	c, err := w.chosen(ctx, e)
	if err != nil {
		return err
	}
	c.speak(r)
	return nil
}

// chosen is the zero one of somebody who never chose. So it is of what cannot be read, since a later choice may mend it.
func (w *Worker) chosen(ctx context.Context, e events.Event) (chosen, error) {
	data, err := w.memory.Recall(ctx, chosenName(e))
	if err != nil {
		return chosen{}, fmt.Errorf("%w: %w", errNoMemory, err)
	}
	var c chosen
	if json.Unmarshal(data, &c) != nil {
		return chosen{}, nil
	}
	return c, nil
}

// speak puts the language into a request that has the portal's. One that the bot does not speak any more is no choice.
func (c chosen) speak(r *commands.Request) {
	if lang := commands.Match(string(c.Language), string(r.Lang)); c.Language == lang {
		r.Unchosen, r.Lang = r.Lang, lang
	}
}

// keep notes the language that an answer says the person chose; empty: it says nothing. An event that comes again does not undo
// a later choice.
func (w *Worker) keep(ctx context.Context, q question, lang commands.Language) error {
	if lang == "" {
		return nil
	}
	last, err := w.chosen(ctx, q.Event)
	if err != nil || last.Asked.After(q.Stored) {
		return err
	}
	data, err := json.Marshal(chosen{lang, q.Stored})
	if err != nil {
		return err
	}
	if err := w.memory.Remember(ctx, chosenName(q.Event), data); err != nil {
		return fmt.Errorf("%w: %w", errNoMemory, err)
	}
	return nil
}

// spoken is the language of the author of an event, as far as that can be told now.
func (w *Worker) spoken(ctx context.Context, e events.Event) commands.Language {
	r := commands.Request{Lang: w.language(e)}
	if err := w.address(ctx, e, &r); err != nil {
		zerolog.Ctx(ctx).Warn().Err(err).Msg("it is said in the portal's language")
	}
	return r.Lang
}

// language is the one an event is answered in where nobody chose another.
func (w *Worker) language(e events.Event) commands.Language {
	if w.texts.Language != "" && w.texts.Language != string(commands.Automatic) {
		return commands.Match(w.texts.Language)
	}
	return commands.Match(bitrix.LanguageTag(e.Language))
}
