package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/commands"
)

func TestCompleting(t *testing.T) {
	c := newCompleter([]commands.Schema{
		{Name: "whois"},
		{Name: "mood", Arguments: []commands.ArgumentSchema{{Choices: []commands.ChoiceSchema{
			{Key: "calm", Words: map[string]string{"en": "calm, quiet", "ru": "спокоен"}},
			{Key: "love", Words: map[string]string{"en": "in love", "ru": "влюблён"}},
		}}}},
	}, "en", []string{"Галина Ерёмина", "Евгений Шеленков", "Ева Романова"})
	for line, want := range map[string][]string{
		"":                     {"/whois ", "/mood "},
		"w":                    {"/whois "},
		"/M":                   {"/mood "},
		"/x":                   nil,
		"/whois ев":            {"/whois Евгений Шеленков ", "/whois Ева Романова "},
		"/whois шел":           {"/whois Евгений Шеленков "},
		"/whois Евгений Ш":     {"/whois Евгений Шеленков "},
		"/whois ерем":          {"/whois Галина Ерёмина "},
		"/whois ":              nil, // sixty people are no help
		"/whois x y":           nil,
		"/mood ":               {"/mood calm ", "/mood in love "},
		"/mood Ева Романова c": {"/mood Ева Романова calm "},
		"/mood in l":           {"/mood in love "},
		"/mood calm ро":        {"/mood calm Ева Романова "},
	} {
		if diff := cmp.Diff(want, pressTab(c, line, len(want))); diff != "" {
			t.Errorf("%q (-want +got)\n%s", line, diff)
		}
	}
}

// pressTab is what a line becomes, Tab by Tab. After the last there is the first again.
func pressTab(c *completer, line string, times int) (made []string) {
	was, at := line, len(line)
	for range times {
		line, at, _ = c.key(line, at, '\t')
		made = append(made, line)
	}
	if again, _, ok := c.key(line, at, '\t'); !ok || times > 1 && again != made[0] || times == 0 && again != was {
		made = append(made, again)
	}
	return made
}

func TestCompletingKeepsWhatFollows(t *testing.T) {
	c := &completer{commands: []string{"/whois"}}
	if line, at, ok := c.key("/w 5", 2, '\t'); line != "/whois  5" || at != len("/whois ") || !ok {
		t.Errorf("made %q, cursor at %d, %v", line, at, ok)
	}
	if _, _, ok := c.key("/w", 2, 'x'); ok {
		t.Error("an ordinary key was taken")
	}
}
