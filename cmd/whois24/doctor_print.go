package main

import (
	"encoding/json"
	"fmt"
	"io"
)

const (
	green, red, grey = "\x1b[32m", "\x1b[31m", "\x1b[90m"
	plainAgain       = "\x1b[0m"
)

func (in *input) printFindings(findings []finding, asJSON bool) error {
	if asJSON {
		e := json.NewEncoder(in.stdout)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(findings)
	}
	for _, f := range findings {
		if err := f.print(in.stdout, terminal(in.stdout)); err != nil {
			return err
		}
	}
	return nil
}

// print writes the one line of a finding.
func (f finding) print(w io.Writer, colour bool) error {
	mark, shade := "✗", red
	switch {
	case f.OK:
		mark, shade = "✓", green
	case f.Skipped:
		mark, shade = "–", grey
	}
	if colour {
		mark = shade + mark + plainAgain
	}
	line := mark + " " + f.Check + ": " + f.What
	if f.Do != "" {
		line += " → " + f.Do
	}
	_, err := fmt.Fprintln(w, line)
	return err
}
