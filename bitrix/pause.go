package bitrix

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"time"
)

// A portal that says it gets too many requests is left alone as its documentation asks: a second at first, twice
// as long each time, half a minute at most, and a random part more, so that programs which share an address do
// not come back together.
const (
	firstPause   = time.Second
	longestPause = 30 * time.Second
)

// pause keeps a whole client from calling. The zero value does not. It is guarded by the queue.
type pause struct {
	began, ends time.Time
	refusals    int // pauses since the last answer that was none
}

// left is how long it lasts.
func (p *pause) left(now time.Time) time.Duration { return p.ends.Sub(now) }

// refused begins a pause, of atLeast what the portal asked for. Requests sent before the latest pause began are
// no news: several are out at once, and one full bucket refuses them all.
func (p *pause) refused(now, sent time.Time, atLeast time.Duration) {
	if sent.Before(p.began) {
		return
	}
	d := min(firstPause<<min(p.refusals, 10), longestPause)
	d += rand.N(d / 4)
	p.began, p.ends = now, now.Add(max(d, atLeast))
	p.refusals++
}

// answered is told of a request that was taken, sent at that moment.
func (p *pause) answered(sent time.Time) {
	if !sent.Before(p.began) {
		p.refusals = 0
	}
}

// tooMany finds the refusal that is about the rate of requests: such a call did not run, whichever it was.
func tooMany(err error) (*Error, bool) {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return nil, false
	}
	front := e.Code == "" && e.Status == http.StatusTooManyRequests
	return e, front || e.Is(ErrQueryLimit) // not its cause: that may be another server's
}
