package commands_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// valuesOf is what another process is sent for a line.
func valuesOf(t *testing.T, cmd commands.Command, r commands.Request) (got commands.Values) {
	t.Helper()
	set := setOf(t, commands.Described(schemaOf(t, cmd), func(_ context.Context, _ commands.Call, v commands.Values) (commands.Reply, error) {
		got = v
		return commands.Reply{Text: "done"}, nil
	}))
	if text := run(t, set, r).Text; text != "done" {
		t.Fatal(text)
	}
	return got
}

// TestValues is how each type is written for other processes.
func TestValues(t *testing.T) {
	cmd := heard(new(everything), moods, moods)
	got := valuesOf(t, cmd, ask(`5 14.02 - 50 1h30m -3 in love "a b" «c» d`))
	data, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{
		"who": {"id": 5, "active": true, "name": "Анна Смирнова", "position": "Бухгалтер"},
		"day": "2027-02-14",
		"boss": {"id": 7, "active": true, "name": "Вера Смирнова", "position": "Юрист"},
		"in": {"id": 50, "name": "Отдел разработки", "head": 6},
		"for": 5400, "times": -3, "mood": "in_love", "word": "a b", "rest": "«c» d"
	}`
	if diff := cmp.Diff(tree(t, want), tree(t, string(data))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got := valuesOf(t, cmd, ask("5 today")); len(got) != 4 || string(got["for"]) != "3600" {
		t.Errorf("what was left out is there: %s", got)
	}
}

// TestPersonValue: all that commands ask of a person gets there, save where it may not be told.
func TestPersonValue(t *testing.T) {
	for _, fixture := range []string{"current", "hostile-text"} {
		u := person(t, fixture)
		data, err := json.Marshal(commands.NewPersonValue(u))
		if err != nil {
			t.Fatal(err)
		}
		var value commands.PersonValue
		if err := json.Unmarshal(data, &value); err != nil {
			t.Fatal(err)
		}
		r := commands.Request{Name: "whois", Args: "5", Now: now, People: people{5: u}}
		want := run(t, setOf(t), r)
		r.People = people{5: value.User()}
		if diff := cmp.Diff(want, run(t, setOf(t), r)); diff != "" {
			t.Errorf("%s: the card differs (-want +got)\n%s", fixture, diff)
		}
	}
}

func TestPersonValueWhereOutsidersRead(t *testing.T) {
	u := bitrix.User{
		ID: 5, Active: true, Name: "Anna", Birthday: "14-02", Email: "secret", Website: "secret",
		Phones: bitrix.Phones{Mobile: "secret", Work: "secret", Inner: "secret", Personal: "secret"},
	}
	r := ask("5")
	r.People = people{5: u}
	r.Chat.Outsiders = true
	got := valuesOf(t, with[struct{ Who commands.Person }](), r)
	if diff := cmp.Diff(`{"id":5,"active":true,"name":"Anna"}`, string(got["who"])); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestRunWithLeftOut: what another process left out is what it would be if nobody had said it.
func TestRunWithLeftOut(t *testing.T) {
	var got everything
	set := setOf(t, heard(&got, moods, moods))
	_, err := set.RunWith(t.Context(), ask("not looked at"), commands.Values{
		"who": json.RawMessage(`{"id": 5, "nobody": "knows"}`), "day": json.RawMessage(`"2026-02-14"`),
		"word": json.RawMessage(`null`), "what": json.RawMessage(`{}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	want := everything{
		Who: commands.Person{User: bitrix.User{ID: 5}}, Day: commands.Day{Year: 2026, Month: 2, Day: 14},
		Boss: commands.Person{User: staff[7]}, For: time.Hour,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestRunWithRefuses: values come from another process, so they are read as if from a stranger.
func TestRunWithRefuses(t *testing.T) {
	set := setOf(t, heard(new(everything), moods, moods))
	tests := []struct{ argument, value, want string }{
		{"who", ``, "argument who: it is missing"},
		{"who", `null`, "argument who: it is missing"},
		{"who", `5`, "argument who: json"},
		{"who", `{}`, "argument who: nobody has the number 0"},
		{"who", `{"id": 9007199254740993}`, "nobody has the number"},
		{"day", `"14.02"`, "argument day: \"14.02\" is no day"},
		{"day", `"2026-02-30"`, "is no day"},
		{"day", `"0000-01-01"`, "is no day"},
		{"in", `{"id": -1}`, "argument in: no department has the number -1"},
		{"in", `[]`, "argument in: json"},
		{"for", `-1`, "argument for: -1 seconds are out of bounds"},
		{"for", `9223372036854775807`, "out of bounds"},
		{"for", `1.5`, "argument for: json"},
		{"times", `1e99`, "argument times: json"},
		{"mood", `"angry"`, `argument mood: "angry" is none of its choices`},
		{"mood", `5`, "argument mood: json"},
		{"word", `{}`, "argument word: json"},
		{"rest", `"` + strings.Repeat("ы", 20_001) + `"`, "argument rest: it is longer than a message"},
	}
	for _, tt := range tests {
		values := commands.Values{"who": json.RawMessage(`{"id": 5}`), "day": json.RawMessage(`"2026-02-14"`)}
		values[tt.argument] = json.RawMessage(tt.value)
		_, err := set.RunWith(t.Context(), ask(""), values)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s %.40s: %v does not say %s", tt.argument, tt.value, err, tt.want)
		}
	}
	if _, err := set.RunWith(t.Context(), commands.Request{Name: "b"}, nil); err == nil || !strings.Contains(err.Error(), `no command "b"`) {
		t.Errorf("a command that is not there: %v", err)
	}
	_, err := set.RunWith(t.Context(), commands.Request{Name: "a", Asker: commands.Asker{Outsider: true}}, nil)
	if _, refused := commands.Words(err, en); !refused {
		t.Errorf("an outsider: %v", err)
	}
}
