package stream

import (
	"context"
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
	maxBatch      = 500             // messages; NATS takes up to 1000
	maxPending    = 20_000          // messages that wait, some 20 MB; more are refused at once
	commitTimeout = 7 * time.Second // for one write, elections included; the receiver gives up after eight
)

// commits gathers what is to be written.
type commits struct {
	write   func(context.Context, []*nats.Msg) error
	mu      sync.Mutex
	waiting []*commit
	pending int // messages in waiting
	busy    bool
}

// commit is what one request wants written.
type commit struct {
	messages []*nats.Msg
	done     chan error
}

// add waits until the messages are written or ctx ends; then it is unknown whether they are.
func (c *commits) add(ctx context.Context, messages []*nats.Msg) error {
	mine := &commit{messages: messages, done: make(chan error, 1)}
	if !c.enqueue(mine) {
		return errTooManyWaiting
	}
	select {
	case err := <-mine.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *commits) enqueue(mine *commit) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pending+len(mine.messages) > maxPending {
		return false
	}
	c.waiting = append(c.waiting, mine)
	c.pending += len(mine.messages)
	if !c.busy {
		c.busy = true
		go c.run()
	}
	return true
}

// run writes until nothing waits.
func (c *commits) run() {
	for {
		group := c.next()
		if len(group) == 0 {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), commitTimeout)
		err := c.write(ctx, distinct(group))
		cancel()
		for _, one := range group {
			one.done <- err
		}
	}
}

// next takes as many whole requests as fit a batch.
func (c *commits) next() []*commit {
	c.mu.Lock()
	defer c.mu.Unlock()
	n, size := 0, 0
	for n < len(c.waiting) && (n == 0 || size+len(c.waiting[n].messages) <= maxBatch) {
		size += len(c.waiting[n].messages)
		n++
	}
	group := c.waiting[:n:n]
	c.waiting = c.waiting[n:]
	c.pending -= size
	c.busy = n > 0
	return group
}

// distinct leaves one of the messages with the same key: a batch with two is refused whole.
func distinct(group []*commit) []*nats.Msg {
	var all []*nats.Msg
	seen := map[string]bool{}
	for _, one := range group {
		for _, m := range one.messages {
			if key := m.Header.Get(jetstream.MsgIDHeader); !seen[key] {
				seen[key] = true
				all = append(all, m)
			}
		}
	}
	return all
}

// commit writes messages together, or one by one if there is but one or the batch is refused, as it is when one
// of them was stored before.
func (s *Stream) commit(ctx context.Context, messages []*nats.Msg) error {
	if len(messages) > 1 && s.commitBatch(ctx, messages) == nil {
		return nil
	}
	for _, m := range messages {
		if err := s.publish(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// commitBatch writes all or nothing. Only the last message of a batch is acknowledged.
func (s *Stream) commitBatch(ctx context.Context, messages []*nats.Msg) error {
	id := nuid.Next()
	for i, m := range messages {
		part := nats.NewMsg(m.Subject)
		part.Data = m.Data
		part.Header = nats.Header{
			jetstream.MsgIDHeader: m.Header[jetstream.MsgIDHeader],
			"Nats-Batch-Id":       {id},
			"Nats-Batch-Sequence": {strconv.Itoa(i + 1)},
		}
		if i+1 == len(messages) {
			part.Header.Set("Nats-Batch-Commit", "1")
			return s.publishOnce(ctx, part)
		}
		if err := s.conn.PublishMsg(part); err != nil {
			return err
		}
	}
	return nil
}
