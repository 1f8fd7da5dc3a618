// Command whois24 is a Bitrix24 chat bot that answers questions about people.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // 450 KB, and no machine lacks the zones people live in
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	err := run(ctx, os.Args, os.Getenv, os.Stdout, os.Stderr)
	os.Exit(exitCode(err, os.Stderr))
}

// run carries out one invocation. It reads the environment only through getenv.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	return newApp(getenv, stdout, stderr).Run(ctx, args)
}

// exitCode prints what went wrong in one line and gives the process its code: 2 for a wrong setting or a wrong
// command line, 1 for everything else.
func exitCode(err error, stderr io.Writer) int {
	if err == nil {
		return 0
	}
	fmt.Fprintln(stderr, "whois24: "+oneLine(err.Error()))
	if isUsage(err) {
		return 2
	}
	return 1
}
