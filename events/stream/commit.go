package stream

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
)

// One fsync costs as much for a hundred events as for one. So requests share them: a lone one is written at once, and those
// that come while a write is under way go into the next, as one atomic batch.

const (
	// A batch costs as much as some eight publishes, whatever its size: NATS stages it in files of its own.
	minBatch      = 8        // messages; fewer are written one by one
	maxBatch      = 500      // messages; NATS takes up to 1000
	maxBatchBytes = 4 << 20  // a cluster sends a batch around in one piece
	maxPending    = 32 << 20 // bytes that wait to be written; more are refused at once
	// For one write, an election of a leader included, which takes 4 to 9 s. Senders do not wait so long; but what comes
	// meanwhile would not be written earlier.
	commitTimeout = 10 * time.Second
)

// commits gathers what is to be written.
type commits struct {
	// write stores messages with different keys and returns the errors of those that failed, by key.
	write func(context.Context, []*nats.Msg) map[string]error

	wake    chan struct{} // has something in it when something waits
	ended   chan struct{}
	mu      sync.Mutex
	waiting []*commit
	pending int // bytes in waiting
}

// commit is what one request wants written.
type commit struct {
	messages []*nats.Msg
	bytes    int
	done     chan error
	left     bool // nobody waits for it any more
}

var (
	errTooManyWaiting = errors.New("too many events wait to be stored")
	errClosed         = errors.New("the event store is closed")
)

func newCommits(write func(context.Context, []*nats.Msg) map[string]error) *commits {
	return &commits{write: write, wake: make(chan struct{}, 1), ended: make(chan struct{})}
}

// add waits until the messages are written or ctx ends; then it is unknown whether they are.
func (c *commits) add(ctx context.Context, messages []*nats.Msg) error {
	mine := &commit{messages: messages, done: make(chan error, 1)}
	for _, m := range messages {
		mine.bytes += len(m.Data)
	}
	if !c.enqueue(mine) {
		return errTooManyWaiting
	}
	select {
	case err := <-mine.done:
		return err
	case <-c.ended:
		return errClosed
	case <-ctx.Done():
		c.leave(mine)
		return ctx.Err()
	}
}

func (c *commits) enqueue(mine *commit) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pending+mine.bytes > maxPending {
		return false
	}
	c.waiting = append(c.waiting, mine)
	c.pending += mine.bytes
	select {
	case c.wake <- struct{}{}:
	default:
	}
	return true
}

// leave spares writing what its sender was told is not stored.
func (c *commits) leave(mine *commit) {
	c.mu.Lock()
	defer c.mu.Unlock()
	mine.left = true
}

// run writes what waits until ctx ends. It finishes a write that is under way: a server that is stopped in the middle of a
// batch leaves goroutines behind.
func (c *commits) run(ctx context.Context) {
	defer close(c.ended)
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.wake:
		}
		for group := c.next(); len(group) > 0 && ctx.Err() == nil; group = c.next() {
			c.writeGroup(context.WithoutCancel(ctx), group)
		}
	}
}

func (c *commits) writeGroup(ctx context.Context, group []*commit) {
	ctx, cancel := context.WithTimeout(ctx, commitTimeout)
	defer cancel()
	failed := c.write(ctx, distinct(group))
	for _, one := range group {
		one.done <- one.outcome(failed)
	}
}

func (c *commit) outcome(failed map[string]error) error {
	for _, m := range c.messages {
		if err := failed[keyOf(m)]; err != nil {
			return err
		}
	}
	return nil
}

// next takes as many whole requests as fit a batch.
func (c *commits) next() []*commit {
	c.mu.Lock()
	defer c.mu.Unlock()
	var group []*commit
	count, bytes := 0, 0
	for len(c.waiting) > 0 {
		first := c.waiting[0]
		count, bytes = count+len(first.messages), bytes+first.bytes
		if len(group) > 0 && (count > maxBatch || bytes > maxBatchBytes) {
			break
		}
		c.waiting = c.waiting[1:]
		c.pending -= first.bytes
		if first.left {
			count, bytes = count-len(first.messages), bytes-first.bytes
		} else {
			group = append(group, first)
		}
	}
	if len(c.waiting) == 0 {
		c.waiting = nil // lets go of what was written
	}
	return group
}

// distinct leaves one of the messages with the same key: a batch with two is refused whole.
func distinct(group []*commit) []*nats.Msg {
	var all []*nats.Msg
	seen := map[string]bool{}
	for _, one := range group {
		for _, m := range one.messages {
			if key := keyOf(m); !seen[key] {
				seen[key] = true
				all = append(all, m)
			}
		}
	}
	return all
}

// commit writes messages together. It writes them one by one if they are few, or if the batch fails: one stored before or
// too large has it refused whole, and one without an answer may have been stored.
func (s *Stream) commit(ctx context.Context, messages []*nats.Msg) map[string]error {
	failed := map[string]error{}
	for part := range slices.Chunk(messages, maxBatch) { // a single request may bring more
		if len(part) < minBatch || s.commitBatch(ctx, part) != nil {
			maps.Copy(failed, s.publish(ctx, part...))
		}
	}
	return failed
}

// commitBatch writes all or nothing. Only the last message of a batch is acknowledged.
func (s *Stream) commitBatch(ctx context.Context, messages []*nats.Msg) error {
	id, last := nuid.Next(), len(messages)-1
	for i, m := range messages[:last] {
		if err := s.conn.PublishMsg(batched(m, id, i+1)); err != nil {
			return err
		}
	}
	end := batched(messages[last], id, last+1)
	end.Header.Set("Nats-Batch-Commit", "1")
	return s.publishOnce(ctx, []*nats.Msg{end})[0]
}

func batched(m *nats.Msg, id string, sequence int) *nats.Msg {
	part := nats.NewMsg(m.Subject)
	part.Data = m.Data
	part.Header.Set(jetstream.MsgIDHeader, keyOf(m))
	part.Header.Set("Nats-Batch-Id", id)
	part.Header.Set("Nats-Batch-Sequence", strconv.Itoa(sequence))
	return part
}
