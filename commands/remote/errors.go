package remote

import (
	"errors"
	"strings"
	"unicode"
)

// Error is a question that a service did not answer as it should.
type Error struct {
	Command string
	Text    string // ours, or the service's own words: for logs

	temporary bool
	cause     error // of the portal where that failed the service, or of NATS
}

// Error tells the command and what was wrong.
func (e *Error) Error() string {
	text := "command " + e.Command + ": " + e.Text
	if e.cause != nil {
		text += ": " + e.cause.Error()
	}
	return text
}

// Unwrap is the error of the portal or of NATS that this one comes of, if it does.
func (e *Error) Unwrap() error { return e.cause }

// Temporary reports whether another try may help.
func (e *Error) Temporary() bool { return e.temporary }

// temporary reports whether an error says so of itself.
func temporary(err error) bool {
	var e interface{ Temporary() bool }
	return errors.As(err, &e) && e.Temporary()
}

// maxLogged is how much of a stranger's text comes into an error, in bytes.
const maxLogged = 300

// forLog makes a stranger's text fit for one line of a log.
func forLog(s string) string {
	if len(s) > maxLogged {
		s = s[:maxLogged] + "…"
	}
	return strings.Map(func(c rune) rune {
		if !unicode.IsPrint(c) {
			return ' '
		}
		return c
	}, strings.ToValidUTF8(s, ""))
}
