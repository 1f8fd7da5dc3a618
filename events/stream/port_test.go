package stream_test

import (
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/whois24/whois24/events/stream"
)

const commandToken = "a token"

// openShared starts an embedded store that command processes can connect to.
func openShared(t *testing.T) *stream.Stream {
	t.Helper()
	return prepared(t, stream.Options{Dir: t.TempDir(), Name: "test", Listen: "127.0.0.1:0", CommandToken: commandToken}, "a.example")
}

// process connects as a command process does.
func process(t *testing.T, s *stream.Stream, user, password string) (*nats.Conn, error) {
	t.Helper()
	conn, err := nats.Connect("nats://"+s.Address(), nats.UserInfo(user, password))
	if err == nil {
		t.Cleanup(conn.Close)
	}
	return conn, err
}

func TestWhoMayConnect(t *testing.T) {
	s := openShared(t)
	for name, c := range map[string]struct {
		user, password string
		want           error
	}{
		"a command":              {"birthday", commandToken, nil},
		"several":                {"birthday+lunch_2", commandToken, nil},
		"nobody":                 {"", "", nats.ErrAuthorization},
		"the token alone":        {"", commandToken, nats.ErrAuthorization},
		"another token":          {"birthday", "another token", nats.ErrAuthorization},
		"no token":               {"birthday", "", nats.ErrAuthorization},
		"all commands":           {"*", commandToken, nats.ErrAuthorization},
		"more than a name":       {"birthday.>", commandToken, nats.ErrAuthorization},
		"a name and more":        {"birthday+>", commandToken, nats.ErrAuthorization},
		"more than it could run": {"a" + strings.Repeat("+a", 20), commandToken, nats.ErrAuthorization},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := process(t, s, c.user, c.password); !errors.Is(err, c.want) {
				t.Errorf("connecting: %v, want %v", err, c.want)
			}
		})
	}
}

// TestProcessConnectsAgain restarts a store: who was connected comes back by itself.
func TestProcessConnectsAgain(t *testing.T) {
	o := stream.Options{Dir: t.TempDir(), Listen: "127.0.0.1:0", CommandToken: commandToken}
	s := prepared(t, o)
	back := make(chan struct{}, 1)
	conn, err := nats.Connect("nats://"+s.Address(), nats.UserInfo("birthday", commandToken), nats.MaxReconnects(-1),
		nats.ReconnectWait(10*time.Millisecond), nats.ReconnectHandler(func(*nats.Conn) { back <- struct{}{} }))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	o.Listen = s.Address()
	s.Close()
	prepared(t, o)
	receive(t, back)
}

func TestAddressThatIsTaken(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	o := stream.Options{Dir: t.TempDir(), Listen: l.Addr().String(), CommandToken: commandToken}
	if _, err := stream.Open(o); err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("opened at an address that is taken: %v", err)
	}
	o.Listen = ""
	prepared(t, o) // nothing was left locked
}

// TestListeningIsForThisMachine unless somebody says otherwise, and never without a token.
func TestListeningIsForThisMachine(t *testing.T) {
	s := prepared(t, stream.Options{Dir: t.TempDir(), Listen: ":0", CommandToken: commandToken})
	if !strings.HasPrefix(s.Address(), "127.0.0.1:") || !s.Shared() {
		t.Errorf("it listens at %q", s.Address())
	}
	if _, err := stream.Open(stream.Options{Dir: t.TempDir(), Listen: ":0"}); err == nil {
		t.Error("it listens without a token")
	}
	if alone := open(t, t.TempDir()); alone.Address() != "" || alone.Shared() {
		t.Errorf("it listens at %q unasked", alone.Address())
	}
}
