package main

import (
	"fmt"

	"github.com/urfave/cli/v3"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// The flags come in groups; a command takes the groups it needs.

func (in *input) textFlags() []cli.Flag {
	return []cli.Flag{
		in.text("lang", "auto", fmt.Sprintf("reply `LANGUAGE` to whoever chose none with /lang: auto is the portal's; or one of %v",
			commands.Languages())),
		in.text("timezone", "", "`ZONE` of dates in words, like Europe/Moscow; the portal's if not given"),
		in.text("privacy", "", "`RULES` of who learns what, like 'mixed: name position presence; outsiders: name'; if not given "+
			"people from outside learn nothing, and contacts and birthdays are left out where they read along"),
		in.text("working-hours", commands.DefaultWorkingHours().String(), "`DAYS and hours` when people work, each where they live"),
	}
}

func (in *input) deliveryFlags() []cli.Flag {
	return []cli.Flag{
		in.text("public-url", "", "`URL` where Bitrix24 reaches the receiver; webhooks go to its /bitrix24/events. "+
			"Not given: the bot fetches its events and needs no public address"),
	}
}

func (in *input) receiveFlags() []cli.Flag {
	return []cli.Flag{
		in.secret("application-token", "the `TOKEN` webhooks must carry; follows from the bot's token, or is learnt when a portal "+
			"installs the application, if not given"),
		in.text("listen", "127.0.0.1:8024", "`ADDRESS` where webhooks arrive"),
	}
}

func (in *input) natsFlags() []cli.Flag {
	return []cli.Flag{
		in.text("nats", "", "NATS `URLS`, comma-separated"),
		in.text("nats-creds", "", "NATS credentials `FILE`"),
	}
}

// busFlags are for commands in processes of their own, on the embedded NATS server.
func (in *input) busFlags() []cli.Flag {
	return []cli.Flag{
		in.text("nats-listen", "", "`ADDRESS` where processes with commands of their own connect to the embedded NATS server, like "+
			"127.0.0.1:4222; nobody can if not given"),
		in.secret("command-token", "the `TOKEN` they connect with"),
	}
}

func (in *input) dataFlags() []cli.Flag {
	return []cli.Flag{
		in.text("data", "", "`FOLDER` of the embedded event store; $XDG_STATE_HOME/whois24 if not given"),
	}
}

func (in *input) adminFlags() []cli.Flag {
	return []cli.Flag{
		in.text("admin-listen", "127.0.0.1:8025", "`ADDRESS` of health, metrics and the live console"),
	}
}

func (in *input) logFlags() []cli.Flag {
	return []cli.Flag{
		in.text("log-level", "info", "`LEVEL`: debug, info, warn, error"),
		in.text("log-format", "auto", "`FORMAT`: auto, text, json; auto is text on a terminal"),
	}
}

// read checks the flags the command has, in the order they are listed in help. The first wrong one ends it.
func (in *input) read(c *cli.Command) (settings, error) {
	if err := noArguments(c); err != nil {
		return settings{}, err
	}
	return in.readFlags(c)
}

func (in *input) readFlags(c *cli.Command) (settings, error) {
	var s settings
	has := map[string]bool{}
	for _, f := range c.Flags {
		has[f.Names()[0]] = true
	}
	for _, step := range []struct {
		applies bool
		read    func(*settings, *cli.Command) error
	}{
		{has["portal"], in.readPortal},
		{has["lang"], in.readTexts},
		{has["public-url"], readPublicURL},
		{has["application-token"], readReceiver},
		{has["nats"], readNATS},
		{has["nats-listen"], readBus},
		{has["admin-listen"], readAdmin},
		{has["log-level"], in.readLog},
		{has["nats"] && has["data"], in.readData}, // where there is a choice between the two
	} {
		if !step.applies {
			continue
		}
		if err := step.read(&s, c); err != nil {
			return s, err
		}
	}
	return s, in.unreadable
}

func (in *input) readTexts(s *settings, c *cli.Command) (err error) {
	if s.lang, err = parseLang(c.String("lang")); err != nil {
		return err
	}
	if s.zone, err = parseZone(c.String("timezone")); err != nil {
		return err
	}
	if s.privacy, err = commands.ParsePrivacy(c.String("privacy")); err != nil {
		return bad("privacy", "%w", err)
	}
	if s.hours, err = commands.ParseWorkingHours(c.String("working-hours")); err != nil {
		return bad("working-hours", "%w", err)
	}
	return nil
}

// readPublicURL wants one where the bot is registered on a portal that only posts events. The receiver of a webhook's
// portal registers nothing.
func readPublicURL(s *settings, c *cli.Command) (err error) {
	if s.publicURL, err = parsePublicURL(c.String("public-url")); err != nil {
		return err
	}
	registers := c.Name != "receiver" || s.ofApplication()
	if s.publicURL == "" && s.botAPI == bitrix.APIv1 && registers {
		return bad("public-url", "is needed with --bot-api v1, where a portal only posts events; accepted is like https://bot.example.com")
	}
	return nil
}

func readReceiver(s *settings, c *cli.Command) error {
	if token := c.String("application-token"); token != "" {
		s.applicationToken = bitrix.Secret(token)
	}
	s.listen = c.String("listen")
	return checkListen("listen", s.listen)
}

func readNATS(s *settings, c *cli.Command) error {
	s.nats, s.natsCreds = c.String("nats"), c.String("nats-creds")
	if s.nats == "" {
		return nil
	}
	return checkNATS(s.nats, s.natsCreds)
}

// demoToken is the demo's, whose people and secrets are invented.
const demoToken = "demo"

func readBus(s *settings, c *cli.Command) error {
	s.natsListen, s.commandToken = c.String("nats-listen"), bitrix.Secret(c.String("command-token"))
	if s.commandToken == "" && c.Name == "demo" {
		s.commandToken = demoToken
	}
	switch {
	case s.natsListen == "":
		return nil
	case s.nats != "":
		return bad("nats-listen", "is given together with --nats; accepted is one of them: with a NATS server of its own, "+
			"the bot's commands in other processes connect there")
	case s.commandToken == "":
		return bad("command-token", "is needed with --nats-listen: what processes with commands connect with, like 32 random characters")
	}
	return checkListen("nats-listen", s.natsListen)
}

func (in *input) readData(s *settings, c *cli.Command) (err error) {
	if s.nats == "" {
		s.data, err = dataDir(c.String("data"), in.getenv)
	}
	return err
}

func readAdmin(s *settings, c *cli.Command) error {
	s.adminListen = c.String("admin-listen")
	return checkListen("admin-listen", s.adminListen)
}

func (in *input) readLog(s *settings, c *cli.Command) (err error) {
	if s.logLevel, err = parseLogLevel(c.String("log-level")); err != nil {
		return err
	}
	s.logFormat, err = parseLogFormat(c.String("log-format"), terminal(in.stderr))
	return err
}
