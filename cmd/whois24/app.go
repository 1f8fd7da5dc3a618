package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v3"
)

// newApp is the command line: one subcommand a file.
func newApp(getenv func(string) string, stdout, stderr io.Writer) *cli.Command {
	in := &input{getenv: getenv, stdin: os.Stdin, stdout: stdout, stderr: stderr}
	app := &cli.Command{
		Name:  "whois24",
		Usage: "a Bitrix24 chat bot that answers questions about people",
		Description: "Try it without a portal:   whois24 demo\n" +
			"On your portal:            whois24 serve --portal https://example.bitrix24.com/rest/1/code/\n\n" +
			"Every flag can also be set in the environment: --bot-code is WHOIS24_BOT_CODE. A secret can be read\n" +
			"from a file: WHOIS24_PORTAL_FILE=/run/secrets/portal. Flags win over the environment.",
		Commands: []*cli.Command{
			demoCommand(in), serveCommand(in), receiverCommand(in), workerCommand(in),
			registerCommand(in), unregisterCommand(in), askCommand(in), chatCommand(in), deadCommand(in), doctorCommand(in),
			newCommand(in), versionCommand(in),
		},
		HideHelpCommand: true,
		HideVersion:     true,
		Suggest:         true,
		Writer:          stdout,
		ErrWriter:       io.Discard, // errors are printed once, by main
		ExitErrHandler:  func(context.Context, *cli.Command, error) {},
		Action:          unknownCommand,
	}
	quiet(app)
	return app
}

// quiet makes usage errors be returned instead of printed with a page of help.
func quiet(c *cli.Command) {
	c.OnUsageError = func(_ context.Context, _ *cli.Command, err error, _ bool) error {
		return usageError{err}
	}
	for _, sub := range c.Commands {
		quiet(sub)
	}
}

// unknownCommand is what remains when no subcommand fits.
func unknownCommand(_ context.Context, c *cli.Command) error {
	if !c.Args().Present() {
		return cli.ShowRootCommandHelp(c)
	}
	return usageError{fmt.Errorf("unknown command %q; whois24 --help lists them", c.Args().First())}
}

// noArguments refuses what a command does not read.
func noArguments(c *cli.Command) error {
	if c.Args().Present() {
		return usageError{fmt.Errorf("%s takes no arguments, but got %q", c.Name, c.Args().First())}
	}
	return nil
}

// usageError is a command line or a setting that cannot be used.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func isUsage(err error) bool {
	var u usageError
	return errors.As(err, &u)
}

// oneLine keeps an error to the one line it is promised to have.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
