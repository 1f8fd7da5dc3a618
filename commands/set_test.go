package commands_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

func silent(context.Context, commands.Request) (commands.Reply, error) {
	return commands.Reply{}, nil
}

func TestNewSetRefuses(t *testing.T) {
	texts := func(ru, en string) fstest.MapFS {
		return fstest.MapFS{"ru.toml": {Data: []byte(ru)}, "en.toml": {Data: []byte(en)}}
	}
	tests := []struct {
		name string
		list []commands.Command
		want []string
	}{
		{
			"the same name twice",
			[]commands.Command{{Name: "a", Title: "help.title", Run: silent}, {Name: "a", Title: "help.title", Run: silent}},
			[]string{`command "a": the name is taken`},
		},
		{"no name", []commands.Command{{Title: "help.title", Run: silent}}, []string{`command "": a name is`}},
		{"a slash", []commands.Command{{Name: "/a", Title: "help.title", Run: silent}}, []string{`command "/a": a name is`}},
		{"upper case", []commands.Command{{Name: "A", Title: "help.title", Run: silent}}, []string{`command "A": a name is`}},
		{"too long", []commands.Command{{Name: strings.Repeat("a", 33), Title: "help.title", Run: silent}}, []string{"a name is"}},
		{"nothing to run", []commands.Command{{Name: "a", Title: "help.title"}}, []string{`command "a": it has no Run`}},
		{"no title", []commands.Command{{Name: "a", Run: silent}}, []string{`command "a": title "" is missing in [en ru]`}},
		{"no hint", []commands.Command{{Name: "a", Title: "help.title", Params: "a.params", Run: silent}}, []string{`command "a": params "a.params" are missing in [en ru]`}},
		{
			"two mistakes",
			[]commands.Command{{Name: "a", Run: silent}, {Name: "B", Run: silent}},
			[]string{`command "a"`, `command "B"`},
		},
		{
			"a title in one language",
			[]commands.Command{{Name: "a", Title: "a.title", Run: silent, Texts: texts(`a.title = "А"`, `a.other_title = "A"`)}},
			[]string{`text "a.title" is missing in [en]`, `text "a.other_title" is missing in [ru]`},
		},
		{
			"a text that is taken",
			[]commands.Command{{Name: "a", Title: "a.title", Run: silent, Texts: texts(`help.title = "А"`, `help.title = "A"`)}},
			[]string{`command "a"`, "en.toml", `"help.title" is there already`},
		},
		{
			"a template that is none",
			[]commands.Command{{Name: "a", Title: "a.title", Run: silent, Texts: texts(`a.title = "{{.A"`, `a.title = "A"`)}},
			[]string{`command "a"`, "ru.toml", `"a.title"`, "unclosed action"},
		},
		{
			"a file that is none",
			[]commands.Command{{Name: "a", Title: "a.title", Run: silent, Texts: texts(`a.title`, `a.title = "A"`)}},
			[]string{`command "a"`, "ru.toml"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := commands.NewSet(tt.list...)
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q does not say %q", err, want)
				}
			}
		})
	}
}

