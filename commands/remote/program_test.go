package remote_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/remote"
)

// screen is what a program prints, readable while it runs.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// program is one run of Main with command x.
type program struct {
	out, err screen
	stop     context.CancelFunc
	ended    chan struct{}
	code     int
}

func runProgram(t testing.TB, env map[string]string, args ...string) *program {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	p := &program{stop: stop, ended: make(chan struct{})}
	go func() {
		defer close(p.ended)
		p.code = remote.Run(ctx, args, func(key string) string { return env[key] }, &p.out, &p.err, saying("hi"))
	}()
	t.Cleanup(func() { stop(); <-p.ended })
	return p
}

// end waits for the program to end by itself.
func (p *program) end(t testing.TB) {
	t.Helper()
	select {
	case <-p.ended:
	case <-time.After(10 * time.Second):
		t.Fatalf("it does not end: %s", p.err.String())
	}
}

// logs waits until the log has what.
func (p *program) logs(t testing.TB, what string) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !strings.Contains(p.err.String(), what); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("no %q in the log: %s", what, p.err.String())
		}
	}
}

// TestWrongSettings end the program with one line and code 2, and no password is in it.
func TestWrongSettings(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		args []string
		want string
	}{
		{nil, nil, "birthday: --nats: is needed: the address of the bot's NATS, like nats://127.0.0.1:4222\n"},
		{nil, []string{"--nats", "localhost"}, "birthday: --nats: has an address that is not like nats://host:4222; several are separated by commas\n"},
		{nil, []string{"--nats", "nats://x:hush%@host:4222"}, "birthday: --nats: has an address that is not like nats://host:4222; several are separated by commas\n"},
		{nil, []string{"--nats", "nats://a:1,http://x:hush@b:2"}, "birthday: --nats: has an address that is not like nats://host:4222; several are separated by commas\n"},
		{nil, []string{"--nats", "nats://x:hush@a:b"}, "birthday: --nats: has an address that is not like nats://host:4222; several are separated by commas\n"},
		{map[string]string{"WHOIS24_NATS": "nats://x:hush@a", "WHOIS24_NATS_CREDS": "/none"}, nil, "birthday: --nats-creds: stat /none: no such file or directory\n"},
		{map[string]string{"WHOIS24_COMMAND_TOKEN_FILE": "/none"}, []string{"--nats", "nats://a"}, "birthday: --command-token: WHOIS24_COMMAND_TOKEN_FILE: open /none: no such file or directory\n"},
		{nil, []string{"--port", "1"}, "birthday: flag provided but not defined: -port\n"},
		{nil, []string{"--nats", "nats://a", "nats://x:hush@b"}, "birthday: takes no arguments, but got 1; --help lists the flags\n"},
	} {
		p := runProgram(t, c.env, c.args...)
		p.end(t)
		if p.code != 2 || p.err.String() != c.want || p.out.String() != "" {
			t.Errorf("%v %v: code %d, %q, %q", c.env, c.args, p.code, p.err.String(), p.out.String())
		}
	}
}

// TestMistakeInCommand: a program that cannot serve says so at once.
func TestMistakeInCommand(t *testing.T) {
	var out, err screen
	nothing := func(string) string { return "" }
	code := remote.Run(t.Context(), []string{"--nats", "nats://a"}, nothing, &out, &err, saying("a"), saying("b"))
	if code != 1 || err.String() != "birthday: command \"x\": the name is taken\n" {
		t.Errorf("code %d, %s", code, err.String())
	}
}

// TestProgramHelp shows what to type, with the program's name.
func TestProgramHelp(t *testing.T) {
	p := runProgram(t, nil, "--help")
	p.end(t)
	if p.code != 0 || !strings.Contains(p.out.String(), "WHOIS24_COMMAND_TOKEN=demo birthday --nats nats://127.0.0.1:4222\n") || p.err.String() != "" {
		t.Errorf("code %d, %s%s", p.code, p.out.String(), p.err.String())
	}
}

