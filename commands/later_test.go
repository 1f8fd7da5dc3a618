package commands_test

import (
	"context"
	"errors"
	"testing"

	"github.com/whois24/whois24/commands"
)

// TestLater: what comes later is made as harmless as what comes at once, and its errors speak the command's texts.
func TestLater(t *testing.T) {
	files := texts("a.title = 'A'\na.wait = '/ждите'\na.no = '/нет'", "a.title = 'A'\na.wait = '/wait'\na.no = '/no'")
	for _, fail := range []error{nil, commands.Sorry("a.no", nil)} {
		set := setOf(t, commands.New("a", func(_ context.Context, c commands.Call, _ struct{}) (commands.Reply, error) {
			return c.Later("a.wait", nil, func(context.Context) (commands.Reply, error) {
				return c.Later("a.wait", nil, func(context.Context) (commands.Reply, error) {
					return commands.Reply{Text: "/no"}, fail
				})
			})
		}, files))
		reply := run(t, set, ask(""))
		for step := range 2 {
			if reply.Text != "\u2060/wait" || reply.Then == nil {
				t.Fatalf("step %d is %+v", step, reply)
			}
			next, err := reply.Then(t.Context())
			if words, ok := commands.Words(err, en); ok {
				next = words
			}
			if want := fail; step == 1 && !errors.Is(err, want) {
				t.Errorf("got %v, want %v", err, want)
			}
			reply = next
		}
		if reply.Text != "\u2060/no" {
			t.Errorf("the end is %+v", reply)
		}
	}
}
