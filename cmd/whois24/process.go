package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

func newLogger(s settings, stderr io.Writer) zerolog.Logger {
	if s.logFormat == "text" {
		stderr = zerolog.ConsoleWriter{Out: stderr, NoColor: !terminal(stderr), TimeFormat: time.TimeOnly}
	}
	return zerolog.New(stderr).Level(s.logLevel).With().Timestamp().Logger()
}

// process is what serve, receiver, worker and demo share: a bot with its store and its admin port.
type process struct {
	settings settings
	log      zerolog.Logger
	bot      *bot.Bot
}

// newProcess opens the store and the admin port. The caller adds the roles and then runs it.
func newProcess(s settings, in *input) (_ *process, err error) {
	p := &process{settings: s, log: newLogger(s, in.stderr)}
	admin, err := listen("admin-listen", s.adminListen)
	if err != nil {
		return nil, err
	}
	store, err := p.openStore()
	if err != nil {
		_ = admin.Close()
		return nil, err
	}
	p.bot = &bot.Bot{
		Store:   store,
		Texts:   s.texts(),
		Metrics: bot.NewMetrics(),
		Admin:   admin,
		BotCode: s.botCode,
		Token:   s.applicationToken,
	}
	if err := p.serve(); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

func (p *process) openStore() (*stream.Stream, error) {
	s := p.settings
	store, err := stream.Open(stream.Options{
		Servers: s.nats, Creds: s.natsCreds, Dir: s.data, Listen: s.natsListen, CommandToken: s.commandToken,
		Name: "whois24", Log: p.log,
	})
	if taken := new(net.OpError); s.natsListen != "" && errors.As(err, &taken) {
		return nil, fmt.Errorf("--nats-listen: %w", err)
	}
	return store, err
}

// serve adds the portal of the webhook, or the portals that have the application.
func (p *process) serve() (err error) {
	calls := portalCalls{p.settings, p.bot.Metrics.Transport(bitrix.NewTransport())}
	if p.settings.ofApplication() {
		p.bot.Portals = bot.NewPortals()
		p.bot.Applications, err = calls.applications(p.bot.Store, p.bot.Portals)
		return err
	}
	portal, err := calls.withWebhook()
	p.bot.Portals = bot.NewPortals(portal)
	return err
}

// receive adds the receiver. Whatever the delivery, it listens: applications are installed there, and a portal may still
// post what was under way when the bot began to fetch.
func (p *process) receive() (err error) {
	p.bot.Receiver = true
	p.bot.Webhooks, err = listen("listen", p.settings.listen)
	return err
}

// register makes the bot be registered at start, and wherever the application is installed.
func (p *process) register() {
	profile := profileOf(p.settings)
	p.bot.Profile = &profile
}

// profileOf is what the bot should be on a portal.
func profileOf(s settings) bot.Profile {
	profile := bot.Profile{Code: s.botCode, Name: "Whois24", Position: "Who is who"}
	if s.publicURL != "" {
		profile.WebhookURL = s.publicURL + events.Path
	}
	return profile
}

// run lasts until ctx ends or something fails for good.
func (p *process) run(ctx context.Context) error {
	p.log.Info().Str("version", version()).Str("admin", "http://"+p.bot.Admin.Addr().String()).Msg("whois24 starts")
	err := p.bot.Run(p.log.WithContext(ctx))
	p.log.Info().Msg("whois24 stopped")
	return explain(err, p.settings)
}

func (p *process) close() {
	p.bot.Store.Close()
	_ = p.bot.Admin.Close()
	if p.bot.Webhooks != nil {
		_ = p.bot.Webhooks.Close()
	}
}

func listen(flag, address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("--%s: %w", flag, err)
	}
	return l, nil
}
