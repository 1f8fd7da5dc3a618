package bitrix

import (
	"context"
	"slices"
	"time"
)

const (
	// outLimit is how many requests are out at once: as many as there are connections kept (NewTransport). Seven
	// slow ones hold up nobody.
	outLimit = 8
	// patience is how long a call waits for the request that is out, to go in company afterwards. A healthy
	// portal answers a look-up within it, so that a burst gathers in batches and spends few of the 50 requests a
	// portal takes at once; and nobody notices it in a chat when the one that is out is stuck.
	patience = 100 * time.Millisecond
)

// pump sends what may go now and sets the clock for what may go later. Like everything in this file it runs with
// the queue locked.
func (q *queue) pump() {
	q.stopClock()
	for {
		l, wait := q.next(time.Now())
		if wait > 0 {
			q.clock = time.AfterFunc(wait, q.tick)
			return
		}
		if len(l.groups) == 0 {
			return
		}
		q.send(l)
	}
}

func (q *queue) tick() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.pump()
}

func (q *queue) stopClock() {
	if q.clock != nil {
		q.clock.Stop()
		q.clock = nil
	}
}

// next is what goes now, or how long until something may. It is neither when nothing waits, or nothing can go
// before a request comes back.
func (q *queue) next(now time.Time) (load, time.Duration) {
	if len(q.waiting) == 0 || q.out == outLimit {
		return load{}, 0
	}
	if wait := max(q.pause.left(now), q.allowance.delay(now)); wait > 0 {
		return load{}, wait
	}
	l := pack(q.waiting, q.busy, q.lists())
	if len(l.groups) == 0 || l.full() {
		return l, 0
	}
	if wait := q.company(l, now); wait > 0 {
		return load{}, wait
	}
	return l, 0
}

// company is how long a load waits for more calls to join it.
func (q *queue) company(l load, now time.Time) time.Duration {
	spacing := q.allowance.spacing(now)
	wait := spacing - now.Sub(q.shared)
	if q.sharing > 0 {
		wait = max(wait, max(patience, spacing)-now.Sub(l.groups[0][0].since))
	}
	return wait
}

// send lets a request go. Its time begins now: what it waited is the callers' affair.
func (q *queue) send(l load) {
	ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
	r := &request{calls: l.calls(), sent: time.Now(), giveUp: cancel}
	for _, call := range r.calls {
		call.request = r
		r.callers += call.callers
		if call.dialog != "" {
			q.busy[call.dialog] = struct{}{}
		}
	}
	q.waiting = slices.DeleteFunc(q.waiting, func(p *pending) bool { return p.request != nil })
	q.count(r, 1)
	q.allowance.sent()
	go func() {
		defer cancel()
		attempts := q.carry(ctx, l.groups)
		q.finish(r, attempts)
	}()
}

func (q *queue) count(r *request, n int) {
	q.out += n
	if !r.calls[0].alone {
		q.sharing += n
		q.shared = r.sent
	}
}

// finish takes a request back. Calls that did not run because of the rate of requests, or not in company, return
// to the head of the queue in their order, as long as somebody waits for them; one that goes alone is what
// Client.Call is for, and learns everything the portal says but that its token had expired.
func (q *queue) finish(r *request, attempts []attempt) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.count(r, -1)
	q.allowance.returned(time.Now())
	for _, call := range r.calls {
		call.request = nil
		delete(q.busy, call.dialog)
	}
	q.heed(r, attempts)
	var again []*pending
	for _, a := range attempts {
		if q.retry(a) {
			again = append(again, a.call)
		} else {
			q.settle(a.call, a.answer, a.err)
		}
	}
	q.waiting = append(again, q.waiting...)
	q.dropHeld()
	q.pump()
}

// retry prepares a call that is to be tried again.
func (q *queue) retry(a attempt) bool {
	if a.call.callers == 0 || a.call.alone && !a.renewed {
		return false
	}
	a.call.renewed = a.call.renewed || a.renewed
	refusal, limited := tooMany(a.err)
	if limited {
		a.call.refused = refusal
	}
	a.call.byItself = a.call.byItself || a.again
	return limited || a.again || a.renewed
}

// heed pauses the client when the portal asked for it.
func (q *queue) heed(r *request, attempts []attempt) {
	for _, a := range attempts {
		if refusal, limited := tooMany(a.err); limited {
			now := time.Now()
			q.allowance.exhaust(now)
			q.pause.refused(now, r.sent, refusal.RetryAfter)
			return
		}
	}
	q.pause.answered(r.sent)
}

// dropHeld ends the calls whose method is held back by now.
func (q *queue) dropHeld() {
	q.waiting = slices.DeleteFunc(q.waiting, func(p *pending) bool {
		err := q.held(p)
		if err != nil {
			q.settle(p, answer{}, err)
		}
		return err != nil
	})
}
