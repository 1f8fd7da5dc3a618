package commands_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// TestHelpAboutOneCommand tells how it is written and what is understood.
func TestHelpAboutOneCommand(t *testing.T) {
	const whosOut = "[b]/whosout (team|everyone) (department) (today|tomorrow|week)[/b]\n" +
		"Who is on leave and when they are back\n" +
		"• team|everyone (may be left out): team, everyone\n" +
		"• department (may be left out): a department, by its name or number\n" +
		"• today|tomorrow|week (may be left out): today, tomorrow, week"
	for said, want := range map[string]string{
		"whosout":         whosOut,
		"/WhosOut please": whosOut,
		"":                "[b]Here is what I can do[/b]\n",
		"me, please":      "[b]Here is what I can do[/b]\n",
		"/nonsense":       "[b]Here is what I can do[/b]\n",
	} {
		got := run(t, defaults(t), commands.Request{Name: "help", Args: said, Lang: en})
		if !strings.HasPrefix(got.Text, want) {
			t.Errorf("/help %s: got %q, want %q", said, got.Text, want)
		}
	}
}

// TestHelpButton: what needs something to be added is put into the input box.
func TestHelpButton(t *testing.T) {
	got := run(t, defaults(t), commands.Request{Name: "help", Args: "birthdays"})
	want := &bitrix.Keyboard{Buttons: []bitrix.Button{{Text: "/birthdays", Action: bitrix.ActionPut, Value: "/birthdays "}}}
	if diff := cmp.Diff(want, got.Keyboard); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
