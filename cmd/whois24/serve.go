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
			"  whois24 serve --portal https://example.bitrix24.com/rest/1/code/ --public-url https://bot.example.com",
		Flags: slices.Concat(in.portalFlags(), in.deliveryFlags(), in.receiveFlags(), in.textFlags(), in.natsFlags(),
			in.dataFlags(), in.adminFlags(), in.logFlags()),
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
	if s.publicURL == "" {
		p.log.Warn().Msg("without --public-url the portal does not post its events, and fetching them is not built yet: " +
			"the bot will hear nothing")
	}
	p.register()
	p.bot.Worker = true
	return p.run(ctx)
}
