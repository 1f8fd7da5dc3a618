package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// openStore opens a store that is prepared for the portal of question.
func openStore(t *testing.T, o stream.Options) *stream.Stream {
	t.Helper()
	o.Name, o.Log = "test", zerolog.Nop()
	s, err := stream.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if err := s.Prepare(t.Context(), []string{"a.example"}); err != nil {
		t.Fatal(err)
	}
	return s
}

func question(message int, params string) events.Event {
	return events.Event{Portal: "a.example", Event: bitrix.Event{
		Kind:    bitrix.CommandAdd,
		Command: bitrix.Command{Name: "whois", Params: params},
		Message: bitrix.Incoming{ID: bitrix.MessageID(message)},
		Chat:    bitrix.Chat{Dialog: "chat42"},
		User:    bitrix.Author{ID: 7},
	}}
}

// bury asks the questions, in one dialog, and gives each up with the reason.
func bury(t *testing.T, s *stream.Stream, reason string, params ...string) {
	t.Helper()
	for i, p := range params {
		if err := s.Append(t.Context(), []events.Event{question(1+i, p)}); err != nil {
			t.Fatal(err)
		}
	}
	left := len(params)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	err := s.Consume(ctx, func() []string { return []string{"a.example"} }, stream.Handler{
		Lane: func(e events.Event) string { return string(e.Chat.Dialog) },
		Handle: func(context.Context, stream.Delivery) stream.Settlement {
			if left--; left == 0 {
				cancel() // this last one is still finished
			}
			return stream.Bury(reason)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// deadStore is a folder with a store that nobody has open, and in it dead questions with the ids 1, 2, ….
func deadStore(t *testing.T, reason string, params ...string) string {
	t.Helper()
	dir := t.TempDir()
	s := openStore(t, stream.Options{Dir: dir})
	bury(t, s, reason, params...)
	s.Close()
	return dir
}

// wantDead checks the ids that dead list --json names.
func wantDead(t *testing.T, flag, where string, want ...uint64) {
	t.Helper()
	got := invoke(t, nil, "dead", "list", "--json", flag, where)
	ids := []uint64{}
	for line := range strings.Lines(got.stdout) {
		var d stream.Dead
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		ids = append(ids, d.ID)
	}
	if got.code != 0 || fmt.Sprint(ids) != fmt.Sprint(want) {
		t.Errorf("dead are %v, want %v (code %d, stderr %q)", ids, want, got.code, got.stderr)
	}
}