func TestDescriptions(t *testing.T) {
	set := setOf(t, people{})
	want := []commands.Description{
		{
			Name: "whois",
			Title: map[string]string{
				"ru": "Кто это и на месте ли; без номера — о вас",
				"en": "Who it is and whether they are in; no number: about you",
			},
			Params: map[string]string{"ru": "номер или @упоминание", "en": "number or @mention"},
		},
		{Name: "help", Title: map[string]string{"ru": "Что умеет бот", "en": "What the bot can do"}},
	}
	if diff := cmp.Diff(want, set.Descriptions()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for _, d := range want {
		if !set.Has(d.Name) {
			t.Errorf("has no %s", d.Name)
		}
	}
	if set.Has("") || set.Has("Whois") || set.Has("/whois") {
		t.Error("has what was not put in")
	}
}

func TestKeyboards(t *testing.T) {
	portal := people{
		5:   {ID: 5, Active: true},
		7:   {ID: 7, Active: true},
		13:  {ID: 13},
		31:  {ID: 31, Active: true, Extranet: true},
		88:  {ID: 88, Active: true, Connector: true},
		456: {ID: 456, Active: true, Bot: true},
	}
	tests := []struct {
		name string
		r    commands.Request
		want []bitrix.Button
	}{
		{"help", commands.Request{Name: "help"}, []bitrix.Button{{Text: "/whois", Action: bitrix.ActionPut, Value: "/whois ", Line: true}}},
		{"greeting", commands.Request{}, []bitrix.Button{{Text: "/whois", Action: bitrix.ActionPut, Value: "/whois ", Line: true}}},
		{"a colleague", commands.Request{Name: "whois", Args: "5", Lang: ru}, []bitrix.Button{{Text: "Написать", Action: bitrix.ActionDialog, Value: "5", Line: true}}},
		{"a guest", commands.Request{Name: "whois", Args: "31", Lang: en}, []bitrix.Button{{Text: "Message", Action: bitrix.ActionDialog, Value: "31", Line: true}}},
		{"oneself", commands.Request{Name: "whois"}, nil},
		{"dismissed", commands.Request{Name: "whois", Args: "13"}, nil},
		{"open line", commands.Request{Name: "whois", Args: "88"}, nil},
		{"bot", commands.Request{Name: "whois", Args: "456"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.r.Asker.ID, tt.r.Now = 7, now
			reply := run(t, setOf(t, portal), tt.r)
			var got []bitrix.Button
			if reply.Keyboard != nil {
				got = reply.Keyboard.Buttons
			}
			if diff := cmp.Diff(tt.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestPortalFails: an error that is nobody's words goes on to the bot, whole.
func TestPortalFails(t *testing.T) {
	_, err := setOf(t, failing{context.DeadlineExceeded}).Run(t.Context(), commands.Request{Name: "whois", Args: "5", Now: now})
	if !errors.Is(err, context.DeadlineExceeded) || err.Error() != "look up user 5: context deadline exceeded" {
		t.Errorf("got %v", err)
	}
	if _, ok := commands.Words(err, en); ok {
		t.Error("an error of the portal has words")
	}
}

// TestReplyIsNoQuestion: whatever a command says, the portal must not take it for a command, nor for too much.
func TestReplyIsNoQuestion(t *testing.T) {
	tests := []struct{ said, want string }{
		{"/whois 1", "\u2060/whois 1"},
		{"a\n/b\n \u00a0/c[BR]/d /e", "a\n\u2060/b\n\u2060/c[BR]\u2060/d /e"},
		{strings.Repeat("ы", 10_001), strings.Repeat("ы", 10_000) + "…"},
		{"5 / 6", "5 / 6"},
	}
	for _, tt := range tests {
		set, err := commands.NewSet(commands.Command{
			Name:  "say",
			Title: "help.title",
			Run: func(context.Context, commands.Request) (commands.Reply, error) {
				return commands.Reply{Text: tt.said}, nil
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		if reply := run(t, set, commands.Request{Name: "say"}); reply.Text != tt.want {
			t.Errorf("got %q, want %q", reply.Text, tt.want)
		}
	}
}

// TestWordsOfItsOwn: a command in another program says its own texts, in a Sorry too, and they run nothing either.
func TestWordsOfItsOwn(t *testing.T) {
	set, err := commands.NewSet(commands.Command{
		Name:  "say",
		Title: "say.title",
		Texts: fstest.MapFS{
			"ru.toml": {Data: []byte("say.title = 'Говорит'\nsay.no = '/say {{.What}} нельзя'")},
			"en.toml": {Data: []byte("say.title = 'Says'\nsay.no = '/say {{.What}} is not allowed'")},
		},
		Run: func(context.Context, commands.Request) (commands.Reply, error) {
			return commands.Reply{}, commands.Sorry("say.no", commands.Data{"What": "[b]"})
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[commands.Language]string{ru: "\u2060/say ［b] нельзя", en: "\u2060/say ［b] is not allowed"} {
		if reply := run(t, set, commands.Request{Name: "say", Lang: lang}); reply.Text != want {
			t.Errorf("got %q, want %q", reply.Text, want)
		}
	}
}

// TestBirthdayIsForColleagues: no command tells it where outsiders read along.
func TestBirthdayIsForColleagues(t *testing.T) {
	set, err := commands.NewSet(birthday(people{5: {ID: 5, Name: "Анна", Birthday: "14-02"}}))
	if err != nil {
		t.Fatal(err)
	}
	for outsiders, want := range map[bool]string{false: "Анна has a birthday on 14 February.", true: "I cannot tell the birthday."} {
		r := commands.Request{Name: "birthday", Args: "5", Lang: en, Chat: commands.Chat{Outsiders: outsiders}}
		if reply := run(t, set, r); reply.Text != want {
			t.Errorf("outsiders %v: got %q, want %q", outsiders, reply.Text, want)
		}
	}
}

// TestCommandAlone: a command can be run without a set.
func TestCommandAlone(t *testing.T) {
	reply, err := commands.Help().Run(t.Context(), commands.Request{Name: "help", Lang: en})
	if diff := cmp.Diff(commands.Reply{Text: "[b]Here is what I can do[/b]"}, reply); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

// TestManyAtOnce is for the race detector: texts are made by many goroutines.
func TestManyAtOnce(t *testing.T) {
	set := setOf(t, people{5: person(t, "current")})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for _, lang := range commands.Languages() {
				if _, err := set.Run(t.Context(), commands.Request{Name: "whois", Args: "5", Lang: lang, Now: now}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}
