package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Question is the last that a command asked a person back in a dialog.
type Question struct {
	Command string   `json:"command"`
	Args    string   `json:"args,omitempty"`
	Answers []string `json:"answers,omitempty"` // to its questions before this one; foreign text

	Event  string    `json:"event"`  // the key of the event that led to it or, when it is closed, that closed it
	Stored time.Time `json:"stored"` // when that event was stored
	Asked  time.Time `json:"asked"`  // when the question was put
	Closed bool      `json:"closed,omitempty"`

	Revision uint64 `json:"-"` // for KeepQuestion; 0: there is none
}

// Question tells of the last question to somebody, the zero one if there was none. Who and where is in its name, which ends
// in " of " and the portal's name: Forget finds it by that.
func (s *Stream) Question(ctx context.Context, name string) (Question, error) {
	ctx, cancel := brief(ctx)
	defer cancel()
	kv, err := s.js.KeyValue(ctx, questionsName)
	if err != nil {
		return Question{}, fmt.Errorf("read question: %w", err)
	}
	entry, err := kv.Get(ctx, token(name))
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return Question{}, nil
	}
	if err != nil {
		return Question{}, fmt.Errorf("read question: %w", err)
	}
	var q Question
	if err := json.Unmarshal(entry.Value(), &q); err != nil {
		q = Question{} // none that could be answered
	}
	q.Revision = entry.Revision()
	return q, nil
}

// KeepQuestion puts q in place of the one with its Revision. ErrChanged: it was not that one any more. After any other
// error it may have been kept.
func (s *Stream) KeepQuestion(ctx context.Context, name string, q Question) error {
	ctx, cancel := brief(ctx)
	defer cancel()
	kv, err := s.js.KeyValue(ctx, questionsName)
	if err != nil {
		return fmt.Errorf("keep question: %w", err)
	}
	value, err := json.Marshal(q)
	if err != nil {
		return fmt.Errorf("keep question: %w", err)
	}
	_, err = kv.Update(ctx, token(name), value, q.Revision)
	if outrun(err) {
		err = ErrChanged
	}
	if err != nil {
		return fmt.Errorf("keep question: %w", err)
	}
	return nil
}
