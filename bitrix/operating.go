package bitrix

import (
	"fmt"
	"sync"
	"time"
)

// A method that has used up its working time is blocked until a moment that earlier answers of the same
// method have named, at most ten minutes away.
const (
	shortestBlock = 10 * time.Second // taken where no answer has named the moment
	longestBlock  = 10 * time.Minute
)

// resetTimes remembers for each method when its working time is given back, and which are held back until a
// moment such as that.
type resetTimes struct {
	mu    sync.Mutex
	at    map[string]time.Time
	until map[string]time.Time
}

func newResetTimes() *resetTimes {
	return &resetTimes{at: map[string]time.Time{}, until: map[string]time.Time{}}
}

// note remembers what an answer said; unix is in seconds, 0 if it said nothing.
func (r *resetTimes) note(method string, unix int64) {
	if unix <= 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at[method] = time.Unix(unix, 0)
}

// wait is how long method is still blocked.
func (r *resetTimes) wait(method string) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	return min(max(time.Until(r.at[method]), shortestBlock), longestBlock)
}

// hold keeps a method from being called.
func (r *resetTimes) hold(method string, d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.until[method] = time.Now().Add(d)
}

// held is how long method must not be called yet; 0 if it may be.
func (r *resetTimes) held(method string) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	until, ok := r.until[method]
	if !ok {
		return 0
	}
	left := time.Until(until)
	if left <= 0 {
		delete(r.until, method)
		return 0
	}
	return left
}

// held ends a call to a method that the portal does not carry out for now, before it costs a request. A look-up
// has two methods.
func (c *Client) held(call *pending) error {
	left := c.resets.held(call.method)
	if call.user != 0 && !call.byItself {
		left = min(left, c.resets.held(userListMethod))
	}
	if left == 0 {
		return nil
	}
	return &Error{
		Method:     call.method,
		Code:       string(ErrOperationTimeLimit),
		Text:       fmt.Sprintf("not called: it is blocked for %s more", left.Round(time.Second)),
		RetryAfter: left,
	}
}
