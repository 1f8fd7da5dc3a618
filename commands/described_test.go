package commands_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/commands"
)

// sent is a schema as another process gets it.
func sent(t testing.TB, schema commands.Schema) (got commands.Schema) {
	t.Helper()
	data, err := json.Marshal(schema)
	if err == nil {
		err = json.Unmarshal(data, &got)
	}
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func schemaOf(t testing.TB, cmd commands.Command) commands.Schema {
	t.Helper()
	schema, err := cmd.Schema()
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// elsewhere makes of a command one that runs in a set of its own, as if that were another process.
func elsewhere(t testing.TB, cmd commands.Command) commands.Command {
	t.Helper()
	there := setOf(t, cmd)
	return commands.Described(sent(t, schemaOf(t, cmd)), func(ctx context.Context, c commands.Call, v commands.Values) (commands.Reply, error) {
		return there.RunWith(ctx, c.Request, v)
	})
}

// TestDescribedIsTheSame: nothing is lost on the way through a schema and back.
func TestDescribedIsTheSame(t *testing.T) {
	list := append(setOf(t).Schemas(),
		schemaOf(t, heard(new(everything), moods, moods)),
		schemaOf(t, heard(new(struct {
			Boss commands.Person `arg:"required" hint:"a.boss"`
			Где  string          `arg:"default=here" choice:"here there"`
			Who  commands.Person `arg:"default=5"`
			Sub  commands.Person `arg:"optional"`
			Me   commands.Person
		}), "a.boss = 'начальник'\na.\"где\".here = 'тут, здесь'\na.\"где\".there = 'там'", "a.boss = 'boss'\na.\"где\".here = 'here'\na.\"где\".there = 'over there, there'")),
	)
	for _, want := range list {
		got := schemaOf(t, commands.Described(sent(t, want), told))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", want.Name, diff)
		}
	}
}

// told is what a described command does that does nothing.
func told(context.Context, commands.Call, commands.Values) (commands.Reply, error) {
	return commands.Reply{Text: "done"}, nil
}

// TestDescribedReadsTheSame: a line means the same here and elsewhere, value by value, and so do mistakes in it.
func TestDescribedReadsTheSame(t *testing.T) {
	lines := []string{
		"", "5 today", "Анна Смирнова завтра me 50 1h 3 calm word the rest", `6 14.02 - - 2 дня - влюблён "a b" «c» d`,
		"5 2026-02-14 7 - 0s -3 in love", "5 someday", "смирнова today", "51 today", "5 today 5 51", "- today", `5 today - - - - - "-" \`,
		"5 today - - - 9223372036854775807 - [USER=5]x[/USER] [USER=6]y[/USER]",
	}
	const ru, en = "a.mood.calm = 'спокоен'\na.mood.in_love = 'влюблён'", moods
	var here, there everything
	near, far := setOf(t, heard(&here, ru, en)), setOf(t, elsewhere(t, heard(&there, ru, en)))
	for _, line := range lines {
		here, there = everything{}, everything{}
		want, got := run(t, near, ask(line)), run(t, far, ask(line))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q is answered (-here +there)\n%s", line, diff)
		}
		if diff := cmp.Diff(here, there); diff != "" {
			t.Errorf("%q means (-here +there)\n%s", line, diff)
		}
	}
}

// birthday is the schema that programs in other languages write: no more than there has to be.
const birthday = `{
	"name": "birthday",
	"title": {"en": "Whose birthday is when", "ru": "Когда у кого день рождения", "tlh": "qoSlIj"},
	"arguments": [
		{"name": "who", "type": "person", "optional": true, "asker": true},
		{"name": "in", "type": "choice", "default": "week", "choices": [
			{"key": "week", "words": {"en": "this week, week", "ru": "неделя"}},
			{"key": "month", "words": {"en": "month", "ru": "месяц"}}
		]},
		{"name": "why", "type": "text", "optional": true, "hint": {"en": "reason", "ru": "зачем"}}
	],
	"texts": {
		"en": {"birthday.answer": {"one": "[b]{{.Name}}[/b]: in a day", "other": "[b]{{.Name}}[/b]: in {{ .N }} days"}, "birthday": {"none": "No idea"}},
		"ru": {"birthday.answer": {"one": "[b]{{.Name}}[/b]: через {{.N}} день", "few": "[b]{{.Name}}[/b]: через {{.N}} дня", "many": "[b]{{.Name}}[/b]: через {{.N}} дней", "other": "[b]{{.Name}}[/b]: через {{.N}} дня"}, "birthday.none": "Не знаю"},
		"tlh": {"anything": 5}
	}
}`

func schemaFrom(t testing.TB, text string) (schema commands.Schema) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &schema); err != nil {
		t.Fatal(err)
	}
	return schema
}

// TestDescribedSays: texts of the schema are spoken in the reader's language, with values as JSON has them.
func TestDescribedSays(t *testing.T) {
	var data commands.Data
	id := "birthday.answer"
	set := setOf(t, commands.Help(), commands.Described(schemaFrom(t, birthday),
		func(_ context.Context, c commands.Call, v commands.Values) (commands.Reply, error) {
			if want := `"week"`; string(v["in"]) != want || v["why"] != nil {
				t.Errorf("got the values %s", v)
			}
			return c.Say(id, data)
		}))
	tests := []struct {
		id, data string
		lang     commands.Language
		want     string
	}{
		{"birthday.answer", `{"Name": "[i]", "N": 1}`, en, "[b]［i][/b]: in a day"},
		{"birthday.answer", `{"Name": "Anna", "N": 21}`, ru, "[b]Anna[/b]: через 21 день"},
		{"birthday.answer", `{"Name": "Anna", "N": 3}`, ru, "[b]Anna[/b]: через 3 дня"},
		{"birthday.answer", `{"Name": "Anna", "N": 1e3}`, ru, "[b]Anna[/b]: через 1000 дней"},
		{"birthday.answer", `{"Name": true, "N": 1.5}`, ru, "[b]true[/b]: через 1.5 дня"},
		{"birthday.answer", `{"Name": 0, "N": "many"}`, en, "[b]0[/b]: in many days"},
		{"birthday.answer", `{"Name": "Anna", "N": -1e300}`, en, "[b]Anna[/b]: in -1" + strings.Repeat("0", 300) + " days"},
		{"birthday.none", `{}`, ru, "Не знаю"},
		// What cannot be said shows its id.
		{"birthday.answer", `{"N": 2}`, en, "birthday.answer"},
		{"birthday.answer", `{"N": 2, "Name": null}`, en, "birthday.answer"},
		{"birthday.answer", `{"N": 2, "Name": ["Anna"]}`, en, "birthday.answer"},
		{"birthday.answer", `{"N": 2, "Name": {"First": "Anna"}}`, en, "birthday.answer"},
		{"birthday.title", `{}`, "tlh", "Whose birthday is when"},
	}
	for _, tt := range tests {
		id, data = tt.id, nil
		if err := json.Unmarshal([]byte(tt.data), &data); err != nil {
			t.Fatal(err)
		}
		r := ask("5")
		r.Name, r.Lang = "birthday", tt.lang
		if got := run(t, set, r).Text; got != tt.want {
			t.Errorf("%s of %s in %s: got %q, want %q", tt.id, tt.data, tt.lang, got, tt.want)
		}
	}
}

// TestDescribedLater: what a command says later, and a Sorry, are in its words as well.
func TestDescribedLater(t *testing.T) {
	set := setOf(t, commands.Described(schemaFrom(t, birthday),
		func(_ context.Context, c commands.Call, _ commands.Values) (commands.Reply, error) {
			return c.Later("birthday.none", nil, func(context.Context) (commands.Reply, error) { return c.Sorry("birthday.none", nil) })
		}))
	r := ask("5")
	r.Name, r.Lang = "birthday", ru
	_, err := run(t, set, r).Then(t.Context())
	if words, ok := commands.Words(err, ru); !ok || words.Text != "Не знаю" {
		t.Errorf("got %v: %q", err, words.Text)
	}
}

// TestDescribedRefuses: nothing of a schema is taken on trust.
func TestDescribedRefuses(t *testing.T) {
	const title = `"title": {"en": "A", "ru": "А"}`
	argument := func(fields string) string {
		return `{"name": "a", ` + title + `, "arguments": [{"name": "x", ` + fields + `}]}`
	}
	said := func(english string) string {
		return `{"name": "a", ` + title + `, "texts": {"en": ` + english + `, "ru": {"a.x": "х"}}}`
	}
	const cannot = "it is not a line of at most 200 plain characters"
	tests := []struct{ name, schema, want string }{
		{"nothing", `{}`, `command "": a name is`},
		{"a name", `{"name": "A/` + strings.Repeat("b", 100) + `", ` + title + `}`, `b…": a name is`},
		{"no title", `{"name": "a", "title": {"en": "A"}}`, `command "a": title "a.title" is missing in [ru]`},
		{"a blank title", `{"name": "a", "title": {"en": " ", "ru": "А"}}`, "the title in en: " + cannot},
		{"a live title", `{"name": "a", "title": {"en": "A", "ru": "[user=all]А[/user]"}}`, "the title in ru: " + cannot},
		{"a title of two lines", `{"name": "a", "title": {"en": "A\n/whois 1", "ru": "А"}}`, "the title in en: " + cannot},
		{"a title that turns round", `{"name": "a", "title": {"en": "A\u202e", "ru": "А"}}`, "the title in en: " + cannot},
		{"a title that is a template", `{"name": "a", "title": {"en": "{{call .X}}", "ru": "А"}}`, "the title in en: " + cannot},
		{"a long title", `{"name": "a", "title": {"en": "` + strings.Repeat("a", 201) + `", "ru": "А"}}`, "the title in en: " + cannot},
		{"a type", argument(`"type": "float"`), `argument "x": there is no type "float"`},
		{"a name of an argument", `{"name": "a", ` + title + `, "arguments": [{"name": "x.y", "type": "word"}]}`, `argument "x.y": its name is not a letter`},
		{"arguments of one name", `{"name": "a", ` + title + `, "arguments": [{"name": "x", "type": "word"}, {"name": "x", "type": "day"}]}`, "x before it is called x as well"},
		{"too many arguments", `{"name": "a", ` + title + `, "arguments": [` + strings.Repeat(`{},`, 20) + `{}]}`, "there are 21 arguments; at most 20"},
		{"optional before required", `{"name": "a", ` + title + `, "arguments": [{"name": "x", "type": "word", "optional": true}, {"name": "y", "type": "day"}]}`, "y\": it has to be said, but x before it"},
		{"a day as the rest", argument(`"type": "day", "rest": true`), "only a string can be the rest"},
		{"a day who asks", argument(`"type": "day", "asker": true`), "only a person can be who asks"},
		{"who asks and a default", argument(`"type": "person", "asker": true, "default": "5"`), "either who asks or the default"},
		{"a default that is none", argument(`"type": "day", "default": "someday"`), `its default "someday" is not understood`},
		{"a default that is live", argument(`"type": "word", "default": "[b]x[/b]"`), "its default is not a plain line"},
		{"a name as a default", argument(`"type": "person", "default": "anna"`), `its default "anna" is not understood`},
		{"no choice", argument(`"type": "choice"`), "nothing to choose from"},
		{"a choice of words", argument(`"type": "word", "choices": [{"key": "k"}]`), "only a string can be a choice"},
		{"a choice without words", argument(`"type": "choice", "choices": [{"key": "k", "words": {"en": "k"}}]`), `text "a.x.k" is missing in [ru]`},
		{"a choice twice", argument(`"type": "choice", "choices": [{"key": "k"}, {"key": "k"}]`), `choice "k" is there twice`},
		{"a key", argument(`"type": "choice", "choices": [{"key": "K"}]`), `choice "K" is not of`},
		{"a long key", argument(`"type": "choice", "choices": [{"key": "` + strings.Repeat("k", 65) + `"}]`), "a key has more than 64"},
		{"too many choices", argument(`"type": "choice", "choices": [` + strings.Repeat(`{},`, 50) + `{}]`), "there are 51 choices; at most 50"},
		{"a gap in words", argument(`"type": "choice", "choices": [{"key": "k", "words": {"en": "k, ,", "ru": "k"}}]`), `in the words of "k" is nothing`},
		{"live words", argument(`"type": "choice", "choices": [{"key": "k", "words": {"en": "[b]k", "ru": "k"}}]`), "the words of k in en: " + cannot},
		{"a default by its words", argument(`"type": "choice", "default": "kay", "choices": [{"key": "k", "words": {"en": "kay", "ru": "kay"}}]`), `its default "kay" is not understood`},
		{"a default by its id", argument(`"type": "choice", "default": "a.x.k", "choices": [{"key": "k", "words": {"en": "kay", "ru": "kay"}}]`), `its default "a.x.k" is not understood`},
		{"a live hint", argument(`"type": "word", "hint": {"en": "[put=/whois 1]x[/put]", "ru": "х"}`), "the hint of x in en: " + cannot},
		{"half a hint", argument(`"type": "word", "hint": {"en": "x"}`), `field x: text "a.x hint" is missing in [ru]`},
		{"texts of others", said(`{"card.name": "Anna"}`), `"card.name": an id is "a."`},
		{"the text of another title", said(`{"ab.title": "Anna"}`), `"ab.title": an id is "a."`},
		{"an id inside", said(`{"a.x": {"id": "card.name", "other": "x"}}`), `"card.name": an id is`},
		{"an id that is none", said(`{"a.x hint": "x"}`), `"a.x hint": an id is`},
		{"another title", said(`{"a.x": "x", "a.title": "B"}`), `"a.title" is there already`},
		{"a text twice", said(`{"a.x": "x", "a": {"x": "y"}}`), `"a.x" is there already`},
		{"a text in one language", said(`{"a.x": "x", "a.y": "y"}`), `text "a.y" is missing in [ru]`},
		{"a template that runs", said(`{"a.x": "{{printf \"%1000000d\" 1}}"}`), `"a.x": between {{ and }} only .Word can be`},
		{"a template in a form", said(`{"a.x": {"other": "x", "one": "{{range .X}}{{end}}"}}`), "only .Word can be"},
		{"a template of parts", said(`{"a.x": "{{{{.X}}.X}}"}`), "only .Word can be"},
		{"a template with other marks", said(`{"a.x": {"leftdelim": "<", "rightdelim": ">", "other": "<call .X>"}}`), "values are in {{ and }}"},
		{"a field of a field", said(`{"a.x": "{{.X.Y}}"}`), "only .Word can be"},
		{"a form", said(`{"a.x": {"one": "x"}}`), "the form other is missing"},
		{"a control character", said(`{"a.x": "\u0000"}`), "it holds a control character"},
		{"no file", said(`5`), "texts in en: unsupported file format"},
		{"deep texts", said(strings.Repeat(`{"a":`, 9) + `"x"` + strings.Repeat(`}`, 9)), "tables are more than 8 deep"},
		{"deep texts behind brackets", said(`{"]]]]]]]]]]": ` + strings.Repeat(`{"a":`, 9) + `"x"` + strings.Repeat(`}`, 10)), "tables are more than 8 deep"},
		{"long texts", said(`{"a.x": "` + strings.Repeat("x", 32<<10) + `"}`), "bytes; at most 32768"},
		{"many texts", said(`{"a": {` + many(`"x%d": "x",`, 200) + `"y": "y"}}`), "there are 201; at most 200"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := commands.NewSet(commands.Described(schemaFrom(t, tt.schema), told))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v\ndoes not say %s", err, tt.want)
			}
		})
	}
}

// many is a text for each of the first n numbers.
func many(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}
