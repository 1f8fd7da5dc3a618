package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/urfave/cli/v3"
)

func deadCommand(in *input) *cli.Command {
	return &cli.Command{
		Name:  "dead",
		Usage: "the events that could not be answered: list, show, replay, drop",
		Description: "Example:\n\n" +
			"  whois24 dead list\n" +
			"  whois24 dead replay 12\n\n" +
			"They are in the event store: NATS if --nats is given, else the folder --data. The process that has the folder\n" +
			"open is asked for them at --admin-listen. When none runs, use the bot's own system user.",
		Commands:        []*cli.Command{in.deadList(), in.deadShow(), in.deadReplay(), in.deadDrop()},
		HideHelpCommand: true,
		Suggest:         true,
		Action:          unknownDeadCommand,
	}
}

func unknownDeadCommand(_ context.Context, c *cli.Command) error {
	if !c.Args().Present() {
		return usagef("dead needs one of list, show, replay, drop")
	}
	return usagef("dead knows list, show, replay and drop, but got %q", c.Args().First())
}

func usagef(format string, a ...any) error { return usageError{fmt.Errorf(format, a...)} }

func (in *input) deadList() *cli.Command {
	return &cli.Command{
		Name:        "list",
		Usage:       "the events that were given up, newest last",
		Description: "Example:\n\n  whois24 dead list --limit 20",
		Flags: in.deadFlags(
			&cli.IntFlag{Name: "limit", Value: 100, Usage: "at most this `NUMBER` of them, the newest"},
			&cli.BoolFlag{Name: "json", Usage: "print JSON, one event a line"},
		),
		Action: in.listDead,
	}
}

func (in *input) deadShow() *cli.Command {
	return &cli.Command{
		Name:        "show",
		Usage:       "everything that is known of one",
		ArgsUsage:   "ID|REFERENCE",
		Description: "Example:\n\n  whois24 dead show 12\n  whois24 dead show 910e628a\n\nA reference is the number in the bot's apology.",
		Flags:       in.deadFlags(&cli.BoolFlag{Name: "json", Usage: "print JSON"}),
		Action:      in.showDead,
	}
}

func (in *input) deadReplay() *cli.Command {
	return &cli.Command{
		Name:        "replay",
		Usage:       "has them answered again, by whoever works on the store",
		ArgsUsage:   "ID…|REFERENCE…|all",
		Description: "Example:\n\n  whois24 dead replay 12 13\n  whois24 dead replay all",
		Flags:       in.deadFlags(),
		Action: func(ctx context.Context, c *cli.Command) error {
			return in.changeDead(ctx, c, change{deadLetters.Replay, "to be answered again"})
		},
	}
}

func (in *input) deadDrop() *cli.Command {
	return &cli.Command{
		Name:        "drop",
		Usage:       "forgets them",
		ArgsUsage:   "ID…|REFERENCE…|all",
		Description: "Example:\n\n  whois24 dead drop 12 13\n  whois24 dead drop all --yes",
		Flags:       in.deadFlags(&cli.BoolFlag{Name: "yes", Usage: "needed to drop all"}),
		Action: func(ctx context.Context, c *cli.Command) error {
			if wantsAll(c) && !c.Bool("yes") {
				return usagef("drop all forgets every dead event for good; add --yes if that is meant")
			}
			return in.changeDead(ctx, c, change{deadLetters.Drop, "forgotten"})
		},
	}
}

func (in *input) deadFlags(own ...cli.Flag) []cli.Flag {
	return slices.Concat(own, in.natsFlags(), in.dataFlags(), in.adminFlags())
}

func (in *input) listDead(ctx context.Context, c *cli.Command) error {
	if err := noArguments(c); err != nil {
		return err
	}
	limit := c.Int("limit")
	if limit < 1 {
		return bad("limit", "is %d; accepted is 1 or more", limit)
	}
	return in.onDead(ctx, c, func(letters deadLetters) error {
		list, total, err := newest(ctx, letters, limit)
		if err != nil {
			return err
		}
		if c.Bool("json") {
			return in.printJSON(list...)
		}
		return in.printTable(list, total)
	})
}

func (in *input) showDead(ctx context.Context, c *cli.Command) error {
	names, err := deadNames(c)
	if err != nil {
		return err
	}
	if len(names) != 1 {
		return usagef("show needs exactly one id, like whois24 dead show 12")
	}
	return in.onDead(ctx, c, func(letters deadLetters) error {
		ids, err := names.find(ctx, letters)
		if err != nil {
			return err
		}
		d, err := letters.DeadEvent(ctx, ids[0])
		if err != nil {
			return fmt.Errorf("event %d: %w", ids[0], err)
		}
		if c.Bool("json") {
			return in.printJSON(d)
		}
		return in.printDead(d)
	})
}
