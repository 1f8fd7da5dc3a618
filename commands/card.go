package commands

import (
	"strings"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// card is what we say of one person: who they are, what they do, whether they can be reached, where they belong.
//
// It is a text, a photo and buttons. The text says everything, because a push shows nothing else: a fact is a line, those of the
// person and those of work stand apart. What can only be seen or done is left to the rest, so that nobody reads a thing twice. The
// attachment is the photo, which leads to the profile on the portal, and the buttons are the next step.
type card struct {
	Call
	user  bitrix.User
	units []bitrix.Unit // the person's departments
	presence
}

func newCard(c Call, u bitrix.User, units []bitrix.Unit) card {
	return card{Call: c, user: u, units: units, presence: presenceOf(u, c.Now)}
}

func (c card) reply() Reply {
	lines := c.about()
	if work := c.atWork(); len(work) > 0 {
		lines = append(append(lines, ""), work...)
	}
	return Reply{Text: strings.Join(lines, "\n"), Attach: c.photo(), Keyboard: c.keyboard()}
}

// about is who the person is and whether they are there.
func (c card) about() []string {
	lines := []string{c.name()}
	if c.Shows(FieldPosition) {
		lines = append(lines, c.position())
	}
	if c.Shows(FieldPresence) {
		lines = append(append(append(lines, c.status()), c.activity()...), c.clock()...)
	}
	if near, ok := c.nearBirthday(); ok {
		lines = append(lines, near)
	}
	return lines
}

// atWork is where the person belongs and how to reach them. A birthday that is near was told already.
func (c card) atWork() []string {
	lines := append(c.place(), c.contacts()...)
	_, near := c.nearBirthday()
	if day, ok := c.birthday(); ok && !near {
		lines = append(lines, c.Text("card.birthday", Data{"Day": day}))
	}
	if line, ok := c.missing(); ok {
		lines = append(lines, line)
	}
	return lines
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

// birthday is the day in words; false where it may not be told, and of those who left.
func (c card) birthday() (string, bool) {
	if c.state == dismissed || !c.Shows(FieldBirthday) {
		return "", false
	}
	return c.Birthday(c.user)
}

// nearBirthday is a line about a birthday of the next two weeks; false: it is none.
func (c card) nearBirthday() (string, bool) {
	words, ok := c.birthday()
	if !ok {
		return "", false
	}
	today := c.Today()
	next, _ := nextBirthday(c.user, today)
	days := int(next.Start(time.UTC).Sub(today.Start(time.UTC)) / day)
	switch {
	case days == 0:
		return c.Text("card.birthday_today", nil), true
	case days == 1:
		return c.Text("card.birthday_tomorrow", Data{"Day": words}), true
	case days > birthdaysAhead:
		return "", false
	}
	return c.Text("card.birthday_near", Data{"Day": words, "N": days}), true
}
