package bot

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/remote"
	"github.com/whois24/whois24/events/stream"
)

// How long a portal is asked again that is up and fails at one event with errors of its own. One that does not answer
// at all is waited for until stream.GiveUp: nobody could be told anything.
const (
	lookUpPatience = time.Minute      // then the asker is told that it cannot be done now
	sendPatience   = 20 * time.Minute // then the event is buried; it has held up its dialog long enough
)

// awayPatience is how long a command is asked again whose process is not there: one that is started anew takes seconds. With
// the time between two tries, the asker hears of it within 15 s.
const awayPatience = 13 * time.Second

const (
	firstDelay = time.Second
	maxDelay   = time.Minute
)

// Errors of ours that pass.
var (
	errForeignPortal = errors.New("this worker does not serve the portal")
	errNoRecord      = errors.New("nobody can tell now whether the reply was posted")
	errNoMemory      = errors.New("nobody can tell now which language the person wants")
	errNoWake        = errors.New("nobody can tell now whether the command is to be run again")
)

// fate is what becomes of what was tried.
type fate int

const (
	done  fate = iota
	again      // the same may succeed later
	over       // it will not, or has taken too long
)

// tried is what an event has been through.
type tried struct {
	age     time.Duration // since it was stored
	refused time.Duration // since when the portal has been up and failing at it
	away    time.Duration // since when the process that runs the command has not answered
}

// verdict decides by how a try ended. Patience is with a portal that is up and fails.
func verdict(err error, t tried, patience time.Duration) fate {
	switch {
	case err == nil:
		return done
	case t.age >= stream.GiveUp:
		return over
	case brokenThere(err) && t.refused >= patience, away(err) && t.away >= awayPatience:
		return over
	case temporary(err):
		return again
	default:
		return over
	}
}

// temporary reports whether the same may succeed later. A try that ran out of time is: it may have waited for the
// portal's rate limit all along.
func temporary(err error) bool {
	for _, passing := range []error{errForeignPortal, errNoRecord, errNoMemory, errNoWake, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, passing) {
			return true
		}
	}
	var e *bitrix.Error
	return errors.As(err, &e) && e.Temporary() || away(err)
}

// away reports whether nobody answered who runs the command, in another process; a portal that failed it there is not that.
func away(err error) bool {
	var portal *bitrix.Error
	var e *remote.Error
	return errors.Is(err, commands.ErrAway) || errors.As(err, &e) && e.Temporary() && !errors.As(err, &portal)
}

// brokenThere reports whether the portal is up and failed at this call, as opposed to being away or asking for patience.
func brokenThere(err error) bool {
	var e *bitrix.Error
	return errors.As(err, &e) && e.Code != "" && e.Temporary() && e.MayHaveRun()
}

// retryLater is an error after which the event comes again.
type retryLater struct{ error }

func (e retryLater) Unwrap() error { return e.error }

func comesAgain(err error) bool {
	var later retryLater
	return errors.As(err, &later)
}

// delay grows with each failure and is never shorter than what the portal asked for. The random part keeps events
// that failed together from coming back together.
func delay(err error, failures int) time.Duration {
	d := min(maxDelay, firstDelay<<min(failures-1, 10))
	if away(err) {
		d = firstDelay
	}
	d += rand.N(d / 4)
	var e *bitrix.Error
	if errors.As(err, &e) {
		d = max(d, e.RetryAfter)
	}
	return d
}

// reason sorts final errors by what the asker can do about them.
func reason(err error, age time.Duration) commands.Reason {
	var e *bitrix.Error
	switch {
	case age >= stream.GiveUp:
		return commands.TooLate
	case away(err):
		return commands.Away
	case !errors.As(err, &e):
		return commands.Broken
	case e.Temporary():
		return commands.PortalTrouble
	default:
		return commands.PortalRefuses
	}
}
