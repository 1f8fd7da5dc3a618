package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"
)

// change is what replay and drop do to a dead event.
type change struct {
	do   func(deadLetters, context.Context, uint64) error
	done string // what the events are then, for the summary
}

// progressEvery is after how many events a long run says how far it is: some five seconds on a slow disk.
const progressEvery = 100

// changeDead changes the events named on the command line, or all that are dead now.
func (in *input) changeDead(ctx context.Context, c *cli.Command, ch change) error {
	names, err := deadNames(c)
	if err != nil {
		return err
	}
	return in.onDead(ctx, c, func(letters deadLetters) error {
		find := names.find
		if wantsAll(c) {
			// First the list, then the changes: what is replayed may die again meanwhile, and would be met again.
			find = everyID
		}
		ids, err := find(ctx, letters)
		if err != nil {
			return err
		}
		return in.changeEach(ctx, letters, ids, ch)
	})
}

// changeEach goes on after a failure, unless it is told to stop.
func (in *input) changeEach(ctx context.Context, letters deadLetters, ids []uint64, ch change) error {
	failed := 0
	for i, id := range ids {
		if ctx.Err() != nil {
			return fmt.Errorf("interrupted: %d of %d dead events are %s", i-failed, len(ids), ch.done)
		}
		if err := ch.do(letters, ctx, id); err != nil {
			failed++
			fmt.Fprintf(in.stderr, "event %d: %v\n", id, err)
		}
		if i > 0 && i%progressEvery == 0 {
			fmt.Fprintf(in.stderr, "%d of %d …\n", i, len(ids))
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d dead events are %s, %d failed", len(ids)-failed, len(ids), ch.done, failed)
	}
	if len(ids) == 0 {
		return in.sayNothingIsDead()
	}
	_, err := fmt.Fprintf(in.stdout, "%d of %d dead events are %s\n", len(ids), len(ids), ch.done)
	return err
}

func wantsAll(c *cli.Command) bool { return c.Args().Len() == 1 && c.Args().First() == "all" }
