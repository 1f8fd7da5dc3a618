package commands_test

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// firm is a portal with departments. It counts what it is asked for.
type firm struct {
	people
	departments map[bitrix.DepartmentID]bitrix.Department

	mu    sync.Mutex
	asked map[string]int
}

// newFirm has a development of Dmitry's with a laboratory of Vera's in it, where Anna, number 7, works too, and an office that
// nobody heads.
func newFirm() *firm {
	f := &firm{asked: map[string]int{}, departments: map[bitrix.DepartmentID]bitrix.Department{
		1:  {ID: 1, Name: "Firm", FullName: "Firm", Head: 2},
		50: {ID: 50, Name: "Development", FullName: "Development / Firm", Head: 6},
		51: {ID: 51, Name: "Laboratory", FullName: "Laboratory / Development / Firm", Head: 8},
		60: {ID: 60, Name: "Office", FullName: "Office / Firm"},
	}, people: people{
		2: {ID: 2, Name: "Victor", Departments: []int64{1}, LastActivity: before(time.Hour)},
		5: {
			ID: 5, Name: "Eugene", Phones: bitrix.Phones{Mobile: "+7 (999) 000-00-05", Work: "7495000005"},
			Departments: []int64{50}, LastActivity: before(0),
		},
		6:   {ID: 6, Name: "Dmitry", WorkPosition: "Chief", Departments: []int64{50}, LastActivity: before(0)},
		7:   {ID: 7, Name: "Anna", Departments: []int64{50, 51}, LastActivity: before(0)},
		8:   {ID: 8, Name: "Vera", Departments: []int64{51}, Absent: day(2026, 10, 5)},
		9:   {ID: 9, Name: "Boris", Departments: []int64{60}, LastActivity: before(time.Hour)},
		31:  {ID: 31, Name: "Guest", Extranet: true},
		88:  {ID: 88, Name: "Customer", Connector: true},
		456: {ID: 456, Name: "Robot", Bot: true},
	}}
	for id, u := range f.people {
		u.Active = true
		f.people[id] = u
	}
	f.people[13] = bitrix.User{ID: 13, Name: "Gone", Departments: []int64{50}, Phones: bitrix.Phones{Mobile: "79990000013"}}
	return f
}

func (f *firm) note(what string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked[what]++
}

func (f *firm) User(ctx context.Context, id bitrix.UserID) (bitrix.User, error) {
	f.note("user")
	return f.people.User(ctx, id)
}

func (f *firm) Department(_ context.Context, id bitrix.DepartmentID) (bitrix.Department, bool, error) {
	f.note("department")
	d, ok := f.departments[id]
	return d, ok, nil
}

func (f *firm) Profile(ctx context.Context, id bitrix.UserID) (bitrix.Profile, error) {
	f.note("profile")
	u, err := f.people.User(ctx, id)
	p := bitrix.Profile{User: u}
	for _, number := range u.Departments {
		if d, ok := f.departments[bitrix.DepartmentID(number)]; ok {
			p.Units = append(p.Units, bitrix.Unit{Department: d, Leader: f.people[d.Head]})
		}
	}
	return p, err
}

// staff is what is known of everybody who works there. It is an hour old: nobody was in then.
func (f *firm) staff() *commands.Staff {
	s := bitrix.Staff{Departments: slices.Collect(maps.Values(f.departments))}
	for _, id := range slices.Sorted(maps.Keys(f.people)) {
		if u := f.people[id]; u.Active && !u.Bot && !u.Outsider() {
			u.LastActivity = before(5 * time.Hour)
			s.People = append(s.People, u)
		}
	}
	return commands.NewStaff(now.Add(-time.Hour), s)
}

// read is a request where the staff has been read.
func (f *firm) read(r *commands.Request) { r.Staff = f.staff() }
