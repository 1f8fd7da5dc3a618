package stream

import (
	"errors"

	"github.com/nats-io/nats.go/jetstream"
)

// How much a try to publish that failed says that the server is of no use: one that waited in vain much, and one that was
// turned away at once little, as while a cluster elects a leader.
const (
	waitedInVain = 5
	turnedAway   = 1
	maxSilence   = 15 // after 5 s of the former or 11 s of the latter something is done
)

// heard is told how each try to publish ended, by the errors of its messages.
//
// JetStream stops answering after a full disk, even when there is room again, until it is restarted; with the embedded
// server that takes some 40 ms. In a cluster that is cut in two, a node on the smaller side does not answer: there may be
// another on the larger side.
func (s *Stream) heard(errs []error) {
	silence := int32(turnedAway)
	for _, err := range errs {
		switch {
		case !worthRepeating(err):
			s.silence.Store(0)
			return
		case errors.Is(err, jetstream.ErrAsyncPublishTimeout):
			silence = waitedInVain
		}
	}
	if s.silence.Add(silence) < maxSilence || !s.prepared.Load() {
		return
	}
	s.silence.Store(0)
	switch {
	case s.embedded == nil:
		_ = s.conn.ForceReconnect() // fails if it is reconnecting or closed already
	case s.room() == nil: // else a restart would help nobody
		s.embedded.restart()
	}
}
