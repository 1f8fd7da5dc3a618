package commands_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

type mood string

// everything has an argument of each type.
type everything struct {
	Who   commands.Person `arg:"required"`
	Day   commands.Day
	Boss  commands.Person
	In    commands.Department `arg:"optional"`
	For   time.Duration       `arg:"default=1h"`
	Times int                 `arg:"optional"`
	Mood  mood                `arg:"optional" choice:"calm in_love"`
	Word  string              `arg:"optional"`
	Rest  string              `arg:"optional,rest"`
}

const moods = "a.mood.calm = 'calm'\na.mood.in_love = 'in love'"

// everybody is a portal where each id is somebody.
type everybody struct{ people }

func (everybody) User(_ context.Context, id bitrix.UserID) (bitrix.User, error) {
	return bitrix.User{ID: id, Active: true}, nil
}

func (everybody) Department(_ context.Context, id bitrix.DepartmentID) (bitrix.Department, bool, error) {
	return bitrix.Department{ID: id}, true, nil
}

func somebody(id bitrix.UserID) commands.Person {
	return commands.Person{User: bitrix.User{ID: id, Active: true}}
}

// pressed is what the command gets when a button with these arguments is pressed by person 7.
func pressed(t *testing.T, set *commands.Set, got *everything, args everything) string {
	t.Helper()
	b := commands.Call{}.Button("again", "a", args)
	*got = everything{}
	r := ask(commands.Args(b.Params))
	r.People = everybody{}
	if text := run(t, set, r).Text; text != "done" {
		t.Fatalf("%q says %s", b.Params, text)
	}
	return b.Params
}

func TestButton(t *testing.T) {
	first := everything{Who: somebody(5), Day: commands.Day{Year: 2026, Month: 2, Day: 14}, Boss: somebody(7)}
	tests := []struct {
		change func(*everything)
		params string
	}{
		{func(*everything) {}, "5 2026-02-14 7 - 0s"},
		{func(e *everything) { e.Boss = somebody(6) }, "5 2026-02-14 6 - 0s"},
		{func(e *everything) { e.For = 90 * time.Minute }, "5 2026-02-14 7 - 5400s"},
		{func(e *everything) { e.In.ID = 50 }, "5 2026-02-14 7 50 0s"},
		{func(e *everything) { e.Times = -3 }, "5 2026-02-14 7 - 0s -3"},
		{func(e *everything) { e.Mood = "in_love" }, "5 2026-02-14 7 - 0s - in_love"},
		{func(e *everything) { e.Word = "calm" }, "5 2026-02-14 7 - 0s - - calm"},
		{func(e *everything) { e.Word = "-" }, `5 2026-02-14 7 - 0s - - "-"`},
		{func(e *everything) { e.Word = `a "b" \` }, `5 2026-02-14 7 - 0s - - "a \"b\" \\"`},
		{func(e *everything) { e.Rest = "in love, 5" }, "5 2026-02-14 7 - 0s - - - in love, 5"},
		{func(e *everything) { e.Rest = `"quoted"` }, `5 2026-02-14 7 - 0s - - - "\"quoted\""`},
		{func(e *everything) { e.Word, e.Rest = "x[USER=5]", "[/USER]" }, `5 2026-02-14 7 - 0s - - "x[USER=5]" [/USER]`},
		{func(e *everything) { e.Rest = "-" }, `5 2026-02-14 7 - 0s - - - "-"`},
	}
	var got everything
	set := setOf(t, heard(&got, moods, moods))
	for _, tt := range tests {
		want := first
		tt.change(&want)
		if params := pressed(t, set, &got, want); params != tt.params {
			t.Errorf("got %q, want %q", params, tt.params)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got)\n%s", tt.params, diff)
		}
	}
}

// TestButtonLeavesOut: nobody in particular is whoever presses it.
func TestButtonLeavesOut(t *testing.T) {
	type arguments struct {
		Who commands.Person
		Day commands.Day `arg:"default=today"`
	}
	got := commands.Call{}.Button("[b]Me", "a", arguments{})
	if diff := cmp.Diff(bitrix.Button{Text: "［b]Me", Command: "a"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got := (commands.Call{}).Button("Help", "help", nil); got.Params != "" || got.Command != "help" {
		t.Errorf("got %+v", got)
	}
}

// TestButtonOfNoArguments: what no command could take is a mistake of whoever wrote it.
func TestButtonOfNoArguments(t *testing.T) {
	for _, wrong := range []any{5, struct{ F float64 }{}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%T makes a button", wrong)
				}
			}()
			commands.Call{}.Button("x", "a", wrong)
		}()
	}
}

// FuzzButton writes texts of strangers into a command line and reads it again.
func FuzzButton(f *testing.F) {
	f.Add("word", "the rest of it", 5, int64(60))
	f.Add(`"`, `\`, -1, int64(0))
	f.Add("-", "«a b» «", 0, int64(1<<40))
	f.Add("[USER=5]", "x[/USER] y", 1<<62, int64(-1))
	f.Add(`\ `, `"a"`, 1, int64(1))
	f.Add("5", "", 1, int64(3600))
	var got everything
	set := setOf(f, heard(&got, moods, moods))
	f.Fuzz(func(t *testing.T, word, rest string, times int, seconds int64) {
		want := everything{
			Who: somebody(5), Day: commands.Day{Year: 2026, Month: 2, Day: 14}, Boss: somebody(6), Times: times,
			For:  time.Duration(max(0, seconds)%1e8) * time.Second,
			Word: commands.Args(word), Rest: commands.Args(rest),
		}
		params := pressed(t, set, &got, want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got)\n%s", params, diff)
		}
	})
}

// FuzzArguments is what follows a command with an argument of each type.
func FuzzArguments(f *testing.F) {
	for _, seed := range []string{
		"", "- - -", "5 today", "Анна Смирнова завтра me 50 1h 3 calm word the rest", `"Анна" 14.02 - - - - - "a b" c`,
		"[USER=5]x[/USER] 2026-02-14 [user=all]x[/user]", "анна " + strings.Repeat("« ", 1000), strings.Repeat("[USER=5]", 1000),
		"5 29.02 № 5 № 50 1 ч 99999999999999999999 in love", `\ \\ \" "`,
	} {
		f.Add(seed)
	}
	var got everything
	set := setOf(f, heard(&got, moods, moods))
	f.Fuzz(func(t *testing.T, args string) {
		portal := &looked{}
		r := ask(args)
		r.People = portal
		harmlessButFor(t, run(t, set, r).Text, "a")
		if len(portal.ids) > 2 || portal.searched > 2 {
			t.Errorf("%d look-ups and %d searches for two people", len(portal.ids), portal.searched)
		}
	})
}

// harmlessButFor is harmless for replies that mention the command of that name.
func harmlessButFor(t *testing.T, text, name string) {
	t.Helper()
	harmless(t, strings.ReplaceAll(text, "[put=/"+name+" ]", "[put=/whois ]"))
}
