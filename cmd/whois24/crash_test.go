package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

// A question is killed at every step between the webhook and the end of its answer: the process that works on it dies, by
// SIGKILL, exactly when a proxy has seen the step on the wire. Another takes over, and the person reads one answer.
//
// Two proxies see all there is to see: one stands before NATS, one before the portal.

const asker bitrix.UserID = 7

// scene is a portal, NATS, and the bot's processes, with a proxy on each way.
type scene struct {
	t        *testing.T
	portal   *portal.Portal
	nats     *natsProxy
	rest     *restProxy
	settings []string // with both proxies
	direct   []string // past the one before NATS: for whoever takes over
	listen   string
	bot      bitrix.BotID
}

func newScene(t *testing.T) *scene {
	t.Helper()
	s := &scene{t: t, listen: freeAddress(t), portal: portaltest.New(t, portal.Options{Rate: 1000, Burst: 1000})}
	server := natsServer(t)
	s.nats = newNATSProxy(t, strings.TrimPrefix(server, "nats://"))
	s.rest = newRESTProxy(t, s.portal.WebhookURL())
	s.direct = []string{
		"WHOIS24_PORTAL=" + s.webhook(), "WHOIS24_NATS=" + server,
		"WHOIS24_RATE=1000", "WHOIS24_BURST=1000", "WHOIS24_ADMIN_LISTEN=127.0.0.1:0",
	}
	s.settings = append(slices.Clone(s.direct), "WHOIS24_NATS=nats://"+s.nats.address) // the last one counts
	registered := invoke(t, nil, "register", "--portal", s.webhook(), "--public-url", "http://"+s.listen)
	if registered.code != 0 {
		t.Fatalf("register: %+v", registered)
	}
	s.bot = s.portal.Commands()[0].Bot
	return s
}

// webhook leads through the proxy. The bot's token and its name for the portal follow from this address.
func (s *scene) webhook() string {
	_, path, _ := strings.Cut(s.portal.WebhookURL(), "/rest/")
	return s.rest.url + "/rest/" + path
}

func (s *scene) receiver(settings []string) *child {
	return start(s.t, settings, "receiver", "--listen", s.listen)
}

func (s *scene) worker(settings []string) *child { return start(s.t, settings, "worker") }

func (s *scene) dialog() bitrix.DialogID { return bitrix.PrivateDialog(bitrix.UserID(s.bot)) }

// ask types a question in a dialog; the portal posts it once, whatever becomes of it.
func (s *scene) ask(d bitrix.DialogID, line string) bitrix.MessageID {
	s.t.Helper()
	id, err := s.portal.Say(asker, d, line)
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

// answeredOnce waits for the answer, then for that of a second question, which comes after everything about the first,
// and counts.
func (s *scene) answeredOnce(d bitrix.DialogID, asked bitrix.MessageID) {
	s.t.Helper()
	first := portaltest.Reply(s.t, s.portal, asker, d, asked)
	if !strings.Contains(first.Text, "Евгений Шеленков") {
		s.t.Errorf("the answer is %q", first.Text)
	}
	portaltest.Reply(s.t, s.portal, asker, d, s.ask(d, "/help"))
	count := 0
	for _, m := range s.portal.Messages(asker, d) {
		if m.Author != asker && strings.Contains(m.Text, "Шеленков") {
			count++
		}
	}
	if count != 1 {
		s.t.Errorf("answered %d times, want once", count)
	}
}

// TestKilledWorker kills a worker at each step of an answer.
func TestKilledWorker(t *testing.T) {
	const lookUp, send = "im.user.get", "imbot.v2.Chat.Message.send"
	for name, trap := range map[string]func(*scene) *trap{
		"taken, before the look-up":              func(s *scene) *trap { return s.rest.before(lookUp) },
		"looked up, the answer not read":         func(s *scene) *trap { return s.rest.after(lookUp) },
		"before the reply reaches the portal":    func(s *scene) *trap { return s.rest.before(send) },
		"the reply is posted, nobody knows here": func(s *scene) *trap { return s.rest.after(send) },
		"the reply is known, not acknowledged":   func(s *scene) *trap { return s.nats.before("PUB $JS.ACK.") },
		"acknowledged":                           func(s *scene) *trap { return s.nats.after("PUB $JS.ACK.") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t)
			receiver := s.receiver(s.direct)
			victim := s.worker(s.settings)
			trap := trap(s)
			asked := s.ask(s.dialog(), "/whois 5")
			trap.sprung(t)
			victim.kill(t)
			trap.release()
			successor := s.worker(s.direct)
			s.answeredOnce(s.dialog(), asked)
			successor.terminate(t)
			receiver.terminate(t)
		})
	}
}

