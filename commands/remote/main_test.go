package remote_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/rs/zerolog"
	"go.uber.org/goleak"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/remote"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// startNATS starts a NATS server on a port of its own; users may be none, and then everybody may do everything.
func startNATS(t testing.TB, users ...*server.User) *server.Server {
	t.Helper()
	return startOn(t, server.RANDOM_PORT, users...)
}

func startOn(t testing.TB, port int, users ...*server.User) *server.Server {
	t.Helper()
	srv, err := server.NewServer(&server.Options{
		Host: "127.0.0.1", Port: port, NoSigs: true, NoLog: true, MaxPayload: 32 << 20, Users: users,
	})
	if err != nil {
		t.Fatal(err)
	}
	srv.Start()
	t.Cleanup(func() { srv.Shutdown(); srv.WaitForShutdown() })
	if !srv.ReadyForConnections(10 * time.Second) {
		t.Fatal("NATS does not start")
	}
	return srv
}

// connect is a connection to it, with the rights of a user if one is given.
func connect(t testing.TB, srv *server.Server, user ...nats.Option) *nats.Conn {
	t.Helper()
	conn, err := nats.Connect(srv.ClientURL(), append(user, nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}))...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	return conn
}

// instance is a process that serves commands.
type instance struct {
	conn     *nats.Conn
	services []remote.Service
	stop     context.CancelFunc
	ended    chan error
}

// start starts an instance, and returns when questions reach it.
func start(t testing.TB, srv *server.Server, version string, list ...commands.Command) *instance {
	t.Helper()
	return startOver(t, connect(t, srv), version, list...)
}

func startOver(t testing.TB, conn *nats.Conn, version string, list ...commands.Command) *instance {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	i := &instance{conn: conn, stop: stop, ended: make(chan error, 1)}
	for _, cmd := range list {
		i.services = append(i.services, service(t, version, cmd))
	}
	before := conn.NumSubscriptions()
	go func() {
		i.ended <- remote.Serve(ctx, remote.Options{Conn: conn, Version: version, Log: zerolog.New(t.Output())}, list...)
	}()
	const each = 10 // subscriptions of a service: its questions, and three verbs at three addresses
	await(t, func() bool {
		return conn.NumSubscriptions() == before+each*len(list) || conn.IsClosed() || len(i.ended) > 0
	})
	if err := conn.Flush(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(); i.wait() })
	return i
}

// kill takes the connection away, as death does: nothing is said to the bot.
func (i *instance) kill() { i.conn.Close() }

// wait is how Serve ended.
func (i *instance) wait() error {
	err := <-i.ended
	i.ended <- err
	return err
}

// await waits for what nobody gives a signal for.
func await(t testing.TB, done func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it does not come")
		}
	}
}

// host is a bot that knows the services of an instance.
func host(t testing.TB, srv *server.Server, of *instance) *commands.Set {
	t.Helper()
	return hosting(t, &remote.Caller{Conn: connect(t, srv)}, of.services...)
}

// hosting is a bot with given services.
func hosting(t testing.TB, caller *remote.Caller, services ...remote.Service) *commands.Set {
	t.Helper()
	set, err := commands.NewSet()
	if err != nil {
		t.Fatal(err)
	}
	versions := map[string][]remote.Service{}
	for _, s := range services {
		versions[s.Name] = append(versions[s.Name], s)
	}
	var guests []commands.Command
	for _, list := range versions {
		guests = append(guests, caller.Command(list))
	}
	if err := set.Host(guests...); err != nil {
		t.Fatal(err)
	}
	return set
}

// service is a command as it would be found.
func service(t testing.TB, version string, cmd commands.Command) remote.Service {
	t.Helper()
	schema, err := cmd.Schema()
	if err != nil {
		t.Fatal(err)
	}
	return remote.Service{Name: schema.Name, Version: version, Schema: schema}
}

