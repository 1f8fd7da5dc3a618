package main

import "testing"

// TestKilledFetcher kills who fetches at each step between the portal's queue and the store. Another takes its turn over when
// its lease has run out, and the person reads one answer.
func TestKilledFetcher(t *testing.T) {
	const (
		fetch    = "imbot.v2.Event.get"
		publish  = "HPUB whois24.events."
		bookmark = "PUB $KV.whois24_state."
	)
	for name, trap := range map[string]func(*scene) *trap{
		"given out, the answer not read":       func(s *scene) *trap { return s.rest.after(fetch) },
		"read, before it is stored":            func(s *scene) *trap { return s.nats.before(publish) },
		"stored, nobody knows here":            func(s *scene) *trap { return s.nats.answer(`"stream":"WHOIS24_EVENTS"`) },
		"stored, before the offset is written": func(s *scene) *trap { return s.nats.before(bookmark) },
		"the offset is written":                func(s *scene) *trap { return s.nats.after(bookmark) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t)
			s.toFetching()
			worker := s.worker(s.direct)
			asking := s.rest.before(fetch) // nothing waits yet: what is asked next is in the page that counts
			victim := s.receiver(s.settings)
			asking.sprung(t)
			asked := s.ask(s.dialog(), "/whois 5")
			trap := trap(s)
			asking.release()
			trap.sprung(t)
			victim.kill(t)
			trap.release()
			successor := s.receiver(s.direct)
			successor.waitFor(t, "while people talk") // it fetches now
			s.answeredOnce(s.dialog(), asked)
			if lost := s.portal.Lost(); len(lost) > 0 {
				t.Errorf("the portal erased what nobody had read: %v", lost)
			}
			successor.terminate(t)
			worker.terminate(t)
		})
	}
}

// toFetching has the bot of the scene fetch its events from now on.
func (s *scene) toFetching() {
	s.t.Helper()
	if got := invoke(s.t, nil, "register", "--portal", s.webhook()); got.code != 0 {
		s.t.Fatalf("register: %+v", got)
	}
}
