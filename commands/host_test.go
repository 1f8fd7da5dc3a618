package commands_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/commands"
)

// guest is a command of another process with a title and a text that says which one it is.
func guest(t testing.TB, name, title string) commands.Command {
	t.Helper()
	schema := schemaFrom(t, strings.NewReplacer("NAME", name, "TITLE", title).Replace(`{
		"name": "NAME", "title": {"en": "TITLE", "ru": "TITLE"},
		"texts": {"en": {"NAME.is": "NAME, TITLE"}, "ru": {"NAME.is": "NAME, TITLE"}}
	}`))
	return commands.Described(schema, func(_ context.Context, c commands.Call, _ commands.Values) (commands.Reply, error) {
		return c.Say(name+".is", nil)
	})
}

func names(set *commands.Set) string {
	var all []string
	for _, d := range set.Descriptions() {
		all = append(all, d.Name)
	}
	return strings.Join(all, " ")
}

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// TestHost: guests come and go, and whoever waits for that is told of what can be seen from outside.
func TestHost(t *testing.T) {
	set := setOf(t)
	steps := []struct {
		name    string
		guests  []commands.Command
		has     string
		changed bool
	}{
		{"nobody", nil, "whois help", false},
		{"one", []commands.Command{guest(t, "a", "A")}, "whois help a", true},
		{"the same", []commands.Command{guest(t, "a", "A")}, "whois help a", false},
		{"another title", []commands.Command{guest(t, "a", "B")}, "whois help a", true},
		{"two", []commands.Command{guest(t, "b", "B"), guest(t, "a", "B")}, "whois help b a", true},
		{"they leave", nil, "whois help", true},
	}
	for _, step := range steps {
		changed := set.Changed()
		if err := set.Host(step.guests...); err != nil {
			t.Errorf("%s: %v", step.name, err)
		}
		if got := names(set); got != step.has {
			t.Errorf("%s: got %s, want %s", step.name, got, step.has)
		}
		if closed(changed) != step.changed || closed(set.Changed()) {
			t.Errorf("%s: changed is %v, want %v", step.name, closed(changed), step.changed)
		}
		if set.Has("a") != strings.Contains(step.has, " a") {
			t.Errorf("%s: Has is wrong", step.name)
		}
	}
}

// TestGuestsAreCommands: in /help, in the schemas, in the reference, and they answer.
func TestGuestsAreCommands(t *testing.T) {
	set := setOf(t)
	if err := set.Host(guest(t, "a", "A")); err != nil {
		t.Fatal(err)
	}
	if got := run(t, set, commands.Request{Name: "a"}).Text; got != "a, A" {
		t.Errorf("it says %q", got)
	}
	if got := run(t, set, commands.Request{Name: "help", Lang: en}).Text; !strings.Contains(got, "[send=/a]/a[/send] — A") {
		t.Errorf("/help says %q", got)
	}
	if page := commands.Reference(set); !strings.Contains(page, "\n## /a\n") {
		t.Error("it is not in the reference")
	}
	if got := set.Schemas()[2].Name; got != "a" {
		t.Errorf("the last schema is of %s", got)
	}
	_, err := set.Run(t.Context(), commands.Request{Name: "a", Asker: commands.Asker{Outsider: true}})
	if _, refused := commands.Words(err, en); !refused {
		t.Error("it answers outsiders")
	}
}

// TestGuestInPlaceOfOurs: a set without a command of this package may be host to another of that name, with its own texts.
func TestGuestInPlaceOfOurs(t *testing.T) {
	set := setOf(t, commands.Help())
	if err := set.Host(guest(t, "whois", "Mine")); err != nil {
		t.Fatal(err)
	}
	if got := run(t, set, commands.Request{Name: "help", Lang: en}).Text; !strings.Contains(got, "/whois[/send] — Mine") {
		t.Errorf("/help says %q", got)
	}
}

// TestHostRefuses: a guest that cannot be taken leaves the others alone, and nothing of it stays.
func TestHostRefuses(t *testing.T) {
	live := commands.Described(schemaFrom(t, `{"name": "live", "title": {"en": "[b]", "ru": "А"}}`), told)
	speechless := commands.Described(schemaFrom(t, `{"name": "c", "title": {"en": "C", "ru": "В"}}`), nil)
	clash := commands.Described(schemaFrom(t, `{"name": "card", "title": {"en": "C", "ru": "В"}, "texts": {"en": {"card.name": "{{.Name}}!"}, "ru": {"card.name": "x"}}}`), told)
	set := setOf(t)
	err := set.Host(
		guest(t, "help", "Mine"), guest(t, "whois", "Mine"), live, clash, guest(t, "a", "A"), guest(t, "a", "another"), speechless,
		bare("half", texts("half.title = 'А'\nhalf.x = 'x'", "half.title = 'A'")), guest(t, "b", "B"),
	)
	for _, want := range []string{
		`command "help": the name is taken`, `command "live": the title in en`, `command "card": texts in the schema: "card.name" is there already`,
		`command "a": the name is taken`, `command "c": it has no function`, `command "half": text "half.x" is missing in [en]`,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v\ndoes not say %s", err, want)
		}
	}
	if got := names(set); got != "whois help a b" {
		t.Errorf("got %s", got)
	}
	for i, d := range setOf(t).Descriptions() {
		if diff := cmp.Diff(d, set.Descriptions()[i]); diff != "" {
			t.Errorf("a guest changed /%s (-want +got)\n%s", d.Name, diff)
		}
	}
	if got := run(t, set, commands.Request{Name: "a"}).Text; got != "a, A" {
		t.Errorf("the first a says %q", got)
	}
	portal := people{5: person(t, "current")}
	want := run(t, setOf(t), commands.Request{Name: "whois", Args: "5", Now: now, People: portal})
	if diff := cmp.Diff(want, run(t, set, commands.Request{Name: "whois", Args: "5", Now: now, People: portal})); diff != "" {
		t.Errorf("a refused guest speaks (-want +got)\n%s", diff)
	}
}

// TestHostWhileRequestsRun is for the race detector. A request sees the commands of one moment: its name, its texts and the
// title belong together.
func TestHostWhileRequestsRun(t *testing.T) {
	set := setOf(t, commands.Help())
	hosts := [][]commands.Command{{guest(t, "a", "A")}, {guest(t, "a", "B"), guest(t, "b", "B")}}
	if err := set.Host(hosts[0]...); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	var guests, requests sync.WaitGroup
	for _, list := range hosts {
		guests.Go(func() {
			for range 50 {
				if err := set.Host(list...); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 4 {
		requests.Go(func() {
			for !closed(done) {
				if got := run(t, set, commands.Request{Name: "a"}).Text; got != "a, A" && got != "a, B" {
					t.Errorf("it says %q", got)
				}
				page := run(t, set, commands.Request{Name: "help", Lang: en}).Text
				if strings.Contains(page, "/a[/send] — A") == strings.Contains(page, "/b[/send] — B") {
					t.Errorf("of two moments: %s", page)
				}
			}
		})
	}
	requests.Go(func() {
		for !closed(done) {
			select {
			case <-set.Changed():
			case <-done:
			}
			_, _ = set.Descriptions(), set.Schemas()
		}
	})
	guests.Wait()
	close(done)
	requests.Wait()
}
