package bot

import (
	"context"
	"errors"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events/stream"
)

// endless is a reply that goes on until it is stopped.
var endless = commands.Reply{Text: "…", Then: func(ctx context.Context) (commands.Reply, error) {
	<-ctx.Done()
	return commands.Reply{}, ctx.Err()
}}

// nobody sees the steps.
func nobody(context.Context, commands.Reply) error { return nil }

// TestFinishTakesItsTime: all steps together have laterTimeout, however many there are. A process that stops is not the
// command's fault.
func TestFinishTakesItsTime(t *testing.T) {
	var steps func(n int) commands.Reply
	steps = func(n int) commands.Reply {
		return commands.Reply{Text: "…", Then: func(ctx context.Context) (commands.Reply, error) {
			select {
			case <-ctx.Done():
				return commands.Reply{}, ctx.Err()
			case <-time.After(time.Minute):
			}
			if n == 1 {
				return commands.Reply{Text: "done"}, nil
			}
			return steps(n - 1), nil
		}}
	}
	for name, c := range map[string]struct {
		reply     commands.Reply
		stopped   time.Duration
		took      time.Duration
		want      error
		temporary bool
	}{
		"in time":        {steps(1), time.Hour, time.Minute, nil, false},
		"endless":        {endless, time.Hour, laterTimeout, errTooLong, false},
		"too many steps": {steps(3), time.Hour, laterTimeout, errTooLong, false},
		"it is to stop":  {endless, time.Second, time.Second, context.DeadlineExceeded, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), c.stopped)
				defer cancel()
				begun := time.Now()
				reply, err := finish(ctx, commands.Request{Name: "slow"}, c.reply, nobody)
				if !errors.Is(err, c.want) || temporary(err) != c.temporary || err == nil && reply.Text != "done" {
					t.Errorf("got %q, %v", reply.Text, err)
				}
				if took := time.Since(begun); took != c.took {
					t.Errorf("it took %v, want %v", took, c.took)
				}
			})
		})
	}
}

// TestTooLongTwice: a command that does not come to an end is tried once more, and then given up.
func TestTooLongTwice(t *testing.T) {
	title := &fstest.MapFile{Data: []byte("slow.title = 'slow'")}
	set, err := commands.NewSet(commands.New("slow", func(context.Context, commands.Call, struct{}) (commands.Reply, error) {
		return endless, nil
	}, fstest.MapFS{"ru.toml": title, "en.toml": title}))
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		// API v1 shows no step, so nothing is sent here.
		p := &Portal{Client: bitrix.NewClient(bitrix.ClientOptions{API: bitrix.APIv1}), Commands: set}
		q := question{Delivery: stream.Delivery{Stored: time.Now()}, portal: p, trial: &trial{}}
		w := &Worker{now: time.Now}
		for try, wantAgain := range []bool{true, false} {
			_, _, err := w.find(t.Context(), q, part{Request: commands.Request{Name: "slow"}})
			if !errors.Is(err, errTooLong) || comesAgain(err) != wantAgain {
				t.Errorf("try %d: %v, again: %v", try, err, comesAgain(err))
			}
		}
	})
}
