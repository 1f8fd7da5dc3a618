package remote_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/remote"
)

// TestSameAnswersElsewhere: a command answers every line in another process as it does in the bot's own.
func TestSameAnswersElsewhere(t *testing.T) {
	cmd := command(func(_ context.Context, c commands.Call, a struct {
		Who  commands.Person
		For  time.Duration `arg:"optional"`
		Note string        `arg:"rest,optional"`
	},
	) (commands.Reply, error) {
		day, ok := c.Birthday(a.Who.User)
		if !ok {
			return c.Sorry("x.says", commands.Data{"What": "no birthday of " + a.Who.Name})
		}
		return c.Say("x.says", commands.Data{"What": fmt.Sprint(a.Who.Name, "; ", day, "; ", a.For, "; ", a.Note, "; ", c.Date(c.Today()))})
	})
	srv := startNATS(t)
	i := start(t, srv, "1.0.0", cmd)
	elsewhere := host(t, srv, i)
	here, err := commands.NewSet(cmd)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"/x", "/x 5", "/x anna", "/x [USER=5]A[/USER] 2h so it is", "/x 5 - note [b]", "/x nobody", "/x 99", "/x anna 3x"} {
		want, err := answers(t, here, question(line))
		if err != nil {
			t.Fatal(err)
		}
		hears(t, elsewhere, line, want...)
	}
}

