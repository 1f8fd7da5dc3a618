package commands_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// staffOf is everybody who works somewhere, as the bot has read them.
func staffOf(all ...bitrix.User) *commands.Staff {
	for i := range all {
		all[i].Active = true
	}
	return commands.NewStaff(now, bitrix.Staff{People: all})
}

// back is somebody on leave who is back at midnight on a day of September.
func back(id bitrix.UserID, name string, day int, departments ...int64) bitrix.User {
	first := time.Date(2026, time.September, day, 0, 0, 0, 0, now.Location())
	return bitrix.User{ID: id, Name: name, Absent: bitrix.OptTime{Time: first}, Departments: departments}
}

// office is a company of two departments, 1 and 2. It is Monday, 21 September.
func office() *commands.Staff {
	return staffOf(
		bitrix.User{ID: 7, Name: "Анна Смирнова", Departments: []int64{1}},
		back(8, "Олег Проверкин", 28, 1),
		back(9, "Вера Ким", 22, 2),
		back(10, "Пётр Долгий", 29, 2, 1),
		back(11, "Вернулась Вчера", 21, 1),
		back(12, "[b]Злой[/b]", 22, 3),
	)
}

func TestWhosOut(t *testing.T) {
	vera := "\n• [send=/whois 9]Вера Ким[/send]: back on 22 September"
	evil := "\n• [send=/whois 12]［b]Злой［/b][/send]: back on 22 September"
	oleg := "\n• [send=/whois 8]Олег Проверкин[/send]: back on 28 September"
	petr := "\n• [send=/whois 10]Пётр Долгий[/send]: back on 29 September"
	begun := "\nI cannot see leave that has not begun yet."
	for said, want := range map[string]string{
		"":               "[b]4 people are on leave today:[/b]" + evil + vera + oleg + petr,
		"everyone":       "[b]4 people are on leave today:[/b]" + evil + vera + oleg + petr,
		"сегодня":        "[b]4 people are on leave today:[/b]" + evil + vera + oleg + petr,
		"team":           "[b]2 people in your department are on leave today:[/b]" + oleg + petr,
		"My department":  "[b]2 people in your department are on leave today:[/b]" + oleg + petr,
		"week":           "[b]4 people are on leave now.[/b]\nBack within a week:" + evil + vera + oleg + "\nBack after that:" + petr + begun,
		"отдел неделя":   "[b]2 people in your department are on leave now.[/b]\nBack within a week:" + oleg + "\nBack after that:" + petr + begun,
		"team this week": "[b]2 people in your department are on leave now.[/b]\nBack within a week:" + oleg + "\nBack after that:" + petr + begun,
	} {
		t.Run(said, func(t *testing.T) {
			got := whosOut(t, said, commands.Request{Staff: office()})
			if diff := cmp.Diff(want, got.Text); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func whosOut(t *testing.T, said string, r commands.Request) commands.Reply {
	t.Helper()
	r.Name, r.Args, r.Now, r.Asker.ID = "whosout", said, now, 7
	return run(t, defaults(t), r)
}

// TestNobodyToTellOf is all there can be in place of a list.
func TestNobodyToTellOf(t *testing.T) {
	atWork := staffOf(bitrix.User{ID: 7, Departments: []int64{1}}, bitrix.User{ID: 8})
	for name, c := range map[string]struct {
		said string
		r    commands.Request
		want string
	}{
		"all are there":       {"", commands.Request{Staff: atWork}, "Nobody is on leave today."},
		"in the department":   {"team", commands.Request{Staff: atWork}, "Nobody in your department is on leave today."},
		"of no department":    {"team", commands.Request{Staff: staffOf(bitrix.User{ID: 7})}, "I do not know which department you are in. For everyone: [send=/whosout]/whosout[/send]"},
		"new in the company":  {"team", commands.Request{Staff: staffOf()}, "I do not know which department you are in. For everyone: [send=/whosout]/whosout[/send]"},
		"never to be read":    {"", commands.Request{StaffUntold: true}, "I cannot see who works on this portal, so I cannot tell. About one person I can: [put=/whois ]/whois Smith[/put]"},
		"not read yet":        {"", commands.Request{}, "I am still reading who works here. Please ask again in a minute."},
		"an outsider":         {"", commands.Request{Staff: office(), Asker: commands.Asker{Outsider: true}}, "Sorry, I answer only people of the company. Please ask whoever you work with here."},
		"outsiders read that": {"", commands.Request{Staff: atWork, Chat: commands.Chat{Outsiders: true}}, "Nobody is on leave today."},
	} {
		t.Run(name, func(t *testing.T) {
			if got := whosOut(t, c.said, c.r); got.Text != c.want {
				t.Errorf("got %q, want %q", got.Text, c.want)
			}
		})
	}
}

// TestLeaveInRussian has the plural forms.
func TestLeaveInRussian(t *testing.T) {
	for n, want := range map[int]string{
		1: "[b]Сегодня в отпуске 1 человек:[/b]", 2: "[b]Сегодня в отпуске 2 человека:[/b]", 21: "[b]Сегодня в отпуске 21 человек:[/b]",
	} {
		got := whosOut(t, "", commands.Request{Lang: ru, Staff: away(n)})
		first, rest, _ := strings.Cut(got.Text, "\n")
		if first != want || !strings.HasPrefix(rest, "• [send=/whois 101]Человек 1[/send]: вернётся 1 октября") {
			t.Errorf("of %d: %s", n, got.Text)
		}
	}
}

func away(n int) *commands.Staff {
	var all []bitrix.User
	for i := range n {
		all = append(all, back(bitrix.UserID(101+i), fmt.Sprintf("Человек %d", i+1), 31+i))
	}
	return staffOf(all...)
}

// TestLongLeaveList: a message names so many, and says how many more there are.
func TestLongLeaveList(t *testing.T) {
	got := strings.Split(whosOut(t, "", commands.Request{Staff: away(25)}).Text, "\n")
	if len(got) != 22 || got[21] != "…and 5 more." {
		t.Errorf("%d lines, the last is %q", len(got), got[len(got)-1])
	}
}

// TestWhosOutButtons lead to the other people and to the other time.
func TestWhosOutButtons(t *testing.T) {
	for said, want := range map[string][]string{
		"":          {"My department: team - today", "This week: everyone - week"},
		"team":      {"Everyone: everyone - today", "This week: team - week"},
		"team week": {"Everyone: everyone - week", "Today: team - today"},
		"tomorrow":  {"My department: team - tomorrow", "This week: everyone - week"},
	} {
		var got []string
		for _, b := range whosOut(t, said, commands.Request{Staff: office()}).Keyboard.Buttons {
			got = append(got, b.Text+": "+b.Params)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q offers %q, want %q", said, got, want)
		}
	}
}
