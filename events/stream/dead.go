package stream

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/whois24/whois24/events"
)

// Dead is an event that was given up.
type Dead struct {
	ID        uint64       `json:"id"`
	Reference string       `json:"reference,omitempty"` // that the asker was told; "" of an event that cannot be read
	Reason    string       `json:"reason"`
	Attempts  int          `json:"attempts"`
	Stored    time.Time    `json:"stored"` // when it arrived
	Buried    time.Time    `json:"buried"`
	Event     events.Event `json:"event"`
}

// ErrNoDead is the error of an id that no dead event has.
var ErrNoDead = errors.New("there is no dead event with this id")

const (
	headerReason   = "Whois24-Reason"
	headerAttempts = "Whois24-Attempts"
	headerStored   = "Whois24-Stored"
)

// bury keeps a copy of the event with the reason. It happens before the event is let go, so that a crash between
// the two buries it twice under one key, which counts once.
func (s *Stream) bury(ctx context.Context, j job, reason string) error {
	key := j.message.Headers().Get(jetstream.MsgIDHeader)
	m := message(deadSubject(j.d.Event.Portal), "dead:"+key, j.message.Data())
	m.Header.Set(headerReason, reason)
	m.Header.Set(headerAttempts, strconv.Itoa(j.d.Attempt))
	m.Header.Set(headerStored, j.d.Stored.UTC().Format(time.RFC3339Nano))
	return s.publish(ctx, m)[keyOf(m)]
}

// oneLine makes a header of a text; nobody reads more than the beginning of an error.
func oneLine(s string) string {
	line := strings.Join(strings.Fields(s), " ")
	return strings.ToValidUTF8(line[:min(len(line), 1000)], "")
}

// DeadEvents lists the dead, oldest first, at most limit of them with ids above after.
func (s *Stream) DeadEvents(ctx context.Context, after uint64, limit int) ([]Dead, error) {
	dead, err := s.js.Stream(ctx, deadName)
	if err != nil {
		return nil, fmt.Errorf("list dead events: %w", err)
	}
	var list []Dead
	for len(list) < limit {
		m, err := dead.GetMsg(ctx, after+1, jetstream.WithGetMsgSubject("whois24.dead.>")) // or the next there is
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("list dead events: %w", err)
		}
		d, _ := readDead(m) // says itself what it is
		list, after = append(list, d), m.Sequence
	}
	return list, nil
}

// DeadEvent reads one.
func (s *Stream) DeadEvent(ctx context.Context, id uint64) (Dead, error) {
	d, err := s.deadEvent(ctx, id)
	if errors.Is(err, errUnreadable) {
		err = nil
	}
	return d, err
}

func (s *Stream) deadEvent(ctx context.Context, id uint64) (Dead, error) {
	dead, err := s.js.Stream(ctx, deadName)
	if err != nil {
		return Dead{}, fmt.Errorf("read dead event: %w", err)
	}
	m, err := dead.GetMsg(ctx, id)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return Dead{}, ErrNoDead
	}
	if err != nil {
		return Dead{}, fmt.Errorf("read dead event %d: %w", id, err)
	}
	return readDead(m)
}

var errUnreadable = errors.New("the event cannot be read")

// readDead also returns what can be read of an event that is dead for being unreadable, and errUnreadable.
func readDead(m *jetstream.RawStreamMsg) (Dead, error) {
	d := Dead{ID: m.Sequence, Reason: m.Header.Get(headerReason), Buried: m.Time}
	d.Attempts, _ = strconv.Atoi(m.Header.Get(headerAttempts))
	d.Stored, _ = time.Parse(time.RFC3339Nano, m.Header.Get(headerStored))
	var err error
	if d.Event, err = events.Decode(m.Data); err != nil {
		return d, fmt.Errorf("%w: %w", errUnreadable, err)
	}
	d.Reference = d.Event.Reference()
	return d, nil
}

// Replay has a dead event answered again, as a question of its own: the portal may know the first try's answer, an
// apology perhaps, and would drop another under the same id.
func (s *Stream) Replay(ctx context.Context, id uint64) error {
	d, err := s.deadEvent(ctx, id)
	if err != nil {
		return err
	}
	d.Event.Replays++
	if err := s.Append(ctx, []events.Event{d.Event}); err != nil {
		return fmt.Errorf("replay dead event %d: %w", id, err)
	}
	return s.Drop(ctx, id) // after a crash before this, a second replay is dropped as known
}

// Drop forgets a dead event.
func (s *Stream) Drop(ctx context.Context, id uint64) error {
	dead, err := s.js.Stream(ctx, deadName)
	if err != nil {
		return fmt.Errorf("drop dead event: %w", err)
	}
	err = dead.DeleteMsg(ctx, id)
	if errors.Is(err, jetstream.ErrMsgNotFound) || errors.Is(err, jetstream.ErrMsgDeleteUnsuccessful) {
		return ErrNoDead
	}
	return err
}