// TestWholeReply: buttons, attach and the language come through.
func TestWholeReply(t *testing.T) {
	want := commands.Reply{
		Text:   "Выбирайте",
		Attach: &bitrix.Attach{Color: "primary", Blocks: []bitrix.Block{{Message: "[b]x[/b]"}, {Delimiter: true}, {Grid: []bitrix.GridCell{{Name: "a", Value: "b"}}}}},
		Keyboard: &bitrix.Keyboard{Buttons: []bitrix.Button{
			{Text: "one", Command: "x", Params: "1", Color: "alert", Once: true},
			{NewLine: true},
			{Text: "two", Link: "https://example.com/", Line: true, Disabled: true},
			{Text: "three", Action: bitrix.ActionPut, Value: "/x"},
		}},
	}
	srv := startNATS(t)
	i := start(t, srv, "1.0.0", command(func(_ context.Context, c commands.Call, _ none) (commands.Reply, error) {
		if c.Lang != "ru" || c.ID != "question 1" || !c.Chat.Private || c.Asker.ID != 7 || c.Zone.String() != "Europe/Berlin" {
			return commands.Reply{}, fmt.Errorf("asked otherwise: %+v", c.Request)
		}
		return want, nil
	}))
	r := question("/x")
	r.Lang, r.Zone = "ru", berlin(t)
	got, err := host(t, srv, i).Run(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func berlin(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// TestShare: two processes of one command get some of the questions each.
func TestShare(t *testing.T) {
	var asked [2]atomic.Int32
	srv := startNATS(t)
	var last *instance
	for i := range asked {
		last = start(t, srv, "1.0.0", command(func(_ context.Context, c commands.Call, _ none) (commands.Reply, error) {
			asked[i].Add(1)
			return c.Say("x.says", commands.Data{"What": "hi"})
		}))
	}
	set := host(t, srv, last)
	total := 0
	for ; total < 200 && (asked[0].Load() == 0 || asked[1].Load() == 0); total++ {
		hears(t, set, "/x", "hi")
	}
	if first, second := asked[0].Load(), asked[1].Load(); first == 0 || second == 0 || int(first+second) != total {
		t.Errorf("of %d questions one got %d, the other %d", total, first, second)
	}
}

// TestManyAtOnce: a slow answer does not keep others waiting.
func TestManyAtOnce(t *testing.T) {
	const n = 20
	all := make(chan struct{})
	var in atomic.Int32
	srv := startNATS(t)
	i := start(t, srv, "1.0.0", command(func(ctx context.Context, c commands.Call, _ none) (commands.Reply, error) {
		if in.Add(1) == n {
			close(all)
		}
		select {
		case <-all:
		case <-ctx.Done():
		}
		return c.Say("x.says", commands.Data{"What": "together"})
	}))
	set := host(t, srv, i)
	done := make(chan error, n)
	for range n {
		go func() {
			_, err := answers(t, set, question("/x"))
			done <- err
		}()
	}
	for range n {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// TestSigns: who works longer than a second says so.
func TestSigns(t *testing.T) {
	release := make(chan struct{})
	srv := startNATS(t)
	start(t, srv, "1.0.0", command(func(_ context.Context, c commands.Call, _ none) (commands.Reply, error) {
		<-release
		return c.Say("x.says", commands.Data{"What": "at last"})
	}))
	conn := connect(t, srv)
	inbox, err := conn.SubscribeSync(conn.NewInbox())
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.PublishRequest("whois24.command.x.1.0.0", inbox.Subject, []byte(`{"command":"x","lang":"en"}`)); err != nil {
		t.Fatal(err)
	}
	says(t, inbox, `{"working":true}`)
	close(release)
	says(t, inbox, `{"text":"at last"}`)
}

func says(t testing.TB, inbox *nats.Subscription, want string) {
	t.Helper()
	msg, err := inbox.NextMsg(remote.Silence)
	if err != nil {
		t.Fatal(err)
	}
	if string(msg.Data) != want {
		t.Errorf("got %s, want %s", msg.Data, want)
	}
}

// TestNotOurQuestion: what a service cannot read it says.
func TestNotOurQuestion(t *testing.T) {
	srv := startNATS(t)
	start(t, srv, "1.0.0", saying("hi"))
	conn := connect(t, srv)
	for data, want := range map[string]string{
		`{"command":"y"}`: `{"error":"the question is for command \"y\""}`,
		`[1]`:             `{"error":"read the question: json: cannot unmarshal array into Go value of type remote.Question"}`,
	} {
		msg, err := conn.Request("whois24.command.x.1.0.0", []byte(data), remote.Silence)
		if err != nil {
			t.Fatal(err)
		}
		if string(msg.Data) != want {
			t.Errorf("%s: got %s, want %s", data, msg.Data, want)
		}
	}
}

// TestEndFinishesWhatIsInHand: a signal ends taking, not doing.
func TestEndFinishesWhatIsInHand(t *testing.T) {
	taken, release := make(chan struct{}), make(chan struct{})
	srv := startNATS(t)
	i := start(t, srv, "1.0.0", command(func(ctx context.Context, c commands.Call, _ none) (commands.Reply, error) {
		close(taken)
		<-release
		return c.Say("x.says", commands.Data{"What": fmt.Sprint("done, ", ctx.Err())})
	}))
	set := host(t, srv, i)
	done := make(chan struct{})
	go func() {
		defer close(done)
		hears(t, set, "/x", "done, <nil>")
	}()
	<-taken
	i.stop()
	await(t, func() bool { return i.conn.NumSubscriptions() == 0 })
	if _, err := answers(t, set, question("/x")); !errors.Is(err, commands.ErrAway) {
		t.Errorf("while it ends: %v", err)
	}
	if len(i.ended) > 0 {
		t.Error("it ended with a question in hand")
	}
	close(release)
	<-done
	if err := i.wait(); err != nil {
		t.Error(err)
	}
}

// TestServeMistakes are told at start.
func TestServeMistakes(t *testing.T) {
	srv := startNATS(t)
	for name, serve := range map[string]func(*nats.Conn) error{
		"twice":   func(c *nats.Conn) error { return serveNow(t, c, "1.0.0", saying("a"), saying("b")) },
		"version": func(c *nats.Conn) error { return serveNow(t, c, "one", saying("a")) },
		"closed":  func(c *nats.Conn) error { c.Close(); return serveNow(t, c, "1.0.0", saying("a")) },
	} {
		if err := serve(connect(t, srv)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func serveNow(t testing.TB, conn *nats.Conn, version string, list ...commands.Command) error {
	return remote.Serve(t.Context(), remote.Options{Conn: conn, Version: version}, list...)
}
