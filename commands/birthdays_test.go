package commands_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// born is an office in which people have these birthdays, by their numbers from 1.
func born(days ...string) *commands.Staff {
	var all []bitrix.User
	for i, day := range days {
		all = append(all, bitrix.User{ID: bitrix.UserID(i + 1), Name: string(rune('A' + i)), Birthday: day})
	}
	return staffOf(all...)
}

func birthdays(t *testing.T, said string, r commands.Request) commands.Reply {
	t.Helper()
	if r.Name, r.Args = "birthdays", said; r.Now.IsZero() {
		r.Now = now
	}
	return run(t, defaults(t), r)
}

func TestBirthdays(t *testing.T) {
	staff := born("05-10", "06-10", "22-09", "21-09", "20-09", "", "31-02", "21-09")
	staff.People[2].Name = "[user=1]Злой[/user]"
	who := func(id, name string) string { return "[send=/whois " + id + "]" + name + "[/send]" }
	for said, want := range map[string]string{
		"": "[b]Birthdays in the next two weeks:[/b]" +
			"\n🎂 " + who("4", "D") + ": today!" +
			"\n🎂 " + who("8", "H") + ": today!" +
			"\n• " + who("3", "［user=1]Злой［/user]") + ": tomorrow, 22 September" +
			"\n• " + who("1", "A") + ": 5 October",
		"6.10":      "[b]Birthdays on 6 October:[/b]\n• " + who("2", "B") + ": 6 October",
		"yesterday": "[b]Birthdays on 20 September:[/b]\n• " + who("5", "E") + ": 20 September",
		"7.10":      "I know of no birthdays on 7 October.",
	} {
		t.Run(said, func(t *testing.T) {
			if diff := cmp.Diff(want, birthdays(t, said, commands.Request{Staff: staff}).Text); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestLeapDay: in a year without 29 February nobody is congratulated in advance.
func TestLeapDay(t *testing.T) {
	staff := born("29-02")
	for today, want := range map[string]string{
		"2027-02-28": "• [send=/whois 1]A[/send]: tomorrow, 29 February",
		"2027-03-01": "🎂 [send=/whois 1]A[/send]: today!",
		"2028-02-28": "• [send=/whois 1]A[/send]: tomorrow, 29 February",
		"2028-02-29": "🎂 [send=/whois 1]A[/send]: today!",
		"2028-03-01": "",
		"2027-12-31": "",
	} {
		at, err := time.Parse(time.DateOnly, today)
		if err != nil {
			t.Fatal(err)
		}
		if want != "" {
			want = "[b]Birthdays in the next two weeks:[/b]\n" + want
		} else {
			want = "I know of no birthdays in the next two weeks."
		}
		if got := birthdays(t, "", commands.Request{Staff: staff, Now: at}); got.Text != want {
			t.Errorf("on %s: got %q, want %q", today, got.Text, want)
		}
	}
}

// TestTurnOfTheYear: the next birthday may be in the next year.
func TestTurnOfTheYear(t *testing.T) {
	at := time.Date(2026, time.December, 30, 12, 0, 0, 0, time.UTC)
	got := birthdays(t, "", commands.Request{Staff: born("02-01", "31-12", "29-12"), Now: at})
	want := "[b]Birthdays in the next two weeks:[/b]\n• [send=/whois 2]B[/send]: tomorrow, 31 December\n• [send=/whois 1]A[/send]: 2 January"
	if got.Text != want {
		t.Errorf("got %q, want %q", got.Text, want)
	}
}

// TestCongratulate: a button opens the chat with those whose birthday is today, and not with oneself.
func TestCongratulate(t *testing.T) {
	r := commands.Request{Staff: born("21-09", "21-09", "22-09"), Asker: commands.Asker{ID: 1}}
	want := &bitrix.Keyboard{Buttons: []bitrix.Button{{Text: "Congratulate B", Action: bitrix.ActionDialog, Value: "2"}}}
	if diff := cmp.Diff(want, birthdays(t, "", r).Keyboard); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestBirthdaysAreForColleagues: where outsiders read along there are none, but a button to read them in private.
func TestBirthdaysAreForColleagues(t *testing.T) {
	r := commands.Request{Staff: born("21-09"), Chat: commands.Chat{Outsiders: true}}
	got := birthdays(t, "22.09", r)
	want := commands.Reply{
		Text: "People from outside the company read along here, so I do not tell that. Ask me in a private chat, please.",
		Keyboard: &bitrix.Keyboard{Buttons: []bitrix.Button{
			{Text: "Send it to me privately", Command: "birthdays", Params: "2026-09-22 privately"},
		}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got = birthdays(t, "privately", r); !got.Private || got.Keyboard == nil {
		t.Errorf("got %+v", got)
	}
}
