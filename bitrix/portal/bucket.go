package portal

import "time"

// bucket is the leaky bucket of one portal and one source address: each request adds a drop, a full one refuses.
type bucket struct {
	rate, burst float64
	level       float64
	at          time.Time
}

func (b *bucket) take(now time.Time) bool {
	if elapsed := now.Sub(b.at); elapsed > 0 { // clocks may be set back
		b.level = max(0, b.level-b.rate*elapsed.Seconds())
	}
	b.at = now
	if b.level+1 > b.burst {
		return false
	}
	b.level++
	return true
}

// operating is what a method has cost lately: the portal tells it with every answer.
type operating struct {
	spent time.Duration
	reset time.Time
}

const (
	operatingWindow = 10 * time.Minute
	operatingFree   = 100 * time.Millisecond // shorter runs cost nothing
)

func (o *operating) add(now time.Time, took time.Duration) {
	if !now.Before(o.reset) {
		*o = operating{reset: now.Add(operatingWindow)}
	}
	if took > operatingFree {
		o.spent += took
	}
}
