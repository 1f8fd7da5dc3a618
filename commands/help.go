package commands

import (
	"context"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// Help tells what the bot can do, from the commands of the set it is in.
func Help() Command {
	return Command{
		Name:  "help",
		Title: "help.title",
		Run: func(_ context.Context, r Request) (Reply, error) {
			return overview(r, r.Text("help.heading", nil)), nil
		},
	}
}

// overview lists the commands under a heading, each ready to be tapped, with buttons for all but /help.
func overview(r Request, heading string) Reply {
	lines := []string{heading}
	var buttons []bitrix.Button
	for _, d := range r.Commands() {
		lines = append(lines, helpLine(r, d))
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

func helpLine(r Request, d Description) string {
	lang := string(r.Lang)
	data := Data{"Name": d.Name, "Title": d.Title[lang], "Params": d.Params[lang]}
	if d.Params == nil {
		return r.Text("help.line.bare", data)
	}
	return r.Text("help.line.params", data)
}

// helpButton sends the command, or puts it into the input box for something to be added.
func helpButton(d Description) bitrix.Button {
	b := bitrix.Button{Text: "/" + d.Name, Action: bitrix.ActionSend, Value: "/" + d.Name, Line: true}
	if d.Params != nil {
		b.Action, b.Value = bitrix.ActionPut, b.Value+" "
	}
	return b
}
