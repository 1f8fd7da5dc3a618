package remote_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/micro"

	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/remote"
)

// TestFind: what is there is found once, however many instances it has, by name and then newest version first.
func TestFind(t *testing.T) {
	srv := startNATS(t)
	other := commands.New("a", func(context.Context, commands.Call, none) (commands.Reply, error) { return commands.Reply{}, nil }, titles("a"))
	start(t, srv, "1.9.0", saying(""), other)
	start(t, srv, "1.10.0", saying(""))
	start(t, srv, "1.10.0", saying(""))
	offers(t, connect(t, srv), micro.Config{Name: "somebody-else", Version: "1.0.0"})
	found, refused, err := remote.Find(t.Context(), connect(t, srv))
	if err != nil || len(refused) > 0 {
		t.Fatal(err, refused)
	}
	want := []remote.Service{service(t, "1.9.0", other), service(t, "1.10.0", saying("")), service(t, "1.9.0", saying(""))}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Error(diff)
	}
}

func TestFindNothing(t *testing.T) {
	found, refused, err := remote.Find(t.Context(), connect(t, startNATS(t)))
	if len(found)+len(refused) > 0 || err != nil {
		t.Error(found, refused, err)
	}
}

// TestFindCannotTell: without a connection there is an error, and not the news that everybody is gone.
func TestFindCannotTell(t *testing.T) {
	srv := startNATS(t)
	conn := connect(t, srv, nats.MaxReconnects(-1))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := remote.Find(ctx, conn); !errors.Is(err, context.Canceled) {
		t.Errorf("when nobody waits: %v", err)
	}
	srv.Shutdown()
	await(t, func() bool { return !conn.IsConnected() })
	if _, _, err := remote.Find(t.Context(), conn); err == nil {
		t.Error("without a connection: no error")
	}
}

// offers makes a service known as a stranger would.
func offers(t testing.TB, conn *nats.Conn, config micro.Config) {
	t.Helper()
	s, err := micro.AddService(conn, config)
	if err == nil {
		err = conn.Flush()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Stop() })
}

// schema is a service of command x with a schema of its own.
func schema(version, protocol, schema string) micro.Config {
	return micro.Config{Name: "whois24-x", Version: version, Metadata: map[string]string{"whois24": protocol, "schema": schema}}
}

// TestRefused: who cannot be understood is left out with the reason, and keeps nobody else out.
func TestRefused(t *testing.T) {
	srv := startNATS(t)
	conn := connect(t, srv)
	good := service(t, "1.0.0", saying(""))
	data, err := json.Marshal(good.Schema)
	if err != nil {
		t.Fatal(err)
	}
	title := `"title":{"en":"x","ru":"x"}`
	reasons := map[string]string{}
	for i, c := range []struct{ protocol, schema, why string }{
		{"2", "{}", `it speaks version "2" of the protocol, and not 1`},
		{"1", "", "its schema: unexpected end of JSON input"},
		{"1", "[]", "its schema: json: cannot unmarshal array"},
		{"1", `{"name":"y",` + title + `}`, `its schema is of command "y"`},
		{"1", `{"name":"x"}`, "its schema: "},
		{"1", `{"name":"x",` + title + `,"arguments":[{"name":"a","type":"planet"}]}`, "its schema: "},
		{"1", `{"name":"x",` + title + `,"pad":"` + strings.Repeat("x", 32<<10) + `"}`, "bytes; at most 32768 are read"},
	} {
		version := fmt.Sprintf("2.0.%d", i)
		offers(t, conn, schema(version, c.protocol, c.schema))
		reasons["x "+version] = c.why
	}
	offers(t, conn, schema("1.0.0", "1", string(data)))
	found, refused, err := remote.Find(t.Context(), connect(t, srv))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]remote.Service{good}, found); diff != "" {
		t.Error(diff)
	}
	for who, why := range reasons {
		if err := refused[who]; err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: got %v, want %s", who, err, why)
		}
	}
}