// TestProgram connects with the rights of its command, answers, and ends with the signal. Its log is JSON here, and holds no
// password.
func TestProgram(t *testing.T) {
	srv := startNATS(t, &server.User{Username: "bot", Password: "p"}, rights("x"))
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte("p\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, run := range map[string]func() *program{
		"flags": func() *program { return runProgram(t, nil, "--nats", srv.ClientURL(), "--command-token", "p") },
		"env": func() *program {
			return runProgram(t, map[string]string{"WHOIS24_NATS": srv.ClientURL(), "WHOIS24_COMMAND_TOKEN": "p"})
		},
		"file": func() *program {
			return runProgram(t, map[string]string{"WHOIS24_NATS": srv.ClientURL(), "WHOIS24_COMMAND_TOKEN_FILE": token})
		},
		"address": func() *program {
			return runProgram(t, nil, "--nats", strings.Replace(srv.ClientURL(), "//", "//x:p@", 1))
		},
	} {
		p := run()
		p.logs(t, `"nats connected"`)
		conn := connect(t, srv, nats.UserInfo("bot", "p"))
		set := hosting(t, &remote.Caller{Conn: conn}, service(t, "1.0.0", saying("")))
		await(t, func() bool { _, err := answers(t, set, question("/x")); return err == nil })
		p.stop()
		p.end(t)
		if p.code != 0 {
			t.Errorf("%s: code %d", name, p.code)
		}
		checkLog(t, p.err.String())
	}
}

func checkLog(t testing.TB, log string) {
	t.Helper()
	for line := range strings.Lines(log) {
		if !json.Valid([]byte(line)) || strings.Contains(line, "x:p") || strings.Contains(line, `"p"`) {
			t.Errorf("logged %s", line)
		}
	}
	if !strings.HasSuffix(log, "\"birthday stopped\"}\n") {
		t.Errorf("the log ends otherwise: %s", log)
	}
}

// TestNATSAway: the program waits for NATS, and serves when that is there. It ends at once when NATS is gone again.
func TestNATSAway(t *testing.T) {
	srv := startNATS(t)
	url := srv.ClientURL()
	port := srv.Addr().(*net.TCPAddr).Port
	srv.Shutdown()
	srv.WaitForShutdown()
	p := runProgram(t, nil, "--nats", url)
	p.logs(t, `"waiting for nats"`)
	again := startOn(t, port)
	set := hosting(t, &remote.Caller{Conn: connect(t, again)}, service(t, "1.0.0", saying("")))
	await(t, func() bool { _, err := answers(t, set, question("/x")); return err == nil })
	again.Shutdown()
	p.logs(t, `"nats disconnected"`)
	began := time.Now()
	p.stop()
	p.end(t)
	if took := time.Since(began); p.code != 0 || took > remote.Silence/2 {
		t.Errorf("code %d after %v", p.code, took)
	}
}

// TestNATSRefuses: with a wrong password it ends, so that whoever started it hears of it.
func TestNATSRefuses(t *testing.T) {
	srv := startNATS(t, rights("x"))
	p := runProgram(t, nil, "--nats", strings.Replace(srv.ClientURL(), "//", "//x:hush@", 1))
	p.end(t)
	lines := strings.Split(strings.TrimSpace(p.err.String()), "\n")
	want := "birthday: nats: connection closed: nats: authorization violation"
	if last := strings.ToLower(lines[len(lines)-1]); p.code != 1 || last != want || strings.Contains(p.err.String(), "hush") {
		t.Errorf("code %d, %s", p.code, p.err.String())
	}
}

// TestSeveralCommands are served by one process, under a user name made of all.
func TestSeveralCommands(t *testing.T) {
	user := rights("x")
	user.Username = "x+z"
	user.Permissions.Subscribe.Allow = append(user.Permissions.Subscribe.Allow, rights("z").Permissions.Subscribe.Allow...)
	srv := startNATS(t, &server.User{Username: "bot", Password: "p"}, user)
	other := commands.New("z", func(_ context.Context, c commands.Call, _ none) (commands.Reply, error) {
		_, err := c.People.User(context.Background(), 5)
		return commands.Reply{Text: "z"}, err
	}, titles("z"))
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	var log screen
	go func() {
		defer close(ended)
		args := []string{"--nats", srv.ClientURL(), "--command-token", "p"}
		remote.Run(ctx, args, func(string) string { return "" }, &log, &log, saying("x"), other)
	}()
	defer func() { stop(); <-ended }()
	conn := connect(t, srv, nats.UserInfo("bot", "p"))
	var found []remote.Service
	await(t, func() bool { found, _, _ = remote.Find(t.Context(), conn); return len(found) == 2 })
	set := hosting(t, &remote.Caller{Conn: conn}, found...)
	hears(t, set, "/x", "x")
	hears(t, set, "/z", "z")
}
