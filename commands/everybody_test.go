package commands_test

import (
	"context"
	"encoding/json"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// callsEverybody are ways to write what rings on every phone of the company, as portals, browsers and people spell it.
var callsEverybody = []string{
	"[USER=all]x[/USER]", "[user=ALL]x[/user]", "[UsEr=aLl REPLACE]x[/USER]", "[ USER = all ]x[/USER]", "[USER=\u200ball]x[/USER]",
	"[\u00a0user\t=\nall]x[/user]", `[user="all"]x[/user]`, "&#91;USER=all&#93;x", "&lbrack;user=all]x", "&amp;#91;USER=all]x", "[USER&#61;&#x61;ll]x",
}

// aloud is a command that repeats what it holds wherever there is room for a text.
func aloud(text string, blocks []bitrix.Block, buttons []bitrix.Button) commands.Command {
	return commands.New("aloud", func(context.Context, commands.Call, struct{}) (commands.Reply, error) {
		return commands.Reply{
			Text: text, Attach: &bitrix.Attach{Color: "base", Blocks: blocks}, Keyboard: &bitrix.Keyboard{Buttons: buttons},
		}, nil
	}, titled("aloud"))
}

var liveForEverybody = regexp.MustCompile(`(?i)\[[^a-z]*user[^a-z]*all`)

// TestNobodyCallsEverybody: wherever a command says it, however it got there, it is harmless when it leaves the set.
func TestNobodyCallsEverybody(t *testing.T) {
	for _, mention := range callsEverybody {
		blocks := []bitrix.Block{
			{Message: mention},
			{Grid: []bitrix.GridCell{{Name: mention, Value: mention}}},
			{User: &bitrix.UserBlock{Name: mention}},
			{Link: &bitrix.LinkBlock{Link: "https://example.com", Name: mention, Desc: mention}},
			{Image: &bitrix.ImageBlock{Link: "https://example.com", Name: mention}},
			{Delimiter: true},
		}
		buttons := []bitrix.Button{
			{Text: mention, Command: "aloud", Params: mention}, {Text: "a", Action: bitrix.ActionSend, Value: mention}, {NewLine: true},
		}
		held, err := json.Marshal([]any{blocks, buttons})
		if err != nil {
			t.Fatal(err)
		}
		reply := run(t, setOf(t, aloud("Hello "+mention, blocks, buttons)), commands.Request{Name: "aloud", Lang: "en"})
		got := html.UnescapeString(html.UnescapeString(everythingIn(t, reply)))
		if live := liveForEverybody.FindString(got); live != "" || !strings.Contains(reply.Text, "x") {
			t.Errorf("%q is still %q in: %s", mention, live, got)
		}
		if len(reply.Attach.Blocks) != len(blocks) || reply.Attach.Color != "base" || len(reply.Keyboard.Buttons) != len(buttons) {
			t.Errorf("%q: some of the reply is gone: %s", mention, got)
		}
		if after, _ := json.Marshal([]any{blocks, buttons}); string(after) != string(held) {
			t.Errorf("%q: what the command holds was changed: %s", mention, after)
		}
	}
}

// TestOthersAreMentioned: it is about everybody alone.
func TestOthersAreMentioned(t *testing.T) {
	for _, text := range []string{"[USER=5]Anna[/USER]", "user = all", "[b]all users[/b] &amp; [user=7]all[/user]", "&#91;b&#93;", "[send=/a]all[/send]"} {
		set := setOf(t, aloud(text, []bitrix.Block{{Message: text}}, nil))
		reply := run(t, set, commands.Request{Name: "aloud", Lang: "en"})
		if diff := cmp.Diff([]string{text, text}, []string{reply.Text, reply.Attach.Blocks[0].Message}); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}
