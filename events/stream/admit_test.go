package stream_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/whois24/whois24/events/stream"
)

// TestAdmittedProcess is another process of the bot on the embedded store: it may do what this one may.
func TestAdmittedProcess(t *testing.T) {
	s := openShared(t)
	if _, err := process(t, s, "whois24-process", ""); !errors.Is(err, nats.ErrAuthorization) {
		t.Errorf("before anybody was admitted: %v", err)
	}
	other, err := stream.Open(stream.Options{Servers: s.Admit().Reveal(), Name: "other"})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := other.Prepare(ctx, []string{"a.example"}); err != nil {
		t.Fatal(err)
	}
	if err := other.Check(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := process(t, s, "whois24-process", commandToken); !errors.Is(err, nats.ErrAuthorization) {
		t.Errorf("with the token of commands: %v", err)
	}
}
