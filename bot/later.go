package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/commands"
)

const (
	// runTimeout is for a command's first reply. Waiting for the portal's rate limit counts.
	runTimeout = 45 * time.Second
	// laterTimeout is for all that a command does after its first reply.
	laterTimeout = 2 * time.Minute
)

// errTooLong is the error of a command that did not end within laterTimeout.
var errTooLong = fmt.Errorf("the command was not done within %v", laterTimeout)

// run executes one command, up to its first reply.
func run(ctx context.Context, p *Portal, r commands.Request) (commands.Reply, error) {
	ctx, cancel := context.WithTimeout(ctx, runTimeout)
	defer cancel()
	return sound(ctx, r, func(ctx context.Context) (commands.Reply, error) { return p.Commands.Run(ctx, r) })
}

// finish runs what a reply leaves for later, until nothing is left. Show is called with the reply and all that take its place,
// but for the last, which is returned.
func finish(
	ctx context.Context, r commands.Request, reply commands.Reply, show func(context.Context, commands.Reply) error,
) (commands.Reply, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, laterTimeout, errTooLong)
	defer cancel()
	for reply.Then != nil {
		if err := show(ctx, reply); err != nil {
			return commands.Reply{}, err
		}
		next, err := sound(ctx, r, reply.Then)
		if err != nil && context.Cause(ctx) == errTooLong {
			err = fmt.Errorf("command %s: %w: %v", r.Name, errTooLong, err)
		}
		if err != nil {
			return commands.Reply{}, err
		}
		reply = next
	}
	return reply, nil
}

// sound makes a reply. Words for the asker are a reply; a panic is an error like any other, and so is a reply that cannot be
// posted.
func sound(
	ctx context.Context, r commands.Request, make func(context.Context) (commands.Reply, error),
) (reply commands.Reply, err error) {
	defer func() {
		if v := recover(); v != nil {
			zerolog.Ctx(ctx).Error().Bytes("stack", debug.Stack()).Msg("command panicked")
			err = fmt.Errorf("command %s panicked: %v", r.Name, v)
		}
	}()
	reply, err = make(ctx)
	if words, ok := commands.Words(err, r.Lang); ok {
		return words, nil
	}
	switch {
	case err != nil:
		return reply, err
	case silent(reply) && !r.Woken:
		return reply, fmt.Errorf("command %s: its reply is empty", r.Name)
	case reply.Asks && len(r.Answers) >= commands.MaxAnswers:
		return reply, fmt.Errorf("command %s: it asks more than %d questions", r.Name, commands.MaxAnswers)
	}
	return reply, nil
}

// find makes the reply to a part, to the end, and posts what comes before it.
func (w *Worker) find(ctx context.Context, q question, p part) (reply commands.Reply, shown steps, err error) {
	stop := w.typing(ctx, q, p)
	reply, err = w.runVouched(ctx, q, p.Request)
	stop()
	shown = standing(q.Event, p, reply, err)
	if err == nil {
		reply, err = finish(ctx, p.Request, reply, func(ctx context.Context, step commands.Reply) error {
			return w.show(ctx, q, p, &shown, step)
		})
	}
	if err == nil {
		reply, err = w.schedule(ctx, q, p, reply)
	}
	switch {
	case comesAgain(err):
		return reply, shown, err
	case errors.Is(err, errTooLong) && !q.trial.tooLong:
		q.trial.tooLong = true // once more, perhaps it was the portal
		return reply, shown, retryLater{err}
	}
	return reply, shown, w.judge(q, err, lookUpPatience)
}
