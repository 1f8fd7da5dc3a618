package bitrix

import (
	"sync"
	"time"
)

// A method that has used up its working time is blocked until a moment that earlier answers of the same
// method have named, at most ten minutes away.
const (
	shortestBlock = 10 * time.Second // taken where no answer has named the moment
	longestBlock  = 10 * time.Minute
)

// resetTimes remembers for each method when its working time is given back.
type resetTimes struct {
	mu sync.Mutex
	at map[string]time.Time
}

func newResetTimes() *resetTimes { return &resetTimes{at: map[string]time.Time{}} }

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
