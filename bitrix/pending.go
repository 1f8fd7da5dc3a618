package bitrix

import (
	"context"
	"encoding/json"
	"errors"
	"time"
)

// pending is a call that somebody waits for: in the queue, or in a request that is out.
type pending struct {
	method  string
	body    json.RawMessage // its parameters
	alone   bool            // shares its request with no other call
	patient bool            // goes when no other call waits
	dialog  DialogID        // where it says something, which keeps its order; "" if nowhere
	user    UserID          // who a look-up is about; 0 for other calls
	units   bool            // of a look-up: with the person's departments

	// What follows is guarded by the queue until done is closed, and never changes after.
	byItself bool      // a look-up that no longer shares a command with others
	renewed  bool      // made again after its access token had expired
	since    time.Time // waiting
	callers  int       // who want it; more than one for equal look-ups
	request  *request  // nil in the queue
	refused  *Error    // by the last try, when it did not run and is tried again
	done     chan struct{}
	answer   answer
	err      error
}

// request is an HTTP request that is out, and the calls in it.
type request struct {
	calls   []*pending
	sent    time.Time
	callers int // of its calls; when the last one goes, it is given up
	giveUp  context.CancelFunc
	givenUp bool
}

// attempt is how a call ended in a request.
type attempt struct {
	call    *pending
	answer  answer
	err     error
	again   bool // did not work in company: once more, by itself
	renewed bool // refused for an expired access token, and there is a new one: once more
}

// result is for one caller: an error is nobody else's.
func (p *pending) result() (answer, error) {
	if e, ok := errors.AsType[*Error](p.err); ok {
		own := *e
		return answer{}, &own
	}
	return p.answer, p.err
}

// notSent is for a caller that goes while its call is in the queue. If the portal had refused it there, the
// caller learns why it had to wait.
func (p *pending) notSent(cause error) *Error {
	if p.refused != nil {
		e := *p.refused
		e.cause = cause
		return &e
	}
	return &Error{Method: p.method, Text: "waiting for its turn", reach: unsent, cause: cause}
}

// givenUp is for a caller that goes while its call is out, and others want the same request.
func (p *pending) givenUp(cause error) *Error {
	return &Error{Method: p.method, Text: "no answer", reach: lost, cause: cause}
}
