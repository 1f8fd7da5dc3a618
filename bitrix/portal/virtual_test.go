package portal_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whois24/whois24/bitrix/portal"
)

// roundTrip is a bot's handler without a network.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestVirtualTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		var arrived time.Duration
		client := &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
			arrived = time.Since(begin)
			return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody}, nil
		})}
		p := portal.New(portal.Options{BaseURL: "http://portal.example", HTTP: client, Burst: 3})
		defer p.Close()
		newBotWith(t, p, params{"code": "x", "botToken": token, "eventMode": "webhook", "webhookUrl": "http://bot.example/"})

		p.SetDelivery(func(o *portal.DeliveryOptions) { o.Delay = 30 * time.Minute })
		say(t, p, anna, botChat, "x") // the chat opened, and the message
		if err := p.Idle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if arrived != time.Hour {
			t.Errorf("delivered after %s, want an hour", arrived)
		}
		p.Fail(portal.Fault{Kind: portal.Slow, Delay: time.Minute, Times: 1})
		slow := call(t, p, "server.time", nil)
		if took := time.Since(begin) - time.Hour; took != time.Minute {
			t.Errorf("a slow call took %s, want a minute", took)
		}
		if slow.Status != 200 {
			t.Errorf("a slow call: %d", slow.Status)
		}
		for range 3 {
			call(t, p, "server.time", nil)
		}
		wantError(t, call(t, p, "server.time", nil), 503, "QUERY_LIMIT_EXCEEDED")
		time.Sleep(time.Second / 2) // of the virtual clock: one place
		if a := call(t, p, "server.time", nil); a.Status != 200 {
			t.Errorf("half a second later: %d", a.Status)
		}
	})
}

func TestTooManyEventsWaiting(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	first, gate := make(chan struct{}, 20_100), make(chan struct{})
	s.before = func() { first <- struct{}{}; <-gate }
	s.bot(t, p)
	changes, cancel := p.Subscribe(100_000)
	defer cancel()
	say(t, p, anna, botChat, "x") // two events: the chat opened, which now is under way, and the message
	<-first
	for range 20_009 {
		say(t, p, anna, botChat, "x")
	}
	p.Close()
	close(gate)
	full := 0
	for len(changes) > 0 {
		if c := <-changes; c.Kind == portal.KindEvent && c.Delivery.Err == "dropped: too many events wait" {
			full++
		}
	}
	if full != 10 {
		t.Errorf("%d events were too many, want 10", full)
	}
}
