package stream_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/whois24/whois24/events/stream"
)

func TestClaim(t *testing.T) {
	tests := []struct {
		name   string
		before []stream.Effect // concluded one after the other
		want   stream.Effect
	}{
		{"nobody did", nil, stream.Unclaimed},
		{"another died at it", []stream.Effect{stream.Claimed}, stream.Claimed},
		{"sent", []stream.Effect{stream.Sent}, stream.Sent},
		{"certainly not sent", []stream.Effect{stream.Claimed, stream.Unclaimed}, stream.Unclaimed},
		{"not sent, then sent", []stream.Effect{stream.Unclaimed, stream.Sent}, stream.Sent},
	}
	s := open(t, t.TempDir())
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			reply := "reply: " + test.name
			for _, e := range test.before {
				if e == stream.Claimed {
					claim(t, s, reply)
				} else if err := s.Conclude(t.Context(), reply, e); err != nil {
					t.Fatal(err)
				}
			}
			if got := claim(t, s, reply); got != test.want {
				t.Errorf("claimed from %q, want %q", got, test.want)
			}
		})
	}
}

func claim(t *testing.T, s *stream.Stream, reply string) stream.Effect {
	t.Helper()
	e, err := s.Claim(t.Context(), reply)
	if err != nil {
		t.Error(err)
	}
	return e
}

func TestOneOfManyMayPost(t *testing.T) {
	s := open(t, t.TempDir())
	var posted atomic.Int32
	var claims sync.WaitGroup
	for range 200 {
		claims.Go(func() {
			if claim(t, s, "reply") == stream.Unclaimed {
				posted.Add(1)
			}
		})
	}
	claims.Wait()
	if n := posted.Load(); n != 1 {
		t.Errorf("%d may post, want 1", n)
	}
}

func TestEffectOutlivesTheProcess(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	claim(t, s, "reply")
	s.Close()
	if got := claim(t, open(t, dir), "reply"); got != stream.Claimed {
		t.Errorf("claimed from %q, want %q", got, stream.Claimed)
	}
}
