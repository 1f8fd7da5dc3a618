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
			"  whois24 register --portal https://example.bitrix24.com/rest/1/code/ --public-url https://bot.example.com\n\n" +
			"An application's bot needs none of this: it registers itself on every portal that installs the application.",
		Flags:  slices.Concat([]cli.Flag{dryRunFlag()}, in.portalFlags(), in.deliveryFlags()),
		Action: in.register,
	}
}

func (in *input) register(ctx context.Context, c *cli.Command) error {
	s, p, err := in.direct(c)
	if err != nil {
		return err
	}
	plan, err := bot.Inspect(ctx, p, profileOf(s), nil)
	if err != nil {
		return explain(err, s)
	}
	if c.Bool("dry-run") {
		return in.printPlan(p, plan)
	}
	registered, err := plan.Apply(ctx)
	if err != nil {
		return explain(err, s)
	}
	_, err = fmt.Fprintf(in.stdout, "bot %q is registered on %s with id %d\n", s.botCode, p.Name, registered.ID)
	return err
}

func unregisterCommand(in *input) *cli.Command {
	return &cli.Command{
		Name:        "unregister",
		Usage:       "removes the bot and its commands from the portal",
		Description: "Example:\n\n  whois24 unregister --portal https://example.bitrix24.com/rest/1/code/",
		Flags:       slices.Concat([]cli.Flag{dryRunFlag()}, in.portalFlags()),
		Action:      in.unregister,
	}
}

func (in *input) unregister(ctx context.Context, c *cli.Command) error {
	s, p, err := in.direct(c)
	if err != nil {
		return err
	}
	plan, err := bot.InspectRemoval(ctx, p, s.botCode)
	if err != nil {
		return explain(err, s)
	}
	if c.Bool("dry-run") {
		return in.printPlan(p, plan)
	}
	if _, err := plan.Apply(ctx); err != nil {
		return explain(err, s)
	}
	_, err = fmt.Fprintf(in.stdout, "bot %q is not on %s any more\n", s.botCode, p.Name)
	return err
}

func dryRunFlag() cli.Flag {
	return &cli.BoolFlag{Name: "dry-run", Usage: "print what would change on the portal, a line each, and change nothing"}
}

// printPlan says what a plan would do.
func (in *input) printPlan(p *bot.Portal, plan *bot.Plan) error {
	lines := slices.Clone(plan.Changes)
	for _, what := range plan.Blind {
		lines = append(lines, "write again, since the portal does not tell how it is: "+what)
	}
	if len(lines) == 0 {
		lines = []string{"nothing would change on " + p.Name}
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(in.stdout, visible(line)); err != nil {
			return err
		}
	}
	return nil
}

// direct is for commands that talk to the portal of a webhook and are done.
func (in *input) direct(c *cli.Command) (settings, *bot.Portal, error) {
	s, err := in.read(c)
	if err != nil {
		return s, nil, err
	}
	if err := s.needsWebhook(c.Name); err != nil {
		return s, nil, err
	}
	p, err := portalCalls{s, bitrix.NewTransport()}.withWebhook()
	return s, p, err
}
