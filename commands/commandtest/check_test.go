package commandtest_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/commandtest"
)

type everything struct {
	Who   commands.Person `arg:"required"`
	In    commands.Department
	On    commands.Day
	For   time.Duration
	N     int
	Size  string `choice:"small large"`
	Title string
	Rest  string `arg:"rest,optional"`
}

// TestCheckPasses: commands that use the words of their calls bear everything.
func TestCheckPasses(t *testing.T) {
	note := command("note", func(_ context.Context, c commands.Call, a everything) (commands.Reply, error) {
		return c.Say("note.answer", commands.Data{"Who": a.Who.Name, "In": a.In.Name, "Title": a.Title, "Rest": a.Rest})
	}, "note.answer = '{{.Who}} of {{.In}}: {{.Title}}, {{.Rest}}'", "note.size.small = 'small, tiny'", "note.size.large = 'large'")
	commandtest.Check(t, hi(), note)
}

// saying is a command that makes its text without the catalogue.
func saying(text func(c commands.Call, a words) string) commands.Command {
	return command("say", func(_ context.Context, c commands.Call, a words) (commands.Reply, error) {
		return reply(text(c, a))
	})
}

type words struct {
	Who   commands.Person `arg:"optional"`
	Words string          `arg:"rest,optional"`
}

// careless are commands each of which fails one trial, and what is told of it.
func careless() map[string][]struct {
	cmd  commands.Command
	want string
} {
	type failing = []struct {
		cmd  commands.Command
		want string
	}
	calls := 0
	return map[string]failing{
		"titles": {
			{titledSay("[b]Says[/b] something"), "has BB-code"},
			{titledSay("Says\nsomething"), "has several lines"},
			{titledSay(strings.Repeat("very ", 30) + "long"), "has 154 characters"},
			{titledSay(" "), "the title in en is empty"},
		},
		"nothing said": {
			{command("say", func(_ context.Context, c commands.Call, a struct {
				Words string `arg:"rest,optional"`
			},
			) (commands.Reply, error) {
				return reply(strings.Fields(a.Words)[0])
			}), "it failed: command say panicked: runtime error: index out of range"},
			{saying(func(c commands.Call, _ words) string { return c.Text("say.answer", nil) }), "not the id of a text"},
			{command("say", func(_ context.Context, c commands.Call, _ none) (commands.Reply, error) {
				return c.Say("say.answer", nil)
			}, "say.answer = 'Hi, {{.Name}}!'"), "not the id of a text"},
			{saying(func(c commands.Call, _ words) string {
				if !c.Chat.Private {
					panic("nobody told me of groups")
				}
				return "hi"
			}), "Anna said in a group with Guest"},
			{command("say", func(_ context.Context, c commands.Call, _ none) (commands.Reply, error) {
				if c.Lang == "ru" {
					return commands.Reply{}, errBackend
				}
				return reply("hi")
			}), "it failed: connection refused"},
		},
		"hostile words": {
			{saying(func(_ commands.Call, a words) string { return "You said: " + a.Words }), "[b]trap[/b]"},
			{command("say", func(_ context.Context, c commands.Call, a words) (commands.Reply, error) {
				if len(a.Words) > 1000 {
					return commands.Reply{}, errBackend
				}
				return reply("done")
			}), "it failed: connection refused"},
			{command("say", func(_ context.Context, c commands.Call, a words) (commands.Reply, error) {
				attach := &bitrix.Attach{Blocks: []bitrix.Block{{Message: a.Words + "!"}}}
				return commands.Reply{Text: "done", Attach: attach}, nil
			}), "(with an attachment)"},
			{command("say", func(_ context.Context, c commands.Call, _ none) (commands.Reply, error) {
				if what, said := c.Answer(0); said {
					return reply("You answered: " + what)
				}
				return c.Ask("say.what", nil)
			}, "say.what = 'What?'"), "You answered: [USER=999999]trap[/USER]"},
			{saidLater(func(a words) string { return "You said: " + a.Words }), "You said: [b]trap[/b]"},
		},
		"hostile names": {
			{command("say", func(_ context.Context, c commands.Call, a aboutSomebody) (commands.Reply, error) {
				return reply("Hello, " + a.Who.Name)
			}), "Hello, [b]trap[/b]"},
		},
		"length": {
			{saying(func(commands.Call, words) string { return strings.Repeat("and so on ", 2000) }), "is cut"},
		},
		"same answer again": {
			{saying(func(commands.Call, words) string { return fmt.Sprint(rand.Int64()) }), "what was answered the first time"},
			{saying(func(commands.Call, words) string { calls++; return fmt.Sprint(calls) }), "what was answered the first time: 1"},
		},
		"once": {
			{command("say", onlyOnce()), "that it can be the second time"},
			{saidLater(func(words) string { return fmt.Sprint(rand.Int64()) }), "what stood there already"},
		},
	}
}

// saidLater is saying in two steps.
func saidLater(text func(words) string) commands.Command {
	return command("say", func(_ context.Context, c commands.Call, a words) (commands.Reply, error) {
		return c.Later("say.wait", nil, func(context.Context) (commands.Reply, error) { return reply(text(a)) })
	}, "say.wait = 'One moment…'")
}

func titledSay(title string) commands.Command {
	data := fmt.Appendf(nil, "say.title = %q", title)
	return commands.New("say", func(context.Context, commands.Call, none) (commands.Reply, error) {
		return reply("hi")
	}, fstest.MapFS{"en.toml": {Data: data}, "ru.toml": {Data: data}})
}

// onlyOnce refuses what it has done already.
func onlyOnce() func(context.Context, commands.Call, words) (commands.Reply, error) {
	done := false
	return func(context.Context, commands.Call, words) (commands.Reply, error) {
		if done {
			return commands.Reply{}, errBackend
		}
		done = true
		return reply("done")
	}
}

// TestCheckFails: for each trial there is a command that does not bear it.
func TestCheckFails(t *testing.T) {
	all := careless()
	for _, name := range commandtest.Trials() {
		if len(all[name]) == 0 {
			t.Errorf("no command fails %q", name)
		}
		for i, c := range all[name] {
			t.Run(fmt.Sprint(name, " ", i), func(t *testing.T) {
				told := recorded(t, func(t testing.TB) { commandtest.Try(t, name, c.cmd) })
				if !strings.Contains(told, c.want) {
					t.Errorf("no %q in:\n%s", c.want, told)
				}
			})
		}
	}
}

// TestTrialsAreApart: what fails one does not fail those that are about something else.
func TestTrialsAreApart(t *testing.T) {
	for _, name := range []string{"hostile names", "same answer again"} {
		for _, other := range []string{"titles", "nothing said", "length"} {
			if told := recorded(t, func(t testing.TB) { commandtest.Try(t, other, careless()[name][0].cmd) }); told != "" {
				t.Errorf("what fails %q fails %q too:\n%s", name, other, told)
			}
		}
	}
}
