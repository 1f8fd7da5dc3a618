package commands_test

import (
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// branches is a company with two sales departments, one of them with a department below it.
func branches() *commands.Staff {
	return commands.NewStaff(now, bitrix.Staff{
		People: []bitrix.User{
			back(5, "Anna Smith", 24, 2), back(6, "Bert Stone", 25, 3), back(7, "Carl Young", 26, 4), back(8, "Dora White", 22, 5),
			{ID: 9, Active: true, Name: "Продан Иванов", Departments: []int64{5}},
		},
		Departments: []bitrix.Department{
			{ID: 2, Name: "Отдел продаж", FullName: "Отдел продаж / Москва"},
			{ID: 3, Name: "Отдел продаж", FullName: "Отдел продаж / Тверь"},
			{ID: 4, Name: "Розница", FullName: "Розница / Отдел продаж / Тверь"},
			{ID: 5, Name: "Design [b]", FullName: "Design [b]"},
			{ID: 7, Name: "Отдел кадров", FullName: "Отдел кадров"},
			{ID: 6, Name: "Служба поддержки клиентов", FullName: "Служба поддержки клиентов"},
		},
	})
}

// TestDepartmentsByName: whole words name a department, in any case and with or without the word for it.
func TestDepartmentsByName(t *testing.T) {
	var got struct {
		In commands.Department `arg:"optional"`
		To string              `arg:"optional,rest"`
	}
	set := setOf(t, heard(&got))
	for said, want := range map[string]int64{
		"Отдел продаж":          2,
		"отдел продаж":          2,
		"в отделе продаж":       2,
		"отделе продаж":         2,
		"продажи":               2,
		"hjpybwf":               4, // with the keyboard in the other layout
		"jnltk":                 0,
		"розница please":        4,
		"the design department": 5,
		"DESIGN":                5,
		"поддержка":             6,
		"в продажах":            2,
		"кадры":                 7,
		"по кадрам":             0,
		"кадрам":                7,
		"поддержке":             6,
		"служба поддержки":      6,
		"3":                     3,
		"отдел":                 0,
		"продан":                0, // begins somebody's name
		"desig":                 0,
		"":                      0,
	} {
		r := ask(said)
		r.Staff = branches()
		portal := newFirm()
		portal.departments[3] = bitrix.Department{ID: 3}
		r.People, got.In = portal, commands.Department{}
		run(t, set, r)
		if int64(got.In.ID) != want {
			t.Errorf("%q is department %d, want %d", said, got.In.ID, want)
		}
	}
}

// TestTeamByName tells of all departments of the name.
func TestTeamByName(t *testing.T) {
	staff := branches()
	portal := people{}
	for _, u := range staff.People {
		u.Active = true
		portal[u.ID] = u
	}
	set := setOf(t, commands.Team())
	for said, want := range map[string]string{
		"продажи": "[b]Отдел продаж[/b]: one person\n• [send=/whois 5]Anna Smith[/send] … \n\n" +
			"[b]Отдел продаж[/b]: one person\n• [send=/whois 6]Bert Stone",
		"розница":       "[b]Розница[/b]: one person\n• [send=/whois 7]Carl Young",
		"design":        "[b]Design ［b][/b]: 2 people",
		"8":             "[b]Design ［b][/b]: 2 people",
		"Продан Иванов": "[b]Design ［b][/b]: 2 people",
	} {
		r := commands.Request{Name: "team", Args: said, Asker: commands.Asker{ID: 7}, Lang: en, Now: now, People: portal, Staff: staff}
		reply := run(t, set, r)
		from := 0
		for part := range strings.SplitSeq(want, " … ") {
			at := strings.Index(reply.Text[from:], part)
			if at < 0 || from == 0 && at > 0 {
				t.Errorf("/team %s: %s", said, reply.Text)
				break
			}
			from += at + len(part)
		}
	}
}

// TestWhosOutInDepartments: with those below them, and not where departments may not be told.
func TestWhosOutInDepartments(t *testing.T) {
	for said, want := range map[string][]string{
		"продажи":      {"[b]3 people in Отдел продаж are on leave today:[/b]", "Anna Smith", "Bert Stone", "Carl Young"},
		"розница week": {"[b]One person in Розница is on leave now.[/b]", "Back within a week:", "Carl Young", "not begun yet"},
		"tomorrow": {
			"[b]3 people are on leave tomorrow:[/b]", "Anna Smith", "Bert Stone", "Carl Young", "I cannot see leave that has not begun yet.",
		},
		"design tomorrow": {"Nobody in Design ［b] is on leave tomorrow, as far as I can see."},
	} {
		lines := strings.Split(whosOut(t, said, commands.Request{Staff: branches()}).Text, "\n")
		if len(lines) != len(want) {
			t.Errorf("/whosout %s: %q", said, lines)
			continue
		}
		for i, line := range lines {
			if !strings.Contains(line, want[i]) {
				t.Errorf("/whosout %s: line %d is %q, want %q", said, i, line, want[i])
			}
		}
	}
	hidden := commands.Request{Staff: branches(), Privacy: commands.Only(commands.FieldName, commands.FieldPresence)}
	if got := whosOut(t, "продажи", hidden).Text; !strings.HasPrefix(got, "I do not understand “продажи”.") {
		t.Errorf("a department that may not be told: %s", got)
	}
}
