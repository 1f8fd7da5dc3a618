package commands_test

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

func silent[A any](context.Context, commands.Call, A) (commands.Reply, error) {
	return commands.Reply{}, nil
}

// texts are a catalogue of two files.
func texts(ru, en string) fstest.MapFS {
	return fstest.MapFS{"ru.toml": {Data: []byte(ru)}, "en.toml": {Data: []byte(en)}}
}

// titled is a title for a command in both languages.
func titled(name string) fstest.MapFS {
	line := name + ".title = '" + name + "'"
	return texts(line, line)
}

// bare is a command without arguments that does nothing.
func bare(name string, texts ...fs.FS) commands.Command {
	return commands.New(name, silent[struct{}], texts...)
}

// with is a command named a with these arguments.
func with[A any]() commands.Command { return commands.New("a", silent[A], titled("a")) }

func TestNewSetRefuses(t *testing.T) {
	long := strings.Repeat("a", 33)
	tests := []struct {
		name string
		list []commands.Command
		want []string
	}{
		{"the same name twice", []commands.Command{bare("help"), bare("help")}, []string{`command "help": the name is taken`}},
		{"no name", []commands.Command{bare("")}, []string{`command "": a name is`}},
		{"a slash", []commands.Command{bare("/a", titled("/a"))}, []string{`command "/a": a name is`}},
		{"upper case", []commands.Command{bare("A", titled("A"))}, []string{`command "A": a name is`}},
		{"too long", []commands.Command{bare(long, titled(long))}, []string{"a name is"}},
		{"nothing to run", []commands.Command{commands.New[struct{}]("help", nil)}, []string{`command "help": it has no function to run`}},
		{"no title", []commands.Command{bare("a")}, []string{`command "a": title "a.title" is missing in [en ru]`}},
		{
			"many mistakes",
			[]commands.Command{bare("a"), commands.New("B", silent[struct{ When float64 }])},
			[]string{
				`command "a": title "a.title"`, `command "B": a name is`, `command "B": title "B.title" is missing`,
				`command "B": field When: nothing typed makes a float64`,
			},
		},
		{
			"a title in one language",
			[]commands.Command{bare("a", texts(`a.title = "А"`, `a.other_title = "A"`))},
			[]string{`command "a": title "a.title" is missing in [en]`, `text "a.other_title" is missing in [ru]`},
		},
		{
			"a text that is taken",
			[]commands.Command{bare("a", texts(`help.title = "А"`, `help.title = "A"`))},
			[]string{`command "a"`, "en.toml", `"help.title" is there already`, `title "a.title"`},
		},
		{
			"a template that is none",
			[]commands.Command{bare("a", texts(`a.title = "{{.A"`, `a.title = "A"`))},
			[]string{`command "a"`, "ru.toml", `"a.title"`, "unclosed action"},
		},
		{
			"a file that is none",
			[]commands.Command{bare("a", texts(`a.title`, `a.title = "A"`))},
			[]string{`command "a"`, "ru.toml"},
		},
		{"no struct", []commands.Command{with[int]()}, []string{`command "a": the arguments are a int, not a struct`}},
		{"an unexported field", []commands.Command{with[struct{ who commands.Person }]()}, []string{`command "a": field who: it is not exported`}},
		{
			"an unknown tag",
			[]commands.Command{with[struct {
				Who commands.Person `arg:"optional,often"`
			}]()},
			[]string{`field Who: unknown word "often" in its tag; accepted are`},
		},
		{
			"a tag of something else",
			[]commands.Command{with[struct {
				Who commands.Person `args:"optional"`
			}]()},
			[]string{`field Who: its tag args:"optional" says nothing`},
		},
		{
			"tags that contradict",
			[]commands.Command{with[struct {
				Day commands.Day `arg:"required,default=today"`
			}]()},
			[]string{"field Day: it can only be one of"},
		},
		{
			"optional before required",
			[]commands.Command{with[struct {
				Who commands.Person
				Day commands.Day
			}]()},
			[]string{"field Day: it has to be said, but Who before it may be left out"},
		},
		{
			"two that take the rest",
			[]commands.Command{with[struct {
				What, Why string `arg:"rest"`
			}]()},
			[]string{"field Why: What before it takes the rest of the line already"},
		},
		{
			"a person as the rest",
			[]commands.Command{with[struct {
				Who commands.Person `arg:"rest"`
			}]()},
			[]string{"field Who: only a string can be the rest"},
		},
		{
			"a default that is none",
			[]commands.Command{with[struct {
				Day commands.Day `arg:"default=someday"`
				N   int          `arg:"default=many"`
				For string       `choice:"today week" arg:"default=year"`
			}]()},
			[]string{`field Day: its default "someday"`, `field N: its default "many"`, `field For: its default "year"`},
		},
		{
			"choices",
			[]commands.Command{with[struct {
				A string `choice:"today Week"`
				B string `choice:"week week"`
				C int    `choice:"one two"`
				D string `choice:"one two" arg:"rest"`
			}]()},
			[]string{"field D: a choice cannot be the rest", `field A: choice "Week" is not of`, `field B: choice "week" is there twice`, "field C: only a string can be a choice"},
		},
		{
			"texts of arguments",
			[]commands.Command{with[struct {
				For string       `choice:"today week"`
				Day commands.Day `hint:"a.day"`
			}]()},
			[]string{
				`field For: text "a.for.today" is missing in [en ru]`, `field For: text "a.for.week" is missing in [en ru]`,
				`field Day: text "a.day" is missing in [en ru]`,
			},
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

// TestSharedTexts: commands of one program may all bring its files, in a directory as go:embed leaves them.
func TestSharedTexts(t *testing.T) {
	both := []byte("a.title = 'A'\nb.title = 'B'")
	files := fstest.MapFS{"locales/ru.toml": {Data: both}, "locales/en.toml": {Data: both}}
	set := setOf(t, bare("a", files), bare("b", files))
	if got := set.Descriptions()[1].Title["ru"]; got != "B" {
		t.Errorf("the title is %q", got)
	}
}

func TestDescriptions(t *testing.T) {
	set := setOf(t)
	want := []commands.Description{
		{
			Name: "whois",
			Title: map[string]string{
				"ru": "Кто это и на месте ли; без имени — о вас",
				"en": "Who somebody is and whether they are in; no name: you",
				"de": "Wer das ist und ob die Person da ist; ohne Namen: über Sie",
			},
			Params: map[string]string{
				"ru": "[имя, номер или @упоминание]", "en": "[name, number or @mention]", "de": "[Name, Nummer oder @Erwähnung]",
			},
		},
		{
			Name:   "help",
			Title:  map[string]string{"ru": "Что умеет бот", "en": "What the bot can do", "de": "Was der Bot kann"},
			Params: map[string]string{"ru": "[команда]", "en": "[command]", "de": "[Befehl]"},
		},
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
	tests := []struct {
		name string
		r    commands.Request
		want []bitrix.Button
	}{
		{"help", commands.Request{Name: "help"}, []bitrix.Button{{Text: "/whois", Action: bitrix.ActionPut, Value: "/whois ", Line: true}}},
		{"greeting", commands.Request{}, []bitrix.Button{{Text: "/whois", Action: bitrix.ActionPut, Value: "/whois ", Line: true}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.r.Asker.ID, tt.r.Now = 7, now
			reply := run(t, setOf(t), tt.r)
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
	_, err := setOf(t).Run(t.Context(), commands.Request{
		Name: "whois", Args: "5", Now: now, People: failing{context.DeadlineExceeded},
	})
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
		set := setOf(t, commands.New("say", func(context.Context, commands.Call, struct{}) (commands.Reply, error) {
			return commands.Reply{Text: tt.said}, nil
		}, titled("say")))
		if reply := run(t, set, commands.Request{Name: "say"}); reply.Text != tt.want {
			t.Errorf("got %q, want %q", reply.Text, tt.want)
		}
	}
}

// TestWordsOfItsOwn: a command in another program says its own texts, in a Sorry too, and they run nothing either.
func TestWordsOfItsOwn(t *testing.T) {
	set := setOf(t, commands.New("say", func(_ context.Context, c commands.Call, _ struct{}) (commands.Reply, error) {
		return c.Sorry("say.no", commands.Data{"What": "[b]"})
	}, texts(
		"say.title = 'Говорит'\nsay.no = '/say {{.What}} нельзя'",
		"say.title = 'Says'\nsay.no = '/say {{.What}} is not allowed'",
	)))
	for lang, want := range map[commands.Language]string{ru: "\u2060/say ［b] нельзя", en: "\u2060/say ［b] is not allowed"} {
		if reply := run(t, set, commands.Request{Name: "say", Lang: lang}); reply.Text != want {
			t.Errorf("got %q, want %q", reply.Text, want)
		}
	}
}

// TestManyAtOnce is for the race detector: texts are made by many goroutines.
func TestManyAtOnce(t *testing.T) {
	set, portal := setOf(t), people{5: person(t, "current")}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for _, lang := range commands.Languages() {
				if _, err := set.Run(t.Context(), commands.Request{Name: "whois", Args: "5", Lang: lang, Now: now, People: portal}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}
