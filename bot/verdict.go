package bot

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events/stream"
)

const (
	// A portal that answers with errors of its own is asked this often, over about a minute; then the person is told
	// that it cannot be done now. One that does not answer at all is waited for: nobody could be told anything.
	maxRefusedAttempts = 6
	firstDelay         = time.Second
	maxDelay           = time.Minute
	foreignPortalDelay = time.Minute
)

// retryLater is an error after which the event comes again.
type retryLater struct{ error }

func (e retryLater) Unwrap() error { return e.error }

// verdict decides what becomes of an event by how answering it ended.
func verdict(err error, attempt int) stream.Settlement {
	var again retryLater
	switch {
	case err == nil:
		return stream.Done()
	case errors.As(err, &again):
		return stream.Retry(delay(err, attempt))
	default:
		return stream.Bury(err.Error())
	}
}

// temporary reports whether the same may succeed later.
func temporary(err error) bool {
	var refused *bitrix.Error
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) ||
		errors.As(err, &refused) && refused.Temporary()
}

// worthWaiting reports whether the asker is better served by another try of the command than by an apology now.
func worthWaiting(err error, attempt int) bool {
	var refused *bitrix.Error
	if errors.As(err, &refused) && brokenThere(refused) && attempt >= maxRefusedAttempts {
		return false
	}
	return temporary(err)
}

// brokenThere reports whether the portal is up and failed at this call, as opposed to being away or asking for patience.
func brokenThere(e *bitrix.Error) bool { return e.Code != "" && e.MayHaveRun() }

// delay grows with each attempt and is never shorter than what the portal asked for. The random part keeps events
// that failed together from coming back together.
func delay(err error, attempt int) time.Duration {
	d := min(maxDelay, firstDelay<<min(attempt-1, 10))
	d += rand.N(d / 4)
	var refused *bitrix.Error
	if errors.As(err, &refused) {
		d = max(d, refused.RetryAfter)
	}
	return d
}

// reason sorts final errors by what the asker can do about them.
func reason(err error) commands.Reason {
	var refused *bitrix.Error
	switch {
	case !errors.As(err, &refused):
		return commands.Broken
	case refused.Temporary():
		return commands.PortalTrouble
	default:
		return commands.PortalRefuses
	}
}
