package commands_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// FuzzSchema is what another process says a command is, and what people then say to it.
func FuzzSchema(f *testing.F) {
	everything, err := json.Marshal(schemaOf(f, heard(new(everything), moods, moods)))
	if err != nil {
		f.Fatal(err)
	}
	for _, schema := range []string{
		birthday, string(everything), `{}`, `{"name": "a", "title": {"en": "{{.A", "ru": "[b]"}}`,
		`{"name": "a", "title": {"en": "A", "ru": "A"}, "arguments": [{"name": "a", "type": "choice", "default": "a.a.k", "choices": [{"key": "k", "words": {"en": "a,,", "ru": ","}}]}]}`,
		`{"name": "a", "title": {"en": "A", "ru": "A"}, "arguments": [{"name": "a", "type": "day", "default": "29.02"}, {"name": "title", "type": "person", "default": "me"}]}`,
		`{"name": "a", "title": {"en": "A", "ru": "A"}, "texts": {"en": [{"id": "a.x", "translation": {"one": "x"}}], "ru": {"a": {"x": null}}}}`,
		`{"name": "word", "title": {"en": "A", "ru": "A"}, "texts": {"en": {"word.me": "all"}, "ru": {"word.me": "все"}}}`,
		`{"name": "a", "title": {"en": "A", "ru": "A"}, "texts": {"en": {"a.x": {"few": "{{.X}}", "other": "{{ .N }}"}}, "ru": ` + strings.Repeat(`{"a":`, 2000) + `}}`,
	} {
		for _, line := range []string{"", "5", "me завтра 50 1h 3 k", "- - неделя a.a.k a ,"} {
			f.Add([]byte(schema), line)
		}
	}
	own := setOf(f)
	want := run(f, own, commands.Request{Name: "whois", Args: "me", Asker: commands.Asker{ID: 7}, Now: now, People: staff}).Text
	f.Fuzz(func(t *testing.T, data []byte, line string) {
		var schema commands.Schema
		if json.Unmarshal(data, &schema) != nil {
			return
		}
		guest := commands.Described(schema, said(schema))
		if own.Host(guest) == nil {
			checkGuest(t, own, schema, line)
		} else if got := names(own); got != "whois help" {
			t.Errorf("a refused guest is in %s", got)
		}
		r := commands.Request{Name: "whois", Args: "me", Asker: commands.Asker{ID: 7}, Now: now, People: staff}
		if got := run(t, own, r).Text; got != want {
			t.Errorf("a guest speaks for the house: %s", got)
		}
		if set, err := commands.NewSet(guest); err == nil {
			again := schemaOf(t, commands.Described(set.Schemas()[0], told))
			if diff := cmp.Diff(set.Schemas()[0], again); diff != "" {
				t.Errorf("it is another the second time\n%s", diff)
			}
		}
	})
}

// said is a command that says each of its texts.
func said(schema commands.Schema) func(context.Context, commands.Call, commands.Values) (commands.Reply, error) {
	return func(_ context.Context, c commands.Call, v commands.Values) (commands.Reply, error) {
		for name, value := range v {
			if !json.Valid(value) {
				return commands.Reply{Text: "no JSON: " + name}, nil
			}
		}
		var text strings.Builder
		text.WriteString(c.Text(schema.Name+".title", nil))
		for _, id := range []string{".x", ".answer", "..", ".a.k"} {
			text.WriteString(c.Text(schema.Name+id, commands.Data{"N": 1.5, "X": "[user=all]", "Name": []any{}}))
		}
		return commands.Reply{Text: text.String()}, nil
	}
}

// checkGuest looks at a guest that was taken: no title or hint of it is live, and it answers whatever is said.
func checkGuest(t *testing.T, set *commands.Set, schema commands.Schema, line string) {
	t.Helper()
	d := set.Descriptions()[2]
	for lang, title := range d.Title {
		if all := title + d.Params[lang]; title == "" || bitrix.Plain(title) != title || strings.Contains(strings.ReplaceAll(all, " [", ""), "\n") {
			t.Errorf("in %s it is %q, %q", lang, title, d.Params[lang])
		}
	}
	for _, lang := range commands.Languages() {
		r := ask(commands.Args(line))
		r.Name, r.Lang, r.People = schema.Name, lang, &looked{}
		if text := run(t, set, r).Text; text == "" || strings.HasPrefix(text, "no JSON") {
			t.Errorf("%q is answered with %q", line, text)
		}
	}
}
