package commands_test

import (
	"context"
	"strings"
	"testing"

	"github.com/whois24/whois24/commands"
)

// in is a call in a language.
func in(lang commands.Language) commands.Call {
	return commands.Call{Request: commands.Request{Lang: lang}}
}

// TestTextThatCannotBeMade comes back as its id for a test to see.
func TestTextThatCannotBeMade(t *testing.T) {
	for _, r := range []commands.Call{in(ru), in(en), {}} {
		if len(r.Commands()) > 0 {
			t.Error("there are commands outside a set")
		}
		if got := r.Text("no.such", nil); got != "no.such" {
			t.Errorf("an unknown id made %q", got)
		}
		if got := r.Text("card.name", commands.Data{"Nmae": "Anna"}); got != "card.name" {
			t.Errorf("a missing value made %q", got)
		}
	}
}

// TestTextNeutralisesValues: strings of any type are foreign, Markup is ours.
func TestTextNeutralisesValues(t *testing.T) {
	type title string
	tests := []struct {
		value any
		want  string
	}{
		{"[user=all]x[/user]", "［user=all]x［/user]"},
		{title("[b]"), "［b]"},
		{[]string{"[b]"}, "［［b]]"},
		{"a\n/whois 1", "a /whois 1"},
		{commands.Markup("[i]x[/i]"), "[i]x[/i]"},
		{5, "5"},
	}
	for _, tt := range tests {
		got := in(en).Text("card.position", commands.Data{"Position": tt.value})
		if got != tt.want {
			t.Errorf("%v made %q, want %q", tt.value, got, tt.want)
		}
	}
}

// TestOwnTextsOfACommand: a command outside this package may be called as one in it, whose place it takes. Its texts are its
// own then, and all others stay what they were.
func TestOwnTextsOfACommand(t *testing.T) {
	whois := commands.New("whois", func(_ context.Context, c commands.Call, _ struct{}) (commands.Reply, error) {
		return c.Say("whois.title", nil)
	}, texts(`whois.title = "Другой"`, `whois.title = "Another"`))
	set := setOf(t, whois, commands.Help())
	for _, lang := range commands.Languages() {
		got := run(t, set, commands.Request{Name: "whois", Lang: lang}).Text
		if got == in(lang).Text("whois.title", nil) || got == "whois.title" {
			t.Errorf("in %s it says %q", lang, got)
		}
	}
	if got := run(t, set, commands.Request{Name: "help", Lang: en}).Text; !strings.Contains(got, "Here is what I can do") {
		t.Errorf("/help says %q", got)
	}
}
