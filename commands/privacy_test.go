package commands_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// TestPrivacySetting: what an operator writes, and what it means in full.
func TestPrivacySetting(t *testing.T) {
	for setting, want := range map[string]string{
		"": "colleagues: all; mixed: name position photo department presence; outsiders: nothing",
		"mixed: name position presence; outsiders: name": "colleagues: all; mixed: name position presence; outsiders: name",
		" Outsiders : presence,name ;":                   "colleagues: all; mixed: name position photo department presence; outsiders: name presence",
		"mixed: all;colleagues: name birthday":           "colleagues: name birthday; mixed: all; outsiders: nothing",
		"mixed: nothing":                                 "colleagues: all; mixed: nothing; outsiders: nothing",
	} {
		p, err := commands.ParsePrivacy(setting)
		if err != nil {
			t.Errorf("%q: %v", setting, err)
			continue
		}
		if p.String() != want {
			t.Errorf("%q is %q, want %q", setting, p, want)
		}
		if again, err := commands.ParsePrivacy(p.String()); err != nil || again.String() != want {
			t.Errorf("%q is not read as it is written: %v, %v", want, again, err)
		}
	}
}

// TestPrivacyMistakes: one line that names the word and what is accepted.
func TestPrivacyMistakes(t *testing.T) {
	for setting, want := range map[string]string{
		"guests: name":                 `"guests" is not an audience; accepted are colleagues, mixed, outsiders`,
		"name":                         `"name" is not an audience`,
		"mixed: name phone":            `mixed: "phone" is not a field; accepted are name, position, photo, department, presence, contacts, birthday, all, nothing`,
		"mixed":                        "mixed: name is not among its fields",
		"outsiders: contacts":          "outsiders: name is not among its fields; accepted are",
		"outsiders: all name":          `outsiders: "all" stands beside other words; accepted is "all" alone`,
		"mixed: name; mixed: contacts": `"mixed" is there twice; accepted is once`,
		"colleagues: nothing":          `colleagues: "nothing" is not a field; accepted are name, position, photo, department, presence, contacts, birthday, all`,
	} {
		_, err := commands.ParsePrivacy(setting)
		switch {
		case err == nil:
			t.Errorf("%q is taken", setting)
		case !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n"):
			t.Errorf("%q: %v, want %s", setting, err, want)
		}
	}
}

// privacy is a setting.
func privacy(t testing.TB, setting string) *commands.Privacy {
	t.Helper()
	p, err := commands.ParsePrivacy(setting)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestOutsiderIsToldWhatIsAllowed: the operator decides, and the rest is not even hinted at.
func TestOutsiderIsToldWhatIsAllowed(t *testing.T) {
	r := ask("5")
	r.Name, r.Asker.Outsider, r.Lang = "whois", true, "en"
	r.People = people{5: {ID: 5, Active: true, Name: "Anna Testova", WorkPosition: "Chief", Email: "anna@example.com", Birthday: "14-02"}}
	for setting, want := range map[string]string{
		"":                         "Sorry, I answer only people of the company. Please ask whoever you work with here.",
		"outsiders: name":          "[b]Anna Testova[/b]",
		"outsiders: name position": "[b]Anna Testova[/b]\nChief",
	} {
		r.Privacy = privacy(t, setting)
		if diff := cmp.Diff(want, run(t, setOf(t), r).Text); diff != "" {
			t.Errorf("%q (-want +got)\n%s", setting, diff)
		}
	}
}

// TestNothingWhereOutsidersRead: colleagues get to know how to ask all the same.
func TestNothingWhereOutsidersRead(t *testing.T) {
	r := ask("5")
	r.Name, r.Chat, r.Lang, r.Privacy = "whois", commands.Chat{Outsiders: true}, "en", privacy(t, "mixed: nothing")
	if text := run(t, setOf(t), r).Text; !strings.Contains(text, "add “privately”") {
		t.Errorf("said: %s", text)
	}
	r.Args = "5 privately"
	if text := run(t, setOf(t), r).Text; strings.Contains(text, "privately") {
		t.Errorf("in private it is said: %s", text)
	}
}

// TestSentPrivately: the button on a card where outsiders read along, and what comes of pressing it.
func TestSentPrivately(t *testing.T) {
	r := ask("5")
	r.Name, r.Chat, r.Lang = "whois", commands.Chat{Outsiders: true}, "en"
	r.People = people{5: {ID: 5, Active: true, Name: "Anna", Email: "anna@example.com"}}
	card := run(t, setOf(t), r)
	if card.Private || strings.Contains(card.Text, "anna@example.com") {
		t.Fatalf("everybody reads: %s", card.Text)
	}
	b := buttonCalled(t, card, "Send it to me privately")
	r.Args = b.Params
	card = run(t, setOf(t), r)
	if !card.Private || !strings.Contains(card.Text, "anna@example.com") {
		t.Errorf("/%s %s: private %v: %s", b.Command, b.Params, card.Private, card.Text)
	}
	r.Asker.Outsider = true
	if card = run(t, setOf(t), r); strings.Contains(card.Text, "Anna") {
		t.Errorf("an outsider pressed it and read: %s", card.Text)
	}
}

func buttonCalled(t *testing.T, r commands.Reply, text string) bitrix.Button {
	t.Helper()
	if r.Keyboard != nil {
		for _, b := range r.Keyboard.Buttons {
			if b.Text == text {
				return b
			}
		}
	}
	t.Fatalf("no button %q under: %s", text, r.Text)
	return bitrix.Button{}
}

// TestPrivatelyIsSaidInManyWays, and to a command that takes any words it is one of them.
func TestPrivatelyIsSaidInManyWays(t *testing.T) {
	var got string
	text := commands.New("a", func(_ context.Context, c commands.Call, a struct {
		What string `arg:"rest"`
	},
	) (commands.Reply, error) {
		got = a.What
		return commands.Reply{Text: "ok"}, nil
	}, titled("a"))
	set := setOf(t, commands.Whois(), text)
	for line, private := range map[string]bool{
		"5 privately": true, "5 Privately!": true, "privately": true, "5 in private": true, "5 лично": true, "5 в личку": true,
		"5 в личный чат.": true, "5": false, `5 "privately"`: false, "privately 5": false, "": false,
	} {
		r := ask(line)
		r.Name = "whois"
		if reply := run(t, set, r); reply.Private != private {
			t.Errorf("/whois %s: private %v: %s", line, reply.Private, reply.Text)
		}
	}
	r := ask("hello privately")
	if reply := run(t, set, r); reply.Private || got != "hello privately" {
		t.Errorf("private %v, and the command got %q", reply.Private, got)
	}
}

// TestWordsOfAPrivateAnswer: what a command says in place of an answer may hold what it found, and so does what comes later.
func TestWordsOfAPrivateAnswer(t *testing.T) {
	sorry := commands.New("a", func(_ context.Context, c commands.Call, _ struct{}) (commands.Reply, error) {
		return c.Later("a.title", nil, func(context.Context) (commands.Reply, error) { return c.Sorry("a.title", nil) })
	}, titled("a"))
	reply := run(t, setOf(t, sorry), ask("privately"))
	if !reply.Private {
		t.Error("the first reply is for everybody")
	}
	_, err := reply.Then(t.Context())
	if words, ok := commands.Words(err, "en"); !ok || !words.Private {
		t.Errorf("the words that follow are for everybody: %+v, %v", words, err)
	}
}
