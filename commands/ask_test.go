package commands_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/commands"
)

// TestSaid is what of a message is an answer.
func TestSaid(t *testing.T) {
	const bot = "[USER=456]Whois24[/USER]"
	for name, c := range map[string]struct{ text, want string }{
		"a line":             {" the  help ", "the  help"},
		"several lines":      {"the help\r\n\n and [br]the coffee\n", "the help\n\nand\nthe coffee"},
		"the bot is told":    {bot + ", the help", "the help"},
		"somebody mentioned": {"for [USER=5]Anna[/USER]", "for [USER=5]Anna[/USER]"},
		"somebody's quote":   {rule + "\nOleg\nwhat for?\n" + rule + "\nthe help", "the help"},
		"formatting":         {"[b]the help[/b]", "the help"},
		"invisible":          {"the\u200b \u202ehelp\x00", "the help"},
		"not composed":       {"и\u0306од", "йод"},
		"not text":           {"the \xffhelp", "the \uFFFDhelp"},
		"too long":           {strings.Repeat("ы", 4001), strings.Repeat("ы", 4000)},
		"nothing":            {bot, ""},
	} {
		if got := commands.Said(commands.Message{Text: c.text, Private: true, Bot: 456}); got != c.want {
			t.Errorf("%s: %.100q, want %.100q", name, got, c.want)
		}
	}
}

// TestLinesWhenAsked: what may be an answer is a command only with its slash, and a word to cancel is none.
func TestLinesWhenAsked(t *testing.T) {
	type lines = []commands.Line
	for text, want := range map[string]lines{
		"whois 5":           {{Args: "whois 5"}},
		"/whois 5":          {{"whois", "5"}},
		"see /whois 5":      {{"whois", "5"}},
		"/nonsense":         {{Name: "nonsense"}},
		"/cancel":           {{Args: "/cancel"}},
		"/Отмена":           {{Args: "/Отмена"}},
		"help me\n/whois 5": {{"whois", "5"}},
	} {
		m := commands.Message{Text: text, Private: true, Bot: 456, Asked: true}
		if diff := cmp.Diff(want, commands.Lines(m, known)); diff != "" {
			t.Errorf("%q (-want +got)\n%s", text, diff)
		}
	}
}

// TestAsk: a command asks for a line more, and is run again with it. Who does not want to answer is not pressed.
func TestAsk(t *testing.T) {
	type arguments struct{ Who commands.Person }
	set := setOf(t, commands.New("a", func(_ context.Context, c commands.Call, a arguments) (commands.Reply, error) {
		why, told := c.Answer(0)
		if !told {
			return c.Ask("a.why", nil)
		}
		return c.Say("a.thanks", commands.Data{"Name": a.Who.Name, "Why": why})
	}, texts(
		"a.title = 'A'\na.why = 'За что?'\na.thanks = '{{.Name}}: {{.Why}}'",
		"a.title = 'A'\na.why = 'What for?'\na.thanks = '{{.Name}}: {{.Why}}'",
	)))
	r := ask("олег")
	if first := run(t, set, r); first.Text != "What for?" || !first.Asks {
		t.Errorf("got %+v", first)
	}
	for answer, want := range map[string]string{
		"for the [b]help": "Олег Петров: for the ［b]help",
		"Cancel!":         "All right, never mind.",
		"/отмена":         "All right, never mind.",
		"cancel it":       "Олег Петров: cancel it",
	} {
		r.Answers = []string{answer}
		if got := run(t, set, r); got.Text != want || got.Asks {
			t.Errorf("%q: got %+v, want %q", answer, got, want)
		}
	}
}

// TestWithMention keeps the rest of the question.
func TestWithMention(t *testing.T) {
	got := commands.WithMention(commands.Reply{Text: "What for?", Asks: true}, en)
	want := "What for?\nTo answer, begin your message with a mention of me: I hear nothing else here."
	if got.Text != want || !got.Asks {
		t.Errorf("got %+v", got)
	}
}
