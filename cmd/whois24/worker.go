package main

import (
	"context"
	"slices"

	"github.com/urfave/cli/v3"
)

func workerCommand(in *input) *cli.Command {
	return &cli.Command{
		Name:  "worker",
		Usage: "the command worker alone: NATS to portal; any number may run",
		Description: "Example:\n\n" +
			"  whois24 worker --nats nats://127.0.0.1:4222 --portal https://example.bitrix24.com/rest/1/code/",
		Flags: slices.Concat(in.portalFlags(), in.textFlags(), in.natsFlags(), in.adminFlags(), in.logFlags()),
		Action: func(ctx context.Context, c *cli.Command) error {
			return in.part(ctx, c, func(p *process) error {
				p.bot.Worker = true
				return nil
			})
		},
	}
}
