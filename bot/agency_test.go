package bot_test

import (
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// agency is a process of the bot that has an application: it works for every portal in the cloud that installs it.
type agency struct {
	*portaltest.Cloud
	way      way
	bot      *bot.Bot
	webhooks string // where portals post
	commands int
	asked    atomic.Int32 // requests to the authorization server
	stop     func()
}

// newAgency starts one. Change may alter what it is made of.
func newAgency(
	t *testing.T, c *portaltest.Cloud, w way, client bitrix.ClientOptions,
	change func(*bot.Bot, *bot.ApplicationsOptions), extra ...commands.Command,
) *agency {
	t.Helper()
	b, url := newBot(t, w)
	a := &agency{Cloud: c, way: w, bot: b, webhooks: url, commands: 2 + len(extra)}
	client.HTTP = &http.Client{Transport: b.Metrics.Transport(c.Transport(t))}
	o := bot.ApplicationsOptions{
		Auth:   a.server(t),
		Secret: bitrix.Secret(c.Auth.ClientSecret()),
		Open: func(name string, tokens bitrix.Tokens) (*bot.Portal, error) {
			of := client
			of.Tokens = tokens
			return connect(t, name, of, extra), nil
		},
	}
	change(b, &o)
	if b.Store == nil {
		b.Store = store(t)
	}
	if o.Vault == nil {
		o.Vault = vault(t, b.Store, "test key")
	}
	b.Portals = bot.NewPortals()
	o.Store, o.Portals = b.Store, b.Portals
	b.Applications = bot.NewApplications(o)
	a.stop = run(t, b)
	return a
}

func (a *agency) server(t *testing.T) *bitrix.AuthServer {
	t.Helper()
	server, err := bitrix.NewAuthServer(bitrix.AuthServerOptions{
		URL: a.Auth.URL(), ClientID: a.Auth.ClientID(), ClientSecret: bitrix.Secret(a.Auth.ClientSecret()),
		HTTP: &http.Client{Transport: counted{a.Transport(t), &a.asked}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// counted is a transport that counts requests.
type counted struct {
	http.RoundTripper
	n *atomic.Int32
}

func (c counted) RoundTrip(r *http.Request) (*http.Response, error) {
	c.n.Add(1)
	return c.RoundTripper.RoundTrip(r)
}

func vault(t *testing.T, s *stream.Stream, keys ...bitrix.Secret) *stream.Vault {
	t.Helper()
	v, err := s.Vault(keys...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// portal adds one to the cloud that has not installed the application yet.
func (a *agency) portal(t *testing.T, name string, o portal.Options) *office {
	t.Helper()
	o.V1Only = a.way.v1
	// A connection that is kept open would lead to a process that was restarted meanwhile.
	o.HTTP = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	p := a.Portal(t, name, o)
	return &office{
		Portal: p, name: string(p.MemberID()), webhooks: a.webhooks, admin: "http://" + a.bot.Admin.Addr().String(),
		store: a.bot.Store, stop: a.stop,
	}
}

// join adds a portal that installs the application, and waits until the bot is registered there.
func (a *agency) join(t *testing.T, name string, o portal.Options) *office {
	t.Helper()
	office := a.portal(t, name, o)
	a.install(t, office)
	return office
}

func (a *agency) install(t *testing.T, o *office) {
	t.Helper()
	if err := o.Install(a.webhooks); err != nil {
		t.Fatal(err)
	}
	o.bot = registered(t, o.Portal, a.commands)
}

// newBot is receiver and worker in one process, as serve has it, for no portal yet, and where webhooks reach it.
func newBot(t *testing.T, w way) (_ *bot.Bot, url string) {
	t.Helper()
	b := &bot.Bot{
		Metrics:  bot.NewMetrics(),
		Receiver: true,
		Worker:   true,
		Webhooks: listen(t),
		Admin:    listen(t),
		BotCode:  "whois24",
		Profile:  &bot.Profile{Code: "whois24", Name: "Whois24"},
	}
	url = "http://" + b.Webhooks.Addr().String() + events.Path
	if !w.fetch {
		b.Profile.WebhookURL = url
	}
	return b, url
}
