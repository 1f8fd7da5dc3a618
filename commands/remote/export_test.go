package remote

import (
	"context"
	"io"
	"time"

	"github.com/whois24/whois24/commands"
)

// Decode reads a message as one of a service.
var Decode = decode

// Message in the chat: what the bot would post.
func (m Message) Posted(c commands.Call) (commands.Reply, error) { return m.reply(c) }

// Impatient waits less, so that tests do.
func Impatient(c *Caller, silence, longest time.Duration) *Caller {
	c.silence, c.longest = silence, longest
	return c
}

// Run is Main in a test: it ends with ctx, and returns the exit code.
func Run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer, list ...commands.Command) int {
	p := program{"birthday", "1.0.0", list}
	return p.exitCode(p.run(ctx, args, getenv, stdout, stderr), stderr)
}
