package stream

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
)

// ask stores a question to a portal and returns its sequence.
func ask(t *testing.T, s *Stream, portal string, message int) uint64 {
	t.Helper()
	e := events.Event{Portal: portal, Event: bitrix.Event{Message: bitrix.Incoming{ID: bitrix.MessageID(message)}}}
	if err := s.Append(t.Context(), []events.Event{e}); err != nil {
		t.Fatal(err)
	}
	return state(t, s).LastSeq
}

func state(t *testing.T, s *Stream) jetstream.StreamState {
	t.Helper()
	stream, err := s.js.Stream(t.Context(), eventsName)
	if err != nil {
		t.Fatal(err)
	}
	return stream.CachedInfo().State
}

// answer settles the next n events of a portal.
func answerNext(t *testing.T, s *Stream, portal string, n int) {
	t.Helper()
	consumer, err := s.js.Consumer(t.Context(), eventsName, consumerName(portal))
	if err != nil {
		t.Fatal(err)
	}
	for range n {
		m, err := consumer.Next()
		if err != nil {
			t.Fatal(err)
		}
		if err := m.DoubleAck(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTrimRemovesWhatIsAnsweredAndOld has two portals, of which one is away.
func TestTrimRemovesWhatIsAnsweredAndOld(t *testing.T) {
	s := openInternal(t)
	if err := s.Prepare(t.Context(), []string{testPortal, "away.example"}); err != nil {
		t.Fatal(err)
	}
	trimmed := func(before time.Time, want uint64, why string) {
		t.Helper()
		if err := s.trim(t.Context(), before); err != nil {
			t.Fatal(err)
		}
		if got := state(t, s).Msgs; got != want {
			t.Errorf("%d events are left, want %d: %s", got, want, why)
		}
	}
	trimmed(time.Now(), 0, "the store is empty")
	begun := time.Now()
	ask(t, s, "away.example", 1)
	for n := range 10 {
		ask(t, s, testPortal, n)
	}
	answerNext(t, s, testPortal, 8)
	trimmed(begun, 11, "what is not old must be known if it is delivered again")
	old := time.Now()
	ask(t, s, testPortal, 11)
	trimmed(old, 3+1, "what waits stays, whatever its age")
	answerNext(t, s, testPortal, 3)
	trimmed(old, 2, "the new one is answered but not old")
	trimmed(time.Now(), 1, "only the one of the portal that is away is left")
	answerNext(t, s, "away.example", 1)
	trimmed(time.Now(), 0, "and is not kept longer than the others")
}

// TestTrimKeepsWhatNobodyConsumesYet has a portal join whose events no worker has heard of. They are between those of another,
// all of which are settled.
func TestTrimKeepsWhatNobodyConsumesYet(t *testing.T) {
	s := openInternal(t)
	for n := range 6 {
		ask(t, s, testPortal, n)
		ask(t, s, "new.example", n)
	}
	answerNext(t, s, testPortal, 6)
	for range 2 {
		if err := s.trim(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	if got := state(t, s).Msgs; got != 6 {
		t.Errorf("%d events are left, want the 6 of the portal that is new", got)
	}
	if err := s.Prepare(t.Context(), []string{"new.example"}); err != nil {
		t.Fatal(err)
	}
	answerNext(t, s, "new.example", 6)
}

// TestTrimOfManyPortals settles the events of more portals than NATS lists at once. With a purge for each they took minutes,
// and the list ended in the middle.
func TestTrimOfManyPortals(t *testing.T) {
	t.Parallel()
	const portals = 260
	s := openInternal(t)
	var names []string
	var list []events.Event
	for n := range portals {
		names = append(names, fmt.Sprintf("portal%d.example", n))
		list = append(list, events.Event{Portal: names[n], Event: bitrix.Event{Message: bitrix.Incoming{ID: 1}}})
	}
	if err := s.Prepare(t.Context(), names); err != nil {
		t.Fatal(err)
	}
	if err := s.Append(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		answerNext(t, s, name, 1)
	}
	begun := time.Now()
	if err := s.trim(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	if got := state(t, s).Msgs; got > 0 {
		t.Errorf("%d events are left", got)
	}
	t.Logf("trimmed in %v", time.Since(begun))
}

// TestFullStoreRefuses fills the store. It refuses more at once, loses nothing, and takes events again when it was trimmed.
func TestFullStoreRefuses(t *testing.T) {
	s := openInternal(t)
	small := eventsConfig(1)
	small.MaxBytes = 64 << 10
	if _, err := s.js.UpdateStream(t.Context(), small); err != nil {
		t.Fatal(err)
	}
	appendOne := func(n int) error {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second) // refusing takes a millisecond
		defer cancel()
		e := events.Event{Portal: testPortal, Event: bitrix.Event{Message: bitrix.Incoming{ID: bitrix.MessageID(n), Text: fmt.Sprint(n)}}}
		return s.Append(ctx, []events.Event{e})
	}
	n := 0
	err := appendOne(n)
	for ; err == nil; err = appendOne(n) {
		n++
	}
	if errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the full store did not refuse, it kept its sender waiting")
	}
	if got := state(t, s).Msgs; got != uint64(n) {
		t.Errorf("%d events are stored, %d were accepted", got, n)
	}
	answerNext(t, s, testPortal, n)
	if err := s.trim(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := appendOne(n); err != nil {
		t.Errorf("after trimming: %v", err)
	}
}

// TestFullDiskRefuses has the disk fill up and become free again.
func TestFullDiskRefuses(t *testing.T) {
	s := openInternal(t)
	for _, test := range []struct {
		free uint64
		want error
	}{{reserve, nil}, {reserve - 1, errDiskFull}, {reserve, nil}} {
		s.space.free = func(string) (uint64, bool) { return test.free, true }
		s.space.asked = time.Time{} // a second has passed
		if err := s.Append(t.Context(), []events.Event{{Portal: testPortal}}); !errors.Is(err, test.want) {
			t.Errorf("with %d bytes free: %v, want %v", test.free, err, test.want)
		}
		if err := s.Check(t.Context()); !errors.Is(err, test.want) {
			t.Errorf("check with %d bytes free: %v, want %v", test.free, err, test.want)
		}
	}
}

func TestLastBefore(t *testing.T) {
	s := openInternal(t)
	var times []time.Time // when the stored ones were, by sequence
	for n := range 20 {
		times = append(times, time.Now())
		ask(t, s, testPortal, n)
	}
	stream, err := s.js.Stream(t.Context(), eventsName)
	if err != nil {
		t.Fatal(err)
	}
	for _, hole := range []uint64{1, 7, 8, 20} {
		if err := stream.DeleteMsg(t.Context(), hole); err != nil {
			t.Fatal(err)
		}
	}
	if stream, err = s.js.Stream(t.Context(), eventsName); err != nil {
		t.Fatal(err)
	}
	for i, want := range []uint64{0, 0, 2, 3, 4, 5, 6, 6, 6, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19} {
		if got, err := lastBefore(t.Context(), stream, times[i]); err != nil || got != want {
			t.Errorf("before the %d. was stored the last was %d (%v), want %d", i+1, got, err, want)
		}
	}
}
