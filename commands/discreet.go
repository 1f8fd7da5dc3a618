package commands

import (
	"context"
	"slices"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// discreet is a portal's directory that knows of people only what may be told in the answer to a call. It is all that commands
// get to see, so none can tell more, wherever it comes from and however careless it is.
type discreet struct {
	of     People
	fields []Field
}

// discreetly hides from a call what its answer may not tell. Where everything may be told nothing changes.
func (c Call) discreetly() Call {
	fields := c.Shown()
	if len(fields) == len(allFields()) {
		return c
	}
	if c.People != nil {
		c.People = discreet{c.People, fields}
	}
	if c.Staff != nil {
		c.Staff = c.Staff.only(fields)
	}
	return c
}

func (d discreet) shows(f Field) bool { return slices.Contains(d.fields, f) }

// User is that of the directory, less what may not be told.
func (d discreet) User(ctx context.Context, id bitrix.UserID) (bitrix.User, error) {
	u, err := d.of.User(ctx, id)
	return only(d.fields, u), err
}

// Profile is that of the directory, less what may not be told.
func (d discreet) Profile(ctx context.Context, id bitrix.UserID) (bitrix.Profile, error) {
	p, err := d.of.Profile(ctx, id)
	told := bitrix.Profile{User: only(d.fields, p.User)}
	if d.shows(FieldDepartment) {
		for _, unit := range p.Units {
			told.Units = append(told.Units, bitrix.Unit{Department: unit.Department, Leader: only(d.fields, unit.Leader)})
		}
	}
	return told, err
}

// SearchUsers is that of the directory, less what may not be told. The portal also searches positions and departments: who was
// found by one that may not be told is left out, or the answer to "director" would tell who that is.
func (d discreet) SearchUsers(ctx context.Context, find string, limit int) ([]bitrix.FoundUser, error) {
	found, err := d.of.SearchUsers(ctx, find, limit)
	return d.told(found, find), err
}

// told is what may be told of what a search has found.
func (d discreet) told(found []bitrix.FoundUser, find string) []bitrix.FoundUser {
	if d.shows(FieldPosition) && d.shows(FieldDepartment) {
		return found
	}
	var told []bitrix.FoundUser
	for _, f := range found {
		if !d.shows(FieldPosition) {
			f.WorkPosition = ""
		}
		if goesBy(f.Name+" "+f.WorkPosition, find) {
			told = append(told, f)
		}
	}
	return told
}

// Department is that of the directory; where departments may not be told there are none.
func (d discreet) Department(ctx context.Context, id bitrix.DepartmentID) (bitrix.Department, bool, error) {
	if !d.shows(FieldDepartment) {
		return bitrix.Department{}, false, nil
	}
	return d.of.Department(ctx, id)
}

// goesBy reports whether each word of find begins a word of what is known of somebody.
func goesBy(known, find string) bool {
	parts := strings.Fields(fold(known))
	for word := range strings.FieldsSeq(fold(find)) {
		if !slices.ContainsFunc(parts, func(part string) bool { return strings.HasPrefix(part, word) }) {
			return false
		}
	}
	return true
}

// only is a person with these fields, and what is no field: the number, the sex, and what kind of account it is. A field of a
// profile that nobody thought of here is not told.
func only(fields []Field, u bitrix.User) bitrix.User {
	told := bitrix.User{
		ID: u.ID, Active: u.Active, Gender: u.Gender, Type: u.Type,
		Extranet: u.Extranet, Network: u.Network, Bot: u.Bot, Connector: u.Connector, BotData: u.BotData,
	}
	for _, f := range fields {
		switch f {
		case FieldName:
			told.Name, told.FirstName, told.LastName = u.Name, u.FirstName, u.LastName
		case FieldPosition:
			told.WorkPosition = u.WorkPosition
		case FieldPhoto:
			told.Avatar, told.AvatarHR, told.Color = u.Avatar, u.AvatarHR, u.Color
		case FieldDepartment:
			told.Departments = u.Departments
		case FieldPresence:
			told.Status, told.Idle, told.Absent = u.Status, u.Idle, u.Absent
			told.LastActivity, told.MobileLast, told.DesktopLast = u.LastActivity, u.MobileLast, u.DesktopLast
			told.TimeZone = u.TimeZone
		case FieldContacts:
			told.Phones, told.Email, told.Website = u.Phones, u.Email, u.Website
		case FieldBirthday:
			told.Birthday = u.Birthday
		}
	}
	return told
}
