package commands

import (
	"context"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// Help tells what the bot can do, from the commands of the set it is in.
func Help() Command {
	return New("help", func(_ context.Context, c Call, _ struct{}) (Reply, error) {
		return overview(c, c.Text("help.heading", nil)), nil
	})
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
