package main

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
)

func askCommand(in *input) *cli.Command {
	return &cli.Command{
		Name:      "ask",
		Usage:     "runs one command against the portal and prints the reply, sending nothing",
		ArgsUsage: "'/whois 5'",
		Description: "Example:\n\n" +
			"  whois24 ask '/whois 5' --portal https://example.bitrix24.com/rest/1/code/",
		Flags: slices.Concat([]cli.Flag{
			&cli.Int64Flag{Name: "as", Usage: "ask as the person with this `ID` instead of the webhook's user"},
			&cli.BoolFlag{Name: "json", Usage: "print the REST parameters that would be sent, less the credentials"},
		}, in.portalFlags(), in.textFlags()),
		Action: in.ask,
	}
}

func (in *input) ask(ctx context.Context, c *cli.Command) error {
	line, s, err := in.readAsk(c)
	if err != nil {
		return err
	}
	p, err := portalCalls{s, bitrix.NewTransport()}.withWebhook()
	if err != nil {
		return err
	}
	who := bitrix.Author{ID: s.portal.User()} // one of the company, since webhooks are made by its people
	if as := c.Int64("as"); as != 0 {
		who = bitrix.Author{ID: bitrix.UserID(as), Unvouched: true}
	}
	in.knowStaff(ctx, p)
	replies, err := bot.Ask(ctx, p, s.texts(), who, line)
	for _, reply := range replies {
		if err := in.show(who.ID, reply, c.Bool("json")); err != nil {
			return err
		}
	}
	return explain(err, s)
}

// readAsk takes the one argument before the flags are checked: no other command has any.
func (in *input) readAsk(c *cli.Command) (string, settings, error) {
	if c.Args().Len() != 1 {
		return "", settings{}, usageError{fmt.Errorf("ask needs one command in quotes, like '/whois 5', but got %d words", c.Args().Len())}
	}
	if c.Int64("as") < 0 {
		return "", settings{}, bad("as", "is %d; accepted is the id of a person", c.Int64("as"))
	}
	s, err := in.readFlags(c)
	if err == nil {
		err = s.needsWebhook(c.Name)
	}
	if s.lang == "auto" { // there is no event whose language could be followed
		s.lang = in.getenv("LANG")
	}
	return c.Args().First(), s, err
}

// show prints a reply for people, or as the portal would get it.
func (in *input) show(asker bitrix.UserID, reply commands.Reply, asJSON bool) error {
	if !asJSON {
		_, err := fmt.Fprintln(in.stdout, plain(reply.Text))
		return err
	}
	e := json.NewEncoder(in.stdout)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(bitrix.Message{
		Dialog: bitrix.PrivateDialog(asker), Text: reply.Text, Keyboard: reply.Keyboard, Attach: reply.Attach, NoURLPreview: true,
	})
}

var (
	timestamps = regexp.MustCompile(`\[timestamp=(\d+)[^\]]*\]`)
	tags       = regexp.MustCompile(`(?i)\[/?(b|i|u|s|user|url|send|put|call|chat|color|size)(=[^\]]*)?\]`)
)

// plain is BB-code as a terminal can show it. A time stands in two tags, for its day and its hour.
func plain(text string) string {
	day := true
	text = timestamps.ReplaceAllStringFunc(text, func(tag string) string {
		unix, _ := strconv.ParseInt(timestamps.FindStringSubmatch(tag)[1], 10, 64)
		layout := "15:04"
		if day {
			layout = time.DateOnly
		}
		day = !day
		return time.Unix(unix, 0).Format(layout)
	})
	return tags.ReplaceAllString(text, "")
}
