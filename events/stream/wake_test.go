package stream_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// soon is far enough ahead for a test to do something before.
const soon = 2 * time.Second

// began is when everybody in these tests asked for what they wait for.
var began = time.Date(2026, time.September, 21, 10, 0, 0, 0, time.UTC)

// wake is somebody waiting for a person to be back.
func wake(portal string, who bitrix.UserID, key string, in time.Duration) events.Event {
	return events.Event{
		Portal: portal,
		Wake:   &events.Wake{Key: key, At: time.Now().Add(in), Asked: began, Note: "a note for " + portal},
		Event: bitrix.Event{
			Kind:    events.Woken,
			Command: bitrix.Command{Name: "notify", Params: "- 5"},
			Chat:    bitrix.Chat{Dialog: bitrix.PrivateDialog(who), Private: true},
			User:    bitrix.Author{ID: who},
		},
	}
}

func schedule(t testing.TB, s *stream.Stream, list ...events.Event) {
	t.Helper()
	for _, e := range list {
		if err := s.ScheduleWake(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
}

func endWake(t testing.TB, s *stream.Stream, e events.Event, before time.Time) {
	t.Helper()
	if err := s.EndWake(t.Context(), e, before); err != nil {
		t.Fatal(err)
	}
}

// wantWake expects a wake, not before it is due.
func wantWake(t testing.TB, from <-chan stream.Delivery, want events.Event) {
	t.Helper()
	got := take(t, from)
	if got.Event.Key() != want.Key() {
		t.Fatalf("%s came, for %q; want %s, for %q", got.Event.Kind, got.Event.Wake.Key, want.Kind, want.Wake.Key)
	}
	if got.Stored.Before(want.Wake.At) {
		t.Errorf("it came %v early", want.Wake.At.Sub(got.Stored))
	}
}

// TestWakeArrives among the events, those who are due first before the others, and each once.
func TestWakeArrives(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	taken := make(chan stream.Delivery, 10)
	consume(t, s, passOn(taken))
	later, sooner := wake("a.example", 7, "6", soon), wake("a.example", 7, "5", soon/2)
	schedule(t, s, later, sooner)
	wantWake(t, taken, sooner)
	wantWake(t, taken, later)
	wantDepth(t, s, stream.Depth{})
}

// TestLaterWakeTakesThePlaceOfAnEarlierOne: there is one for a person, a command and a key. Others of their own stay.
func TestLaterWakeTakesThePlaceOfAnEarlierOne(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	taken := make(chan stream.Delivery, 10)
	consume(t, s, passOn(taken))
	first, second := wake("a.example", 7, "5", soon/2), wake("a.example", 7, "5", soon)
	somebody := wake("a.example", 8, "5", soon/2)
	schedule(t, s, first, somebody, second)
	wantWake(t, taken, somebody)
	wantWake(t, taken, second)
}

// TestEndedWake does not arrive, whatever was scheduled before it ended or is scheduled by what was asked for before. What the
// person asks for afterwards does.
func TestEndedWake(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	taken := make(chan stream.Delivery, 10)
	consume(t, s, passOn(taken))
	ended, other := wake("a.example", 7, "5", soon/2), wake("a.example", 7, "6", soon/2)
	schedule(t, s, ended, other)
	endWake(t, s, ended, began.Add(time.Minute))
	schedule(t, s, wake("a.example", 7, "5", soon/2)) // by a check that was under way
	wantEnded(t, s, ended, true)
	wantEnded(t, s, other, false)

	anew := wake("a.example", 7, "5", soon)
	anew.Wake.Asked = began.Add(time.Hour)
	schedule(t, s, anew)
	wantEnded(t, s, anew, false)
	wantWake(t, taken, other)
	wantWake(t, taken, anew)
}

func wantEnded(t testing.TB, s *stream.Stream, e events.Event, want bool) {
	t.Helper()
	if got, err := s.WakeEnded(t.Context(), e); err != nil || got != want {
		t.Errorf("the wake for %s is ended: %v, %v; want %v", e.Wake.Key, got, err, want)
	}
}

// TestEndedWhenDue: also what is due and not among the events yet, since nobody was there to take it, does not arrive.
func TestEndedWhenDue(t *testing.T) {
	t.Parallel()
	url := natsServer(t)
	s := prepared(t, stream.Options{Servers: url}, "a.example")
	due, next := wake("a.example", 7, "5", 0), wake("a.example", 7, "6", 0)
	schedule(t, s, due)
	wantDue(t, visitor(t, url), 1)
	endWake(t, s, due, began.Add(time.Minute))
	schedule(t, s, next)
	taken := make(chan stream.Delivery, 10)
	consume(t, s, passOn(taken))
	wantWake(t, taken, next)
}

// wantDue asks until so many wakes are due and nobody has taken them.
func wantDue(t testing.TB, js jetstream.JetStream, want int) {
	t.Helper()
	wakes, err := js.Stream(t.Context(), "WHOIS24_WAKES")
	for begun := time.Now(); err == nil && time.Since(begun) < patience; {
		var info *jetstream.StreamInfo
		if info, err = wakes.Info(t.Context(), jetstream.WithSubjectFilter("whois24.wakes.*.*.*.due")); len(info.State.Subjects) == want {
			return
		}
	}
	t.Fatalf("there are not %d wakes due: %v", want, err)
}

// TestWakeInACluster arrives once, though each of the three nodes knows of it.
func TestWakeInACluster(t *testing.T) {
	t.Parallel()
	c := newCluster(t, 3)
	s := prepared(t, stream.Options{Servers: strings.Join(c.urls, ",")}, "a.example")
	taken := make(chan stream.Delivery, 10)
	consume(t, s, passOn(taken))
	first, ended, last := wake("a.example", 7, "5", soon/2), wake("a.example", 7, "6", soon/2), wake("a.example", 7, "7", soon)
	schedule(t, s, first, ended, last)
	endWake(t, s, ended, began.Add(time.Minute))
	wantWake(t, taken, first)
	wantWake(t, taken, last)
	wantDepth(t, s, stream.Depth{})
}

// TestWakeOutlivesTheStore, also one that became due while nothing ran.
func TestWakeOutlivesTheStore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	due, later := wake("a.example", 7, "5", soon/4), wake("a.example", 7, "6", 2*soon)
	s, err := stream.Open(stream.Options{Dir: dir, Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Prepare(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	schedule(t, s, due, later)
	s.Close()
	<-time.After(time.Until(due.Wake.At)) // the time is that of NATS
	s = open(t, dir)
	taken := make(chan stream.Delivery, 10)
	consume(t, s, passOn(taken))
	wantWake(t, taken, due)
	wantWake(t, taken, later)
}

// TestOtherWakes are those of one person that are not due.
func TestOtherWakes(t *testing.T) {
	t.Parallel()
	s := prepared(t, stream.Options{Dir: t.TempDir()}, "a.example", "b.example")
	own := wake("a.example", 7, "5", time.Hour)
	wantOthers := func(want int) {
		t.Helper()
		if n, err := s.OtherWakes(t.Context(), own); err != nil || n != want {
			t.Errorf("there are %d others, %v; want %d", n, err, want)
		}
	}
	wantOthers(0)
	schedule(t, s, own, own, wake("a.example", 8, "6", time.Hour), wake("b.example", 7, "6", time.Hour))
	wantOthers(0)
	another := wake("a.example", 7, "6", time.Hour)
	schedule(t, s, another)
	wantOthers(1)
	endWake(t, s, another, began.Add(time.Minute))
	wantOthers(0)
}

// TestForgottenPortalWakesNobody, and what was noted is not on the disk any more when all is to be forgotten.
func TestForgottenPortalWakesNobody(t *testing.T) {
	t.Parallel()
	for _, all := range []bool{false, true} {
		dir := t.TempDir()
		s := prepared(t, stream.Options{Dir: dir}, "a.example", "b.example")
		gone, stays := wake("a.example", 7, "5", time.Hour), wake("b.example", 7, "5", time.Hour)
		schedule(t, s, gone, stays)
		endWake(t, s, wake("a.example", 7, "6", 0), began)
		for range 2 { // repeating it is no error
			if err := s.Forget(t.Context(), "a.example", all); err != nil {
				t.Fatal(err)
			}
		}
		for e, want := range map[*events.Event]int{&gone: 0, &stays: 1} {
			asks := wake(e.Portal, 7, "another", 0)
			if n, err := s.OtherWakes(t.Context(), asks); err != nil || n != want {
				t.Errorf("all %v: on %s there are %d, %v; want %d", all, e.Portal, n, err, want)
			}
		}
		s.Close()
		if got := onDisk(t, dir, "a note for a.example"); all && got {
			t.Error("the note is on the disk")
		}
		if !onDisk(t, dir, "a note for b.example") {
			t.Error("the note of the other portal is not on the disk")
		}
	}
}
