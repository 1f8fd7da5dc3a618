package events

import (
	"errors"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// How often a portal is asked for events, from one request to the next. Bitrix24 advises 5 to 30 s while nothing happens, and
// at least 2 s between full pages; a portal allows 2 requests a second in all.
const (
	paceTalking = time.Second             // while people talk: within talkingFor of an event
	paceRecent  = 2500 * time.Millisecond // for a while after: within recentFor; a fifth of the allowance
	paceQuiet   = 5 * time.Second
	paceFull    = 2 * time.Second // more waits than a page holds

	talkingFor = 30 * time.Second
	recentFor  = 5 * time.Minute
)

// speed tells an operator what the numbers above mean for people.
const speed = "events are fetched: while people talk the portal is asked every second, after half a minute of silence every 2.5 s, " +
	"after five minutes every 5 s, and an answer begins up to so much later; with a public URL it would begin at once"

// Waits after a fetch that failed: twice as long each time.
const (
	firstBackoff   = time.Second
	longestBackoff = 30 * time.Second
)

// pace says when a portal is asked again.
type pace struct {
	heard    time.Time // when events came last
	failures int       // in a row
}

// fetched is how long to wait after a page that was asked for at began and is stored now. A portal that takes long to answer
// is asked less.
func (p *pace) fetched(began, now time.Time, page bitrix.EventPage) time.Duration {
	p.failures = 0
	if len(page.Events) > 0 {
		p.heard = now
	}
	took := now.Sub(began)
	return max(p.every(now, page.HasMore)-took, min(took, longestBackoff))
}

func (p *pace) every(now time.Time, full bool) time.Duration {
	silence := now.Sub(p.heard)
	switch {
	case full:
		return paceFull
	case silence < talkingFor:
		return paceTalking
	case silence < recentFor:
		return paceRecent
	default:
		return paceQuiet
	}
}

// failed is how long to wait after an error: at least as long as the portal asked for.
func (p *pace) failed(err error) time.Duration {
	wait := min(firstBackoff<<min(p.failures, 5), longestBackoff)
	p.failures++
	if e, ok := errors.AsType[*bitrix.Error](err); ok {
		wait = max(wait, e.RetryAfter)
	}
	return wait
}
