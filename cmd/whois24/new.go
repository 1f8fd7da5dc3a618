package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/urfave/cli/v3"
)

func newCommand(in *input) *cli.Command {
	return &cli.Command{
		Name:        "new",
		Usage:       "writes the beginnings of something into the source tree",
		Description: "Example:\n\n  whois24 new command birthday",
		Commands:    []*cli.Command{newCommandCommand(in)},

		HideHelpCommand: true,
		Suggest:         true,
		Action:          unknownNewCommand,
	}
}

func unknownNewCommand(_ context.Context, c *cli.Command) error {
	if !c.Args().Present() {
		return usagef("new needs what to write: command")
	}
	return usagef("new knows command, but got %q", c.Args().First())
}

func newCommandCommand(in *input) *cli.Command {
	return &cli.Command{
		Name:      "command",
		Usage:     "a command of the bot: its file, its test, its texts and its place in the list",
		ArgsUsage: "NAME",
		Description: "Example, in a clone of the sources:\n\n" +
			"  go run ./cmd/whois24 new command birthday\n\n" +
			"What it writes greets a person. Edit that into what the command is to do.",
		Action: in.newCommand,
	}
}

// newCommand writes nothing before it knows that everything can be written.
func (in *input) newCommand(_ context.Context, c *cli.Command) error {
	if c.Args().Len() != 1 {
		return usagef("new command needs one name, like birthday, but got %d words", c.Args().Len())
	}
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	tree, err := findClone(dir)
	if err != nil {
		return err
	}
	d, err := tree.draft(c.Args().First())
	if err != nil {
		return err
	}
	for _, f := range d.files {
		if err := tree.write(f); err != nil {
			return fmt.Errorf("write the command: %w", err)
		}
	}
	return d.report(in.stdout, tree.root)
}

// report says what was written and what comes next.
func (d draft) report(w io.Writer, root string) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "Written in %s:\n", root)
	for _, f := range d.files {
		fmt.Fprintf(table, "  %s\t%s\n", f.path, f.what)
	}
	fmt.Fprintf(table, "\nNext, there:\n")
	fmt.Fprintf(table, "  go test ./commands -run %s\t# its test\n", d.Test)
	fmt.Fprintf(table, "  go test ./commands -run Reference -update\t# puts it into docs/commands.md\n")
	fmt.Fprintf(table, "  go run ./cmd/whois24 chat\t# then type /%s\n", d.Name)
	return table.Flush()
}
