package commands

import (
	"sync"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands/people"
)

// Staff is everybody who works on a portal: active, no bots, no outsiders. It does not change; a newer one takes its place.
type Staff struct {
	AsOf        time.Time
	People      []bitrix.User // by number
	Departments map[bitrix.DepartmentID]bitrix.Department
	Index       *people.Index // of People
	unitNames   *people.Index // of Departments

	told sync.Map // views of it with some fields alone, by these; see only
}

// NewStaff makes the staff of a portal, as read at that moment, ready to be searched.
func NewStaff(asOf time.Time, read bitrix.Staff) *Staff {
	s := &Staff{AsOf: asOf, People: read.People, Departments: map[bitrix.DepartmentID]bitrix.Department{}}
	for _, d := range read.Departments {
		s.Departments[d.ID] = d
	}
	s.Index, s.unitNames = indexOf(s.People), unitIndex(s.Departments)
	return s
}
