package bitrix

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"time"
)

const employeesMethod = "im.department.employees.get"

const (
	// MostStaff is how many people are read: twenty requests, twenty more for their time zones, and some 30 MB of memory.
	MostStaff = 20_000
	// lastUnit is the highest number of a department that is looked for. No method within our scopes lists departments, so all
	// numbers are asked about, in one command of 150 KB. Departments share their numbers with the sections of catalogues, but are
	// older than most of those.
	lastUnit = 25_000
	// unitsPerCommand is how many departments im.department.get tells of.
	unitsPerCommand = 50
	// restsBetween is how long the portal rests between the requests of a reading, in what it takes to drain one: a second where it
	// drains two in that. So people's questions have at least half.
	restsBetween = 2
)

// ErrManyStaff is the error of a portal where more than MostStaff people work.
var ErrManyStaff = fmt.Errorf("more than %d people work on the portal", MostStaff)

// Staff is everybody who works on a portal, and where.
type Staff struct {
	// People are active, no bots and no outsiders, by number. What cards alone show of them is left out: pictures and websites.
	People []User
	// Departments are those somebody works in, by number.
	Departments []Department
}

// Staff reads everybody who is in a department, which is what staff is to Bitrix24. It asks for who is in which department, for
// the departments, for a thousand people at a time, and then for their time zones (user.get). These requests go when no other call
// waits, and a second apart. Like [Client.Department] it needs the rights of a person. The zones need the permission user_brief, or
// one of those above it, user_basic and user: without, and wherever the portal does not tell them, nobody has one. The error is
// ErrManyStaff where too many work.
func (c *Client) Staff(ctx context.Context) (Staff, error) {
	r := &reading{client: c}
	people, units, err := r.employees(ctx)
	if err != nil {
		return Staff{}, err
	}
	if len(people) > MostStaff {
		return Staff{}, ErrManyStaff
	}
	var s Staff
	if s.Departments, err = r.departments(ctx, units); err != nil {
		return Staff{}, err
	}
	if s.People, err = r.people(ctx, people); err != nil {
		return Staff{}, err
	}
	r.setZones(ctx, s.People)
	return s, nil
}

// reading is a walk through much that nobody waits for.
type reading struct {
	client *Client
	begun  bool
}

// batch makes calls, all of which have to work.
func (r *reading) batch(ctx context.Context, calls []BatchCall) ([]BatchResult, error) {
	if r.begun {
		select {
		case <-time.After(restsBetween * r.client.queue.allowance.refill()):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	r.begun = true
	results, err := r.client.batch(ctx, calls, course{patient: true})
	if err != nil {
		return nil, err
	}
	for _, result := range results {
		if result.Err != nil {
			return nil, result.Err
		}
	}
	return results, nil
}

// answers are those to calls about few of all at a time, so many to a request. An error is the last: no more is asked.
func answers[T any](
	ctx context.Context, r *reading, all []T, perRequest, perCall int, about func(few []T) BatchCall,
) iter.Seq2[BatchResult, error] {
	return func(yield func(BatchResult, error) bool) {
		for some := range slices.Chunk(all, perRequest) {
			var calls []BatchCall
			for few := range slices.Chunk(some, perCall) {
				calls = append(calls, about(few))
			}
			results, err := r.batch(ctx, calls)
			if err != nil {
				yield(BatchResult{}, err)
				return
			}
			for _, result := range results {
				if !yield(result, nil) {
					return
				}
			}
		}
	}
}

// employees are the numbers of everybody who is in a department, and of those departments, in order.
func (r *reading) employees(ctx context.Context) (people []UserID, units []DepartmentID, err error) {
	numbers := make([]int, lastUnit)
	for i := range numbers {
		numbers[i] = i + 1
	}
	list, err := json.Marshal(numbers) // as a text: PHP drops what comes after the 1000th element of a list
	if err != nil {
		return nil, nil, err
	}
	results, err := r.batch(ctx, []BatchCall{{employeesMethod, map[string]any{"ID": string(list)}}})
	if err != nil {
		return nil, nil, err
	}
	var found section[looseList[looseInt]]
	if err := results[0].Decode(&found); err != nil {
		return nil, nil, err
	}
	known := map[UserID]bool{}
	for unit, members := range found {
		if id, err := strconv.ParseInt(unit, 10, 64); err == nil && id > 0 {
			units = append(units, DepartmentID(id))
		}
		for _, id := range members {
			known[UserID(id)] = id > 0
		}
	}
	maps.DeleteFunc(known, func(_ UserID, is bool) bool { return !is })
	slices.Sort(units)
	return slices.Sorted(maps.Keys(known)), units, nil
}

// departments are those of these numbers that the portal tells of. What heads them is told by [Staff.People].
func (r *reading) departments(ctx context.Context, ids []DepartmentID) ([]Department, error) {
	var all []Department
	about := func(few []DepartmentID) BatchCall { return BatchCall{departmentMethod, departmentParams{ID: few}} }
	for result, err := range answers(ctx, r, ids, unitsPerCommand*BatchLimit, unitsPerCommand, about) {
		if err != nil {
			return nil, err
		}
		var list looseList[wireDepartment]
		if err := result.Decode(&list); err != nil {
			return nil, err
		}
		for _, d := range list {
			all = append(all, d.department())
		}
	}
	return all, nil
}

// people are those of these numbers who work here.
func (r *reading) people(ctx context.Context, ids []UserID) ([]User, error) {
	var all []User
	about := func(few []UserID) BatchCall { return BatchCall{userListMethod, userParams{ID: few}} }
	for result, err := range answers(ctx, r, ids, peoplePerRequest, peoplePerCommand, about) {
		if err != nil {
			return nil, err
		}
		told, err := readList(result.answer)
		if err != nil {
			return nil, err
		}
		all = append(all, employed(told)...)
	}
	slices.SortFunc(all, func(a, b User) int { return int(a.ID - b.ID) })
	return all, nil
}

// employed are those of people who work here. One who cannot be read is left out, for the sake of the others.
func employed(told map[UserID]json.RawMessage) []User {
	var all []User
	for id, data := range told {
		var u User
		if err := json.Unmarshal(data, &u); err != nil || u.ID != id || !u.Active || u.Bot || u.Outsider() {
			continue
		}
		all = append(all, User{
			ID: u.ID, Active: true, Name: u.Name, FirstName: u.FirstName, LastName: u.LastName, WorkPosition: u.WorkPosition,
			Gender: u.Gender, Birthday: u.Birthday, Network: u.Network, Type: u.Type, Status: u.Status, Idle: u.Idle,
			LastActivity: u.LastActivity, MobileLast: u.MobileLast, DesktopLast: u.DesktopLast, Absent: u.Absent,
			Departments: u.Departments, Phones: u.Phones, Email: u.Email,
		})
	}
	return all
}
