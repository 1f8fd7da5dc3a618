package stream_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"go.uber.org/goleak"

	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestEventDeliveredFiveTimesAtOnceIsStoredOnce has five receivers store the same question.
func TestEventDeliveredFiveTimesAtOnceIsStoredOnce(t *testing.T) {
	s := open(t, t.TempDir())
	var deliveries sync.WaitGroup
	for range 5 {
		deliveries.Go(func() { appendAll(t, s, question(1)) })
	}
	deliveries.Wait()
	wantDepth(t, s, stream.Depth{Waiting: 1})
}

func TestAnsweredEventIsKnownAfterARestart(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	appendAll(t, s, question(1))
	taken := make(chan stream.Delivery, 1)
	stop := consume(t, s, passOn(taken))
	take(t, taken)
	stop()
	s.Close()

	s = open(t, dir)
	appendAll(t, s, question(1), question(2))
	stop = consume(t, s, passOn(taken))
	defer stop()
	if d := take(t, taken); d.Event.Message.ID != 2 {
		t.Errorf("message %d came again after its answer", d.Event.Message.ID)
	}
}

func TestRetryBringsTheEventBack(t *testing.T) {
	s := open(t, t.TempDir())
	appendAll(t, s, question(1))
	taken := make(chan stream.Delivery, 1)
	stop := consume(t, s, func(_ context.Context, d stream.Delivery) stream.Settlement {
		taken <- d
		if d.Attempt < 3 {
			return stream.Retry(time.Millisecond)
		}
		return stream.Done()
	})
	defer stop()
	for attempt := 1; attempt <= 3; attempt++ {
		if d := take(t, taken); d.Attempt != attempt {
			t.Errorf("attempt %d, want %d", d.Attempt, attempt)
		}
	}
}

// TestSlowWorkIsNotTakenForDead works on an event for longer than a silent worker is waited for.
func TestSlowWorkIsNotTakenForDead(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	appendAll(t, s, question(1))
	var times atomic.Int32
	release := time.After(stream.AckWait + time.Second)
	done := make(chan stream.Delivery, 1)
	stop := consume(t, s, func(_ context.Context, d stream.Delivery) stream.Settlement {
		times.Add(1)
		<-release
		done <- d
		return stream.Done()
	})
	defer stop()
	take(t, done)
	if n := times.Load(); n != 1 {
		t.Errorf("the event was handed out %d times", n)
	}
}

func TestWaitingForARetryHoldsUpNobody(t *testing.T) {
	s := open(t, t.TempDir())
	for i := range 100 {
		appendAll(t, s, question(i+1))
	}
	taken := make(chan stream.Delivery, 1)
	stop := consume(t, s, func(_ context.Context, d stream.Delivery) stream.Settlement {
		if d.Event.Message.ID < 100 {
			return stream.Retry(time.Hour)
		}
		taken <- d
		return stream.Done()
	})
	defer stop()
	take(t, taken)
}

// TestStopFinishesWhatIsInHand stops while an event is being worked on.
func TestStopFinishesWhatIsInHand(t *testing.T) {
	s := open(t, t.TempDir())
	appendAll(t, s, question(1))
	taken, release := make(chan stream.Delivery), make(chan struct{})
	stop := consume(t, s, func(ctx context.Context, d stream.Delivery) stream.Settlement {
		taken <- d
		<-release
		if ctx.Err() != nil {
			t.Error("the work in hand was cancelled")
		}
		return stream.Done()
	})
	take(t, taken)
	stopped := make(chan struct{})
	go func() { stop(); close(stopped) }()
	close(release)
	<-stopped
	wantDepth(t, s, stream.Depth{})
}

func TestStoreIsForOneProcess(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	_, err := stream.Open(stream.Options{Dir: dir, Log: zerolog.Nop()})
	if err == nil || !strings.Contains(err.Error(), "another process") {
		t.Errorf("error is %v, want that another process uses the store", err)
	}
}

// TestNATSAway opens a store whose server does not exist: that must not end the process, and nothing may be accepted.
func TestNATSAway(t *testing.T) {
	s, err := stream.Open(stream.Options{Servers: "nats://127.0.0.1:1", Name: "test", Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if s.Check(t.Context()) == nil {
		t.Error("the store says it is well")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if err := s.Append(ctx, []events.Event{question(1)}); err == nil {
		t.Error("an event was accepted")
	}
	if err := s.Prepare(ctx, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("prepare: %v, want the end of the context", err)
	}
}

func TestRemembered(t *testing.T) {
	s := open(t, t.TempDir())
	if v, err := s.Recall(t.Context(), "bot of a.example"); err != nil || v != nil {
		t.Errorf("before: %q, %v", v, err)
	}
	if err := s.Remember(t.Context(), "bot of a.example", []byte("456")); err != nil {
		t.Fatal(err)
	}
	if v, err := s.Recall(t.Context(), "bot of a.example"); err != nil || string(v) != "456" {
		t.Errorf("after: %q, %v", v, err)
	}
}
