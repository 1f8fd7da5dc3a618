package bitrix

import (
	"fmt"
	"strings"
	"time"
)

// Error is a call that did not succeed: refused by the portal, or without an answer that could be read.
// It never holds a token, neither in its text nor in what it wraps.
type Error struct {
	Method string // as called, "im.user.get"
	Status int    // the HTTP status; 0 if there was no answer. Inside a batch it is the batch's, 200
	Code   string // as the portal wrote it; some errors have none. Compare with errors.Is
	Text   string // the portal's words, or ours where it had none; for logs, not for people

	// RetryAfter is how long the portal wants to be left alone with this method; 0 where it did not say.
	RetryAfter time.Duration

	reach reach
	cause error
}

// reach says how far a call got where status and code cannot tell.
type reach uint8

const (
	answered   reach = iota // the portal said no: status and code decide
	unsent                  // the request never left
	lost                    // it left, and no whole answer came back
	unreadable              // it was carried out, and the result is not what we know
)

// Error tells method, status, code and text; it is written for logs.
func (e *Error) Error() string {
	var s strings.Builder
	s.WriteString(e.Method)
	if e.Status != 0 {
		fmt.Fprintf(&s, ": HTTP %d", e.Status)
	}
	if e.Code != "" {
		s.WriteString(": " + e.Code)
	}
	if e.Text != "" {
		s.WriteString(": " + e.Text)
	}
	if e.cause != nil {
		s.WriteString(": " + e.cause.Error())
	}
	return s.String()
}

// Unwrap returns what the network or the context had against the call, if that was it.
func (e *Error) Unwrap() error { return e.cause }

// Is compares with an ErrorCode, whatever the case, and whichever generation of the bot API says it.
func (e *Error) Is(target error) bool {
	code, ok := target.(ErrorCode)
	return ok && (strings.EqualFold(string(code), e.Code) || code != "" && code == e.synonym())
}

// Temporary reports whether the same call may succeed later with nothing changed on our side. An expired
// token is not temporary: it needs renewing first.
func (e *Error) Temporary() bool { return e.outcome().temporary }

// MayHaveRun reports whether the portal may have carried the call out all the same. Then only a call that
// does no harm twice may be repeated, such as a read or a SendMessage with a TemplateID.
func (e *Error) MayHaveRun() bool { return e.outcome().mayHaveRun }
