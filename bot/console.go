package bot

import (
	"context"
	"sync"
	"time"

	"github.com/whois24/whois24/events/stream"
)

// Entry is one line of the live console.
type Entry struct {
	At      time.Time `json:"at"`
	What    string    `json:"what"` // event, reply, notice, retry or dead
	Outcome string    `json:"outcome,omitempty"`
	Kind    string    `json:"kind,omitempty"`
	ID      string    `json:"id,omitempty"`
	Dialog  string    `json:"dialog,omitempty"`
	User    int64     `json:"user,omitempty"`
	Text    string    `json:"text,omitempty"`
	Millis  int64     `json:"millis,omitempty"`
}

const (
	consoleHistory = 100 // lines shown to whoever opens the page
	consoleBuffer  = 256 // lines a slow reader may lag behind before it is dropped
	consoleText    = 500 // bytes of a text shown
)

// Console shows what the bot does as it happens. It never slows the bot: who reads too slowly is dropped.
type Console struct {
	depth   func(context.Context) (stream.Depth, error)
	mu      sync.Mutex
	recent  []Entry
	readers map[chan Entry]struct{}
	closed  chan struct{}
	close   sync.Once
	open    sync.WaitGroup
}

// NewConsole makes a console that also shows what depth counts.
func NewConsole(depth func(context.Context) (stream.Depth, error)) *Console {
	return &Console{depth: depth, readers: map[chan Entry]struct{}{}, closed: make(chan struct{})}
}

// Show adds a line for everybody who looks on.
func (c *Console) Show(e Entry) {
	e.Text = cut(e.Text, consoleText)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.recent = append(c.recent, e)
	c.recent = c.recent[max(0, len(c.recent)-consoleHistory):]
	for reader := range c.readers {
		select {
		case reader <- e:
		default:
			delete(c.readers, reader)
			close(reader)
		}
	}
}

func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return s[:n] + "…"
}

// Close ends all open consoles and waits for them.
func (c *Console) Close() {
	c.close.Do(func() { close(c.closed) })
	c.open.Wait()
}

// join returns the lines so far and those to come.
func (c *Console) join() ([]Entry, chan Entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	reader := make(chan Entry, consoleBuffer)
	c.readers[reader] = struct{}{}
	return append([]Entry(nil), c.recent...), reader
}

func (c *Console) leave(reader chan Entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.readers, reader)
}
