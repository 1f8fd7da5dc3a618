package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/urfave/cli/v3"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bot"
)

func registerCommand(in *input) *cli.Command {
	return &cli.Command{
		Name:  "register",
		Usage: "creates or updates the bot and its commands on the portal; safe to repeat",
		Description: "Example:\n\n" +
			"  whois24 register --portal https://example.bitrix24.com/rest/1/code/ --public-url https://bot.example.com",
		Flags:  slices.Concat(in.portalFlags(), in.deliveryFlags()),
		Action: in.register,
	}
}

func (in *input) register(ctx context.Context, c *cli.Command) error {
	s, p, err := in.direct(c)
	if err != nil {
		return err
	}
	registered, err := bot.Register(ctx, p, profileOf(s))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(in.stdout, "bot %q is registered on %s with id %d\n", s.botCode, p.Name, registered.ID)
	return err
}

func unregisterCommand(in *input) *cli.Command {
	return &cli.Command{
		Name:        "unregister",
		Usage:       "removes the bot and its commands from the portal",
		Description: "Example:\n\n  whois24 unregister --portal https://example.bitrix24.com/rest/1/code/",
		Flags:       in.portalFlags(),
		Action:      in.unregister,
	}
}

func (in *input) unregister(ctx context.Context, c *cli.Command) error {
	s, p, err := in.direct(c)
	if err != nil {
		return err
	}
	if err := bot.Unregister(ctx, p, s.botCode); err != nil {
		return err
	}
	_, err = fmt.Fprintf(in.stdout, "bot %q is not on %s any more\n", s.botCode, p.Name)
	return err
}

// direct is for commands that talk to the portal and are done.
func (in *input) direct(c *cli.Command) (settings, *bot.Portal, error) {
	s, err := in.read(c)
	if err != nil {
		return s, nil, err
	}
	p, err := newPortal(s, bitrix.NewTransport())
	return s, p, err
}
