package remote

import (
	"fmt"
	"strings"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// replyOf is what a service sends of a reply. Texts are made where the catalogue is, so it has them ready.
func replyOf(r commands.Reply) Reply {
	out := Reply{Text: r.Text, Attach: r.Attach, Asks: r.Asks}
	if r.Keyboard == nil {
		return out
	}
	for _, b := range r.Keyboard.Buttons {
		out.Buttons = append(out.Buttons, Button{
			Text: b.Text, Command: b.Command, Args: b.Params, Link: b.Link, Action: b.Action, Value: b.Value,
			Color: b.Color, Once: b.Once, Line: b.Line, Disabled: b.Disabled, NewLine: b.NewLine,
		})
	}
	return out
}

// reply is what the bot posts of it.
func (r Reply) reply(c commands.Call) (commands.Reply, error) {
	text, err := r.text(c)
	if err != nil {
		return commands.Reply{}, err
	}
	out := commands.Reply{Text: text, Attach: r.Attach, Asks: r.Asks}
	if len(r.Buttons) == 0 {
		return out, nil
	}
	out.Keyboard = &bitrix.Keyboard{}
	for _, b := range r.Buttons {
		out.Keyboard.Buttons = append(out.Keyboard.Buttons, bitrix.Button{
			Text: bitrix.Plain(b.Text), Command: b.Command, Params: b.Args, Link: b.Link, Action: b.Action, Value: b.Value,
			Color: b.Color, Once: b.Once, Line: b.Line, Disabled: b.Disabled, NewLine: b.NewLine,
		})
	}
	return out, nil
}

// text is the reply's own, or that of its id in the reader's language. Only the command's own ids can be said.
func (r Reply) text(c commands.Call) (string, error) {
	if r.Say == "" {
		return r.Text, nil
	}
	if !strings.HasPrefix(r.Say, c.Name+".") {
		return "", fmt.Errorf("the reply says %q, which is not the command's", forLog(r.Say))
	}
	text := c.Text(r.Say, r.Data)
	if text == r.Say {
		return "", fmt.Errorf("the reply says %q, which the schema has no text for or names a value that was not given", forLog(r.Say))
	}
	return text, nil
}
