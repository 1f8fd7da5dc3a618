package remote_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/remote"
)

// TestStrangers: whatever a service sends, the bot gets an error in time, and does nothing it would not do by itself.
func TestStrangers(t *testing.T) {
	const lookUp = `{"look_up":{"user":5}}`
	for name, c := range map[string]struct {
		say       func(s stranger)
		want      string
		temporary bool
		silence   time.Duration // that is enough here; 0: none is expected
		longest   time.Duration
	}{
		"nothing at all":       {say: func(stranger) {}, want: "nothing is heard of it", temporary: true, silence: 50 * time.Millisecond},
		"no JSON":              {say: func(s stranger) { s.send("hello") }, want: "no message: invalid character"},
		"nothing in it":        {say: func(s stranger) { s.send("{}") }, want: "a reply has either a text or the id of one"},
		"two texts":            {say: func(s stranger) { s.send(`{"text":"a","say":"x.title"}`) }, want: "a reply has either a text or the id of one"},
		"a wrong type":         {say: func(s stranger) { s.send(`{"text":["a"]}`) }, want: "no message: json: cannot unmarshal"},
		"ten megabytes":        {say: func(s stranger) { s.send(`{"text":"` + strings.Repeat("x", 10<<20) + `"}`) }, want: "messages faster than they can be read, or too long ones", silence: 2 * time.Second},
		"half a megabyte":      {say: func(s stranger) { s.send(`{"text":"` + strings.Repeat("x", 1<<19) + `"}`) }, want: "a message of 524299 bytes; at most 262144 are read"},
		"working without end":  {say: func(s stranger) { s.repeat(1000, `{"working":true}`) }, want: "messages"},
		"working for too long": {say: stranger.work, want: "no answer in time", temporary: true, longest: 200 * time.Millisecond},
		"look-ups without end": {say: func(s stranger) { s.repeat(51, lookUp) }, want: "more than 50 look-ups for one question"},
		"a look-up of nothing": {say: func(s stranger) { s.send(`{"look_up":{}}`) }, want: "a look-up of nothing or of several things at once"},
		"an answer for others": {say: func(s stranger) { s.ask("whois24.command.y.1.0.0", lookUp) }, want: "a look-up to be answered outside of _INBOX.whois24-x.>"},
		"an answer for all":    {say: func(s stranger) { s.ask("_INBOX.>", lookUp) }, want: "a look-up to be answered outside of _INBOX.whois24-x.>"},
		"words of others":      {say: func(s stranger) { s.send(`{"say":"help.hello"}`) }, want: `the reply says "help.hello", which is not the command's`},
		"words of nobody":      {say: func(s stranger) { s.send(`{"say":"x.more"}`) }, want: `the reply says "x.more", which the schema has no text for`},
		"a script":             {say: func(s stranger) { s.send(button(`"link":"javascript:alert(1)"`)) }, want: "button 1: its link is no address on the web"},
		"a script in a card":   {say: func(s stranger) { s.send(`{"text":"a","attach":{"BLOCKS":[{"LINK":{"LINK":"javascript:x"}}]}}`) }, want: "attach: block 1: its link is no address"},
		"an unknown action":    {say: func(s stranger) { s.send(button(`"action":"RUN"`)) }, want: "button 1: its action is none of"},
		"a button for two":     {say: func(s stranger) { s.send(button(`"command":"x","link":"https://example.com"`)) }, want: "button 1: it has one of command, link and action"},
		"too many buttons":     {say: func(s stranger) { s.send(`{"text":"a","buttons":[{}` + strings.Repeat(",{}", 40) + `]}`) }, want: "41 buttons; at most 40 are shown"},
		"lines in an error":    {say: func(s stranger) { s.send(`{"error":"a\nlevel=info\u001b[31m"}`) }, want: "command x: a level=info [31m"},
		"a long error":         {say: func(s stranger) { s.send(`{"error":"` + strings.Repeat("ж", 10_000) + `"}`) }, want: "command x: ж"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := startNATS(t)
			serveAs(t, connect(t, srv), c.say)
			caller := remote.Impatient(&remote.Caller{Conn: connect(t, srv)}, c.silence, c.longest)
			_, err := answers(t, hosting(t, caller, service(t, "1.0.0", saying(""))), question("/x"))
			var e *remote.Error
			if !errors.As(err, &e) || !strings.Contains(e.Error(), c.want) || e.Temporary() != c.temporary || len(e.Error()) > 400 {
				t.Errorf("got %v, want %s; temporary: %v", err, c.want, c.temporary)
			}
		})
	}
}

