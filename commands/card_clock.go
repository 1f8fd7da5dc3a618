package commands

import (
	"time"

	"github.com/whois24/whois24/bitrix"
)

// clock is what time it is where the person lives, and whether people work then; nil for those whose zone nobody knows: most people
// leave it to the portal, which tells no more then. Who is on leave does not work at any time.
func (c card) clock() []string {
	zone := c.zone()
	if zone == nil || c.state == dismissed || c.state == robot || c.state == customer {
		return nil
	}
	there := c.Now.In(zone)
	return []string{c.Text("card.clock", Data{
		"Time": there.Format("15:04"), "Leave": c.state == onLeave, "Working": c.workingHours().at(there),
	})}
}

// zone is nil where the person's zone is not known, or may not be told.
func (c card) zone() *time.Location {
	if c.Staff == nil || !c.Shows(FieldPresence) {
		return nil
	}
	known, _ := c.Staff.person(c.user.ID)
	return zoneCalled(known)
}

// zoneCalled is the zone that somebody has chosen; nil: none that there is. "Local" is that of this machine.
func zoneCalled(u bitrix.User) *time.Location {
	if u.TimeZone == "" || u.TimeZone == "Local" {
		return nil
	}
	zone, err := time.LoadLocation(u.TimeZone)
	if err != nil {
		return nil
	}
	return zone
}

func (c Call) workingHours() *WorkingHours {
	if c.WorkingHours == nil {
		return DefaultWorkingHours()
	}
	return c.WorkingHours
}
