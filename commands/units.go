package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

const (
	// mostUnits is how many departments of one person are told; hardly anybody is in three.
	mostUnits = 5
	// mostLevels is how many departments above one are looked at. No company has as many; a name may be written to look so.
	mostLevels = 20
	// levels stand between the parts of a department's full name.
	levels = " / "
)

// unitsOf are a person's departments: from what is known of the staff, or else from the portal. The portal tells none of them
// to bots and outsiders.
func unitsOf(ctx context.Context, c Call, u bitrix.User) ([]bitrix.Unit, error) {
	if c.Staff != nil {
		return c.Staff.units(u.Departments), nil
	}
	if len(u.Departments) == 0 {
		return nil, nil
	}
	p, err := c.People.Profile(ctx, u.ID)
	if err != nil {
		return nil, fmt.Errorf("look up departments of user %d: %w", u.ID, err)
	}
	return p.Units, nil
}

// units are the departments of these numbers that are known.
func (s *Staff) units(numbers []int64) []bitrix.Unit {
	var found []bitrix.Unit
	for _, number := range numbers[:min(len(numbers), mostUnits)] {
		if d, ok := s.Departments[bitrix.DepartmentID(number)]; ok {
			found = append(found, s.unit(d))
		}
	}
	return found
}

func (s *Staff) unit(d bitrix.Department) bitrix.Unit {
	leader, _ := s.person(d.Head)
	return bitrix.Unit{Department: d, Leader: leader}
}

// person is one of the staff; nobody is of one that has not been read.
func (s *Staff) person(id bitrix.UserID) (bitrix.User, bool) {
	if s == nil {
		return bitrix.User{}, false
	}
	at, ok := slices.BinarySearchFunc(s.People, id, func(u bitrix.User, id bitrix.UserID) int { return int(u.ID - id) })
	if !ok {
		return bitrix.User{}, false
	}
	return s.People[at], true
}

// above is the nearest known department that another one is in. One nobody works in is not known, and nobody heads it.
func (s *Staff) above(d bitrix.Department) (bitrix.Department, bool) {
	path := d.FullName
	for range mostLevels {
		_, rest, deeper := strings.Cut(path, levels)
		if !deeper {
			break
		}
		if found, ok := s.called(rest); ok {
			return found, true
		}
		path = rest
	}
	return bitrix.Department{}, false
}

// called finds a department by its full name; of several the one with the lowest number.
func (s *Staff) called(path string) (found bitrix.Department, ok bool) {
	for _, d := range s.Departments {
		if d.FullName == path && (!ok || d.ID < found.ID) {
			found, ok = d, true
		}
	}
	return found, ok
}

// managersOf are whom a person reports to: those who head their departments. Where that is the person, or nobody who still works
// here, it is who heads the one above, if the staff is known; without it that stays unsaid.
func managersOf(c Call, who bitrix.User, units []bitrix.Unit) []bitrix.User {
	var all []bitrix.User
	for _, u := range units {
		manager, ok := managerIn(c.Staff, who, u)
		same := func(u bitrix.User) bool { return u.ID == manager.ID }
		if ok && !slices.ContainsFunc(all, same) {
			all = append(all, manager)
		}
	}
	return all
}

func managerIn(s *Staff, who bitrix.User, u bitrix.Unit) (bitrix.User, bool) {
	for range mostLevels {
		if u.Leader.ID != 0 && u.Leader.ID != who.ID && u.Leader.Active {
			return u.Leader, true
		}
		if s == nil {
			break
		}
		d, ok := s.above(u.Department)
		if !ok {
			break
		}
		u = s.unit(d)
	}
	return bitrix.User{}, false
}
