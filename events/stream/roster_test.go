package stream_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/events/stream"
)

// TestRoster is what is known of commands in other processes: whoever watches is told, and a restart keeps it.
func TestRoster(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	told, stop := watchRoster(t, s)
	wantRoster(t, told, map[string]string{})
	enlist(t, s, "birthday", "one")
	wantRoster(t, told, map[string]string{"birthday": "one"})
	enlist(t, s, "lunch", "two")
	wantRoster(t, told, map[string]string{"birthday": "one", "lunch": "two"})
	enlist(t, s, "birthday", "three")
	wantRoster(t, told, map[string]string{"birthday": "three", "lunch": "two"})
	for range 2 { // the second time it is not there
		if err := s.Strike(t.Context(), "lunch"); err != nil {
			t.Fatal(err)
		}
		wantRoster(t, told, map[string]string{"birthday": "three"})
	}
	stop()
	s.Close()
	told, _ = watchRoster(t, open(t, dir))
	wantRoster(t, told, map[string]string{"birthday": "three"})
}

func watchRoster(t *testing.T, s *stream.Stream) (<-chan map[string][]byte, func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	told, ended := make(chan map[string][]byte, 10), make(chan struct{})
	go func() {
		defer close(ended)
		s.WatchRoster(ctx, func(all map[string][]byte) { told <- all })
	}()
	stop := func() { cancel(); <-ended }
	t.Cleanup(stop)
	return told, stop
}

func enlist(t *testing.T, s *stream.Stream, command, about string) {
	t.Helper()
	if err := s.Enlist(t.Context(), command, []byte(about)); err != nil {
		t.Fatal(err)
	}
}

func wantRoster(t *testing.T, told <-chan map[string][]byte, want map[string]string) {
	t.Helper()
	got := map[string]string{}
	for command, about := range receive(t, told) {
		got[command] = string(about)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the roster (-want +got):\n%s", diff)
	}
}
