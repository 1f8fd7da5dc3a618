package commands

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// teamOf are the arguments of /team: somebody who is in it, or what it is called.
type teamOf struct {
	Who  Person
	Unit Department `arg:"optional"`
}

// Team tells who works together and who of them is there: /team 5, /team and a mention or a name, /team sales, /team for one's own.
func Team() Command {
	return New("team", func(ctx context.Context, c Call, a teamOf) (Reply, error) {
		if a.Unit.ID != 0 {
			a.Who = Person{}
		}
		if reply, hidden := c.hidden(FieldDepartment, a); hidden {
			return reply, nil
		}
		units, err := a.units(ctx, c)
		if err != nil {
			return Reply{}, err
		}
		if len(units) == 0 {
			return c.Say("team.none", Data{"Who": whoLink(c, a.Who.User), "Own": a.Who.ID == c.Asker.ID})
		}
		lines := headLines(c, units)
		if c.Staff != nil {
			if lines, err = teamLines(ctx, c, units); err != nil {
				return Reply{}, err
			}
		}
		refresh := InPlace(c.Button(c.Text("card.refresh", nil), c.Name, a))
		return Reply{Text: strings.Join(lines, "\n"), Keyboard: &bitrix.Keyboard{Buttons: []bitrix.Button{refresh}}}, nil
	}).withUnits()
}

func (a teamOf) units(ctx context.Context, c Call) ([]bitrix.Unit, error) {
	if a.Unit.ID != 0 && c.Staff != nil {
		return c.Staff.namesakes(a.Unit.Department), nil
	}
	return unitsOf(ctx, c, a.Who.User)
}

// headLines are what is known before the staff has been read.
func headLines(c Call, units []bitrix.Unit) []string {
	var lines []string
	for _, unit := range units {
		lines = append(lines, c.Text("team.unit", Data{"Name": unitName(unit)}))
		if unit.Leader.Active {
			lines = append(lines, member(c, unit, unit.Leader))
		}
	}
	return append(lines, c.Text(c.unread(), nil))
}

// teamLines name of each department who heads it and then the others by name, as many as there is room for in one message.
func teamLines(ctx context.Context, c Call, units []bitrix.Unit) ([]string, error) {
	room := mostListed / len(units)
	var shown []bitrix.User
	for _, unit := range units {
		people := c.Staff.in(unit.Department)
		shown = append(shown, people[:min(len(people), room)]...)
	}
	now, err := c.now(ctx, shown)
	if err != nil {
		return nil, err
	}
	var lines []string
	for i, unit := range units {
		if i > 0 {
			lines = append(lines, "")
		}
		people := c.Staff.in(unit.Department)
		lines = append(lines, c.Text("team.people", Data{"Name": unitName(unit), "N": len(people)}))
		for _, u := range people[:min(len(people), room)] {
			if u, ok := now[u.ID]; ok {
				lines = append(lines, member(c, unit, u))
			}
		}
		if n := len(people) - room; n > 0 {
			lines = append(lines, c.Text("staff.more", Data{"N": n}))
		}
	}
	return lines, nil
}

func unitName(unit bitrix.Unit) string { return shorten(bitrix.Plain(unit.Name)) }

func member(c Call, unit bitrix.Unit, u bitrix.User) string {
	line := Data{"Line": colleague(c, u)}
	if u.ID == unit.Head {
		return c.Text("team.head", line)
	}
	return c.Text("staff.line", line)
}

// in are the people of a department: who heads it, then the others by name.
func (s *Staff) in(d bitrix.Department) []bitrix.User {
	var found []bitrix.User
	for _, u := range s.People {
		if u.ID != d.Head && slices.Contains(u.Departments, int64(d.ID)) {
			found = append(found, u)
		}
	}
	slices.SortStableFunc(found, func(a, b bitrix.User) int { return cmp.Compare(a.Name, b.Name) })
	if head, ok := s.person(d.Head); ok {
		found = slices.Insert(found, 0, head)
	}
	return found
}

// colleague is a person in one line: who they are and whether they are there.
func colleague(c Call, u bitrix.User) Markup {
	data := Data{"Who": whoLink(c, u), "Position": "", "Status": ""}
	if c.Shows(FieldPosition) {
		data["Position"] = shorten(bitrix.Plain(u.WorkPosition))
	}
	if c.Shows(FieldPresence) {
		data["Status"] = Markup(newCard(c, u, nil).status())
	}
	return Markup(c.Text("staff.colleague", data))
}
