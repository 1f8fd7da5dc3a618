package commands

import (
	"context"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// helpAbout are the arguments of /help. Any words will do: people say "/help please".
type helpAbout struct {
	Command string `arg:"optional,rest" hint:"help.which"`
}

// Help tells what the bot can do, from the commands of the set it is in, and how one of them is written: /help whois.
func Help() Command {
	return New("help", func(_ context.Context, c Call, a helpAbout) (Reply, error) {
		first, _, _ := strings.Cut(a.Command, " ")
		if cmd, known := c.set.byName[commandName(strings.TrimPrefix(first, "/"))]; known {
			return manual(c, cmd), nil
		}
		return overview(c, c.Text("help.heading", nil)), nil
	})
}

// manual tells how a command is written, and what is understood in the place of each argument.
func manual(c Call, cmd Command) Reply {
	hints := shownHints(cmd.hints(c.catalogue(), c.Lang))
	lines := []string{
		c.Text("help.manual", Data{"Name": cmd.name, "Params": hints}),
		c.Text(cmd.title(), nil),
	}
	for _, a := range cmd.arguments {
		lines = append(lines, c.Text("help.argument", Data{
			"Hint": a.hint(c.catalogue(), c.Lang), "Accepted": a.kind.accepted(c.catalogue(), c.Lang), "Optional": a.optional(),
		}))
	}
	b := bitrix.Button{Text: "/" + cmd.name, Action: bitrix.ActionSend, Value: "/" + cmd.name}
	if len(cmd.arguments) > 0 {
		b.Action, b.Value = bitrix.ActionPut, b.Value+" "
	}
	return Reply{Text: strings.Join(lines, "\n"), Keyboard: &bitrix.Keyboard{Buttons: []bitrix.Button{b}}}
}

// overview lists the commands under a heading, each ready to be tapped, with buttons for all but /help.
func overview(c Call, heading string) Reply {
	lines := []string{heading}
	var buttons []bitrix.Button
	for _, d := range c.Commands() {
		lines = append(lines, helpLine(c, d))
		if d.Name != "help" {
			buttons = append(buttons, helpButton(d))
		}
	}
	reply := Reply{Text: strings.Join(lines, "\n")}
	if len(buttons) > 0 {
		reply.Keyboard = &bitrix.Keyboard{Buttons: buttons}
	}
	return reply
}

func helpLine(c Call, d Description) string {
	lang := string(c.Lang)
	data := Data{"Name": d.Name, "Title": d.Title[lang], "Params": shownHints(d.Params[lang])}
	if d.Params == nil {
		return c.Text("help.line.bare", data)
	}
	return c.Text("help.line.params", data)
}

// helpButton sends the command, or puts it into the input box for something to be added.
func helpButton(d Description) bitrix.Button {
	b := bitrix.Button{Text: "/" + d.Name, Action: bitrix.ActionSend, Value: "/" + d.Name, Line: true}
	if d.Params != nil {
		b.Action, b.Value = bitrix.ActionPut, b.Value+" "
	}
	return b
}
