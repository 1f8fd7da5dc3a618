package bot_test

import (
	"sync"
	"time"
)

// clock is the machine's, unless it is put forward or stopped.
type clock struct {
	mu      sync.Mutex
	ahead   time.Duration
	stopped time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.stopped.IsZero() {
		return c.stopped
	}
	return time.Now().Add(c.ahead)
}

func (c *clock) putForward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
}

func (c *clock) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopped = time.Now().Add(c.ahead)
}

func (c *clock) goOn() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopped = time.Time{}
}
