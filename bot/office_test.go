package bot_test

import (
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events/stream"
)

// way is how a bot calls its portal and hears of events: what the operator chose, and what the portal has.
type way struct {
	app   bool // with the tokens of an application; else with an incoming webhook
	fetch bool // it asks for its events; else they are posted
	v1    bool // the portal has bot API v1 alone, which posts
}

// ways are all there are.
var ways = []way{{}, {fetch: true}, {v1: true}, {app: true}, {app: true, fetch: true}, {app: true, v1: true}}

func (w way) String() string {
	parts := []string{"webhook"}
	if w.app {
		parts[0] = "application"
	}
	if w.fetch {
		parts = append(parts, "fetch")
	}
	if w.v1 {
		parts = append(parts, "v1")
	}
	return strings.Join(parts, ", ")
}

// office is a portal with the bot at work on it. All is real but the portal: receiver, JetStream, worker, HTTP.
type office struct {
	*portal.Portal
	name     string // of the portal, in events
	bot      bitrix.BotID
	webhooks string // where the portal posts
	admin    string
	token    bitrix.Secret // of webhooks; not of an application's
	store    *stream.Stream
	stop     func()
}

// open starts an office and waits until the bot is registered.
func open(t *testing.T, o portal.Options, extra ...commands.Command) *office {
	t.Helper()
	return openWith(t, o, func(*bot.Bot) {}, extra...)
}

// openWith is open with a bot that is changed before it starts.
func openWith(t *testing.T, o portal.Options, change func(*bot.Bot), extra ...commands.Command) *office {
	t.Helper()
	return openAs(t, way{}, o, change, extra...)
}

// openAs is openWith, for a bot that hears and calls in a way of its own. Its client knows the portal's rate limit.
func openAs(t *testing.T, w way, o portal.Options, change func(*bot.Bot), extra ...commands.Command) *office {
	t.Helper()
	o.V1Only = w.v1
	client := bitrix.ClientOptions{Rate: o.Rate, Burst: o.Burst}
	if w.app {
		c := portaltest.NewCloud(t, portal.AuthServerOptions{})
		only := func(b *bot.Bot, _ *bot.ApplicationsOptions) { change(b) }
		return newAgency(t, c, w, client, only, extra...).join(t, "portal", o)
	}
	p := portaltest.New(t, o)
	office := openAt(t, w, p, client, change, extra...)
	office.bot = registered(t, p, 2+len(extra))
	return office
}

// openUnregistered starts an office whose portal fails from the beginning.
func openUnregistered(t *testing.T, f portal.Fault) *office {
	t.Helper()
	p := portaltest.New(t, portal.Options{})
	p.Fail(f)
	return openAt(t, way{}, p, bitrix.ClientOptions{}, func(*bot.Bot) {})
}

// openAt starts an office on a portal with an incoming webhook, and waits for nothing.
func openAt(
	t *testing.T, w way, p *portal.Portal, client bitrix.ClientOptions, change func(*bot.Bot), extra ...commands.Command,
) *office {
	t.Helper()
	b, url := newBot(t, w)
	client.Webhook = webhookOf(t, p)
	transport := bitrix.NewTransport()
	t.Cleanup(transport.CloseIdleConnections)
	client.HTTP = &http.Client{Transport: b.Metrics.Transport(transport)}
	b.Portals = bot.NewPortals(connect(t, client.Webhook.Host(), client, extra))
	b.Token = bitrix.ApplicationToken(client.Webhook.BotToken())
	change(b)
	if b.Store == nil {
		b.Store = store(t)
	}
	return &office{
		Portal: p, name: client.Webhook.Host(), webhooks: url, admin: "http://" + b.Admin.Addr().String(), token: b.Token,
		store: b.Store, stop: run(t, b),
	}
}

func webhookOf(t *testing.T, p *portal.Portal) bitrix.Webhook {
	t.Helper()
	webhook, err := bitrix.ParseWebhook(p.WebhookURL())
	if err != nil {
		t.Fatal(err)
	}
	return webhook
}

// connect is a portal as the bot has it.
func connect(t *testing.T, name string, o bitrix.ClientOptions, extra []commands.Command) *bot.Portal {
	client := bitrix.NewClient(o)
	set, err := commands.NewSet(slices.Concat([]commands.Command{commands.Whois(), commands.Help()}, extra)...)
	if err != nil {
		t.Error(err)
	}
	return &bot.Portal{Name: name, Client: client, Commands: set, TemplateKey: o.Webhook.BotToken()}
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
