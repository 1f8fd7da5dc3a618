package main

import (
	"context"
	"slices"

	"github.com/urfave/cli/v3"
)

func receiverCommand(in *input) *cli.Command {
	return &cli.Command{
		Name:  "receiver",
		Usage: "the event receiver alone: portal to NATS",
		Description: "Example:\n\n" +
			"  whois24 receiver --nats nats://127.0.0.1:4222 --portal https://example.bitrix24.com/rest/1/code/\n\n" +
			"The bot itself is registered once, with whois24 register. For an application the receiver does that, on every\n" +
			"portal that installs it; --public-url is then where it reaches the receiver.",
		Flags: slices.Concat(in.portalFlags(), in.deliveryFlags(), in.receiveFlags(), in.natsFlags(), in.adminFlags(), in.logFlags()),
		Action: func(ctx context.Context, c *cli.Command) error {
			return in.part(ctx, c, func(p *process) error {
				if p.settings.ofApplication() {
					p.register()
				}
				return p.receive()
			})
		},
	}
}

// part runs a process that is one part of several on the same NATS.
func (in *input) part(ctx context.Context, c *cli.Command, role func(*process) error) error {
	s, err := in.read(c)
	if err != nil {
		return err
	}
	if s.nats == "" {
		return bad("nats", "is needed: the NATS server that receiver and workers share, like nats://127.0.0.1:4222")
	}
	p, err := newProcess(s, in)
	if err != nil {
		return err
	}
	defer p.close()
	if err := role(p); err != nil {
		return err
	}
	return p.run(ctx)
}
