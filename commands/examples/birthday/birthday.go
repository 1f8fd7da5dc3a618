package main

import (
	"context"
	"embed"

	"github.com/whois24/whois24/commands"
)

//go:embed locales/*.toml
var texts embed.FS

// Birthday tells when to congratulate somebody.
func Birthday() commands.Command {
	return commands.New("birthday", func(_ context.Context, c commands.Call, a struct{ Who commands.Person }) (commands.Reply, error) {
		day, ok := c.Birthday(a.Who.User)
		if !ok {
			return c.Sorry("birthday.unknown", nil)
		}
		return c.Say("birthday.answer", commands.Data{"Name": a.Who.Name, "Day": day})
	}, texts)
}