func button(what string) string {
	return `{"text":"a","buttons":[{"text":"b",` + what + `}]}`
}

// stranger is who has a question and may say anything to it.
type stranger struct {
	t    testing.TB // as long as it lasts
	conn *nats.Conn
	to   string
}

// serveAs answers questions for version 1.0.0 of x with whatever say sends.
func serveAs(t testing.TB, conn *nats.Conn, say func(stranger)) {
	t.Helper()
	_, err := conn.Subscribe("whois24.command.x.1.0.0", func(m *nats.Msg) { say(stranger{t, conn, m.Reply}) })
	if err == nil {
		err = conn.Flush()
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (s stranger) send(data string) { s.repeat(1, data) }

func (s stranger) repeat(n int, data string) {
	for range n {
		s.ask("_INBOX.whois24-x.1", data)
	}
}

// ask wants the answer somewhere. Nobody may listen any more.
func (s stranger) ask(where, data string) {
	_ = s.conn.PublishMsg(&nats.Msg{Subject: s.to, Reply: where, Data: []byte(data)})
}

// work is at it as long as the test lasts.
func (s stranger) work() {
	sign := time.NewTicker(20 * time.Millisecond)
	defer sign.Stop()
	for {
		select {
		case <-s.t.Context().Done():
			return
		case <-sign.C:
			s.send(`{"working":true}`)
		}
	}
}

// TestSayIsHarmless: values in a text that a service names hold no BB-code, and a whole number chooses the plural form.
func TestSayIsHarmless(t *testing.T) {
	srv := startNATS(t)
	serveAs(t, connect(t, srv), func(s stranger) {
		s.send(`{"say":"x.says","data":{"N":2,"Name":"[b]Anna","Half":0.5},"buttons":[{"text":"[b]again","command":"x"}]}`)
	})
	found := service(t, "1.0.0", saying(""))
	found.Schema.Texts = map[string]json.RawMessage{}
	for _, lang := range []string{"en", "ru"} {
		found.Schema.Texts[lang] = json.RawMessage(
			`{"x.says":{"one":"{{.N}} thing","few":"few","many":"many","other":"{{.N}} things for {{.Name}}, {{.Half}}"}}`)
	}
	got, err := hosting(t, &remote.Caller{Conn: connect(t, srv)}, found).Run(t.Context(), question("/x"))
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprint(got.Text, "; ", got.Keyboard.Buttons[0].Text)
	if want := "2 things for ［b]Anna, 0.5; ［b]again"; text != want {
		t.Errorf("got %q, want %q", text, want)
	}
}

// FuzzMessage: what a service sends is refused, or can be posted.
func FuzzMessage(f *testing.F) {
	for _, seed := range []string{
		`{"working":true}`, `{"look_up":{"search":"anna","limit":5}}`, `{"error":"no","temporary":true}`, `{"text":"[b]hi[/b]","later":true}`,
		`{"say":"x.says","data":{"What":"anna","N":1e300,"deep":[[{"a":null}]]},"asks":true}`, button(`"command":"x","args":"5"`),
		`{"text":"a","attach":{"COLOR_TOKEN":"primary","BLOCKS":[{"MESSAGE":"a"},{"GRID":[{"NAME":"a","VALUE":"b"}]},null]}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := remote.Decode(data)
		if err != nil || m.Text == "" && m.Say == "" {
			return
		}
		reply, err := m.Posted(commands.Call{Request: commands.Request{Name: "x", Lang: "en"}})
		if err != nil {
			return
		}
		if reply.Text == "" {
			t.Errorf("%s: a reply without text", data)
		}
		if _, err := json.Marshal(reply.Keyboard); err != nil {
			t.Error(err)
		}
		if _, err := json.Marshal(reply.Attach); err != nil {
			t.Error(err)
		}
	})
}
