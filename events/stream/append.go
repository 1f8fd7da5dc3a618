package stream

import (
	"context"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/whois24/whois24/events"
)

// Append stores events and returns when they are on disk. An event stored before under the same key is not stored
// again, and that is no error. After an error some may be stored: appending all of them again is safe.
func (s *Stream) Append(ctx context.Context, list []events.Event) error {
	if err := s.room(); err != nil {
		return err
	}
	messages := make([]*nats.Msg, 0, len(list))
	for _, e := range list {
		data, err := e.Encode()
		if err != nil {
			return fmt.Errorf("encode event: %w", err)
		}
		messages = append(messages, message(subject(e), e.Key(), data))
	}
	if err := s.commits.add(ctx, messages); err != nil {
		return fmt.Errorf("store event: %w", err)
	}
	return nil
}

func message(subject, key string, data []byte) *nats.Msg {
	m := nats.NewMsg(subject)
	m.Header.Set(jetstream.MsgIDHeader, key)
	m.Data = data
	return m
}

// publish tries until ctx ends while NATS gives no answer: a new leader may be under election. The key makes
// the repetition harmless.
func (s *Stream) publish(ctx context.Context, m *nats.Msg) error {
	for {
		err := s.publishOnce(ctx, m)
		if err == nil || ctx.Err() != nil || !unanswered(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func (s *Stream) publishOnce(ctx context.Context, m *nats.Msg) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second) // p99 of an fsynced publish is below 30 ms
	defer cancel()
	_, err := s.js.PublishMsg(ctx, m)
	s.embedded.heard(err)
	return err
}

func unanswered(err error) bool {
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, nats.ErrTimeout) ||
		errors.Is(err, nats.ErrNoResponders) || errors.Is(err, jetstream.ErrNoStreamResponse) ||
		errors.Is(err, nats.ErrDisconnected) || errors.Is(err, nats.ErrReconnectBufExceeded)
}

// subject is whois24.events.<portal>.<dialog>.
func subject(e events.Event) string {
	return "whois24.events." + token(e.Portal) + "." + token(string(e.Chat.Dialog))
}

// token makes a subject token of any text: base32 has no dots, stars or spaces.
func token(s string) string {
	if s == "" {
		return "_"
	}
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString([]byte(s)))
}
