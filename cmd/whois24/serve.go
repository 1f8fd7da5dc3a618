package main

import (
	"context"
	"slices"

	"github.com/urfave/cli/v3"
)

func serveCommand(in *input) *cli.Command {
	return &cli.Command{
		Name:  "serve",
		Usage: "receiver and worker in one process, for a real portal",
		Description: "Example:\n\n" +
			"  whois24 serve --portal https://example.bitrix24.com/rest/1/code/\n\n" +
			"That is all it needs: the bot fetches its events. With --public-url the portal posts them. For an application:\n\n" +
			"  whois24 serve --client-id local.0123 --client-secret key --public-url https://bot.example.com",
		Flags: slices.Concat(in.portalFlags(), in.deliveryFlags(), in.receiveFlags(), in.textFlags(), in.natsFlags(),
			in.busFlags(), in.dataFlags(), in.adminFlags(), in.logFlags()),
		Action: in.serve,
	}
}

func (in *input) serve(ctx context.Context, c *cli.Command) error {
	s, err := in.read(c)
	if err != nil {
		return err
	}
	p, err := newProcess(s, in)
	if err != nil {
		return err
	}
	defer p.close()
	if err := p.receive(); err != nil {
		return err
	}
	p.register()
	if s.publicURL != "" { // who fetches says so, and how fast that is, as soon as it does
		p.log.Info().Str("address", p.bot.Profile.WebhookURL).Msg("portals post their events here: an answer begins at once")
	}
	p.bot.Worker = true
	return p.run(ctx)
}
