package commands_test

import (
	"context"
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/commandtest"
)

// Birthday tells when to congratulate somebody.
func Birthday() commands.Command {
	return commands.New("birthday", func(_ context.Context, c commands.Call, a struct{ Who commands.Person }) (commands.Reply, error) {
		day, ok := c.Birthday(a.Who.User)
		if !ok {
			return c.Sorry("birthday.unknown", nil)
		}
		return c.Say("birthday.answer", commands.Data{"Name": a.Who.Name, "Day": day})
	}, birthdayTexts)
}

// A command inside this package has its texts in locales/*.toml and gives none. One in a program of its own embeds a
// directory of such files.
var birthdayTexts = fstest.MapFS{
	"en.toml": {Data: []byte(`
[birthday]
title = "When to congratulate somebody"
answer = "{{.Name}} has a birthday on {{.Day}}."
unknown = "I cannot tell the birthday."
`)},
	"ru.toml": {Data: []byte(`
[birthday]
title = "Когда поздравить с днём рождения"
answer = "{{.Name}}: день рождения {{.Day}}."
unknown = "Не могу сказать, когда день рождения."
`)},
}

func TestBirthdayCommand(t *testing.T) {
	office := commandtest.New(t, Birthday())
	anna := office.Hire(bitrix.User{Name: "Анна", Birthday: "14-02"})
	oleg := office.Hire(bitrix.User{Name: "Олег"})
	for line, want := range map[string]string{
		"/birthday анна":                    "Анна has a birthday on 14 February.",
		"/birthday " + office.Mention(anna): "Анна has a birthday on 14 February.",
		"/birthday":                         "I cannot tell the birthday.", // of who asks
	} {
		office.Say(oleg, line).Reads(want)
	}
	guest := office.Hire(bitrix.User{Name: "Guest", Extranet: true}) // where outsiders read along no command tells it
	office.Group(anna, guest).Say(anna, "/birthday").Reads("I cannot tell the birthday.")
}

func TestBirthdayBearsEverything(t *testing.T) { commandtest.Check(t, Birthday()) }

// Example adds /birthday to the bot: it is written, put into the list, and /help and the portal know it.
func Example() {
	set, err := commands.NewSet(commands.Whois(), Birthday(), commands.Help())
	if err != nil {
		fmt.Println(err)
		return
	}
	portal := people{5: bitrix.User{ID: 5, Name: "Anna [b]Smith", Birthday: "14-02"}} // *bitrix.Client in earnest
	for _, r := range []commands.Request{
		{Name: "birthday", Args: "5", Lang: "en"},
		{Name: "birthday", Args: "[USER=5]Anna[/USER]", Lang: "ru"},
		{Name: "birthday", Args: "6", Lang: "en"},
		{Name: "help", Lang: "en"},
	} {
		r.People = portal
		reply, err := set.Run(context.Background(), r)
		if words, ok := commands.Words(err, r.Lang); ok {
			reply = words
		}
		fmt.Println(reply.Text)
	}
	// Output:
	// Anna ［b]Smith has a birthday on 14 February.
	// Anna ［b]Smith: день рождения 14 февраля.
	// There is nobody with the number 6 on the portal. Check the number or mention the person: [put=/birthday ]/birthday @name[/put].
	// [b]Here is what I can do[/b]
	// • [put=/whois ]/whois (name, number or @mention)[/put] — Who somebody is and whether they are in; no name: you
	// • [put=/birthday ]/birthday (name, number or @mention)[/put] — When to congratulate somebody
	// • [put=/help ]/help (command)[/put] — What the bot can do
}
