package commands_test

import (
	"context"
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
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
	office := people{5: {ID: 5, Active: true, Name: "Анна", Birthday: "14-02"}, 7: {ID: 7, Active: true, Name: "Олег"}}
	for line, want := range map[string]string{
		"5":                      "Анна has a birthday on 14 February.",
		"анна":                   "Анна has a birthday on 14 February.",
		"[USER=5]whoever[/USER]": "Анна has a birthday on 14 February.",
		"":                       "I cannot tell the birthday.", // of who asks
	} {
		r := commands.Request{Name: "birthday", Args: line, Asker: commands.Asker{ID: 7}, Lang: en, People: office}
		if got := run(t, setOf(t, Birthday()), r).Text; got != want {
			t.Errorf("/birthday %s: got %q, want %q", line, got, want)
		}
	}
}

// TestBirthdayIsForColleagues: no command tells it where outsiders read along.
func TestBirthdayIsForColleagues(t *testing.T) {
	r := commands.Request{Name: "birthday", Args: "5", Lang: en, People: people{5: {ID: 5, Birthday: "14-02"}}}
	r.Chat.Outsiders = true
	if got := run(t, setOf(t, Birthday()), r).Text; got != "I cannot tell the birthday." {
		t.Errorf("got %q", got)
	}
}

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
	// • [put=/whois ]/whois ［name, number or @mention］[/put] — Who it is and whether they are in; no name: about you
	// • [put=/birthday ]/birthday ［name, number or @mention］[/put] — When to congratulate somebody
	// • [send=/help]/help[/send] — What the bot can do
}
