package stream

import (
	"context"
	"os"
	"os/exec"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nats-io/nats-server/v2/server/ats"
	"github.com/rs/zerolog"

	"github.com/whois24/whois24/events"
)

// inTheYear2000 runs part of a test then, which is when the time of synctest begins. The test must be alone.
func inTheYear2000(t *testing.T, part func(*testing.T)) {
	t.Helper()
	ats.Register() // the server's own clock, which must not run inside: nothing would ever stand still
	defer ats.Unregister()
	emptyPools()
	defer emptyPools()
	synctest.Test(t, part)
}

// emptyPools makes sync.Pool let go of everything: nats.go keeps timers in one, and those of synctest must stay there.
func emptyPools() {
	runtime.GC()
	runtime.GC()
}

// alone reports whether the test has a process of its own. If not, it gives it one, and the test is to return.
func alone(t *testing.T) bool {
	t.Helper()
	const variable = "WHOIS24_TEST_ALONE"
	if os.Getenv(variable) != "" {
		return true
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.v", "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), variable+"=1")
	out, err := cmd.CombinedOutput()
	if t.Logf("%s", out); err != nil {
		t.Error(err)
	}
	return false
}

// atStore opens a store, and closes it when it was used.
func atStore(t *testing.T, dir string, use func(*Stream)) {
	t.Helper()
	s, err := Open(Options{Dir: dir, Log: zerolog.New(zerolog.NewTestWriter(t)).Level(zerolog.WarnLevel)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Prepare(t.Context(), []string{testPortal}); err != nil {
		t.Fatal(err)
	}
	use(s)
}

// TestClockSetForward stores events on a machine that started without knowing the time, and takes them when it does.
func TestClockSetForward(t *testing.T) {
	t.Parallel()
	if !alone(t) {
		return
	}
	dir := t.TempDir()
	inTheYear2000(t, func(t *testing.T) {
		atStore(t, dir, func(s *Stream) {
			for n := range 3 {
				ask(t, s, testPortal, n)
			}
		})
	})
	atStore(t, dir, func(s *Stream) { wantAll(t, s, 3) })
}

// TestClockSetBack has a worker die with an event in hand and one parked, and the clock set back by an hour. JetStream measures
// how long an event is out by the clock, so these two come an hour late. The one that nobody had comes at once.
func TestClockSetBack(t *testing.T) {
	t.Parallel()
	if !alone(t) {
		return
	}
	dir := t.TempDir()
	inTheYear2000(t, func(t *testing.T) {
		time.Sleep(time.Hour)
		atStore(t, dir, func(s *Stream) {
			for n := range 3 {
				ask(t, s, testPortal, n)
			}
			consumer, err := s.js.Consumer(t.Context(), eventsName, consumerName(testPortal))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := consumer.Next(); err != nil {
				t.Fatal(err)
			}
			parked, err := consumer.Next()
			if err != nil {
				t.Fatal(err)
			}
			if err := parked.NakWithDelay(time.Second); err != nil {
				t.Fatal(err)
			}
		})
	})
	inTheYear2000(t, func(t *testing.T) {
		atStore(t, dir, func(s *Stream) {
			took := wantAll(t, s, 3)
			if took[0] > time.Minute || took[2] < 50*time.Minute || took[2] > 70*time.Minute {
				t.Errorf("events came after %v", took)
			}
		})
	})
}

// wantAll takes n events and says after what time each came.
func wantAll(t *testing.T, s *Stream, n int) []time.Duration {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Hour)
	defer cancel()
	begun := time.Now()
	var took []time.Duration
	s.consume(ctx, testPortal, Handler{
		Lane: func(events.Event) string { return "" },
		Handle: func(context.Context, Delivery) Settlement {
			if took = append(took, time.Since(begun)); len(took) == n {
				cancel()
			}
			return Done()
		},
	})
	if len(took) != n {
		t.Errorf("%d events came, want %d", len(took), n)
	}
	return took
}