// question is what Oleg asks in his chat with the bot.
func question(line string) commands.Request {
	name, args, _ := strings.Cut(strings.TrimPrefix(line, "/"), " ")
	return commands.Request{
		ID: "question 1", Name: name, Args: args, Lang: "en", Asker: commands.Asker{ID: 7}, Chat: commands.Chat{Private: true},
		Now: time.Date(2026, 9, 21, 17, 13, 20, 0, time.FixedZone("", 3*60*60)), People: office(),
	}
}

// answers are all replies to a question, each in the place of the one before.
func answers(t testing.TB, set *commands.Set, r commands.Request) (texts []string, err error) {
	t.Helper()
	reply, err := set.Run(t.Context(), r)
	for {
		if words, ok := commands.Words(err, r.Lang); ok {
			reply, err = words, nil
		}
		if err != nil {
			return texts, err
		}
		texts = append(texts, reply.Text)
		if reply.Then == nil {
			return texts, nil
		}
		reply, err = reply.Then(t.Context())
	}
}

// hears fails the test if the replies to a line are others.
func hears(t testing.TB, set *commands.Set, line string, want ...string) {
	t.Helper()
	if got, err := answers(t, set, question(line)); err != nil || !slices.Equal(got, want) {
		t.Errorf("%s: got %q (%v), want %q", line, got, err, want)
	}
}

// people is a portal as commands see it.
type people map[bitrix.UserID]bitrix.User

func office() people {
	return people{
		5: {ID: 5, Active: true, Name: "Anna [b]", WorkPosition: "Chief", Birthday: "14-02", Email: "anna@example.com"},
		7: {ID: 7, Active: true, Name: "Oleg"},
	}
}

func (p people) User(_ context.Context, id bitrix.UserID) (bitrix.User, error) {
	if u, ok := p[id]; ok {
		return u, nil
	}
	return bitrix.User{}, fmt.Errorf("read a user: %w", &bitrix.Error{Method: "im.user.get", Code: string(bitrix.ErrUserNotExists)})
}

func (p people) Profile(ctx context.Context, id bitrix.UserID) (bitrix.Profile, error) {
	u, err := p.User(ctx, id)
	d, _, _ := p.Department(ctx, 50)
	return bitrix.Profile{User: u, Units: []bitrix.Unit{{Department: d, Leader: p[d.Head]}}}, err
}

func (p people) SearchUsers(_ context.Context, find string, limit int) ([]bitrix.FoundUser, error) {
	var found []bitrix.FoundUser
	for _, id := range slices.Sorted(maps.Keys(p)) {
		if u := p[id]; len(found) < limit && strings.HasPrefix(strings.ToLower(u.Name), strings.ToLower(find)) {
			found = append(found, bitrix.FoundUser{ID: id, Name: u.Name, WorkPosition: u.WorkPosition, Bot: u.Bot})
		}
	}
	return found, nil
}

func (p people) Department(_ context.Context, id bitrix.DepartmentID) (bitrix.Department, bool, error) {
	return bitrix.Department{ID: id, Name: "Research", Head: 5}, id == 50, nil
}

// none are the arguments of a command that takes none.
type none = struct{}

// command is one named x, with texts for what the tests say.
func command[A any](run func(ctx context.Context, c commands.Call, a A) (commands.Reply, error)) commands.Command {
	texts := []byte("[x]\ntitle = 'A test'\nwait = 'One moment'\nsays = '{{.What}}'\nask = 'Which?'\n")
	return commands.New("x", run, fstest.MapFS{"en.toml": {Data: texts}, "ru.toml": {Data: texts}})
}

// titles are all the texts a command has to have.
func titles(name string) fstest.MapFS {
	text := []byte("[" + name + "]\ntitle = 'A test'\n")
	return fstest.MapFS{"en.toml": {Data: text}, "ru.toml": {Data: text}}
}

// saying is a command that says one thing.
func saying(what string) commands.Command {
	return command(func(_ context.Context, c commands.Call, _ none) (commands.Reply, error) {
		return c.Say("x.says", commands.Data{"What": what})
	})
}
