package portal_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// People of the demo company that tests speak of.
const (
	eugene  bitrix.UserID = 5
	anna    bitrix.UserID = 7
	oleg    bitrix.UserID = 8
	guest   bitrix.UserID = 31
	token                 = "test-bot-token"
	group                 = bitrix.DialogID("chat142")
	botChat               = bitrix.DialogID("456")
)

var start = time.Date(2026, 9, 21, 17, 13, 20, 0, time.FixedZone("", 3*60*60))

// clock is a time that moves only when told to.
type clock struct{ at atomic.Pointer[time.Time] }

func newClock() *clock {
	c := &clock{}
	c.set(start)
	return c
}

func (c *clock) now() time.Time   { return *c.at.Load() }
func (c *clock) set(at time.Time) { c.at.Store(&at) }

func newPortal(t *testing.T, change ...func(*portal.Options)) *portal.Portal {
	t.Helper()
	o := portal.Options{
		BaseURL: "http://portal.example",
		Burst:   10_000,
		Now:     func() time.Time { return start },
	}
	for _, c := range change {
		c(&o)
	}
	p := portal.New(o)
	t.Cleanup(p.Close)
	return p
}

func withClock(c *clock) func(*portal.Options) {
	return func(o *portal.Options) { o.Now = c.now }
}

// answer is what the portal said.
type answer struct {
	Status int
	Raw    string
	Result json.RawMessage `json:"result"`
	Time   map[string]any  `json:"time"`
	Total  *int            `json:"total"`
	Next   *int            `json:"next"`
	Error  string          `json:"error"`
	Text   string          `json:"error_description"`
}

type params map[string]any

// call posts JSON to the webhook.
func call(t *testing.T, p *portal.Portal, method string, with any) answer {
	t.Helper()
	body, err := json.Marshal(with)
	if err != nil {
		t.Fatal(err)
	}
	return post(t, p, method, "application/json", string(body))
}

func post(t *testing.T, p *portal.Portal, method, contentType, body string) answer {
	t.Helper()
	r := httptest.NewRequest("POST", p.WebhookURL()+method, strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	a := answer{Status: w.Code, Raw: w.Body.String()}
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		t.Fatalf("%s: %v in %s", method, err, a.Raw)
	}
	return a
}

// get calls a method that must succeed and reads its result.
func get[T any](t *testing.T, p *portal.Portal, method string, with any) T {
	t.Helper()
	a := call(t, p, method, with)
	if a.Error != "" {
		t.Fatalf("%s: %d %s %s", method, a.Status, a.Error, a.Text)
	}
	var v T
	if err := json.Unmarshal(a.Result, &v); err != nil {
		t.Fatalf("%s: %v in %s", method, err, a.Raw)
	}
	return v
}

func wantError(t *testing.T, a answer, status int, code string) {
	t.Helper()
	if a.Status != status || a.Error != code {
		t.Errorf("got %d %q, want %d %q", a.Status, a.Error, status, code)
	}
}

// newBot registers a bot that fetches, with a command or several.
func newBot(t *testing.T, p *portal.Portal, commands ...params) bitrix.BotID {
	t.Helper()
	return newBotWith(t, p, params{"code": "whois", "botToken": token}, commands...)
}

func newBotWith(t *testing.T, p *portal.Portal, fields params, commands ...params) bitrix.BotID {
	t.Helper()
	if fields["properties"] == nil {
		fields["properties"] = params{"name": "Справочник", "workPosition": "Чат-бот"}
	}
	bot := get[struct{ Bot struct{ ID bitrix.BotID } }](t, p, "imbot.v2.Bot.register", params{"fields": fields}).Bot.ID
	for _, c := range commands {
		get[any](t, p, "imbot.v2.Command.register", params{"botId": bot, "botToken": fields["botToken"], "fields": c})
	}
	return bot
}

var whois = params{"command": "whois", "title": params{"ru": "Кто это"}}

// event is one as fetched.
type event struct {
	EventID int64
	Type    string
	Data    struct {
		Command struct {
			ID                       bitrix.CommandID
			Command, Params, Context string
		}
		Message struct {
			ID       bitrix.MessageID
			AuthorID bitrix.UserID
			Text     string
			Params   json.RawMessage
		}
		MessageID bitrix.MessageID
		DialogID  string
		Chat      json.RawMessage
		User      struct{ ID bitrix.UserID }
	}
}

type fetched struct {
	Events     []event
	NextOffset int64
	HasMore    bool
}

func fetch(t *testing.T, p *portal.Portal, bot bitrix.BotID, more ...params) fetched {
	t.Helper()
	with := params{"botId": bot, "botToken": token}
	for _, m := range more {
		maps.Copy(with, m)
	}
	return get[fetched](t, p, "imbot.v2.Event.get", with)
}

func say(t *testing.T, p *portal.Portal, from bitrix.UserID, d bitrix.DialogID, text string) bitrix.MessageID {
	t.Helper()
	id, err := p.Say(from, d, text)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func fixture(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile("../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// keysOf lists the keys of an object in the order they are written.
func keysOf(t *testing.T, raw []byte) []string {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(raw))
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for d.More() {
		key, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key.(string))
		var skip json.RawMessage
		if err := d.Decode(&skip); err != nil {
			t.Fatal(err)
		}
	}
	return keys
}
