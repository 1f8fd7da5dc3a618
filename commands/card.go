package commands

import (
	"strconv"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// card is what we say of one person: who they are, what they do, whether they are there and when they last were.
type card struct {
	Call
	user bitrix.User
	presence
}

func newCard(c Call, u bitrix.User) card {
	return card{Call: c, user: u, presence: presenceOf(u, c.Now)}
}

func (c card) reply() Reply {
	lines := []string{c.name(), c.position(), c.status()}
	lines = append(lines, c.activity()...)
	lines = append(lines, c.contacts()...)
	return Reply{Text: strings.Join(lines, "\n"), Keyboard: c.keyboard()}
}

// name is bold and no mention: a mention would notify the person.
func (c card) name() string {
	if !filled(c.user.Name) {
		return c.Text("card.nameless", Data{"ID": int64(c.user.ID)})
	}
	return c.Text("card.name", Data{"Name": c.user.Name})
}

func (c card) position() string {
	position := Data{"Position": c.user.WorkPosition}
	switch outside := c.user.Outsider(); {
	case filled(c.user.WorkPosition) && outside:
		return c.Text("card.position_outside", position)
	case filled(c.user.WorkPosition):
		return c.Text("card.position", position)
	case outside:
		return c.Text("card.no_position_outside", nil)
	}
	return c.Text("card.no_position", nil)
}

// filled reports whether a field of a profile says anything.
func filled(field string) bool { return bitrix.Plain(field) != "" }

func (c card) status() string {
	switch c.state {
	case dismissed:
		return c.dismissal()
	case robot:
		return c.Text("presence.bot", nil)
	case customer:
		return c.Text("presence.customer", nil)
	case onLeave:
		// A day of the portal, not an instant, so no zone moves it.
		return c.Text("presence.leave_until", Data{"Day": c.Date(dayAt(c.user.Absent.Time))})
	case here:
		return c.availability()
	case never:
		return c.Text("presence.never", Data{"Feminine": c.feminine()})
	case untold:
		return c.Text("presence.untold", nil)
	default:
		return c.Text("presence.offline", nil)
	}
}

func (c card) dismissal() string {
	if c.user.Bot || c.user.Outsider() {
		return c.Text("presence.disabled", nil)
	}
	return c.Text("presence.dismissed", nil)
}

func (c card) availability() string {
	if id := chosen(c.user, c.Now); id != "" {
		return c.Text(id, nil)
	}
	return c.Text("presence.custom", Data{"Status": c.user.Status})
}

// activity is one line, and none for bots: they have no activity to tell of.
func (c card) activity() []string {
	switch {
	case c.state == robot:
		return nil
	case c.state == never:
		return []string{c.Text("activity.never", nil)}
	case c.seen.IsZero():
		return []string{c.Text("activity.untold", nil)}
	}
	return []string{c.Text("activity.seen", Data{
		"Feminine": c.feminine(),
		"Ago":      ago(c.Call, c.seen),
		"Exact":    exactly(c.seen),
	})}
}

// feminine is true only where the profile says so: "M" is also what people have who never chose.
func (c card) feminine() bool { return c.user.Gender == "F" }

// keyboard offers to write to the person, if there is somebody else to read it.
func (c card) keyboard() *bitrix.Keyboard {
	switch {
	case c.state == dismissed, c.state == robot, c.state == customer, c.user.ID == c.Asker.ID:
		return nil
	}
	return &bitrix.Keyboard{Buttons: []bitrix.Button{{
		Text:   c.Text("card.write", nil),
		Action: bitrix.ActionDialog,
		Value:  strconv.FormatInt(int64(c.user.ID), 10),
		Line:   true,
	}}}
}
