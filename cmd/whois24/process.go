package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

func newLogger(s settings, stderr io.Writer) zerolog.Logger {
	if s.logFormat == "text" {
		stderr = zerolog.ConsoleWriter{Out: stderr, NoColor: !terminal(stderr), TimeFormat: time.TimeOnly}
	}
	return zerolog.New(stderr).Level(s.logLevel).With().Timestamp().Logger()
}

// newPortal is the portal of an incoming webhook, with the commands the bot has there.
func newPortal(s settings, transport http.RoundTripper) (*bot.Portal, error) {
	client := bitrix.NewClient(bitrix.ClientOptions{
		Webhook:   s.portal,
		BotToken:  s.botToken,
		HTTP:      &http.Client{Transport: transport},
		UserAgent: "whois24/" + version(),
		Rate:      s.rate,
		Burst:     s.burst,
	})
	set, err := commands.Default(client)
	if err != nil {
		return nil, err
	}
	return &bot.Portal{Name: s.portal.Host(), Client: client, Commands: set, TemplateKey: s.botToken}, nil
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
	metrics := bot.NewMetrics()
	portal, err := newPortal(s, metrics.Transport(bitrix.NewTransport()))
	if err != nil {
		return nil, err
	}
	admin, err := listen("admin-listen", s.adminListen)
	if err != nil {
		return nil, err
	}
	store, err := stream.Open(stream.Options{
		Servers: s.nats, Creds: s.natsCreds, Dir: s.data, Name: "whois24", Log: p.log,
	})
	if err != nil {
		_ = admin.Close()
		return nil, err
	}
	p.bot = &bot.Bot{
		Store:   store,
		Portals: []*bot.Portal{portal},
		Texts:   bot.Texts{Language: s.lang, Zone: s.zone},
		Metrics: metrics,
		Admin:   admin,
		BotCode: s.botCode,
		Token:   s.applicationToken,
	}
	return p, nil
}

// receive adds the receiver.
func (p *process) receive() (err error) {
	p.bot.Webhooks, err = listen("listen", p.settings.listen)
	return err
}

// register makes the bot be registered at start.
func (p *process) register() {
	profile := profileOf(p.settings)
	p.bot.Profile = &profile
}

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
	return err
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
