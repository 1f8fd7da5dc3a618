package commands

import (
	"cmp"
	"slices"
	"strings"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands/people"
)

// departmentCalled is the likeliest of those that a few words name: "sales", "отдел продаж", "отделе продаж". Of beginnings and
// slips nothing is made: words that are no department's may be somebody's name. The word for a department itself names none.
func (c Call) departmentCalled(words string) (d bitrix.Department, ok bool) {
	if c.Staff == nil {
		return d, false
	}
	bare := c.catalogue().without("word.department", words)
	if !searchable(bare) || slices.ContainsFunc(people.Readings(bare), c.generic) {
		return d, false
	}
	found := c.Staff.unitNames.Find(bare, 1).Matches
	if len(found) == 0 || !found[0].Exact {
		return d, false
	}
	return c.Staff.Departments[bitrix.DepartmentID(found[0].ID)], true
}

// generic reports whether words say no more than "department".
func (c Call) generic(words string) bool {
	return c.catalogue().without("word.department", words) == ""
}

// without is what is left of words less the spellings of one at both ends.
func (c *catalogue) without(id, words string) string {
	list := strings.Fields(words)
	for len(list) > 0 && c.meaning([]string{id}, list[0]) == 0 {
		list = list[1:]
	}
	for len(list) > 0 && c.meaning([]string{id}, list[len(list)-1]) == 0 {
		list = list[:len(list)-1]
	}
	return strings.Join(list, " ")
}

// unitIndex makes departments findable by name, in the case they are named in and in the nominative.
func unitIndex(all map[bitrix.DepartmentID]bitrix.Department) *people.Index {
	var named []people.Person
	for id, d := range all {
		name := bitrix.Plain(d.Name)
		named = append(named, people.Person{ID: int64(id), Name: name, Position: people.Nominatives(name)})
	}
	return people.NewIndex(named)
}

// namesakes are the departments that are called the same, that one among them: branches in different towns have them.
func (s *Staff) namesakes(of bitrix.Department) []bitrix.Unit {
	var all []bitrix.Unit
	for _, d := range s.Departments {
		if fold(d.Name) == fold(of.Name) {
			all = append(all, s.unit(d))
		}
	}
	slices.SortFunc(all, func(a, b bitrix.Unit) int { return cmp.Compare(a.ID, b.ID) })
	return all[:min(len(all), mostUnits)]
}

// under are the people of departments and of those below them.
func (s *Staff) under(units []bitrix.Unit) []bitrix.User {
	within := func(number int64) bool {
		d, known := s.Departments[bitrix.DepartmentID(number)]
		return known && slices.ContainsFunc(units, func(u bitrix.Unit) bool {
			return d.ID == u.ID || u.FullName != "" && strings.HasSuffix(d.FullName, levels+u.FullName)
		})
	}
	var found []bitrix.User
	for _, u := range s.People {
		if slices.ContainsFunc(u.Departments, within) {
			found = append(found, u)
		}
	}
	return found
}
