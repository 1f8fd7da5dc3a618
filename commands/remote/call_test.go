package remote_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/remote"
)

// impatient is a bot that waits a little shorter for who is dead.
func impatient(t testing.TB, srv *server.Server, services ...remote.Service) *commands.Set {
	t.Helper()
	return hosting(t, remote.Impatient(&remote.Caller{Conn: connect(t, srv)}, 2*time.Second, 0), services...)
}

// TestNobodyThere: with no instance there is an error at once, and no waiting for silence.
func TestNobodyThere(t *testing.T) {
	srv := startNATS(t)
	set := hosting(t, &remote.Caller{Conn: connect(t, srv)}, service(t, "1.0.0", saying("hi")))
	began := time.Now()
	if _, err := answers(t, set, question("/x")); !errors.Is(err, commands.ErrAway) {
		t.Errorf("got %v", err)
	}
	if took := time.Since(began); took > remote.Silence/2 {
		t.Errorf("took %v", took)
	}
}

// TestNewestIsAsked: 1.10.0 is newer than 1.9.0, and a final one newer than its release candidate. Where the newest is gone
// the next one answers.
func TestNewestIsAsked(t *testing.T) {
	srv := startNATS(t)
	instances := map[string]*instance{}
	for _, version := range []string{"1.9.0", "1.10.0-rc.1", "1.10.0"} {
		instances[version] = start(t, srv, version, saying(version))
	}
	conn := connect(t, srv)
	found, _, err := remote.Find(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	set := hosting(t, &remote.Caller{Conn: conn}, found...)
	for _, version := range []string{"1.10.0", "1.10.0-rc.1", "1.9.0"} {
		hears(t, set, "/x", version)
		instances[version].stop()
		if err := instances[version].wait(); err != nil {
			t.Error(err)
		}
	}
	if _, err := answers(t, set, question("/x")); !errors.Is(err, commands.ErrAway) {
		t.Errorf("with none left: %v", err)
	}
}

// TestKilledInTheMiddle: whoever has the question dies without a word. It is asked again, and another one answers.
func TestKilledInTheMiddle(t *testing.T) {
	t.Parallel()
	taken, release := make(chan struct{}), make(chan struct{})
	defer close(release)
	srv := startNATS(t)
	first := start(t, srv, "1.0.0", command(func(context.Context, commands.Call, none) (commands.Reply, error) {
		close(taken)
		<-release
		return commands.Reply{}, nil
	}))
	set := impatient(t, srv, service(t, "1.0.0", saying("")))
	done := make(chan struct{})
	go func() {
		defer close(done)
		hears(t, set, "/x", "from the second")
	}()
	<-taken
	first.kill()
	start(t, srv, "1.0.0", saying("from the second"))
	<-done
}

// TestKilledBetweenReplies: the first reply stands already. The next process makes it again, and then the last.
func TestKilledBetweenReplies(t *testing.T) {
	t.Parallel()
	taken, release := make(chan struct{}), make(chan struct{})
	defer close(release)
	srv := startNATS(t)
	first := start(t, srv, "1.0.0", later(func() { close(taken); <-release }))
	set := impatient(t, srv, service(t, "1.0.0", later(nil)))
	done := make(chan struct{})
	go func() {
		defer close(done)
		hears(t, set, "/x", "One moment", "One moment", "done")
	}()
	<-taken
	first.kill()
	start(t, srv, "1.0.0", later(func() {}))
	<-done
}

// later is a command that answers in two steps, with work between them.
func later(work func()) commands.Command {
	return command(func(_ context.Context, c commands.Call, _ none) (commands.Reply, error) {
		return c.Later("x.wait", nil, func(context.Context) (commands.Reply, error) {
			work()
			return c.Say("x.says", commands.Data{"What": "done"})
		})
	})
}

// TestLater: each reply takes the place of the one before. A Sorry ends it like any other reply.
func TestLater(t *testing.T) {
	srv := startNATS(t)
	i := start(t, srv, "1.0.0", command(func(_ context.Context, c commands.Call, a struct {
		Steps int `arg:"default=1"`
	},
	) (commands.Reply, error) {
		var step func(n int) func(context.Context) (commands.Reply, error)
		step = func(n int) func(context.Context) (commands.Reply, error) {
			return func(context.Context) (commands.Reply, error) {
				if n == a.Steps {
					return c.Sorry("x.says", commands.Data{"What": "that is all"})
				}
				return c.Later("x.says", commands.Data{"What": n}, step(n+1))
			}
		}
		return c.Later("x.wait", nil, step(1))
	}))
	set := host(t, srv, i)
	hears(t, set, "/x", "One moment", "that is all")
	hears(t, set, "/x 3", "One moment", "1", "2", "that is all")
}

// TestThenMayRunAgain: a bot that could not post what it got asks for it again.
func TestThenMayRunAgain(t *testing.T) {
	srv := startNATS(t)
	i := start(t, srv, "1.0.0", later(func() {}))
	reply, err := host(t, srv, i).Run(t.Context(), question("/x"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for range 2 {
		for then := reply.Then; then != nil; {
			next, err := then(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			got, then = append(got, next.Text), next.Then
		}
	}
	if want := []string{"done", "One moment", "done"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestThenNobodyWaitsFor: what is not read in time is not listened to for ever.
func TestThenNobodyWaitsFor(t *testing.T) {
	srv := startNATS(t)
	start(t, srv, "1.0.0", later(func() {}))
	conn := connect(t, srv)
	caller := remote.Impatient(&remote.Caller{Conn: conn}, remote.Silence, 50*time.Millisecond)
	if _, err := hosting(t, caller, service(t, "1.0.0", later(nil))).Run(t.Context(), question("/x")); err != nil {
		t.Fatal(err)
	}
	await(t, func() bool { return conn.NumSubscriptions() == 0 })
}

// TestAsks: a question back comes with the mark, and its answers go along with the next one.
func TestAsks(t *testing.T) {
	srv := startNATS(t)
	i := start(t, srv, "1.0.0", command(func(_ context.Context, c commands.Call, _ none) (commands.Reply, error) {
		if said, ok := c.Answer(0); ok {
			return c.Say("x.says", commands.Data{"What": "You said " + said})
		}
		return c.Ask("x.ask", nil)
	}))
	set := host(t, srv, i)
	r := question("/x")
	for _, want := range []commands.Reply{{Text: "Which?", Asks: true}, {Text: "You said this"}} {
		got, err := set.Run(t.Context(), r)
		if err != nil || got.Asks != want.Asks || got.Text != want.Text {
			t.Fatalf("got %+v, %v, want %+v", got, err, want)
		}
		r.Answers = append(r.Answers, "this")
	}
}

// TestErrors: what a command returns decides, wherever it runs, whether it is tried again.
func TestErrors(t *testing.T) {
	for name, c := range map[string]struct {
		run       func() (commands.Reply, error)
		text      string
		temporary bool
	}{
		"a fault":   {run: func() (commands.Reply, error) { return commands.Reply{}, errors.New("no such table") }, text: "command x: no such table"},
		"a panic":   {run: func() (commands.Reply, error) { panic("ouch") }, text: "command x: panicked"},
		"too long":  {run: func() (commands.Reply, error) { return commands.Reply{Attach: long()}, nil }, text: "command x: a reply of 1200473 bytes; at most 262144 are read"},
		"it passes": {run: func() (commands.Reply, error) { return commands.Reply{}, fmt.Errorf("ask: %w", passing{}) }, text: "command x: ask: not now", temporary: true},
		"no text":   {run: func() (commands.Reply, error) { return commands.Reply{}, nil }, text: "command x: a reply has either a text or the id of one"},
	} {
		t.Run(name, func(t *testing.T) {
			srv := startNATS(t)
			i := start(t, srv, "1.0.0", command(func(context.Context, commands.Call, none) (commands.Reply, error) { return c.run() }))
			_, err := answers(t, host(t, srv, i), question("/x"))
			var e *remote.Error
			if !errors.As(err, &e) || e.Error() != c.text || e.Temporary() != c.temporary {
				t.Errorf("got %v, want %s; temporary: %v", err, c.text, c.temporary)
			}
		})
	}
}

// TestPanicLater: a panic in the second step is an error too, and the process lives.
func TestPanicLater(t *testing.T) {
	srv := startNATS(t)
	i := start(t, srv, "1.0.0", later(func() { panic("ouch") }))
	set := host(t, srv, i)
	for range 2 {
		got, err := answers(t, set, question("/x"))
		if len(got) != 1 || err == nil {
			t.Errorf("got %q, %v", got, err)
		}
	}
}

type passing struct{}

func (passing) Error() string   { return "not now" }
func (passing) Temporary() bool { return true }

// long is more than a message may hold.
func long() *bitrix.Attach {
	a := &bitrix.Attach{}
	for range 30 {
		a.Blocks = append(a.Blocks, bitrix.Block{Message: strings.Repeat("x", 40_000)})
	}
	return a
}

// TestBotGivesUp: a bot that stops does not wait.
func TestBotGivesUp(t *testing.T) {
	taken, release := make(chan struct{}), make(chan struct{})
	defer close(release)
	srv := startNATS(t)
	i := start(t, srv, "1.0.0", later(func() { close(taken); <-release }))
	set := host(t, srv, i)
	ctx, cancel := context.WithCancel(t.Context())
	reply, err := set.Run(ctx, question("/x"))
	if err != nil {
		t.Fatal(err)
	}
	<-taken
	cancel()
	if _, err := reply.Then(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
