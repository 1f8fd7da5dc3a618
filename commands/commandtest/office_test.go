package commandtest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/goleak"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/commandtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// reply is what a function of a command returns, without words for it: texts are made of code where they do not matter.
func reply(text string) (commands.Reply, error) { return commands.Reply{Text: text}, nil }

// command is one with a title, arguments A, and other texts, which are the same in each language.
func command[A any](
	name string, run func(context.Context, commands.Call, A) (commands.Reply, error), texts ...string,
) commands.Command {
	data := []byte(fmt.Sprintf("%[1]s.title = 'What /%[1]s does'\n", name) + strings.Join(texts, "\n"))
	return commands.New(name, run, fstest.MapFS{"en.toml": {Data: data}, "ru.toml": {Data: data}})
}

type none = struct{}

type aboutSomebody = struct{ Who commands.Person }

// Hi greets by name.
func hi() commands.Command {
	return command("hi", func(_ context.Context, c commands.Call, a aboutSomebody) (commands.Reply, error) {
		return c.Say("hi.answer", commands.Data{"Name": a.Who.Name})
	}, "hi.answer = 'Hi, {{.Name}}!'")
}

func TestSomebodySaysSomethingInPrivate(t *testing.T) {
	office := commandtest.New(t, hi(), commands.Whois())
	anna := office.Hire(bitrix.User{Name: "Anna Smith", WorkPosition: "Accountant", Birthday: "14-02"})
	oleg := office.Hire(bitrix.User{ID: 7, Name: "Oleg", Type: "extranet"})
	for line, want := range map[string]string{
		"/hi":                         "Hi, Anna Smith!",
		"hi smith":                    "Hi, Anna Smith!",
		"/hi 7":                       "Hi, Oleg!",
		"/hi " + office.Mention(oleg): "Hi, Oleg!",
		"/hi 1":                       "Hi, !", // the owner of the portal, who has no name
		"Hello [b]there[/b]":          "",
	} {
		if answer := office.Say(anna, line); want == "" {
			answer.Contains("Hello!", "I know who is who")
		} else {
			answer.Reads(want)
		}
	}
	office.Say(anna, "/whois").Contains("Accountant", "14 February", "Online")
	office.Say(oleg, "/hi").Contains("I answer only people of the company")
}

func TestSeveralCommandsInOneMessage(t *testing.T) {
	office := commandtest.New(t, hi())
	anna := office.Hire(bitrix.User{Name: "Anna"})
	oleg := office.Hire(bitrix.User{Name: "Oleg"})
	office.Say(anna, fmt.Sprintf("/hi\n/hi %d", oleg)).Reads("Hi, Anna!").Reads("Hi, Oleg!")
}

func TestGroups(t *testing.T) {
	where := command("where", func(_ context.Context, c commands.Call, _ none) (commands.Reply, error) {
		return reply(fmt.Sprintf("private %v, outsiders %v", c.Chat.Private, c.Chat.Outsiders))
	})
	office := commandtest.New(t, where)
	anna, oleg := office.Hire(bitrix.User{Name: "Anna"}), office.Hire(bitrix.User{Name: "Oleg"})
	guest := office.Hire(bitrix.User{Name: "Guest", Extranet: true})
	ours, theirs := office.Group(anna, oleg), office.Group(anna, guest)

	office.Say(anna, "/where").Reads("private true, outsiders false")
	ours.Say(oleg, "/where").Reads("private false, outsiders false")
	ours.Say(oleg, office.Mention(office.Bot())+" where").Reads("private false, outsiders false")
	theirs.Say(anna, "/where").Reads("private false, outsiders true")
	ours.Say(anna, "Where is everybody?").Nothing()
}

func TestLanguages(t *testing.T) {
	office := commandtest.New(t, commands.Whois())
	anna := office.Hire(bitrix.User{Name: "Анна"})
	office.Say(anna, "/whois 99").Contains("There is nobody with the number 99")
	office.Speak("ru")
	office.Say(anna, "/whois 99").Contains("Человека с номером 99 на портале нет")
}

func TestButtons(t *testing.T) {
	office := commandtest.New(t, hi())
	anna := office.Hire(bitrix.User{Name: "Anna Smith"})
	vera := office.Hire(bitrix.User{Name: "Vera Smith", WorkPosition: "Lawyer"})
	pick := office.Group(anna, vera).Say(anna, "/hi smith").Contains("Whom do you mean?").Offers("Anna Smith", "Vera Smith · Lawyer")
	pick.Press(anna, "Vera Smith · Lawyer").Reads("Hi, Vera Smith!")
	pick.Press(vera, "Anna Smith").Reads("Hi, Anna Smith!")
	pick.Press(vera, "Anna Smith").Reads("Hi, Anna Smith!")
}

