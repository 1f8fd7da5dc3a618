package commands_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/commands"
)

var update = flag.Bool("update", false, "write docs/commands.md anew")

// TestReference: the page tells of the commands there are. With -update it is written.
func TestReference(t *testing.T) {
	page := filepath.Join("..", "docs", "commands.md")
	want := commands.Reference(defaults(t))
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("%s is stale; go test ./commands -run Reference -update (-want +got)\n%s", page, diff)
	}
}

func TestReferenceOfArguments(t *testing.T) {
	var got everything
	page := commands.Reference(setOf(t, heard(&got, moods, moods)))
	for _, want := range []string{
		"\n## /a\n",
		"- en: `/a name, number or @mention day [name, number or @mention] [department] [duration] [number] [calm|in love] [word] [text]` — a\n",
		"| who | a name or its beginning, a number, a mention, or “me” | it has to be said |\n",
		"| boss | a name or its beginning, a number, a mention, or “me” | who asks |\n",
		"| for | a number and a unit: 90m, 1h30m, 2 days | 1h |\n",
		"| mood | calm, in love | nothing |\n",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%s\ndoes not say %s", page, want)
		}
	}
}

// TestSchema is what another program learns of a command. Words that the command lacks in a language are there in English.
func TestSchema(t *testing.T) {
	type arguments = struct {
		Who     commands.Person
		DueDate commands.Day `arg:"default=tomorrow"`
		For     string       `arg:"optional" choice:"week"`
		Why     string       `arg:"optional,rest" hint:"a.why"`
	}
	var got arguments
	cmd := heard(&got, "a.for.week = 'неделя'\na.why = 'зачем'", "a.for.week = 'week'\na.why = 'why'")
	schema, err := cmd.Schema()
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.MarshalIndent(schema, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	const want = `{
	"name": "a",
	"title": {"en": "a", "de": "a", "ru": "a"},
	"arguments": [
		{"name": "who", "type": "person", "optional": true, "asker": true,
			"hint": {"en": "name, number or @mention", "de": "Name, Nummer oder @Erwähnung", "ru": "имя, номер или @упоминание"}},
		{"name": "due_date", "type": "day", "optional": true, "default": "tomorrow", "hint": {"en": "day", "de": "Tag", "ru": "день"}},
		{"name": "for", "type": "choice", "optional": true,
			"choices": [{"key": "week", "words": {"en": "week", "de": "week", "ru": "неделя"}}],
			"hint": {"en": "week", "de": "week", "ru": "неделя"}},
		{"name": "why", "type": "text", "optional": true, "rest": true, "hint": {"en": "why", "de": "why", "ru": "зачем"}}
	]
}`
	if diff := cmp.Diff(tree(t, want), tree(t, string(data))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func tree(t *testing.T, text string) (tree any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &tree); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return tree
}

func TestSchemas(t *testing.T) {
	var names []string
	for _, s := range setOf(t).Schemas() {
		names = append(names, s.Name)
	}
	if diff := cmp.Diff([]string{"whois", "help"}, names); diff != "" {
		t.Error(diff)
	}
	var types []string
	for _, a := range setOf(t, heard(new(everything), moods, moods)).Schemas()[0].Arguments {
		types = append(types, a.Type)
	}
	want := []string{"person", "day", "person", "department", "duration", "number", "choice", "word", "text"}
	if diff := cmp.Diff(want, types); diff != "" {
		t.Error(diff)
	}
	if _, err := bare("a").Schema(); err == nil || !strings.Contains(err.Error(), `title "a.title" is missing`) {
		t.Errorf("a command without a title has a schema: %v", err)
	}
}