// TestKilledReceiver kills a receiver around the moment an event is stored. Without a 200 nothing was promised; stored
// is stored all the same.
func TestKilledReceiver(t *testing.T) {
	const publish = "HPUB whois24.events."
	for name, c := range map[string]struct {
		trap     func(*scene) *trap
		answered bool
	}{
		"before the event is stored":     {func(s *scene) *trap { return s.nats.before(publish) }, false},
		"stored, before the 200 is sent": {func(s *scene) *trap { return s.nats.answer(`"stream":"WHOIS24_EVENTS"`) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t)
			victim, worker := s.receiver(s.settings), s.worker(s.direct)
			trap := c.trap(s)
			asked := s.ask(s.dialog(), "/whois 5")
			trap.sprung(t)
			victim.kill(t)
			trap.release()
			if err := s.portal.Idle(t.Context()); err != nil {
				t.Fatal(err)
			}
			if accepted(s.portal) {
				t.Error("the portal was told 200")
			}
			receiver := s.receiver(s.direct)
			if !c.answered { // Bitrix24 does not repeat it; the person does
				asked = s.ask(s.dialog(), "/whois 5")
			}
			s.answeredOnce(s.dialog(), asked)
			worker.terminate(t)
			receiver.terminate(t)
		})
	}
}

// accepted reports whether an event was answered with 200.
func accepted(p *portal.Portal) bool {
	for _, d := range p.Deliveries() {
		if d.Status == http.StatusOK && strings.Contains(d.Event, "COMMANDADD") {
			return true
		}
	}
	return false
}

// TestKilledInACommandAnswer kills a worker while it answers in a group the bot is not in. That call has no key against
// repetition, so a record of it stands in: what was certainly not posted is posted there, and what may have been goes
// to the asker alone.
func TestKilledInACommandAnswer(t *testing.T) {
	const answer = "imbot.v2.Command.answer"
	for name, c := range map[string]struct {
		trap    func(*scene) *trap
		private bool // where the answer ends up
		group   int  // answers in the group
	}{
		"before the call reaches the portal": {func(s *scene) *trap { return s.rest.before(answer) }, true, 0},
		"posted, nobody knows here":          {func(s *scene) *trap { return s.rest.after(answer) }, true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t)
			group := s.portal.NewGroup("Without the bot", asker, 5)
			receiver, victim := s.receiver(s.direct), s.worker(s.settings)
			trap := c.trap(s)
			s.ask(group, "/whois 5")
			trap.sprung(t)
			victim.kill(t)
			trap.release()
			successor := s.worker(s.direct)
			private := portaltest.Reply(t, s.portal, asker, s.dialog(), 0)
			if !strings.Contains(private.Text, "Шеленков") {
				t.Errorf("in private: %q", private.Text)
			}
			if n := said(s.portal, group, "Шеленков"); n != c.group {
				t.Errorf("%d answers in the group, want %d", n, c.group)
			}
			successor.terminate(t)
			receiver.terminate(t)
		})
	}
}

func said(p *portal.Portal, d bitrix.DialogID, words string) int {
	n := 0
	for _, m := range p.Messages(asker, d) {
		if m.Author != asker && strings.Contains(m.Text, words) {
			n++
		}
	}
	return n
}

// TestKilledServe kills the one process that is everything, store included, at each step on its way to the portal.
func TestKilledServe(t *testing.T) {
	for _, method := range []string{"im.user.get", "imbot.v2.Chat.Message.send"} {
		for when, trapAt := range map[string]func(*restProxy, string) *trap{"before": (*restProxy).before, "after": (*restProxy).after} {
			t.Run(fmt.Sprint(when, " ", method), func(t *testing.T) {
				t.Parallel()
				s := newScene(t)
				args := []string{"serve", "--listen", s.listen, "--public-url", "http://" + s.listen, "--data", t.TempDir()}
				settings := []string{s.direct[0], "WHOIS24_RATE=1000", "WHOIS24_BURST=1000", "WHOIS24_ADMIN_LISTEN=127.0.0.1:0"}
				victim := start(t, settings, args...)
				victim.waitFor(t, "bot is registered")
				trap := trapAt(s.rest, method)
				asked := s.ask(s.dialog(), "/whois 5")
				trap.sprung(t)
				victim.kill(t)
				trap.release()
				successor := start(t, settings, args...)
				s.answeredOnce(s.dialog(), asked)
				successor.terminate(t)
			})
		}
	}
}
