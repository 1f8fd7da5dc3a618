// Package portaltest starts emulated portals for tests.
package portaltest

import (
	"net/http/httptest"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

const (
	patience = 10 * time.Second // of Reply, if the test has as long
	reserve  = time.Second      // left to the test to fail in words
	lag      = 1024             // changes Reply may be behind
)

// New starts a portal on a port of its own and stops it when the test ends. The options' BaseURL is set, and its chats are
// settled: a bot greets nobody whom a test does not have open a chat.
func New(t testing.TB, o portal.Options) *portal.Portal {
	t.Helper()
	o.Settled = true
	server := httptest.NewUnstartedServer(nil)
	o.BaseURL = "http://" + server.Listener.Addr().String()
	p := portal.New(o)
	server.Config.Handler = p
	server.Start()
	t.Cleanup(func() {
		p.Close() // first, so that slow calls end
		server.Close()
	})
	return p
}

// Reply waits for the first message of a bot, or of the portal for one, in a dialog after the message given.
// The test fails when none came in ten seconds or shortly before its own deadline.
func Reply(t testing.TB, p *portal.Portal, as bitrix.UserID, d bitrix.DialogID, after bitrix.MessageID) portal.Message {
	t.Helper()
	timeout := time.NewTimer(wait(t))
	defer timeout.Stop()
	for {
		changes, cancel := p.Subscribe(lag)
		defer cancel()
		if m, ok := answer(p, as, d, after); ok {
			return m
		}
		for open := true; open; {
			var c portal.Change
			select {
			case c, open = <-changes:
			case <-timeout.C:
				t.Fatalf("no answer to message %d in dialog %s of %d", after, d, as)
			}
			if c.Kind != portal.KindMessage {
				continue
			}
			if m, ok := answer(p, as, d, after); ok {
				return m
			}
		}
	}
}

func wait(t testing.TB) time.Duration {
	if t, ok := t.(interface{ Deadline() (time.Time, bool) }); ok {
		if at, set := t.Deadline(); set {
			return min(patience, time.Until(at)-reserve)
		}
	}
	return patience
}

func answer(p *portal.Portal, as bitrix.UserID, d bitrix.DialogID, after bitrix.MessageID) (portal.Message, bool) {
	for _, m := range p.Messages(as, d) {
		if m.ID > after && (m.System || isBot(p, m.Author)) {
			return m, true
		}
	}
	return portal.Message{}, false
}

func isBot(p *portal.Portal, id bitrix.UserID) bool {
	who, ok := p.Person(id)
	return ok && who.Bot
}
