package remote

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/term"

	"github.com/whois24/whois24/commands"
)

// Main is the main function of a program that serves commands. It reads its settings, --nats and others that --help lists, or
// WHOIS24_NATS and so on, ends on SIGTERM and SIGINT, and does not return.
func Main(version string, list ...commands.Command) {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	p := program{filepath.Base(os.Args[0]), version, list}
	os.Exit(p.exitCode(p.run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr), os.Stderr))
}

// program serves commands.
type program struct {
	name    string
	version string
	list    []commands.Command
}

// run lasts until ctx ends. It reads the environment only through getenv.
func (p program) run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	set, err := commands.NewSet(p.list...)
	if err != nil {
		return err
	}
	s, err := readSettings(args, getenv)
	if errors.Is(err, flag.ErrHelp) {
		p.help(stdout)
		return nil
	}
	if err != nil {
		return usageError{err}
	}
	log := newLogger(stderr)
	log.Info().Str("version", p.version).Msg(p.name + " starts")
	var names []string
	for _, schema := range set.Schemas() {
		names = append(names, schema.Name)
	}
	conn, err := s.connect(names, log)
	if err != nil {
		return usageError{err}
	}
	defer conn.Close()
	err = Serve(ctx, Options{Conn: conn, Version: p.version, Log: log}, p.list...)
	log.Info().Msg(p.name + " stopped")
	return err
}

// exitCode prints what went wrong in one line and gives the process its code: 2 for a wrong setting, 1 for everything else.
func (p program) exitCode(err error, stderr io.Writer) int {
	if err == nil {
		return 0
	}
	fmt.Fprintln(stderr, p.name+": "+strings.Join(strings.Fields(err.Error()), " "))
	var usage usageError
	if errors.As(err, &usage) {
		return 2
	}
	return 1
}

// usageError is a setting that cannot be used.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// newLogger writes for people where there are some, and for programs elsewhere.
func newLogger(stderr io.Writer) zerolog.Logger {
	if f, ok := stderr.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		stderr = zerolog.ConsoleWriter{Out: stderr, TimeFormat: time.TimeOnly}
	}
	return zerolog.New(stderr).With().Timestamp().Logger()
}
