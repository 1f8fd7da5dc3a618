package stream

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/whois24/whois24/events"
)

// A wake is a message of JetStream that NATS delivers later, to a subject beside its own. A restart does not matter: what became
// due meanwhile comes at once. Who asked, the command and its key make a name, and there is one wake of a name.

// What is under the name of a wake.
const (
	wakeAt    = "at"    // the wake until it is due
	wakeDue   = "due"   // the wake from then until it is among the events
	wakeEnded = "ended" // that it was ended, and when
)

// endedFor is how long an end is remembered: longer than the event of a wake may wait for its answer.
const endedFor = GiveUp + 24*time.Hour

// maxWake is room for what a person may type in a message, 20,000 characters, if they are not escaped.
const maxWake = 64 << 10

// ErrWakeTooLarge is the error of a wake with more words, answers and notes than there is room for.
var ErrWakeTooLarge = errors.New("a wake has room for 64 KB")

// MaxWakes is how many wakes one person may wait for. Each may be some 300 look-ups in a day.
const MaxWakes = 20

// portalWakes are the subjects of all wakes of a portal.
func portalWakes(portal string) string { return "whois24.wakes." + token(portal) + ".>" }

// ownWakes are the subjects of a person's wakes that are not due.
func ownWakes(e events.Event) string {
	return fmt.Sprintf("whois24.wakes.%s.%d.*.%s", token(e.Portal), e.User.ID, wakeAt)
}

func wakeSubject(e events.Event, what string) string {
	name := sha256.Sum256(fmt.Appendf(nil, "%q %q", e.Command.Name, e.Wake.Key))
	return fmt.Sprintf("whois24.wakes.%s.%d.%s.%s", token(e.Portal), e.User.ID, hex.EncodeToString(name[:16]), what)
}

// ScheduleWake has an event of the kind events.Woken arrive when it is due, in the place of another of its name. It does nothing
// when that was ended after the person had asked for it.
func (s *Stream) ScheduleWake(ctx context.Context, e events.Event) error {
	ctx, cancel := brief(ctx)
	defer cancel()
	data, err := e.Encode()
	if err != nil {
		return fmt.Errorf("schedule wake: %w", err)
	}
	if len(data) > maxWake {
		return ErrWakeTooLarge
	}
	m := nats.NewMsg(wakeSubject(e, wakeAt))
	m.Data = data
	// To the nanosecond: NATS takes a time without fractions for the beginning of that second.
	m.Header.Set("Nats-Schedule", "@at "+e.Wake.At.UTC().Format(time.RFC3339Nano))
	m.Header.Set("Nats-Schedule-Target", wakeSubject(e, wakeDue))
	if err := s.put(ctx, m); err != nil {
		return fmt.Errorf("schedule wake: %w", err)
	}
	// Asked only now, for whoever ends it notes that first and then takes away what is there.
	ended, err := s.WakeEnded(ctx, e)
	if err != nil || !ended {
		return err
	}
	return s.dropWake(ctx, e)
}

// EndWake takes back the wake with the name of e, as it was asked for before a time. It is no error if there is none.
func (s *Stream) EndWake(ctx context.Context, e events.Event, before time.Time) error {
	ctx, cancel := brief(ctx)
	defer cancel()
	m := nats.NewMsg(wakeSubject(e, wakeEnded))
	m.Data = []byte(before.UTC().Format(time.RFC3339Nano))
	m.Header.Set(jetstream.MsgRollup, jetstream.MsgRollupSubject)
	m.Header.Set(jetstream.MsgTTLHeader, endedFor.String())
	if err := s.put(ctx, m); err != nil {
		return fmt.Errorf("end wake: %w", err)
	}
	return s.dropWake(ctx, e)
}

// put stores a message that takes the place of another, so that it may be repeated.
func (s *Stream) put(ctx context.Context, m *nats.Msg) error {
	if err := s.room(); err != nil {
		return err
	}
	return s.publish(ctx, m)[keyOf(m)]
}

func (s *Stream) dropWake(ctx context.Context, e events.Event) error {
	for _, what := range []string{wakeAt, wakeDue} {
		if err := s.purge(ctx, wakesName, wakeSubject(e, what)); err != nil {
			return fmt.Errorf("end wake: %w", err)
		}
	}
	return nil
}

// WakeEnded reports whether the wake that brought e about was ended after the person had asked for it. It may have been among the
// events by then.
func (s *Stream) WakeEnded(ctx context.Context, e events.Event) (bool, error) {
	ctx, cancel := brief(ctx)
	defer cancel()
	wakes, err := s.js.Stream(ctx, wakesName)
	if err != nil {
		return false, fmt.Errorf("read end of wake: %w", err)
	}
	m, err := wakes.GetLastMsgForSubject(ctx, wakeSubject(e, wakeEnded))
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read end of wake: %w", err)
	}
	before, err := time.Parse(time.RFC3339Nano, string(m.Data))
	if err != nil {
		return false, fmt.Errorf("read end of wake: %w", err)
	}
	return e.Wake.Asked.Before(before), nil
}

// OtherWakes counts what its author waits for besides the wake of an event.
func (s *Stream) OtherWakes(ctx context.Context, e events.Event) (int, error) {
	ctx, cancel := brief(ctx)
	defer cancel()
	wakes, err := s.js.Stream(ctx, wakesName)
	if err != nil {
		return 0, fmt.Errorf("count wakes: %w", err)
	}
	info, err := wakes.Info(ctx, jetstream.WithSubjectFilter(ownWakes(e)))
	if err != nil {
		return 0, fmt.Errorf("count wakes: %w", err)
	}
	delete(info.State.Subjects, wakeSubject(e, wakeAt))
	return len(info.State.Subjects), nil
}
