package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

// child is whois24 in a process of its own.
type child struct {
	*exec.Cmd
	name string
	log  chan string // what it writes to stderr, a line each
}

// start runs whois24 with the arguments and waits until its log says that it is ready.
func start(t *testing.T, environment []string, args ...string) *child {
	t.Helper()
	c := spawn(t, append([]string{"TEST_PLAYS_WHOIS24=1", "WHOIS24_LOG_FORMAT=json"}, environment...), args...)
	c.waitFor(t, "event store is ready")
	return c
}

// spawn runs this test binary in a process of its own.
func spawn(t *testing.T, environment []string, args ...string) *child {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return spawnProgram(t, exe, environment, args...)
}

func spawnProgram(t *testing.T, program string, environment []string, args ...string) *child {
	t.Helper()
	c := &child{Cmd: exec.Command(program, args...), name: filepath.Base(program), log: make(chan string, 1000)}
	if len(args) > 0 {
		c.name = args[0]
	}
	c.Env = environment
	stderr, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	go c.read(stderr)
	t.Cleanup(func() { _ = c.Process.Kill() })
	return c
}

// read passes on what the process logs, as long as somebody wants to know; the process never waits for that.
func (c *child) read(stderr io.Reader) {
	defer close(c.log)
	for lines := bufio.NewScanner(stderr); lines.Scan(); {
		select {
		case c.log <- lines.Text():
		default:
		}
	}
}

// waitFor reads the log up to a line with the words.
func (c *child) waitFor(t *testing.T, words string) {
	t.Helper()
	var seen []string
	for late := time.After(time.Minute); ; { // a cluster that has just begun makes a dozen streams
		select {
		case line, more := <-c.log:
			if seen = append(seen, line); strings.Contains(line, words) {
				return
			}
			if !more {
				t.Fatalf("%s ended before %q:\n%s", c.name, words, strings.Join(seen, "\n"))
			}
		case <-late:
			t.Fatalf("%s does not say %q:\n%s", c.name, words, strings.Join(seen, "\n"))
		}
	}
}

// terminate asks the process to end, which it must do well.
func (c *child) terminate(t *testing.T) {
	t.Helper()
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for range c.log { // ends with the process
	}
	if err := c.Wait(); err != nil {
		t.Errorf("%s after SIGTERM: %v", c.name, err)
	}
}

// kill ends the process at once, in the middle of whatever it does.
func (c *child) kill(t *testing.T) {
	t.Helper()
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for range c.log { // ends with the process
	}
	_ = c.Wait() // says that it was killed
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func natsServer(t *testing.T) string {
	t.Helper()
	return startServer(t, &server.Options{
		Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, StoreDir: t.TempDir(), SyncAlways: true, NoSigs: true,
	}).ClientURL()
}

func startServer(t *testing.T, o *server.Options) *server.Server {
	t.Helper()
	s, err := server.NewServer(o)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(10 * time.Second) {
		t.Fatal("NATS does not start")
	}
	return s
}

// TestReceiverAndTwoWorkersAsProcesses is the bot as it runs on several machines: three processes on a NATS server.
func TestReceiverAndTwoWorkersAsProcesses(t *testing.T) {
	p := portaltest.New(t, portal.Options{Rate: 1000, Burst: 1000})
	listen := freeAddress(t)
	registration := invoke(t, nil, "register", "--portal", p.WebhookURL(), "--public-url", "http://"+listen)
	if registration.code != 0 || !strings.Contains(registration.stdout, "is registered") {
		t.Fatalf("register: %+v", registration)
	}
	settings := []string{"WHOIS24_PORTAL=" + p.WebhookURL(), "WHOIS24_NATS=" + natsServer(t), "WHOIS24_RATE=1000", "WHOIS24_BURST=1000"}
	children := []*child{
		start(t, settings, "receiver", "--listen", listen, "--admin-listen", "127.0.0.1:0"),
		start(t, settings, "worker", "--admin-listen", "127.0.0.1:0"),
		start(t, settings, "worker", "--admin-listen", "127.0.0.1:0"),
	}
	const anna = 7
	dialog := bitrix.PrivateDialog(bitrix.UserID(p.Commands()[0].Bot))
	for i := range 20 {
		asked, err := p.Say(anna, dialog, fmt.Sprintf("/whois %d", 1+i%10))
		if err != nil {
			t.Fatal(err)
		}
		portaltest.Reply(t, p, anna, dialog, asked)
	}
	for _, c := range children {
		c.terminate(t)
	}
	answers := 0
	for _, m := range p.Messages(anna, dialog) {
		if m.Author != anna {
			answers++
		}
	}
	if answers != 20 {
		t.Errorf("%d answers to 20 questions", answers)
	}
	if got := invoke(t, nil, "unregister", "--portal", p.WebhookURL()); got.code != 0 || len(p.Commands()) != 0 {
		t.Errorf("unregister: %+v, commands left: %v", got, p.Commands())
	}
}

// TestServeKeepsAQuestionOverARestart stores a question while the portal does not answer, kills the process and
// starts it again.
func TestServeKeepsAQuestionOverARestart(t *testing.T) {
	p := portaltest.New(t, portal.Options{})
	listen := freeAddress(t)
	settings := []string{"WHOIS24_PORTAL=" + p.WebhookURL()}
	args := []string{"serve", "--public-url", "http://" + listen, "--listen", listen, "--admin-listen", "127.0.0.1:0", "--data", t.TempDir()}
	first := start(t, settings, args...)
	first.waitFor(t, "bot is registered")
	p.Fail(portal.Fault{Kind: portal.Gateway502})
	const anna = 7
	dialog := bitrix.PrivateDialog(bitrix.UserID(p.Commands()[0].Bot))
	asked, err := p.Say(anna, dialog, "/whois 5")
	if err != nil {
		t.Fatal(err)
	}
	first.waitFor(t, "not answered yet")
	first.kill(t)
	p.Recover()
	second := start(t, settings, args...)
	if reply := portaltest.Reply(t, p, anna, dialog, asked); !strings.Contains(reply.Text, "Евгений Шеленков") {
		t.Errorf("reply is %q", reply.Text)
	}
	second.terminate(t)
}

// TestPortalThatSaysNoEndsServe starts with a webhook that was revoked.
func TestPortalThatSaysNoEndsServe(t *testing.T) {
	p := portaltest.New(t, portal.Options{})
	p.Fail(portal.Fault{Method: "imbot.v2.Bot.register", Kind: portal.Refused, Status: 401, Code: "INVALID_CREDENTIALS"})
	got := invoke(t, nil, "serve", "--portal", p.WebhookURL(), "--data", t.TempDir(), "--listen", "127.0.0.1:0",
		"--admin-listen", "127.0.0.1:0", "--log-level", "error")
	if got.code != 1 || strings.Count(got.stderr, "\n") != 1 || !strings.Contains(got.stderr, "INVALID_CREDENTIALS") {
		t.Errorf("code %d, stderr %q", got.code, got.stderr)
	}
}
