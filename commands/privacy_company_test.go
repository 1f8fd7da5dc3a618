package commands_test

import (
	"context"
	"fmt"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// mark is what somebody's field holds, in words that stand nowhere else. The staff of another variant has other marks.
func mark(f commands.Field, who int64, variant string) string {
	return fmt.Sprintf("%sq%s%d", variant, f, who)
}

// markedDay is a date of the person's own; no text has its number of seconds.
func markedDay(who int64, variant string) time.Time {
	return now.Add(-time.Duration(who)*time.Hour - time.Duration(len(variant))*61*time.Minute - 7*time.Second)
}

// marked is a person, with the fields of a variant of their own.
func marked(who int64, variants map[commands.Field]string) bitrix.User {
	of := func(f commands.Field) string { return mark(f, who, variants[f]) }
	presence, contacts := variants[commands.FieldPresence], variants[commands.FieldContacts]
	birthday := now.AddDate(0, 0, int(who%7)+10*len(variants[commands.FieldBirthday]))
	u := bitrix.User{
		ID: bitrix.UserID(who), Active: true, Gender: "F", Type: "user",
		Name: "Qanna " + of(commands.FieldName), FirstName: "Qanna", LastName: of(commands.FieldName),
		WorkPosition: "Qchief " + of(commands.FieldPosition),
		Avatar:       "https://example.com/" + of(commands.FieldPhoto), AvatarHR: "https://example.com/hr/" + of(commands.FieldPhoto),
		Departments:  []int64{departmentOf(who, variants)},
		Status:       of(commands.FieldPresence),
		LastActivity: bitrix.OptTime{Time: markedDay(who, presence)},
		MobileLast:   bitrix.OptTime{Time: markedDay(who, presence)},
		Phones: bitrix.Phones{
			Mobile: "+7900" + digits(who, contacts, 1), Work: "+7495" + digits(who, contacts, 2),
			Inner: digits(who, contacts, 3), Personal: "+7901" + digits(who, contacts, 4),
		},
		Email: of(commands.FieldContacts) + "@example.com", Website: "https://" + of(commands.FieldContacts) + ".example.com",
		Birthday: birthday.Format("02-01"),
	}
	if who%2 == 0 {
		u.Absent = bitrix.OptTime{Time: now.AddDate(0, 0, 40+int(who)+20*len(presence))}
	}
	return u
}

// digits are a number that stands nowhere else.
func digits(who int64, variant string, n int) string {
	return fmt.Sprintf("%d%d%05d", n, 3+len(variant), 31000+who)
}

func departmentOf(who int64, variants map[commands.Field]string) int64 {
	return 7100 + who + 50*int64(len(variants[commands.FieldDepartment]))
}

// marks are how a field of somebody shows in what is said.
func marks(f commands.Field, u bitrix.User) []string {
	who := int64(u.ID)
	switch f {
	case commands.FieldPresence:
		all := []string{mark(f, who, ""), fmt.Sprint(u.LastActivity.Unix()), u.LastActivity.Format(time.RFC3339)}
		if !u.Absent.IsZero() {
			all = append(all, u.Absent.Format("2 January"), u.Absent.Format(time.DateOnly))
		}
		return all
	case commands.FieldContacts:
		return []string{
			mark(f, who, ""), digits(who, "", 1), digits(who, "", 2), digits(who, "", 3), digits(who, "", 4),
		}
	case commands.FieldBirthday:
		day, _ := time.Parse("02-01", u.Birthday)
		return []string{`"` + u.Birthday + `"`, day.Format("2 January"), "congratulate " + u.Name}
	case commands.FieldDepartment:
		return []string{mark(f, who, ""), fmt.Sprint(departmentOf(who, nil))}
	}
	return []string{mark(f, who, "")}
}

// marksmen are the staff. The first of them heads the departments of all.
var marksmen = []int64{5, 6, 7, 8}

// company is a portal where everything is marked.
type company struct {
	people
	departments map[bitrix.DepartmentID]bitrix.Department
	staff       *commands.Staff // nil: it has not been read
}

func newCompany(variants map[commands.Field]string, read bool) company {
	c := company{people: people{}, departments: map[bitrix.DepartmentID]bitrix.Department{}}
	var all bitrix.Staff
	for _, who := range marksmen {
		u := marked(who, variants)
		name := mark(commands.FieldDepartment, who, variants[commands.FieldDepartment])
		d := bitrix.Department{ID: bitrix.DepartmentID(u.Departments[0]), Name: name, FullName: name + " / Qcompany", Head: 5}
		c.people[u.ID], c.departments[d.ID] = u, d
		all.People, all.Departments = append(all.People, u), append(all.Departments, d)
	}
	if read {
		c.staff = commands.NewStaff(now, all)
	}
	return c
}

func (c company) Department(_ context.Context, id bitrix.DepartmentID) (bitrix.Department, bool, error) {
	d, ok := c.departments[id]
	return d, ok, nil
}

func (c company) Profile(ctx context.Context, id bitrix.UserID) (bitrix.Profile, error) {
	u, err := c.User(ctx, id)
	p := bitrix.Profile{User: u}
	for _, d := range u.Departments {
		unit := c.departments[bitrix.DepartmentID(d)]
		p.Units = append(p.Units, bitrix.Unit{Department: unit, Leader: c.people[unit.Head]})
	}
	return p, err
}