// TestButtonsOfTheMessenger say what is on them as the person.
func TestButtonsOfTheMessenger(t *testing.T) {
	menu := command("menu", func(_ context.Context, c commands.Call, _ none) (commands.Reply, error) {
		return commands.Reply{Text: "Menu", Keyboard: &bitrix.Keyboard{Buttons: []bitrix.Button{
			{Text: "greet", Action: bitrix.ActionSend, Value: "/hi"}, {NewLine: true}, c.Button("me", "hi", nil),
		}}}, nil
	})
	office := commandtest.New(t, hi(), menu)
	anna := office.Hire(bitrix.User{Name: "Anna"})
	answer := office.Say(anna, "/menu").Reads("Menu").Offers("greet", "me")
	answer.Press(anna, "greet").Reads("Hi, Anna!")
	answer.Press(anna, "me").Reads("Hi, Anna!")
}

func TestTime(t *testing.T) {
	today := command("today", func(_ context.Context, c commands.Call, _ none) (commands.Reply, error) {
		return reply(c.Now.Format("Monday 2 January 2006 15:04"))
	})
	office := commandtest.New(t, today)
	anna := office.Hire(bitrix.User{Name: "Anna"})
	office.Say(anna, "/today").Reads("Monday 21 September 2026 10:00")
	office.Sleep(26 * time.Hour)
	office.Say(anna, "/today").Reads("Tuesday 22 September 2026 12:00")
}

func TestDepartments(t *testing.T) {
	head := command("head", func(_ context.Context, _ commands.Call, a struct{ Of commands.Department }) (commands.Reply, error) {
		return reply(fmt.Sprint(a.Of.Name, " ", a.Of.Head))
	})
	office := commandtest.New(t, head)
	anna := office.Hire(bitrix.User{Name: "Anna"})
	sales := office.Department("Sales", anna)
	office.Say(anna, fmt.Sprint("/head ", sales)).Reads(fmt.Sprint("Sales ", anna))
}

// TestPortal: what the office has no word for is done to the portal.
func TestPortal(t *testing.T) {
	office := commandtest.New(t, commands.Whois())
	anna, oleg := office.Hire(bitrix.User{Name: "Anna"}), office.Hire(bitrix.User{Name: "Oleg"})
	office.Portal.SetPerson(oleg, func(p *portal.Person) { p.Active = false })
	office.Say(anna, fmt.Sprint("/whois ", oleg)).Contains("No longer with the company")
	if m := office.Say(anna, "/whois").Contains().Message(); !strings.Contains(string(m.Attach), "Anna") {
		t.Errorf("got %+v", m)
	}
}

// TestPortalFailsForAWhile: the bot tries again, and nobody waits for that.
func TestPortalFailsForAWhile(t *testing.T) {
	for _, f := range []portal.Fault{
		{Method: "im.user.get", Kind: portal.Error500, Times: 3},
		{Method: "imbot.v2.Chat.Message.send", Kind: portal.ResetAfter, Times: 1},
	} {
		office := commandtest.New(t, hi())
		anna := office.Hire(bitrix.User{Name: "Anna"})
		office.Portal.Fail(f)
		begun := office.Now()
		office.Say(anna, "/hi").Reads("Hi, Anna!")
		if !office.Now().After(begun) {
			t.Error("no time passed")
		}
	}
}

var errBackend = errors.New("connection refused")

func TestFailures(t *testing.T) {
	weather := command("weather", func(context.Context, commands.Call, none) (commands.Reply, error) {
		return commands.Reply{}, fmt.Errorf("ask the weather: %w", errBackend)
	})
	crash := command("crash", func(context.Context, commands.Call, none) (commands.Reply, error) {
		var names []string
		return reply(names[0])
	})
	office := commandtest.New(t, weather, crash)
	anna := office.Hire(bitrix.User{Name: "Anna"})
	office.Say(anna, "/weather").Fails("connection refused")
	office.Say(anna, "/crash").Fails("index out of range")
}

func TestRedeliver(t *testing.T) {
	office := commandtest.New(t, hi())
	anna := office.Hire(bitrix.User{Name: "Anna"})
	office.Say(anna, "/hi").Redeliver().Reads("Hi, Anna!").Redeliver()
}
