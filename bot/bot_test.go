package bot_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"go.uber.org/goleak"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// office is a portal with the bot at work on it. All is real but the portal: receiver, JetStream, worker, HTTP.
type office struct {
	*portal.Portal
	bot      bitrix.BotID
	webhooks string // where the portal posts
	admin    string
	token    bitrix.Secret // of webhooks
	store    *stream.Stream
	stop     func()
}

// open starts an office and waits until the bot is registered.
func open(t *testing.T, o portal.Options, extra ...commands.Command) *office {
	t.Helper()
	return openWith(t, o, func(*bot.Bot) {}, extra...)
}

// openWith is open with a bot that is changed before it starts. The bot's client knows the portal's rate limit.
func openWith(t *testing.T, o portal.Options, change func(*bot.Bot), extra ...commands.Command) *office {
	t.Helper()
	p := portaltest.New(t, o)
	office := openAt(t, p, bitrix.ClientOptions{Rate: o.Rate, Burst: o.Burst}, change, extra)
	office.bot = registered(t, p, 2+len(extra))
	return office
}

// openUnregistered starts an office whose portal fails from the beginning.
func openUnregistered(t *testing.T, f portal.Fault) *office {
	t.Helper()
	p := portaltest.New(t, portal.Options{})
	p.Fail(f)
	return openAt(t, p, bitrix.ClientOptions{}, func(*bot.Bot) {}, nil)
}

func openAt(t *testing.T, p *portal.Portal, c bitrix.ClientOptions, change func(*bot.Bot), extra []commands.Command) *office {
	t.Helper()
	webhook, err := bitrix.ParseWebhook(p.WebhookURL())
	if err != nil {
		t.Fatal(err)
	}
	c.Webhook = webhook
	webhooks, admin, metrics := listen(t), listen(t), bot.NewMetrics()
	url := "http://" + webhooks.Addr().String() + events.Path
	b := &bot.Bot{
		Store:    store(t),
		Portals:  []*bot.Portal{connect(t, c, metrics, extra)},
		Metrics:  metrics,
		Worker:   true,
		Webhooks: webhooks,
		Admin:    admin,
		BotCode:  "whois24",
		Token:    bitrix.ApplicationToken(webhook.BotToken()),
		Profile:  &bot.Profile{Code: "whois24", Name: "Whois24", WebhookURL: url},
	}
	change(b)
	return &office{
		Portal: p, webhooks: url, admin: "http://" + admin.Addr().String(), token: b.Token, store: b.Store, stop: run(t, b),
	}
}

func connect(t *testing.T, o bitrix.ClientOptions, m *bot.Metrics, extra []commands.Command) *bot.Portal {
	t.Helper()
	transport := bitrix.NewTransport()
	t.Cleanup(transport.CloseIdleConnections)
	o.HTTP = &http.Client{Transport: m.Transport(transport)}
	client := bitrix.NewClient(o)
	set, err := commands.NewSet(append([]commands.Command{commands.Whois(client), commands.Help()}, extra...)...)
	if err != nil {
		t.Fatal(err)
	}
	return &bot.Portal{Name: o.Webhook.Host(), Client: client, Commands: set, TemplateKey: o.Webhook.BotToken()}
}

func store(t *testing.T) *stream.Stream {
	t.Helper()
	s, err := stream.Open(stream.Options{Dir: t.TempDir(), Name: "test", Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// run runs a bot until the test ends or stop is called, which waits for its end.
func run(t *testing.T, b *bot.Bot) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(zerolog.New(zerolog.NewTestWriter(t)).WithContext(context.Background()))
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("bot: %v", err)
		}
	}
	t.Cleanup(stop)
	return stop
}

// registered waits for n commands on the portal and returns their bot.
func registered(t *testing.T, p *portal.Portal, n int) bitrix.BotID {
	t.Helper()
	changes, cancel := p.Subscribe(1024)
	defer cancel()
	for late := time.After(20 * time.Second); ; {
		if all := p.Commands(); len(all) == n {
			return all[0].Bot
		}
		select {
		case <-changes:
		case <-late:
			t.Fatal("the bot does not register")
		}
	}
}

// say types a line and returns the bot's answer.
func (o *office) say(t *testing.T, as bitrix.UserID, dialog bitrix.DialogID, line string) portal.Message {
	t.Helper()
	id, err := o.Say(as, dialog, line)
	if err != nil {
		t.Fatal(err)
	}
	return portaltest.Reply(t, o.Portal, as, dialog, id)
}

// await waits until something on the portal has made it so.
func (o *office) await(t *testing.T, what string, so func() bool) {
	t.Helper()
	timeout := time.After(time.Minute)
	for {
		changes, cancel := o.Subscribe(1024)
		defer cancel()
		for open := true; open; {
			if so() {
				return
			}
			select {
			case _, open = <-changes:
			case <-timeout:
				t.Fatalf("waited in vain: %s", what)
			}
		}
	}
}

// private is a person's chat with the bot.
func (o *office) private() bitrix.DialogID { return bitrix.PrivateDialog(bitrix.UserID(o.bot)) }

func (o *office) post(t *testing.T, form string) int {
	t.Helper()
	resp, err := http.Post(o.webhooks, "application/x-www-form-urlencoded", strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return send(t, r)
}

func send(t *testing.T, r *http.Request) (int, string) {
	t.Helper()
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer http.DefaultClient.CloseIdleConnections()
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

func wantParts(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in:\n%s", part, text)
		}
	}
}

const (
	anna     bitrix.UserID   = 7
	training bitrix.DialogID = "chat142" // a group the bot is not in
)

// TestCapturedWebhookIsAnswered is the first test to read: a captured body goes in, the reply is seen at the portal.
func TestCapturedWebhookIsAnswered(t *testing.T) {
	o := open(t, portal.Options{})
	body, err := os.ReadFile("../bitrix/testdata/events/v2-command-add-private.form")
	if err != nil {
		t.Fatal(err)
	}
	// The captured body is of another portal's bot and token.
	form := strings.NewReplacer(
		"fakeapptoken00000000000000000001", o.token.Reveal(),
		"whois_demo_bot", "whois24",
	).Replace(string(body))
	if status := o.post(t, form); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	reply := portaltest.Reply(t, o.Portal, anna, o.private(), 0)
	wantParts(t, reply.Text, "Евгений Шеленков", "Ведущий разработчик", "В сети", "[timestamp=")
}
