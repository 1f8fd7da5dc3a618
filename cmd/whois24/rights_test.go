package main

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/remote"
	"github.com/whois24/whois24/events/stream"
)

// What a process with a command of its own may do on the bus: with the embedded server, and with the NATS server of deployments.

// bus is a NATS server as the bot sees it, and where the command /birthday connects.
type bus struct {
	bot     *nats.Conn
	command string
}

func eachBus(t *testing.T, test func(*testing.T, bus)) {
	t.Helper()
	for name, open := range map[string]func(*testing.T) bus{"embedded": embeddedBus, "deployments": deployedBus} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

func embeddedBus(t *testing.T) bus {
	t.Helper()
	s, err := stream.Open(stream.Options{Dir: t.TempDir(), Listen: "127.0.0.1:0", CommandToken: canary, Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return bus{s.Conn(), "nats://birthday:" + canary + "@" + s.Address()}
}

func deployedBus(t *testing.T) bus {
	t.Helper()
	t.Setenv("BOT_PASSWORD", canary)
	t.Setenv("BIRTHDAY_PASSWORD", canary+"2")
	o, err := server.ProcessConfigFile(filepath.Join(deployments, "compose", "nats-commands.conf"))
	if err != nil {
		t.Fatal(err)
	}
	o.Host, o.Port, o.StoreDir, o.NoSigs, o.NoLog = "127.0.0.1", server.RANDOM_PORT, t.TempDir(), true, true
	s := startServer(t, o)
	at := func(user, password string) string {
		u, err := url.Parse(s.ClientURL())
		if err != nil {
			t.Fatal(err)
		}
		u.User = url.UserPassword(user, password)
		return u.String()
	}
	return bus{connectTo(t, at("whois24", canary)), at("birthday", canary+"2")}
}

func connectTo(t *testing.T, url string, o ...nats.Option) *nats.Conn {
	t.Helper()
	conn, err := nats.Connect(url, o...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	return conn
}

// TestCommandProcessMayNot hear or say what is not its own.
func TestCommandProcessMayNot(t *testing.T) {
	eachBus(t, func(t *testing.T, b bus) {
		refused := make(chan string, 10)
		c := connectTo(t, b.command, nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { refused <- err.Error() }))
		hear := func(subject string) error { _, err := c.SubscribeSync(subject); return err }
		say := func(subject string) error { return c.Publish(subject, nil) }
		for _, may := range []struct {
			not     func(subject string) error
			subject string
		}{
			{hear, ">"},
			{hear, "*.>"},
			{hear, "whois24.>"},
			{hear, "whois24.events.>"},
			{hear, "whois24.command.>"},
			{hear, "whois24.command.lunch.>"},
			{hear, "whois24.command.*.1.0.0"},
			{hear, "_INBOX.>"},
			{hear, "_INBOX.whois24-lunch.>"},
			{hear, "$SRV.>"},
			{hear, "$SRV.INFO.*"},
			{hear, "$SRV.INFO.whois24-lunch"},
			{hear, "$KV.>"},
			{hear, "$JS.>"},
			{hear, "$SYS.>"},
			{say, "whois24.events.a.b"},
			{say, "whois24.command.lunch.1.0.0"},
			{say, "whois24.command.birthday.1.0.0"},
			{say, "_INBOX.abc"},
			{say, "$SRV.INFO"},
			{say, "$JS.API.STREAM.LIST"},
			{say, "$KV.whois24_vault.a"},
		} {
			if err := may.not(may.subject); err != nil {
				t.Fatal(err)
			}
			select {
			case words := <-refused:
				if !strings.Contains(strings.ToLower(words), "permissions violation") || !strings.Contains(words, `"`+may.subject+`"`) {
					t.Errorf("%s: %s", may.subject, words)
				}
			case <-time.After(20 * time.Second):
				t.Fatalf("%s is nothing it is refused", may.subject)
			}
		}
	})
}

// TestCommandProcessMay be found, be asked, look people up, and answer as often as it takes.
func TestCommandProcessMay(t *testing.T) {
	eachBus(t, func(t *testing.T, b bus) {
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() {
			o := remote.Options{Conn: connectTo(t, b.command), Version: "1.0.0", Log: zerolog.Nop()}
			ended <- remote.Serve(ctx, o, colleagues())
		}()
		defer func() {
			cancel()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}()
		reply, err := asked(t, b.bot).Run(t.Context(), commands.Request{Name: "birthday", Lang: "en", People: directory{}})
		if err != nil {
			t.Fatal(err)
		}
		for steps := 1; reply.Then != nil; steps++ {
			if reply, err = reply.Then(t.Context()); err != nil {
				t.Fatalf("after %d replies: %v", steps, err)
			}
		}
		if reply.Text != "Found: Anna" {
			t.Errorf("answered is %q", reply.Text)
		}
	})
}

// asked are the commands that are found on the bus.
func asked(t *testing.T, conn *nats.Conn) *commands.Set {
	t.Helper()
	for started := time.Now(); ; {
		found, refused, err := remote.Find(t.Context(), conn)
		if err != nil || len(refused) > 0 {
			t.Fatal(err, refused)
		}
		if len(found) > 0 {
			set, err := commands.NewSet((&remote.Caller{Conn: conn}).Command(found))
			if err != nil {
				t.Fatal(err)
			}
			return set
		}
		if time.Since(started) > 20*time.Second {
			t.Fatal("nothing is found")
		}
	}
}

// colleagues is a command that looks ten people up and answers in three steps.
func colleagues() commands.Command {
	return commands.New("birthday", func(ctx context.Context, c commands.Call, _ struct{}) (commands.Reply, error) {
		return c.Later("birthday.wait", nil, func(ctx context.Context) (commands.Reply, error) {
			return c.Later("birthday.wait", nil, func(ctx context.Context) (commands.Reply, error) {
				var name string
				for id := range bitrix.UserID(10) {
					u, err := c.People.User(ctx, id+1)
					if err != nil {
						return commands.Reply{}, err
					}
					name = u.Name
				}
				return c.Say("birthday.found", commands.Data{"Name": name})
			})
		})
	}, fstest.MapFS{
		"en.toml": {Data: []byte("[birthday]\ntitle = \"Birthdays\"\nwait = \"Looking …\"\nfound = \"Found: {{.Name}}\"\n")},
		"ru.toml": {Data: []byte("[birthday]\ntitle = \"Дни рождения\"\nwait = \"Ищу …\"\nfound = \"Есть: {{.Name}}\"\n")},
	})
}

// directory is a portal where everybody is called Anna.
type directory struct{}

func (directory) User(_ context.Context, id bitrix.UserID) (bitrix.User, error) {
	return bitrix.User{ID: id, Active: true, Name: "Anna"}, nil
}

func (directory) Profile(_ context.Context, id bitrix.UserID) (bitrix.Profile, error) {
	return bitrix.Profile{User: bitrix.User{ID: id, Active: true, Name: "Anna"}}, nil
}

func (directory) SearchUsers(context.Context, string, int) ([]bitrix.FoundUser, error) {
	return nil, nil
}

func (directory) Department(context.Context, bitrix.DepartmentID) (bitrix.Department, bool, error) {
	return bitrix.Department{}, false, nil
}
