package commands

import "time"

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

// zone is the zone that the person has chosen; nil: none that is known, or it may not be told. "Local" would be that of this machine.
func (c card) zone() *time.Location {
	known, _ := c.Staff.person(c.user.ID)
	if known.TimeZone == "" || known.TimeZone == "Local" || !c.Shows(FieldPresence) {
		return nil
	}
	zone, err := time.LoadLocation(known.TimeZone)
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
