package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

// service is whois24 serve in a process of its own, with a person who writes to it.
type service struct {
	*child
	portal *portal.Portal
	dialog bitrix.DialogID // of the person with the bot
	where  []string        // flags of dead that lead to its events
}

const person bitrix.UserID = 7

// serveDead runs serve, with its store in the process unless nats is given.
func serveDead(t *testing.T, nats string) service {
	t.Helper()
	p := portaltest.New(t, portal.Options{})
	listen, admin := freeAddress(t), freeAddress(t)
	args := []string{"serve", "--public-url", "http://" + listen, "--listen", listen, "--admin-listen", admin}
	where := []string{"--nats", nats}
	if nats == "" {
		where = []string{"--data", t.TempDir(), "--admin-listen", admin}
		args = append(args, where[:2]...)
	} else {
		args = append(args, where...)
	}
	c := start(t, []string{"WHOIS24_PORTAL=" + p.WebhookURL()}, args...)
	c.waitFor(t, "bot is registered")
	return service{c, p, bitrix.PrivateDialog(bitrix.UserID(p.Commands()[0].Bot)), where}
}

// loses asks something while the portal refuses replies for good, and waits until it is dead.
func (s service) loses(t *testing.T, line string) bitrix.MessageID {
	t.Helper()
	s.portal.Fail(portal.Fault{Method: "imbot.v2.Chat.Message.send", Kind: portal.Refused, Code: string(bitrix.ErrBotNotFound)})
	defer s.portal.Recover()
	asked, err := s.portal.Say(person, s.dialog, line)
	if err != nil {
		t.Fatal(err)
	}
	s.waitFor(t, "gave up on event")
	for !strings.Contains(s.dead(t, "list").stdout, line+" ") { // it is buried right after
		if t.Context().Err() != nil {
			t.Fatal("it is never listed")
		}
	}
	return asked
}

func (s service) dead(t *testing.T, args ...string) invocation {
	t.Helper()
	got := invoke(t, nil, append(append([]string{"dead"}, args...), s.where...)...)
	if got.code != 0 {
		t.Fatalf("dead %s: %+v", args, got)
	}
	return got
}

// answers counts what the bot wrote.
func (s service) answers() (n int) {
	for _, m := range s.portal.Messages(person, s.dialog) {
		if m.Author != person {
			n++
		}
	}
	return n
}

// TestDeadLettersOfAProcess takes what a running process gave up back, and drops the rest.
func TestDeadLettersOfAProcess(t *testing.T) {
	for name, nats := range map[string]func(*testing.T) string{
		"store in the process": func(*testing.T) string { return "" },
		"NATS elsewhere":       natsServer,
	} {
		t.Run(name, func(t *testing.T) {
			s := serveDead(t, nats(t))
			asked := s.loses(t, "/whois 5")
			s.loses(t, "/whois 6")
			if show := s.dead(t, "show", "1"); !strings.Contains(show.stdout, "BOT_NOT_FOUND") {
				t.Errorf("shown is\n%s", show.stdout)
			}
			s.dead(t, "replay", "1")
			if reply := portaltest.Reply(t, s.portal, person, s.dialog, asked); !strings.Contains(reply.Text, "Евгений Шеленков") {
				t.Errorf("reply is %q", reply.Text)
			}
			s.dead(t, "drop", "2")
			if got := s.dead(t, "list"); got.stdout != "nothing is dead\n" {
				t.Errorf("left are\n%s", got.stdout)
			}
			args := append([]string{"dead", "drop", "2"}, s.where...)
			if got := invoke(t, nil, args...); got.code != 1 || !strings.Contains(got.stderr, "event 2: there is no dead event") {
				t.Errorf("dropped again: %+v", got)
			}
			s.terminate(t)
			if n := s.answers(); n != 1 {
				t.Errorf("%d answers, want 1", n)
			}
		})
	}
}

// TestDeadLettersOfAProcessThatEnded replays them in its store, and the next process answers.
func TestDeadLettersOfAProcessThatEnded(t *testing.T) {
	s := serveDead(t, "")
	asked := s.loses(t, "/whois 5")
	s.terminate(t)
	s.dead(t, "replay", "all")
	next := start(t, s.Env, s.Args[1:]...)
	if reply := portaltest.Reply(t, s.portal, person, s.dialog, asked); !strings.Contains(reply.Text, "Евгений Шеленков") {
		t.Errorf("reply is %q", reply.Text)
	}
	next.terminate(t)
}

// TestStrangerAtTheAdminPort has another program where the process should be.
func TestStrangerAtTheAdminPort(t *testing.T) {
	other := httptest.NewServer(http.NotFoundHandler())
	defer other.Close()
	got := invoke(t, nil, "dead", "list", "--data", t.TempDir()+"/none", "--admin-listen", other.Listener.Addr().String())
	if got.code != 1 || !strings.Contains(got.stderr, other.URL+" (--admin-listen) answers 404 Not Found") {
		t.Errorf("%+v", got)
	}
}

// TestProcessIsAskedUnderANameItAnswers has a process listen on all addresses: it answers to localhost and to numbers.
func TestProcessIsAskedUnderANameItAnswers(t *testing.T) {
	process := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Host != "localhost" {
			t.Errorf("asked under %q", r.Host)
		}
		_, _ = w.Write([]byte("[]"))
	}))
	defer process.Close()
	_, port, _ := strings.Cut(process.Listener.Addr().String(), ":")
	for _, host := range []string{"", "0.0.0.0", "[::]", "127.0.0.1", "localhost"} {
		got := invoke(t, nil, "dead", "list", "--data", t.TempDir()+"/none", "--admin-listen", host+":"+port)
		if got.stdout != "nothing is dead\n" {
			t.Errorf("%s: %+v", host, got)
		}
	}
}
