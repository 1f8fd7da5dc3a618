package commands

import (
	"time"

	"github.com/whois24/whois24/bitrix"
)

// PersonValue is a person in JSON, as another process gets one. Fields nobody filled in are left out, and those that who reads
// the answer may not learn: what a command gets to see of people is without them already. See [Privacy].
type PersonValue struct {
	ID       int64  `json:"id"`
	Active   bool   `json:"active"` // false: dismissed, or the account is switched off
	Name     string `json:"name"`
	First    string `json:"first_name,omitempty"`
	Last     string `json:"last_name,omitempty"`
	Position string `json:"position,omitempty"`
	Gender   string `json:"gender,omitempty"`   // "F", or "M" for men and for everybody who did not say
	Birthday string `json:"birthday,omitempty"` // day and month, as in "14-02"
	Avatar   string `json:"avatar,omitempty"`   // URL

	Departments []int64 `json:"departments,omitempty"`
	// Type is "user", "bot", "extranet", "collaber" or "guest". Old portals leave it out and tell only the next ones.
	Type      string `json:"type,omitempty"`
	Extranet  bool   `json:"extranet,omitempty"`
	Network   bool   `json:"network,omitempty"`
	Bot       bool   `json:"bot,omitempty"`
	Connector bool   `json:"connector,omitempty"` // a customer of an open line

	Status       string    `json:"status,omitempty"` // current portals always say "online": the dates tell more
	Idle         time.Time `json:"idle,omitzero"`
	LastActivity time.Time `json:"last_activity,omitzero"`
	MobileLast   time.Time `json:"mobile_last,omitzero"`
	DesktopLast  time.Time `json:"desktop_last,omitzero"`
	Absent       time.Time `json:"absent,omitzero"` // the first day back from leave

	Mobile        string `json:"mobile,omitempty"`
	Work          string `json:"work_phone,omitempty"`
	Extension     string `json:"inner_phone,omitempty"`
	PersonalPhone string `json:"personal_phone,omitempty"`
	Email         string `json:"email,omitempty"`
	Website       string `json:"website,omitempty"`
}

// NewPersonValue is a person as another process gets one.
func NewPersonValue(u bitrix.User) PersonValue {
	return PersonValue{
		ID: int64(u.ID), Active: u.Active, Name: u.Name, First: u.FirstName, Last: u.LastName,
		Position: u.WorkPosition, Gender: string(u.Gender), Birthday: u.Birthday, Avatar: u.Avatar,
		Departments: u.Departments, Type: u.Type,
		Extranet: u.Extranet, Network: u.Network, Bot: u.Bot, Connector: u.Connector,
		Status: u.Status, Idle: u.Idle.Time, LastActivity: u.LastActivity.Time,
		MobileLast: u.MobileLast.Time, DesktopLast: u.DesktopLast.Time, Absent: u.Absent.Time,
		Mobile: u.Phones.Mobile, Work: u.Phones.Work, Extension: u.Phones.Inner, PersonalPhone: u.Phones.Personal,
		Email: u.Email, Website: u.Website,
	}
}

// User is the person as commands know one.
func (p PersonValue) User() bitrix.User {
	at := func(t time.Time) bitrix.OptTime { return bitrix.OptTime{Time: t} }
	return bitrix.User{
		ID: bitrix.UserID(p.ID), Active: p.Active, Name: p.Name, FirstName: p.First, LastName: p.Last,
		WorkPosition: p.Position, Gender: bitrix.Gender(p.Gender), Birthday: p.Birthday, Avatar: p.Avatar,
		Departments: p.Departments, Type: p.Type,
		Extranet: p.Extranet, Network: p.Network, Bot: p.Bot, Connector: p.Connector,
		Status: p.Status, Idle: at(p.Idle), LastActivity: at(p.LastActivity),
		MobileLast: at(p.MobileLast), DesktopLast: at(p.DesktopLast), Absent: at(p.Absent),
		Phones: bitrix.Phones{Mobile: p.Mobile, Work: p.Work, Inner: p.Extension, Personal: p.PersonalPhone},
		Email:  p.Email, Website: p.Website,
	}
}

// DepartmentValue is a unit of the company in JSON.
type DepartmentValue struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	FullName string `json:"full_name,omitempty"` // with those above it
	Head     int64  `json:"head,omitempty"`      // the number of a person
}

// NewDepartmentValue is a department as another process gets it.
func NewDepartmentValue(d bitrix.Department) DepartmentValue {
	return DepartmentValue{int64(d.ID), d.Name, d.FullName, int64(d.Head)}
}

// Department is the unit as commands know one.
func (d DepartmentValue) Department() bitrix.Department {
	return bitrix.Department{ID: bitrix.DepartmentID(d.ID), Name: d.Name, FullName: d.FullName, Head: bitrix.UserID(d.Head)}
}
