package stream_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/whois24/whois24/events/stream"
)

// TestDialogKeepsItsOrder asks more questions in one dialog than a lane holds in memory; every third has to be tried again.
func TestDialogKeepsItsOrder(t *testing.T) {
	t.Parallel()
	const n = stream.MaxLane + 20
	s := open(t, t.TempDir())
	appendAll(t, s, conversation("a.example", "chat1", 1, n)...)
	answered := make(chan stream.Delivery, n)
	consume(t, s, func(_ context.Context, d stream.Delivery) stream.Settlement {
		if d.Event.Message.ID%3 == 0 && d.Attempt == 1 {
			return stream.Retry(time.Millisecond)
		}
		answered <- d
		return stream.Done()
	})
	takeInOrder(t, answered, 1, n)
	wantDepth(t, s, stream.Depth{})
}

// TestLongDialogHoldsUpNoOther has ten thousand questions of one dialog, of which none is done, before one of another.
func TestLongDialogHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	appendAll(t, s, conversation("a.example", "chat1", 1, 10_000)...)
	appendAll(t, s, asked("a.example", "chat2", 10_001))
	answered := make(chan stream.Delivery)
	consume(t, s, func(ctx context.Context, d stream.Delivery) stream.Settlement {
		if d.Event.Chat.Dialog == "chat1" {
			return stream.Retry(time.Hour)
		}
		return passOn(answered)(ctx, d)
	})
	take(t, answered)
}

// TestPortalHoldsUpNoOther has ten thousand questions of one portal before one of another.
func TestPortalHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	portals := []string{"a.example", "b.example"}
	s := prepared(t, stream.Options{Dir: t.TempDir()}, portals...)
	for dialog := range 100 {
		appendAll(t, s, conversation("a.example", fmt.Sprint("chat", dialog), 100*dialog+1, 100*dialog+100)...)
	}
	appendAll(t, s, asked("b.example", "chat1", 1))
	answered := make(chan stream.Delivery, 1)
	begun := time.Now()
	consumePortals(t, s, portals, func(ctx context.Context, d stream.Delivery) stream.Settlement {
		if d.Event.Portal == "a.example" {
			return stream.Retry(10 * time.Millisecond)
		}
		return passOn(answered)(ctx, d)
	})
	take(t, answered)
	t.Logf("the other portal's was answered after %v", time.Since(begun))
}

// TestStopHandsOver stops a worker that has taken a whole conversation. The next one gets the rest at once and in order, while
// the question in hand is finished by the first.
func TestStopHandsOver(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	appendAll(t, s, conversation("a.example", "chat1", 1, 50)...)
	first, release := make(chan stream.Delivery), make(chan struct{})
	stop := consume(t, s, func(ctx context.Context, d stream.Delivery) stream.Settlement {
		first <- d
		<-release
		return stream.Done()
	})
	takeInOrder(t, first, 1, 1)
	stopped := make(chan struct{})
	go func() { stop(); close(stopped) }()

	second := make(chan stream.Delivery)
	consume(t, s, passOn(second))
	select {
	case d := <-second:
		t.Fatalf("question %d was answered while the one before it was not", d.Event.Message.ID)
	case <-time.After(time.Second):
	}
	close(release)
	<-stopped
	takeInOrder(t, second, 2, 50)
}

// TestDeathHandsOver cuts a worker off, with more of a conversation delivered to it than a lane holds. Another gets all of it,
// in order, after seconds.
func TestDeathHandsOver(t *testing.T) {
	t.Parallel()
	const n = stream.MaxLane + 20
	url := natsServer(t)
	dying := prepared(t, stream.Options{Servers: url}, "a.example")
	appendAll(t, dying, conversation("a.example", "chat1", 1, n)...)
	first, never := make(chan stream.Delivery), make(chan struct{})
	consume(t, dying, func(ctx context.Context, d stream.Delivery) stream.Settlement {
		first <- d
		<-never
		return stream.Done()
	})
	t.Cleanup(func() { close(never) })
	takeInOrder(t, first, 1, 1)
	other := prepared(t, stream.Options{Servers: url}, "a.example")
	wantDepth(t, other, stream.Depth{InHand: n})
	dying.Close()

	begun := time.Now()
	second := make(chan stream.Delivery)
	consume(t, other, passOn(second))
	takeInOrder(t, second, 1, 1)
	t.Logf("taken over after %v", time.Since(begun))
	takeInOrder(t, second, 2, n)
}
