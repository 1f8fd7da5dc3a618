package commands_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// heard is a command a that keeps the arguments it was given.
func heard[A any](into *A, texts ...string) commands.Command {
	files := titled("a")
	if len(texts) == 2 {
		files["ru.toml"].Data = append(files["ru.toml"].Data, "\n"+texts[0]...)
		files["en.toml"].Data = append(files["en.toml"].Data, "\n"+texts[1]...)
	}
	return commands.New("a", func(_ context.Context, _ commands.Call, a A) (commands.Reply, error) {
		*into = a
		return commands.Reply{Text: "done"}, nil
	}, files)
}

// staff is a portal where the words of a name can be told apart from other arguments.
var staff = people{
	5: {ID: 5, Active: true, Name: "Анна Смирнова", WorkPosition: "Бухгалтер"},
	6: {ID: 6, Active: true, Name: "Олег Петров"},
	7: {ID: 7, Active: true, Name: "Вера Смирнова", WorkPosition: "Юрист"},
}

func ask(args string) commands.Request {
	return commands.Request{Name: "a", Args: args, Asker: commands.Asker{ID: 7}, Lang: en, Now: now, People: staff}
}

// reading is a line and what each argument of the command makes of it, or what the asker is told instead.
type reading struct{ line, want string }

// hears checks what a command with arguments A gets of lines; show writes the arguments.
func hears[A any](t *testing.T, show func(A) string, readings []reading, texts ...string) {
	t.Helper()
	var got A
	set := setOf(t, heard(&got, texts...))
	for _, r := range readings {
		t.Run(r.line, func(t *testing.T) {
			text := run(t, set, ask(r.line)).Text
			if text == "done" {
				text = show(got)
			}
			if diff := cmp.Diff(r.want, text); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestDay(t *testing.T) {
	const accepted = "Here I expect: today, tomorrow, a weekday, 14.02 or 2026-02-14. Write it like this: [put=/a ]/a day[/put]"
	type arguments = struct{ Day commands.Day }
	hears(t, func(a arguments) string { return a.Day.String() }, []reading{
		{"today", "2026-09-21"}, // a Monday
		{"Сегодня!", "2026-09-21"},
		{"tomorrow", "2026-09-22"},
		{"вчера", "2026-09-20"},
		{"послезавтра", "2026-09-23"},
		{"monday", "2026-09-21"},
		{"пн", "2026-09-21"},
		{"sun", "2026-09-27"},
		{"среду", "2026-09-23"},
		{"21.9", "2026-09-21"},
		{"20.09", "2027-09-20"},
		{"29.02", "2028-02-29"},
		{"14.02.2026", "2026-02-14"},
		{"2026-02-14", "2026-02-14"},
		{"", "Something is missing: day. I understand: today, tomorrow, a weekday, 14.02 or 2026-02-14. Write it like this: [put=/a ]/a day[/put]"},
		{"someday", "I do not understand “someday”. " + accepted},
		{"31.02", "I do not understand “31.02”. " + accepted},
		{"29.02.2026", "I do not understand “29.02.2026”. " + accepted},
		{"1.1.0000", "I do not understand “1.1.0000”. " + accepted},
		{"[USER=5]Анна[/USER]", "I do not understand “Анна”. " + accepted},
		{"today tomorrow", "I do not know what to do with “tomorrow”. Write it like this: [put=/a ]/a day[/put]"},
	})
}

// TestDayIsWhereTheAskerIs: at 22:13 in Moscow it is tomorrow in Novosibirsk.
func TestDayIsWhereTheAskerIs(t *testing.T) {
	var got struct{ Day commands.Day }
	r := ask("today")
	r.Now, r.Zone = now.Add(5*time.Hour), load(t, "Asia/Novosibirsk")
	run(t, setOf(t, heard(&got)), r)
	if got.Day.String() != "2026-09-22" || !got.Day.Start(r.Zone).Equal(time.Date(2026, 9, 21, 20, 0, 0, 0, time.FixedZone("", 3*60*60))) {
		t.Errorf("got %v from %v", got.Day, got.Day.Start(r.Zone))
	}
}

func TestDateInWords(t *testing.T) {
	c := commands.Call{Request: commands.Request{Lang: en, Now: now}}
	for day, want := range map[commands.Day]string{
		{2026, 10, 5}: "5 October", {2027, 1, 11}: "11 January 2027", {}: "",
	} {
		if got := c.Date(day); got != want {
			t.Errorf("%v is %q, want %q", day, got, want)
		}
	}
}

func TestDuration(t *testing.T) {
	wrong := func(word string) string {
		return "I do not understand “" + word + "”. Here I expect: a number and a unit: 90m, 1h30m, 2 days. Write it like this: [put=/a ]/a duration[/put]"
	}
	type arguments = struct{ For time.Duration }
	hears(t, func(a arguments) string { return a.For.String() }, []reading{
		{"90m", "1h30m0s"},
		{"1h30m", "1h30m0s"},
		{"1 h", "1h0m0s"},
		{"2 дня.", "48h0m0s"},
		{"1ч30м", "1h30m0s"},
		{"0s", "0s"},
		{"1w", "168h0m0s"},
		{"90", wrong("90")},
		{"-5m", wrong("-5m")},
		{"полтора часа", wrong("полтора")},
		{"5 парсеков", wrong("5")},
		{"999999999w", wrong("999999999w")},
		{"9999999999s", wrong("9999999999s")},
		{"3660d", "87840h0m0s"},
		{"3660d1s", wrong("3660d1s")},
	})
}

func TestNumber(t *testing.T) {
	wrong := func(word string) string {
		return "I do not understand “" + word + "”. Here I expect: a whole number. Write it like this: [put=/a ]/a number[/put]"
	}
	type arguments = struct{ N int }
	hears(t, func(a arguments) string { return fmt.Sprint(a.N) }, []reading{
		{"5", "5"},
		{"-5.", "-5"},
		{"5.5", wrong("5.5")},
		{"five", wrong("five")},
		{"99999999999999999999", wrong("99999999999999999999")},
	})
}

func TestChoice(t *testing.T) {
	type arguments = struct {
		For string `choice:"today week" arg:"default=week"`
	}
	hears(t, func(a arguments) string { return a.For }, []reading{
		{"", "week"},
		{"-", "week"},
		{"today", "today"},
		{"Сегодня.", "today"},
		{"на этой неделе", "week"},
		{"this week", "week"},
		{"year", "I do not understand “year”. Here I expect: today, this week. Write it like this: [put=/a ]/a (today|this week)[/put]"},
	}, "a.for.today = 'сегодня'\na.for.week = 'на этой неделе, неделя'", "a.for.today = 'today'\na.for.week = 'this week'")
}

// TestText: quotes hold words together, a backslash takes their meaning; the rest of the line is as typed.
func TestText(t *testing.T) {
	type arguments = struct {
		Word string
		Rest string `arg:"rest,optional"`
	}
	hears(t, func(a arguments) string { return a.Word + "|" + a.Rest }, []reading{
		{`one two three`, `one|two three`},
		{`"one two" three`, `one two|three`},
		{`«one two», three`, `one two|three`},
		{`“one two”`, `one two|`},
		{`"one \"two\" \\" three`, `one "two" \|three`},
		{`one\ two three`, `one two|three`},
		{`C:\temp\\ x`, `C:\temp\|x`},
		{`"one two`, `"one|two`},
		{`5" nail`, `5"|nail`},
		{`"one"two" three`, `one"two|three`},
		{`"" x`, `|x`},
		{`- x`, `-|x`},
		{`one "two three"`, `one|two three`},
		{`one "two" three`, `one|"two" three`},
		{`one -`, `one|-`},
		{`[USER=5]Анна Смирнова[/USER] x`, `[USER=5]Анна Смирнова[/USER]|x`},
		{`x[USER=5]Анна[/USER]`, `x|[USER=5]Анна[/USER]`},
		{``, "Something is missing: word. I understand: a word, or several in quotes. Write it like this: [put=/a ]/a word (text)[/put]"},
	})
}

// TestPersonAmongOthers: a name is as many words as nothing else begins with.
func TestPersonAmongOthers(t *testing.T) {
	type arguments = struct {
		Who  commands.Person
		Day  commands.Day `arg:"optional"`
		N    int          `arg:"optional"`
		Boss commands.Person
	}
	show := func(a arguments) string { return fmt.Sprint(a.Who.ID, a.Day, a.N, a.Boss.ID) }
	hears(t, show, []reading{
		{"", "7 0000-00-00 0 7"},
		{"5", "5 0000-00-00 0 7"},
		{"Анна Смирнова завтра", "5 2026-09-22 0 7"},
		{"Анна Смирнова 3 [USER=6]Олег[/USER]", "5 0000-00-00 3 6"},
		{`"Анна" Олег`, "5 0000-00-00 0 6"},
		{"№ 5 завтра 3 олег", "5 2026-09-22 3 6"},
		{"завтра", "7 2026-09-22 0 7"},
		{"- - 3", "7 0000-00-00 3 7"},
		{"me - - 5", "7 0000-00-00 0 5"},
	})
}

func TestPersonOptionalAndRequired(t *testing.T) {
	type optional = struct {
		Who commands.Person `arg:"optional"`
	}
	show := func(a optional) string { return fmt.Sprint(a.Who.ID) }
	hears(t, show, []reading{{"", "0"}, {"me", "7"}, {"олег", "6"}})
	type required = struct {
		Who  commands.Person `arg:"required"`
		What string          `arg:"rest"`
	}
	hears(t, func(a required) string { return fmt.Sprint(a.Who.ID, " ", a.What) }, []reading{
		{"Анна молодец, 5 с плюсом", "5 молодец, 5 с плюсом"},
		{"5", "Something is missing: text. I understand: any text. Write it like this: [put=/a ]/a name, number or @mention text[/put]"},
		{"", "Something is missing: name, number or @mention. I understand: a name or its beginning, a number, a mention, or “me”. Write it like this: [put=/a ]/a name, number or @mention text[/put]"},
	})
}

func TestDepartmentArgument(t *testing.T) {
	type arguments = struct {
		In commands.Department `hint:"a.in"`
	}
	wrong := func(word string) string {
		return "I do not understand “" + word + "”. Here I expect: a department, by its name or number. Write it like this: [put=/a ]/a office[/put]"
	}
	hears(t, func(a arguments) string { return a.In.Name }, []reading{
		{"50", "Отдел разработки"},
		{"№ 50?", "Отдел разработки"},
		{"51", "There is no department with the number 51 on the portal. Check the number, please."},
		{"sales", wrong("sales")},
		{`"50"`, wrong("50")},
		{"[USER=50]x[/USER]", wrong("x")},
		{"0", wrong("0")},
	}, "a.in = 'офис'", "a.in = 'office'")
}

// TestDepartmentFails: the portal refuses departments to bots, which is the operator's to mend.
func TestDepartmentFails(t *testing.T) {
	r := ask("50")
	r.People = failing{bitrix.ErrDepartmentAccess}
	_, err := setOf(t, with[struct{ In commands.Department }]()).Run(t.Context(), r)
	if !errors.Is(err, bitrix.ErrDepartmentAccess) {
		t.Errorf("got %v", err)
	}
}

// TestMistakesCostNoLookUp: all words are read before anybody is asked for.
func TestMistakesCostNoLookUp(t *testing.T) {
	type arguments struct {
		Who commands.Person `arg:"required"`
		Day commands.Day
	}
	portal := &looked{}
	r := ask("Анна someday")
	r.People = portal
	run(t, setOf(t, with[arguments]()), r)
	if len(portal.ids)+portal.searched > 0 {
		t.Errorf("looked up %v, searched %d times", portal.ids, portal.searched)
	}
}

// TestNobodyToAsk: a Request without People is a mistake of the program, not the asker's.
func TestNobodyToAsk(t *testing.T) {
	for _, cmd := range []commands.Command{with[struct{ Who commands.Person }](), with[struct{ In commands.Department }]()} {
		r := ask("5")
		r.People = nil
		_, err := setOf(t, cmd).Run(t.Context(), r)
		if _, words := commands.Words(err, en); err == nil || words {
			t.Errorf("got %v", err)
		}
	}
}
