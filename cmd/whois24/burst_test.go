package main

import (
	"net/http"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
	"github.com/whois24/whois24/events"
)

// TestBurst asks 300 questions of as many people at once, of a portal with its real limits: 50 requests at once, then 2 a
// second. Call by call that takes four and a half minutes.
func TestBurst(t *testing.T) {
	s := newSoakOn(t, portaltest.New(t, portal.Options{}))
	s.dialogs = nil
	listen := freeAddress(t)
	s.url = "http://" + listen + events.Path
	serve := start(t, []string{"WHOIS24_PORTAL=" + s.portal.WebhookURL()}, "serve",
		"--listen", listen, "--public-url", "http://"+listen, "--admin-listen", "127.0.0.1:0", "--data", t.TempDir())
	serve.waitFor(t, "bot is registered")
	for range burst { // everybody in a chat of their own
		s.dialogs = append(s.dialogs, s.portal.NewGroup("", bitrix.UserID(s.portal.Commands()[0].Bot)))
	}
	stop := s.count()
	began := time.Now()
	s.post(burst)
	s.settle()
	took := time.Since(began)
	stop()
	requests := 0
	for _, call := range s.portal.Calls() {
		if call.Status == http.StatusServiceUnavailable {
			t.Errorf("%s was refused as too much", call.Method)
		}
		requests++
	}
	t.Logf("%d questions answered in %v with %d requests", burst, took.Round(10*time.Millisecond), requests)
	if missing := s.missing(); missing > 0 {
		t.Errorf("%d were not answered", missing)
	}
	serve.terminate(t)
}

const burst = 300
