package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/whois24/whois24/bitrix"
)

// AnswersKept is how long it is known which messages answer one of a person's. Who changes older ones is tidying up.
const AnswersKept = 24 * time.Hour

// Answers are the bot's messages that answer one message of a person.
type Answers struct {
	Given   []Answer  `json:"given,omitempty"`
	Edited  time.Time `json:"edited,omitzero"`   // when the newest edit was made that they follow; zero: it was not edited
	Deleted bool      `json:"deleted,omitempty"` // the person's message is gone

	Revision uint64 `json:"-"` // for KeepAnswers; 0: there are none
}

// Answer is one of them. What people said is not in it.
type Answer struct {
	Asked   string           `json:"asked"`             // a digest, by which the same question is known again
	Event   string           `json:"event"`             // the key of the event that asked
	Replies bool             `json:"replies,omitempty"` // the person had answered a question of the bot's
	Dialog  bitrix.DialogID  `json:"dialog"`
	Message bitrix.MessageID `json:"message"`
	Wake    *AnswerWake      `json:"wake,omitempty"` // what the answer promised; nil: nothing
}

// AnswerWake names the wake that was scheduled with an answer: it goes with its question.
type AnswerWake struct {
	Command string `json:"command"`
	Key     string `json:"key"`
}

// Answers tells what answers a message, the zero Answers if nothing does or nobody knows any more. Which message is in the name,
// which ends in " of " and the portal's name: Forget finds it by that.
func (s *Stream) Answers(ctx context.Context, name string) (Answers, error) {
	ctx, cancel := brief(ctx)
	defer cancel()
	kv, err := s.js.KeyValue(ctx, answersName)
	if err != nil {
		return Answers{}, fmt.Errorf("read answers: %w", err)
	}
	entry, err := kv.Get(ctx, token(name))
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return Answers{}, nil
	}
	if err != nil {
		return Answers{}, fmt.Errorf("read answers: %w", err)
	}
	var a Answers
	if err := json.Unmarshal(entry.Value(), &a); err != nil {
		a = Answers{} // none that could be found
	}
	a.Revision = entry.Revision()
	return a, nil
}

// KeepAnswers puts a in place of those with its Revision. ErrChanged: it was not those any more. After any other error they may
// have been kept.
func (s *Stream) KeepAnswers(ctx context.Context, name string, a Answers) error {
	ctx, cancel := brief(ctx)
	defer cancel()
	kv, err := s.js.KeyValue(ctx, answersName)
	if err != nil {
		return fmt.Errorf("keep answers: %w", err)
	}
	value, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("keep answers: %w", err)
	}
	_, err = kv.Update(ctx, token(name), value, a.Revision)
	if outrun(err) {
		err = ErrChanged
	}
	if err != nil {
		return fmt.Errorf("keep answers: %w", err)
	}
	return nil
}
