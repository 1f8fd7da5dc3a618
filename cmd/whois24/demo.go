package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"slices"

	"github.com/urfave/cli/v3"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/messenger"
)

func demoCommand(in *input) *cli.Command {
	return &cli.Command{
		Name:  "demo",
		Usage: "the bot on an emulated portal with a messenger in the browser; nothing to configure",
		Description: "Example:\n\n" +
			"  whois24 demo\n\n" +
			"Prints the address to open. People and chats are invented and forgotten at the end.\n\n" +
			"For who writes commands, in a clone of the sources:\n\n" +
			"  go run ./cmd/whois24 demo --watch",
		Flags: slices.Concat([]cli.Flag{
			&cli.BoolFlag{Name: "watch", Usage: "build the bot from the sources here, and again whenever they are saved"},
			in.text("listen", "127.0.0.1:8024", "`ADDRESS` of the messenger"),
			in.text("data", "", "`FOLDER` of the event store; a temporary one if not given"),
		}, in.busFlags(), in.textFlags(), in.adminFlags(), in.logFlags()),
		Action: in.demo,
	}
}

func (in *input) demo(ctx context.Context, c *cli.Command) error {
	s, err := in.readDemo(c)
	if err != nil {
		return err
	}
	if s.data == "" {
		if s.data, err = os.MkdirTemp("", "whois24-demo-"); err != nil {
			return fmt.Errorf("temporary event store: %w", err)
		}
		defer os.RemoveAll(s.data)
	}
	l, err := listen("listen", s.listen)
	if err != nil {
		return err
	}
	defer l.Close()
	return in.runDemo(ctx, s, l)
}

func (in *input) readDemo(c *cli.Command) (s settings, err error) {
	if s, err = in.read(c); err != nil {
		return s, err
	}
	s.botCode, s.rate, s.burst = "whois24", bitrix.DefaultRate, bitrix.DefaultBurst
	s.watch, s.listen, s.data = c.Bool("watch"), c.String("listen"), c.String("data")
	return s, checkListen("listen", s.listen)
}

// runDemo puts the emulated portal where a real one would be: the bot knows it by its webhook address alone.
func (in *input) runDemo(ctx context.Context, s settings, l net.Listener) error {
	s.publicURL = "http://" + reachable(l.Addr())
	// Settled: in a chat that is empty yet the page itself says what to try.
	emulated := portal.New(portal.Options{
		BaseURL: s.publicURL, InviteBots: true, Settled: true,
		Scope: usefulScope,
	})
	defer emulated.Close()
	page := messenger.New(emulated, messenger.Options{})
	defer page.Close()
	context.AfterFunc(ctx, page.Close)

	var err error
	if s.portal, err = parsePortal(emulated.WebhookURL()); err != nil {
		return err
	}
	s.botToken = s.portal.BotToken()
	s.applicationToken = bitrix.ApplicationToken(s.botToken)
	pages := demoPages(emulated, page)
	if s.watch {
		return in.watchDemo(ctx, s, emulated.WebhookURL(), func(p *process) { p.bot.Webhooks, p.bot.Page = l, pages })
	}
	p, err := newProcess(s, in)
	if err != nil {
		return err
	}
	defer p.close()
	p.bot.Webhooks, p.bot.Page = l, pages
	p.bot.Worker = true
	p.register()
	in.greet(s, p.bot.Admin.Addr(), p.bot.Store.Address())
	return p.run(ctx)
}

// greet says where to look. All of it is invented, the token too, unless it was given.
func (in *input) greet(s settings, admin net.Addr, bus string) {
	text := fmt.Sprintf("The demo is ready: open %s/ and type /whois 5\nBehind the scenes: http://%s/  (Ctrl+C ends it)\n",
		s.publicURL, reachable(admin))
	if s.natsListen != "" {
		token := "the token you gave"
		if s.commandToken == demoToken {
			token = "the token " + demoToken
		}
		text += fmt.Sprintf("Commands of your own connect to nats://%s with %s.\n", bus, token)
	}
	fmt.Fprint(in.stdout, text)
}

func demoPages(emulated, page http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/rest/", emulated)
	mux.Handle("/upload/", emulated)
	mux.Handle("/", page)
	return mux
}

// reachable is an address for this machine: a listener on all addresses is reached on loopback.
func reachable(a net.Addr) string {
	tcp, ok := a.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return a.String()
	}
	return fmt.Sprintf("127.0.0.1:%d", tcp.Port)
}
