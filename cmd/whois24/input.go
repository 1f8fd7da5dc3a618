package main

import (
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v3"
	"golang.org/x/term"
)

// input is where a command reads from and writes to.
type input struct {
	getenv         func(string) string
	stdin          io.Reader
	stdout, stderr io.Writer
	unreadable     error // a secret's file that could not be read
}

// envName is the environment's name of a flag.
func envName(flag string) string {
	return "WHOIS24_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// env looks a flag up in the environment. Empty is not set.
type env struct {
	in  *input
	key string
}

func (e env) Lookup() (string, bool) {
	v := e.in.getenv(e.key)
	return v, v != ""
}

// IsFromEnv and Key make help pages name the variable.
func (e env) IsFromEnv() bool  { return true }
func (e env) Key() string      { return e.key }
func (e env) String() string   { return "environment variable " + e.key }
func (e env) GoString() string { return e.String() }

// secretFile reads a secret from the file that the variable X_FILE names.
type secretFile struct {
	in   *input
	flag string
}

func (f secretFile) Lookup() (string, bool) {
	path := f.in.getenv(envName(f.flag) + "_FILE")
	if path == "" {
		return "", false
	}
	data, err := os.ReadFile(path)
	if err != nil {
		f.in.unreadable = bad(f.flag, "%s_FILE: %w", envName(f.flag), err)
	}
	return strings.TrimSpace(string(data)), err == nil
}

func (f secretFile) String() string   { return "file named by " + envName(f.flag) + "_FILE" }
func (f secretFile) GoString() string { return f.String() }

// text is a flag with its variable.
func (in *input) text(name, value, usage string) cli.Flag {
	return &cli.StringFlag{
		Name: name, Value: value, Usage: usage,
		Sources: cli.NewValueSourceChain(env{in, envName(name)}),
	}
}

// secret is a flag that can also come from a file, and whose value is shown nowhere.
func (in *input) secret(name, usage string) cli.Flag {
	return &cli.StringFlag{
		Name: name, Usage: usage + " (secret)", HideDefault: true,
		Sources: cli.NewValueSourceChain(env{in, envName(name)}, secretFile{in, name}),
	}
}

// terminal reports whether what is read or written is one: colours and words are for people only.
func terminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
