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
			"Prints the address to open. People and chats are invented and forgotten at the end.",
		Flags: slices.Concat([]cli.Flag{
			in.text("listen", "127.0.0.1:8024", "`ADDRESS` of the messenger"),
			in.text("data", "", "`FOLDER` of the event store; a temporary one if not given"),
		}, in.textFlags(), in.adminFlags(), in.logFlags()),
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
	s.listen, s.data = c.String("listen"), c.String("data")
	return s, checkListen("listen", s.listen)
}

// runDemo puts the emulated portal where a real one would be: the bot knows it by its webhook address alone.
func (in *input) runDemo(ctx context.Context, s settings, l net.Listener) error {
	base := "http://" + reachable(l.Addr())
	emulated := portal.New(portal.Options{BaseURL: base, InviteBots: true})
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
	s.publicURL = base
	p, err := newProcess(s, in)
	if err != nil {
		return err
	}
	defer p.close()
	p.bot.Webhooks, p.bot.Page = l, demoPages(emulated, page)
	p.bot.Worker = true
	p.register()
	fmt.Fprintf(in.stdout, "The demo is ready: open %s/ and type /whois 5\nBehind the scenes: http://%s/  (Ctrl+C ends it)\n",
		base, reachable(p.bot.Admin.Addr()))
	return p.run(ctx)
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
