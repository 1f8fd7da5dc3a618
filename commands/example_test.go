package commands_test

import (
	"context"
	"fmt"
	"testing/fstest"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// birthday is a whole command: what it is called, what it says and what it does.
func birthday(users commands.Users) commands.Command {
	return commands.Command{
		Name:   "birthday",
		Title:  "birthday.title",
		Params: "person.params", // number or @mention
		Texts:  birthdayTexts,
		Run: func(ctx context.Context, r commands.Request) (commands.Reply, error) {
			user, err := commands.Person(ctx, users, r)
			if err != nil {
				return commands.Reply{}, err
			}
			day, ok := r.Birthday(user)
			if !ok {
				return commands.Reply{}, commands.Sorry("birthday.unknown", nil)
			}
			return commands.Reply{Text: r.Text("birthday.answer", commands.Data{"Name": user.Name, "Day": day})}, nil
		},
	}
}

// A command inside this package has its texts in locales/*.toml and needs no Texts. One in a program of its own
// embeds a directory of such files.
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

// Example adds /birthday to the bot: it is written, put into the list, and /help and the portal know it.
func Example() {
	users := people{5: bitrix.User{ID: 5, Name: "Anna [b]Smith", Birthday: "14-02"}} // *bitrix.Client in earnest
	set, err := commands.NewSet(
		commands.Whois(users),
		birthday(users),
		commands.Help(),
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range []commands.Request{
		{Name: "birthday", Args: "5", Lang: "en"},
		{Name: "birthday", Args: "[USER=5]Anna[/USER]", Lang: "ru"},
		{Name: "birthday", Args: "6", Lang: "en"},
		{Name: "help", Lang: "en"},
	} {
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
	// • [put=/whois ]/whois number or @mention[/put] — Who it is and whether they are in; no number: about you
	// • [put=/birthday ]/birthday number or @mention[/put] — When to congratulate somebody
	// • [send=/help]/help[/send] — What the bot can do
}
