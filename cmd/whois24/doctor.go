package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/urfave/cli/v3"
)

func doctorCommand(in *input) *cli.Command {
	return &cli.Command{
		Name:  "doctor",
		Usage: "checks settings, portal, permissions, bot, commands, delivery, clock and event store",
		Description: "Example:\n\n" +
			"  whois24 doctor --portal https://example.bitrix24.com/rest/1/code/\n\n" +
			"Give it the settings of serve, and run it as the bot's own system user. It changes nothing on the portal. A line for\n" +
			"each check: ✓ is well, ✗ is not, and what to do, – could not be checked. Exit 1 if any is not well.",
		Flags: slices.Concat([]cli.Flag{&cli.BoolFlag{Name: "json", Usage: "print a JSON list, an object for each check"}},
			in.portalFlags(), in.deliveryFlags(), in.natsFlags(), in.dataFlags(), in.adminFlags()),
		Action: in.doctor,
	}
}

func (in *input) doctor(ctx context.Context, c *cli.Command) error {
	s, err := in.read(c)
	if err != nil {
		return err
	}
	checks, err := checksOf(s)
	if err != nil {
		return err
	}
	findings := examine(ctx, checks)
	if err := in.printFindings(findings, c.Bool("json")); err != nil {
		return err
	}
	failed := 0
	for _, f := range findings {
		if !f.OK && !f.Skipped {
			failed++
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d checks failed", failed, len(findings))
	}
	return nil
}

// checksOf are those that make sense with the settings, in the order they are shown.
func checksOf(s settings) ([]*check, error) {
	begin := []*check{{name: "settings", run: func(context.Context) finding { return good("%s", summary(s)) }}}
	var portal []*check
	var err error
	if s.ofApplication() {
		portal, err = authServerChecks(s)
	} else {
		portal, err = portalChecks(s)
	}
	end := []*check{
		{name: "public URL", run: publicURL{s}.check},
		{name: "process", run: adminPort{s}.check},
		{name: "NATS", run: eventStore{s}.check},
		{name: "store space", run: eventStore{s}.space},
	}
	return slices.Concat(begin, portal, end), err
}

func summary(s settings) string {
	if s.ofApplication() {
		return fmt.Sprintf("application %s, bot code %s", s.clientID, s.botCode)
	}
	return fmt.Sprintf("portal %s with the rights of user %d, bot code %s", s.portal.Host(), s.portal.User(), s.botCode)
}
