package commands

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// week is how many days ahead somebody is "back within a week".
const week = 7

// whosOut are the arguments of /whosout.
type whosOut struct {
	Whose string     `choice:"team everyone" arg:"default=everyone"`
	Unit  Department `arg:"optional"`
	When  string     `choice:"today tomorrow week" arg:"default=today"`
}

// WhosOut tells who is on leave and when they are back: /whosout, /whosout team, /whosout sales, /whosout week, /whosout team week.
//
// The portal tells of leave that has begun until when it is, and nothing of leave to come. So tomorrow is who is not back by then,
// and a week is who is back in it and who is not.
func WhosOut() Command {
	return New("whosout", func(_ context.Context, c Call, a whosOut) (Reply, error) {
		if reply, withheld := c.withheld(FieldPresence, a); withheld {
			return reply, nil
		}
		people := c.Staff.People
		switch {
		case a.Unit.ID != 0:
			people = c.Staff.under(c.Staff.namesakes(a.Unit.Department))
		case a.Whose == "team":
			if people = colleagues(c); people == nil {
				return c.Sorry("whosout.no_team", nil)
			}
		}
		lines := a.lines(c, away(people, a.moment(c)))
		return Reply{Text: strings.Join(lines, "\n"), Keyboard: a.keyboard(c)}, nil
	})
}

// moment is when somebody has to be on leave to be told.
func (a whosOut) moment(c Call) time.Time {
	if a.When == "tomorrow" {
		return c.Now.Add(day)
	}
	return c.Now
}

// away are those on leave at a moment, first those who are back first.
func away(people []bitrix.User, at time.Time) []bitrix.User {
	away := slices.DeleteFunc(slices.Clone(people), func(u bitrix.User) bool { return !u.Absent.After(at) })
	slices.SortStableFunc(away, func(a, b bitrix.User) int {
		return cmp.Or(a.Absent.Compare(b.Absent.Time), cmp.Compare(a.Name, b.Name))
	})
	return away
}

// colleagues are the people of the asker's departments, the asker included; nil: we know of none.
func colleagues(c Call) []bitrix.User {
	at := slices.IndexFunc(c.Staff.People, func(u bitrix.User) bool { return u.ID == c.Asker.ID })
	if at < 0 {
		return nil
	}
	own := c.Staff.People[at].Departments
	var all []bitrix.User
	for _, u := range c.Staff.People {
		if slices.ContainsFunc(u.Departments, func(d int64) bool { return slices.Contains(own, d) }) {
			all = append(all, u)
		}
	}
	return all
}

func (a whosOut) lines(c Call, away []bitrix.User) []string {
	who := Data{
		"Team": a.Whose == "team", "Unit": shorten(bitrix.Plain(a.Unit.Name)), "N": len(away), "Tomorrow": a.When == "tomorrow",
	}
	switch {
	case len(away) == 0:
		return []string{c.Text("whosout.nobody", who)}
	case a.When == "today":
		return append([]string{c.Text("whosout.today", who)}, leaveLines(c, away)...)
	case a.When == "tomorrow":
		return append(append([]string{c.Text("whosout.today", who)}, leaveLines(c, away)...), c.Text("whosout.begun", nil))
	}
	return append(append([]string{c.Text("whosout.week", who)}, weekLines(c, away)...), c.Text("whosout.begun", nil))
}

// weekLines are in two parts: who is back within a week, and who is not.
func weekLines(c Call, away []bitrix.User) (lines []string) {
	soon := slices.IndexFunc(away, func(u bitrix.User) bool { return c.Today().plus(week).before(dayAt(u.Absent.Time)) })
	if soon < 0 {
		soon = len(away)
	}
	if soon > 0 {
		lines = append(append(lines, c.Text("whosout.soon", nil)), leaveLines(c, away[:soon])...)
	}
	if soon < len(away) {
		lines = append(append(lines, c.Text("whosout.later", nil)), leaveLines(c, away[soon:])...)
	}
	return lines
}

// leaveLines name people and the day each is back. That is a day of the portal, not an instant, so no zone moves it.
func leaveLines(c Call, away []bitrix.User) []string {
	return listed(c, away, func(u bitrix.User) string {
		return c.Text("whosout.person", Data{"Who": whoLink(c, u), "Day": c.Date(dayAt(u.Absent.Time))})
	})
}

// keyboard offers the other people and the other time.
func (a whosOut) keyboard(c Call) *bitrix.Keyboard {
	people, span := a, a
	people.Whose, span.When = other(a.Whose, "team", "everyone"), other(a.When, "week", "today")
	people.Unit = Department{}
	label := Data{"Team": people.Whose == "team", "Week": span.When == "week"}
	buttons := []bitrix.Button{
		c.Button(c.Text("whosout.other_people", label), c.Name, people),
		c.Button(c.Text("whosout.other_time", label), c.Name, span),
	}
	for i := range buttons {
		buttons[i].Line = true
	}
	return &bitrix.Keyboard{Buttons: buttons}
}

// other is the one of two that s is not.
func other(s, one, two string) string {
	if s == one {
		return two
	}
	return one
}
