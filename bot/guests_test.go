package bot_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/remote"
	"github.com/whois24/whois24/events/stream"
)

const commandToken = "a token"

// shared is a store that processes with commands can connect to.
func shared(t *testing.T) *stream.Stream {
	t.Helper()
	s, err := stream.Open(stream.Options{
		Dir: t.TempDir(), Name: "test", Listen: "127.0.0.1:0", CommandToken: commandToken, Log: zerolog.Nop(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// lunch tells what there is to eat.
func lunch(dish string) commands.Command {
	return commands.New("lunch", func(_ context.Context, c commands.Call, _ struct{}) (commands.Reply, error) {
		return c.Say("lunch.answer", commands.Data{"Dish": dish})
	}, fstest.MapFS{
		"en.toml": {Data: []byte("[lunch]\ntitle = \"Lunch today\"\nanswer = \"There is {{.Dish}}.\"\n")},
		"ru.toml": {Data: []byte("[lunch]\ntitle = \"Обед сегодня\"\nanswer = \"Сегодня {{.Dish}}.\"\n")},
	})
}

// serve runs a command as a process of its own does, until stop is called.
func serve(t *testing.T, s *stream.Stream, version string, c commands.Command) (stop func()) {
	t.Helper()
	schema, err := c.Schema()
	if err != nil {
		t.Fatal(err)
	}
	conn, err := nats.Connect("nats://"+s.Address(), nats.UserInfo(schema.Name, commandToken))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- remote.Serve(ctx, remote.Options{Conn: conn, Version: version, Log: zerolog.Nop()}, c)
	}()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("serve: %v", err)
		}
		conn.Close()
	}
	t.Cleanup(stop)
	return stop
}

// has reports whether the portal has the command.
func (o *office) has(command string) bool {
	return slices.ContainsFunc(o.Commands(), func(c portal.Command) bool { return c.Name == command })
}

// appears waits until the portal has the command.
func (o *office) appears(t *testing.T, command string) {
	t.Helper()
	o.await(t, "/"+command+" on the portal", func() bool { return o.has(command) })
}

func (o *office) disappears(t *testing.T, command string) {
	t.Helper()
	o.await(t, "no /"+command+" on the portal", func() bool { return !o.has(command) })
}

// tried waits until the question in hand was tried n times more.
func (o *office) tried(t *testing.T, n int) {
	t.Helper()
	line := regexp.MustCompile(`whois24_events_settled_total{outcome="retry"} (\d+)`)
	count := func() int {
		_, text := get(t, o.admin+"/metrics")
		found := line.FindStringSubmatch(text)
		if found == nil {
			return 0
		}
		count, err := strconv.Atoi(found[1])
		if err != nil {
			t.Fatal(err)
		}
		return count
	}
	started := time.Now()
	for want := count() + n; count() < want; {
		if time.Since(started) > 20*time.Second {
			t.Fatal("the question is not tried again")
		}
	}
}

// removals is how often a command was taken off the portal.
func (o *office) removals() (n int) {
	for _, c := range o.Calls() {
		if c.Method == "imbot.v2.Command.unregister" {
			n++
		}
	}
	return n
}

// withGuests is an office where commands can come from other processes, and its clock. Its bot tries again at once.
func withGuests(t *testing.T, w way, change func(*bot.Bot)) (*office, *clock) {
	t.Helper()
	c := &clock{}
	o := openAs(t, w, fast, func(b *bot.Bot) {
		b.Store = shared(t)
		hurried(c)(b)
		change(b)
	})
	return o, c
}

func hurried(c *clock) func(*bot.Bot) {
	return func(b *bot.Bot) {
		b.SetClock(c.now)
		b.SetDelay(10 * time.Millisecond)
	}
}

// TestCommandInAnotherProcess comes, answers, goes, and comes back.
func TestCommandInAnotherProcess(t *testing.T) {
	t.Parallel()
	o, clock := withGuests(t, way{}, asItIs)
	stop := serve(t, o.store, "1.0.0", lunch("soup"))
	o.appears(t, "lunch")
	wantParts(t, o.say(t, anna, o.private(), "/lunch").Text, "Сегодня soup.")
	wantParts(t, o.say(t, anna, o.private(), "/help").Text, "/lunch", "Обед сегодня")

	stop()
	asked, err := o.Say(anna, o.private(), "/lunch")
	if err != nil {
		t.Fatal(err)
	}
	o.tried(t, 1)
	clock.putForward(12 * time.Second)
	o.tried(t, 2)
	if n := len(o.answers(anna, o.private())); n != 2 {
		t.Errorf("%d answers before the process had time to come back", n)
	}
	clock.putForward(2 * time.Second)
	wantParts(t, portaltest.Reply(t, o.Portal, anna, o.private(), asked).Text, "Эта команда сейчас недоступна")
	given := o.dead(t, 1)[0]
	wantParts(t, given.Reason, commands.ErrAway.Error())
	if !o.has("lunch") || o.removals() > 0 {
		t.Error("the portal does not have /lunch any more")
	}

	serve(t, o.store, "1.0.0", lunch("fish"))
	wantParts(t, o.say(t, anna, o.private(), "/lunch").Text, "Сегодня fish.")
	path := fmt.Sprintf("/dead/%d/replay", given.ID)
	if status, text := o.request(t, http.MethodPost, path, nil); status != http.StatusNoContent {
		t.Fatalf("replay: %d %s", status, text)
	}
	o.await(t, "an answer to the question that was given up", func() bool { return len(o.answers(anna, o.private())) == 5 })
}

// TestGrace is for a command nobody runs: the portal keeps it for ten minutes.
func TestGrace(t *testing.T) {
	t.Parallel()
	o, clock := withGuests(t, way{}, asItIs)
	stop := serve(t, o.store, "1.0.0", lunch("soup"))
	o.appears(t, "lunch")
	stop()
	clock.putForward(9 * time.Minute)
	stop = serve(t, o.store, "1.1.0", lunch("fish")) // it is there again, and all time of grace before it
	o.await(t, "an answer", func() bool { return strings.Contains(o.say(t, anna, o.private(), "/lunch").Text, "fish") })
	stop()
	clock.putForward(9 * time.Minute)
	if !o.has("lunch") || o.removals() > 0 {
		t.Error("the portal does not have /lunch any more")
	}
	clock.putForward(time.Minute)
	o.disappears(t, "lunch")
	wantParts(t, o.say(t, anna, o.private(), "/lunch").Text, "/whois") // a command there is none of: what there is
}

// TestGuestsOutliveARestart: the portal keeps the command while the bot is away, and a question asked meanwhile is answered.
func TestGuestsOutliveARestart(t *testing.T) {
	t.Parallel()
	o, clock := withGuests(t, way{fetch: true}, asItIs)
	stop := serve(t, o.store, "1.0.0", lunch("soup"))
	o.appears(t, "lunch")
	o.stop()
	stop()
	clock.putForward(time.Hour) // the time of grace is counted while somebody looks
	asked, err := o.Say(anna, o.private(), "/lunch")
	if err != nil {
		t.Fatal(err)
	}
	again := o.another(t, way{fetch: true}, hurried(clock))
	again.tried(t, 1)
	serve(t, o.store, "1.0.0", lunch("fish"))
	wantParts(t, portaltest.Reply(t, o.Portal, anna, o.private(), asked).Text, "Сегодня fish.")
	if o.removals() > 0 {
		t.Error("the portal did not have /lunch for a while")
	}
}

// TestReceiverAloneRegistersCommands of other processes, and nothing else; also after somebody at the command line, who does
// not know them, took them off.
func TestReceiverAloneRegistersCommands(t *testing.T) {
	t.Parallel()
	p := portaltest.New(t, fast)
	s := newSiteAt(t, p)
	var profile bot.Profile
	o := openAt(t, way{}, p, unhurried, func(b *bot.Bot) {
		profile, b.Profile, b.Store = *b.Profile, nil, shared(t)
		quick(b)
	})
	registration, err := register(t.Context(), s.served, profile)
	if err != nil {
		t.Fatal(err)
	}
	o.bot = registration.ID
	serve(t, o.store, "1.0.0", lunch("soup"))
	o.appears(t, "lunch")
	wantParts(t, o.say(t, anna, o.private(), "/lunch").Text, "Сегодня soup.")
	if _, err := register(t.Context(), s.served, profile); err != nil {
		t.Fatal(err)
	}
	if o.removals() == 0 {
		t.Error("whois24 register knows /lunch")
	}
	o.appears(t, "lunch")
}

// TestGuestOnEveryPortal: also on one that joins later.
func TestGuestOnEveryPortal(t *testing.T) {
	t.Parallel()
	c := portaltest.NewCloud(t, portal.AuthServerOptions{})
	change := func(b *bot.Bot, _ *bot.ApplicationsOptions) { b.Store = shared(t) }
	a := newAgency(t, c, way{app: true}, bitrix.ClientOptions{Rate: 1000, Burst: 1000}, change)
	first := a.join(t, "first", fast)
	serve(t, a.bot.Store, "1.0.0", lunch("soup"))
	first.appears(t, "lunch")
	a.commands++
	later := a.join(t, "later", fast)
	wantParts(t, later.say(t, anna, later.private(), "/lunch").Text, "Сегодня soup.")
}

// TestGuestThatCannotBeTaken does not harm the others.
func TestGuestThatCannotBeTaken(t *testing.T) {
	t.Parallel()
	o, _ := withGuests(t, way{}, asItIs)
	serve(t, o.store, "1.0.0", commands.Whois())
	serve(t, o.store, "1.0.0", lunch("soup"))
	o.appears(t, "lunch")
	wantParts(t, o.say(t, anna, o.private(), "/whois 5").Text, "Евгений Шеленков")
}