// TestWrongVersions: a version becomes part of a subject, so it is what it has to be and nothing else.
func TestWrongVersions(t *testing.T) {
	srv := startNATS(t)
	conn := connect(t, srv)
	for _, version := range []string{"", "1", "1.0", ">", "1.0.0.>", "1.0.0 x", "01.0.0", "1.0.0-" + strings.Repeat("a", 100)} {
		info, err := json.Marshal(micro.Info{ServiceIdentity: micro.ServiceIdentity{
			Name: "whois24-x", Version: version, Metadata: map[string]string{"whois24": "1", "schema": `{"name":"x"}`},
		}})
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range []string{"$SRV.INFO", "$SRV.INFO.whois24-x"} {
			if _, err := conn.Subscribe(at, func(m *nats.Msg) { _ = m.Respond(info) }); err != nil {
				t.Fatal(err)
			}
		}
	}
	found, refused, err := remote.Find(t.Context(), conn)
	if err != nil || len(found) > 0 || len(refused) != 8 {
		t.Error(found, refused, err)
	}
	for who, why := range refused {
		if why.Error() != "its version is not like 1.2.0" {
			t.Errorf("%s: %v", who, why)
		}
	}
}

// TestSameVersionDescribedTwice: one description is taken, whichever instance answers first.
func TestSameVersionDescribedTwice(t *testing.T) {
	for _, order := range [][]string{{"a", "b"}, {"b", "a"}} {
		srv := startNATS(t)
		conn := connect(t, srv)
		for _, title := range order {
			offers(t, conn, schema("1.0.0", "1", `{"name":"x","title":{"en":"`+title+`","ru":"`+title+`"}}`))
		}
		found, _, err := remote.Find(t.Context(), conn)
		if err != nil || len(found) != 1 || found[0].Schema.Title["en"] != "a" {
			t.Errorf("%v: got %+v, %v", order, found, err)
		}
	}
}

// rights are those NATS is to give a process that runs a command.
func rights(command string) *server.User {
	service := "whois24-" + command
	hears := []string{"whois24.command." + command + ".>", "_INBOX." + service + ".>"}
	for _, verb := range []string{"PING", "INFO", "STATS"} {
		hears = append(hears, "$SRV."+verb, "$SRV."+verb+"."+service, "$SRV."+verb+"."+service+".*")
	}
	return &server.User{Username: command, Password: "p", Permissions: &server.Permissions{
		Subscribe: &server.SubjectPermission{Allow: hears},
		Publish:   &server.SubjectPermission{Deny: []string{">"}},
		Response:  &server.ResponsePermission{MaxMsgs: 1000, Expires: server.DEFAULT_ALLOW_RESPONSE_EXPIRATION},
	}}
}

// TestRights: with the rights of its command a process does all it has to, and can neither pass for another command nor hear
// what that is asked.
func TestRights(t *testing.T) {
	all := &server.User{Username: "bot", Password: "p"}
	srv := startNATS(t, all, rights("x"), rights("y"))
	conn := connect(t, srv, nats.UserInfo("bot", "p"))
	y := connect(t, srv, nats.UserInfo("y", "p"))
	heard := make(chan *nats.Msg, 10)
	for _, at := range []string{"whois24.command.x.>", "_INBOX.>", "$SRV.INFO.whois24-x", ">"} {
		if _, err := y.ChanSubscribe(at, heard); err != nil {
			t.Fatal(err)
		}
	}
	claim := schema("9.0.0", "1", `{"name":"x","title":{"en":"stolen","ru":"stolen"}}`)
	offers(t, y, claim)
	if found, _, err := remote.Find(t.Context(), conn); err != nil || len(found) > 0 {
		t.Errorf("found %+v, %v", found, err)
	}

	cmd := looking(func(ctx context.Context, c commands.Call) (any, error) {
		u, err := c.People.User(ctx, 5)
		return u.WorkPosition, err
	})
	startOver(t, connect(t, srv, nats.UserInfo("x", "p")), "1.0.0", cmd)
	found, _, err := remote.Find(t.Context(), conn)
	if diff := cmp.Diff([]remote.Service{service(t, "1.0.0", cmd)}, found); err != nil || diff != "" {
		t.Fatal(err, diff)
	}
	hears(t, hosting(t, &remote.Caller{Conn: conn}, found...), "/x", "Chief")
	if err := y.Flush(); err != nil || len(heard) > 0 {
		t.Errorf("overheard %d messages, %v", len(heard), err)
	}
}
