package commands

import (
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// place is where in the company the person is, and whom they report to. Of those who left there is nothing to say.
func (c card) place() []string {
	if c.state == dismissed || !c.Shows(FieldDepartment) {
		return nil
	}
	var lines []string
	for _, u := range c.units {
		id := "card.department"
		if u.Head == c.user.ID {
			id = "card.heads"
		}
		if path := pathOf(u.Department); path != "" {
			lines = append(lines, c.Text(id, Data{"Path": path}))
		}
	}
	if names := namesOf(c.managers()); len(names) > 0 {
		lines = append(lines, c.Text("card.manager", Data{"Names": Markup(strings.Join(names, ", ")), "N": len(names)}))
	}
	return lines
}

// pathOf is a department with those above it; the name alone where the portal tells no more.
func pathOf(d bitrix.Department) string {
	if path := bitrix.Plain(d.FullName); path != "" {
		return path
	}
	return bitrix.Plain(d.Name)
}

func (c card) managers() []bitrix.User { return managersOf(c.Call, c.user, c.units) }

// namesOf leaves out who has none.
func namesOf(people []bitrix.User) []string {
	var names []string
	for _, u := range people {
		if name := bitrix.Plain(u.Name); name != "" {
			names = append(names, name)
		}
	}
	return names
}
