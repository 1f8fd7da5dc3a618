package commandtest

import (
	"reflect"
	"slices"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/commands"
)

// staff is who works in the office, as the bot would have read it if somebody waited for that. To make it takes longer than all
// the rest of an answer, so it is made again only where something changed.
func (o *Office) staff() *commands.Staff {
	var read bitrix.Staff
	for _, who := range o.Portal.People() {
		if u := userOf(who); u.Active && !u.Bot && !u.Outsider() {
			read.People = append(read.People, u)
		}
	}
	units := o.Portal.Departments()
	for _, d := range units {
		read.Departments = append(read.Departments, bitrix.Department{
			ID: bitrix.DepartmentID(d.ID), Name: d.Name, FullName: fullName(d, units), Head: d.Head,
		})
	}
	if o.known == nil || !o.known.AsOf.Equal(o.Now()) || !reflect.DeepEqual(o.read, read) {
		o.known, o.read = commands.NewStaff(o.Now(), read), read
	}
	return o.known
}

// fullName is the name of a department with those above it, as in "Sales / Company". One that is above itself comes once.
func fullName(d portal.Department, all []portal.Department) string {
	name, known := d.Name, []int64{d.ID}
	for {
		above := slices.IndexFunc(all, func(other portal.Department) bool { return other.ID == d.Parent })
		if above < 0 || slices.Contains(known, d.Parent) {
			return name
		}
		d, known = all[above], append(known, d.Parent)
		name += " / " + d.Name
	}
}

// userOf is what a reading tells of somebody on the portal.
func userOf(who portal.Person) bitrix.User {
	return bitrix.User{
		ID: who.ID, Active: who.Active, Bot: who.Bot, Extranet: who.Extranet || who.Collaber, Connector: who.Connector,
		Name: who.Name(), FirstName: who.First, LastName: who.Last, WorkPosition: who.Position, Gender: who.Gender,
		Departments: who.Departments, Phones: who.Phones, Email: who.Email, Birthday: who.Birthday, Color: who.Color,
		Absent: bitrix.OptTime{Time: who.AbsentUntil}, LastActivity: bitrix.OptTime{Time: who.LastSeen},
		TimeZone: who.Zone,
	}
}
