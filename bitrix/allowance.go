package bitrix

import (
	"math"
	"time"

	"golang.org/x/time/rate"
)

// What every portal but an Enterprise one allows.
const (
	DefaultRate  = 2
	DefaultBurst = 50
)

// allowance foresees what the portal's leaky bucket will say: each request is a drop, drops drain at a rate, and
// a full bucket refuses. When a drop falls in, only the portal knows: between sending and answer, and a later
// one drains later. So a request counts in full while it is out, and begins to drain with its answer. That is
// never less than what the portal counts, however long requests take on their way; at the brim, counting from
// the moment of sending is refused as soon as the network hesitates.
//
// It is guarded by the queue.
type allowance struct {
	settled *rate.Limiter // what is left after the requests that came back
	out     int           // requests that did not yet
}

func newAllowance(perSecond float64, burst int) allowance {
	return allowance{settled: rate.NewLimiter(rate.Limit(perSecond), burst)}
}

// delay is how long it takes until the portal takes one request more, if none comes back meanwhile.
func (a *allowance) delay(now time.Time) time.Duration {
	missing := float64(a.out+1) - a.settled.TokensAt(now)
	if missing <= 0 {
		return 0
	}
	return time.Duration(math.Ceil(missing * float64(a.refill())))
}

// refill is how long the portal takes to drain one request.
func (a *allowance) refill() time.Duration {
	return time.Duration(float64(time.Second) / float64(a.settled.Limit()))
}

// spacing is how far apart requests should go that are not full: not at all while the bucket is empty, and no faster than
// it drains when it is full. So a question by itself never waits, and a crowd that streams in, with a portal that answers
// at once, gathers in batches instead of spending the burst on requests for two or three.
func (a *allowance) spacing(now time.Time) time.Duration {
	burst := float64(a.settled.Burst())
	spent := burst - a.settled.TokensAt(now) + float64(a.out)
	return time.Duration(float64(a.refill()) * min(1, spent/burst))
}

func (a *allowance) sent() { a.out++ }

// returned is a request that has its answer, or will never have one.
func (a *allowance) returned(now time.Time) {
	a.out--
	a.settled.ReserveN(now, 1)
}

// redirected is a request that a renamed portal took, and that goes out once more.
func (a *allowance) redirected(now time.Time) { a.settled.ReserveN(now, 1) }

// exhaust is for a portal that refused: others behind our address spend from the same bucket, and it is full.
func (a *allowance) exhaust(now time.Time) {
	a.settled.ReserveN(now, max(0, int(a.settled.TokensAt(now))-a.out))
}
