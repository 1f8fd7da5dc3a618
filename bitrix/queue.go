package bitrix

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

const (
	// callerLimit bounds the memory of what waits. A portal takes 75 seconds for 10 000 look-ups and answers at
	// best: who comes after that is better off asking again later.
	callerLimit = 10_000
	// joinTime is how old a look-up that is out may be to serve another caller too. One that takes longer is
	// stuck, and who asks now should not share its fate.
	joinTime = time.Second
)

// queue is where calls wait until they may go, those that can in company of others. Nothing runs while nothing
// waits: callers, the end of a request and a timer move it on.
type queue struct {
	carry func(context.Context, [][]*pending) []attempt // sends groups of calls as one request
	held  func(*pending) error                          // not nil if a call's method is held back
	lists func() bool                                   // whether look-ups may share a command

	mu        sync.Mutex
	waiting   []*pending            // in order of arrival
	lookups   map[UserID]*pending   // the latest about each person
	busy      map[DialogID]struct{} // with a call that is out
	callers   int
	out       int       // requests
	sharing   int       // requests of them whose calls could be in company
	shared    time.Time // when the latest of those went
	allowance allowance
	pause     pause
	clock     *time.Timer // moves the queue on when something may go
}

func newQueue(c *Client, a allowance) *queue {
	return &queue{
		carry:     c.carry,
		held:      c.held,
		lists:     c.mayList,
		lookups:   map[UserID]*pending{},
		busy:      map[DialogID]struct{}{},
		allowance: a,
	}
}

// do sees a call through. When ctx ends first, the caller gets an error that says whether the call may have run;
// other callers of the same request are not touched.
func (q *queue) do(ctx context.Context, call *pending) (answer, error) {
	if err := ctx.Err(); err != nil {
		return answer{}, call.notSent(err)
	}
	call, err := q.enter(call)
	if err != nil {
		return answer{}, err
	}
	return q.wait(ctx, call)
}

// doTogether sees calls of one method through, in one request if they can go so. They are no look-ups. The first error is that
// of all.
func (q *queue) doTogether(ctx context.Context, calls []*pending) ([]answer, error) {
	if err := ctx.Err(); err != nil {
		return nil, calls[0].notSent(err)
	}
	if err := q.enterTogether(calls); err != nil {
		return nil, err
	}
	got, failures := make([]answer, len(calls)), make([]error, len(calls))
	for i, call := range calls {
		got[i], failures[i] = q.wait(ctx, call) // for each: nobody else takes them out of the queue
	}
	return got, cmp.Or(failures...)
}

// enterTogether puts calls into the queue before any of them may go.
func (q *queue) enterTogether(calls []*pending) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if err := q.refusal(calls[0], len(calls)); err != nil {
		return err
	}
	for _, call := range calls {
		q.admit(call)
	}
	q.pump()
	return nil
}

// wait is for a call that is in the queue.
func (q *queue) wait(ctx context.Context, call *pending) (answer, error) {
	select {
	case <-call.done:
		return call.result()
	case <-ctx.Done():
		return q.leave(call, ctx.Err())
	}
}

// enter puts a call into the queue, or finds an equal one to wait for.
func (q *queue) enter(call *pending) (*pending, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if err := q.refusal(call, 1); err != nil {
		return nil, err
	}
	if same := q.lookups[call.user]; same != nil && same.joinable() && (same.units || !call.units) {
		q.callers++
		same.join()
		return same, nil
	}
	q.admit(call)
	q.pump()
	return call, nil
}

// refusal is why n calls like this one cannot come in; nil: they can.
func (q *queue) refusal(call *pending, n int) error {
	if q.callers+n > callerLimit {
		return &Error{Method: call.method, Text: fmt.Sprintf("%d calls are waiting", q.callers), reach: unsent}
	}
	return q.held(call)
}

func (q *queue) admit(call *pending) {
	q.callers++
	call.since, call.callers, call.done = time.Now(), 1, make(chan struct{})
	q.line(call)
	if call.user != 0 {
		q.lookups[call.user] = call
	}
}

// line puts a call behind those that waited before, and a patient one behind all.
func (q *queue) line(call *pending) {
	end := len(q.waiting)
	for !call.patient && end > 0 && q.waiting[end-1].patient {
		end--
	}
	q.waiting = slices.Insert(q.waiting, end, call)
}

func (p *pending) joinable() bool {
	return p.request == nil || !p.request.givenUp && time.Since(p.request.sent) < joinTime
}

func (p *pending) join() {
	p.callers++
	if p.request != nil {
		p.request.callers++
	}
}

// leave is a caller whose context ended. The last one to leave a request ends it and waits for that, since only
// then it is known whether the request got out.
func (q *queue) leave(call *pending, cause error) (answer, error) {
	if err := q.abandon(call, cause); err != nil {
		return answer{}, err
	}
	<-call.done
	got, err := call.result()
	if failure, ok := errors.AsType[*Error](err); ok && errors.Is(err, context.Canceled) {
		failure.cause = cause
	}
	return got, err
}

// abandon returns nil where the end of the call is here, or near.
func (q *queue) abandon(call *pending, cause error) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if call.ended() {
		return nil
	}
	q.callers--
	call.callers--
	if r := call.request; r != nil {
		r.callers--
		if r.callers > 0 {
			return call.givenUp(cause)
		}
		r.givenUp = true
		r.giveUp()
		return nil
	}
	if call.callers == 0 {
		q.waiting = slices.DeleteFunc(q.waiting, func(p *pending) bool { return p == call })
		q.forget(call)
		q.pump()
	}
	return call.notSent(cause)
}

func (p *pending) ended() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

// settle ends a call for everybody who waits for it.
func (q *queue) settle(call *pending, got answer, err error) {
	q.callers -= call.callers
	q.forget(call)
	call.answer, call.err = got, err
	close(call.done)
}

// redirected counts a request that goes out twice.
func (q *queue) redirected() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.allowance.redirected(time.Now())
}

func (q *queue) forget(call *pending) {
	if q.lookups[call.user] == call {
		delete(q.lookups, call.user)
	}
}
