package main

import (
	"context"
	"errors"
	"slices"

	"github.com/rs/zerolog"
	"github.com/urfave/cli/v3"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
)

func chatCommand(in *input) *cli.Command {
	return &cli.Command{
		Name:  "chat",
		Usage: "the bot in a terminal, on an emulated portal or on yours, sending nothing",
		Description: "Examples:\n\n" +
			"  whois24 chat\n" +
			"  whois24 chat --as 5\n" +
			"  whois24 chat --portal https://example.bitrix24.com/rest/1/code/\n" +
			"  echo /whois 5 | whois24 chat\n\n" +
			"Without --portal the people are those of the demo. Tab completes, the number of a button presses it;\n" +
			"an empty line, /quit or Ctrl+D ends it.",
		Flags: slices.Concat([]cli.Flag{
			&cli.Int64Flag{Name: "as", Usage: "chat as the person with this `ID`; if not given the webhook's user, or 7 on the emulated portal"},
		}, in.portalFlags(), in.textFlags()),
		Action: in.chat,
	}
}

// demoPerson is who chats on the emulated portal: Anna, as in the demo.
const demoPerson bitrix.UserID = 7

func (in *input) chat(ctx context.Context, c *cli.Command) error {
	emulated, err := in.emulateUnlessGiven(c)
	if err != nil {
		return err
	}
	defer emulated.close()
	s, asker, err := in.readChat(c, emulated)
	if err != nil {
		return err
	}
	p, err := portalCalls{s, bitrix.NewTransport()}.withWebhook()
	if err != nil {
		return err
	}
	user, err := p.Client.User(ctx, asker)
	if errors.Is(err, bitrix.ErrUserNotExists) {
		return bad("as", "is %d, a number nobody on the portal has; accepted is the id of a person", asker)
	}
	if err != nil {
		return explain(err, s)
	}
	in.knowStaff(ctx, p)
	who := bitrix.Author{ID: asker, Outsider: user.Outsider()}
	t := in.newTalk(s, bot.NewConversation(p, s.texts(), who))
	t.lines.complete(newCompleter(p.Commands.Schemas(), commands.Match(s.lang), emulated.names()))
	t.greet(user.Name, emulated.or(p.Name))
	s.logLevel, s.logFormat = zerolog.ErrorLevel, "text" // for the panics of a command that is being written
	return t.run(newLogger(s, in.stderr).WithContext(ctx))
}

func (in *input) readChat(c *cli.Command, emulated *emulation) (s settings, asker bitrix.UserID, err error) {
	if asker = bitrix.UserID(c.Int64("as")); asker < 0 {
		return s, asker, bad("as", "is %d; accepted is the id of a person", asker)
	}
	if s, err = in.read(c); err == nil {
		err = s.needsWebhook(c.Name)
	}
	if s.lang == "auto" { // there is no event whose language could be followed
		s.lang = in.getenv("LANG")
	}
	if emulated != nil {
		s.rate, s.burst = plenty, plenty
	}
	switch {
	case asker != 0:
	case emulated != nil:
		asker = demoPerson
	default:
		asker = s.portal.User()
	}
	return s, asker, err
}
