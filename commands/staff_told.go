package commands

import (
	"fmt"
	"sync"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands/people"
)

// only is the staff with these fields alone, also in what is searched: who is found by a phone that may not be told is told to
// have it. An index takes a while to make, so each is made once, when it is wanted first.
func (s *Staff) only(fields []Field) *Staff {
	view, _ := s.told.LoadOrStore(fmt.Sprint(fields), sync.OnceValue(func() *Staff { return s.without(fields) }))
	return view.(func() *Staff)()
}

func (s *Staff) without(fields []Field) *Staff {
	told := &Staff{AsOf: s.AsOf, People: make([]bitrix.User, len(s.People)), unitNames: unitIndex(nil)}
	for i, u := range s.People {
		told.People[i] = only(fields, u)
	}
	if (discreet{fields: fields}).shows(FieldDepartment) {
		told.Departments, told.unitNames = s.Departments, s.unitNames
	}
	told.Index = indexOf(told.People)
	return told
}

// indexOf makes people findable by all that is known of them.
func indexOf(staff []bitrix.User) *people.Index {
	all := make([]people.Person, 0, len(staff))
	for _, u := range staff {
		all = append(all, people.Person{
			ID: int64(u.ID), Name: u.Name, FirstName: u.FirstName, LastName: u.LastName, Position: u.WorkPosition, Email: u.Email,
			Phones: phonesOf(u),
		})
	}
	return people.NewIndex(all)
}

func phonesOf(u bitrix.User) []string {
	return []string{u.Phones.Mobile, u.Phones.Work, u.Phones.Inner, u.Phones.Personal}
}
