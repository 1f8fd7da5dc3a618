package remote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// lookUp answers a question of the service. The address is a stranger's: an answer sent anywhere but to the service itself
// would be our rights on the bus in its hands.
func (x *exchange) lookUp(ctx context.Context, to string, what LookUp) error {
	if x.lookUps++; x.lookUps > maxLookUps {
		return x.wrong(fmt.Sprintf("more than %d look-ups for one question", maxLookUps))
	}
	if !strings.HasPrefix(to, inboxes(x.call.Name)) {
		return x.wrong("a look-up to be answered outside of " + inboxes(x.call.Name) + ">")
	}
	value, err := x.find(ctx, what)
	if err != nil {
		x.failed = err
	}
	data, err := json.Marshal(found(value, err))
	if err != nil {
		return fmt.Errorf("answer a look-up of command %s: %w", x.call.Name, err)
	}
	if err := x.caller.Conn.Publish(to, data); err != nil {
		return x.fails("NATS", err)
	}
	return nil
}

// find asks the portal. What the call sees of it is what may be told in its answer.
func (x *exchange) find(ctx context.Context, what LookUp) (any, error) {
	switch {
	case what.User != 0:
		user, err := x.call.People.User(ctx, bitrix.UserID(what.User))
		return commands.NewPersonValue(user), err
	case what.Profile != 0:
		found, err := x.call.People.Profile(ctx, bitrix.UserID(what.Profile))
		return newFoundProfile(found), err
	case what.Search != "":
		return x.search(ctx, what)
	}
	department, ok, err := x.call.People.Department(ctx, bitrix.DepartmentID(what.Department))
	if !ok {
		return nil, err
	}
	return commands.NewDepartmentValue(department), err
}

func newFoundProfile(p bitrix.Profile) FoundProfile {
	found := FoundProfile{Person: commands.NewPersonValue(p.User)}
	for _, u := range p.Units {
		found.Units = append(found.Units, FoundUnit{commands.NewDepartmentValue(u.Department), commands.NewPersonValue(u.Leader)})
	}
	return found
}

func (f FoundProfile) profile() bitrix.Profile {
	p := bitrix.Profile{User: f.Person.User()}
	for _, u := range f.Units {
		p.Units = append(p.Units, bitrix.Unit{Department: u.Department.Department(), Leader: u.Leader.User()})
	}
	return p
}

func (x *exchange) search(ctx context.Context, what LookUp) ([]FoundPerson, error) {
	found, err := x.call.People.SearchUsers(ctx, what.Search, what.Limit)
	people := make([]FoundPerson, 0, len(found))
	for _, f := range found {
		people = append(people, FoundPerson{int64(f.ID), f.Name, f.WorkPosition, f.Bot})
	}
	return people, err
}

// found is the answer to a look-up.
func found(value any, err error) Found {
	if err == nil {
		var data []byte
		if data, err = json.Marshal(value); err == nil {
			return Found{Value: data}
		}
	}
	var e *bitrix.Error
	if errors.As(err, &e) {
		return Found{Code: e.Code, Error: forLog(e.Error())}
	}
	return Found{Error: "the look-up failed"}
}
