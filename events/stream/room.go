package stream

import (
	"errors"
	"sync"
	"time"
)

const (
	// reserve is left free on the store's disk. JetStream hangs when the disk is full, so nothing is stored in the last
	// of it: the receiver refuses in time, and there is room for settling what is stored.
	reserve    = 64 << 20
	spaceEvery = time.Second // how often the disk is asked
)

var errDiskFull = errors.New("the disk of the event store is full")

// space knows whether there is room on a disk.
type space struct {
	free  func(dir string) (bytes uint64, known bool)
	mu    sync.Mutex
	asked time.Time
	err   error
}

// room is nil if there is room for more events.
func (s *Stream) room() error {
	if s.embedded == nil {
		return nil // a server elsewhere refuses by itself
	}
	s.space.mu.Lock()
	defer s.space.mu.Unlock()
	if now := time.Now(); now.Sub(s.space.asked) >= spaceEvery {
		s.space.asked, s.space.err = now, nil
		if free, known := s.space.free(s.embedded.dir); known && free < reserve {
			s.space.err = errDiskFull
		}
	}
	return s.space.err
}
