package commands

import (
	"context"
	"slices"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// Manager tells whom somebody reports to, and whether those are there: /manager 5, /manager and a mention or a name, /manager for
// one's own.
func Manager() Command {
	return New("manager", func(ctx context.Context, c Call, a someone) (Reply, error) {
		if reply, hidden := c.hidden(FieldDepartment, a); hidden {
			return reply, nil
		}
		units, err := unitsOf(ctx, c, a.Who.User)
		if err != nil {
			return Reply{}, err
		}
		managers, err := managersNow(ctx, c, managersOf(c, a.Who.User, units))
		if err != nil {
			return Reply{}, err
		}
		return managersReply(c, a.Who.User, units, managers)
	}).withUnits()
}

// managersNow are managers as they are now. What the portal told of them with the person is that.
func managersNow(ctx context.Context, c Call, managers []bitrix.User) ([]bitrix.User, error) {
	if c.Staff == nil {
		return managers, nil
	}
	now, err := c.now(ctx, managers)
	var found []bitrix.User
	for _, u := range managers {
		if u, ok := now[u.ID]; ok {
			found = append(found, u)
		}
	}
	return found, err
}

func managersReply(c Call, who bitrix.User, units []bitrix.Unit, managers []bitrix.User) (Reply, error) {
	data := Data{"Who": whoLink(c, who), "Own": who.ID == c.Asker.ID, "N": len(managers)}
	switch {
	case len(managers) == 0 && c.Staff == nil && heads(who, units):
		return c.Sorry(c.unread(), nil) // who is above a head is not known yet
	case len(managers) == 0:
		return c.Say("manager.none", data)
	case len(managers) == 1:
		reply := newCard(c, managers[0], unitsOfManager(c, managers[0], units)).reply()
		reply.Text = c.Text("manager.of", data) + "\n" + reply.Text
		return reply, nil
	}
	lines := []string{c.Text("manager.of", data)}
	for _, manager := range managers {
		lines = append(lines, c.Text("staff.line", Data{"Line": colleague(c, manager)}))
	}
	return Reply{Text: strings.Join(lines, "\n")}, nil
}

func heads(who bitrix.User, units []bitrix.Unit) bool {
	return slices.ContainsFunc(units, func(u bitrix.Unit) bool { return u.Head == who.ID })
}

// unitsOfManager are those known without asking once more.
func unitsOfManager(c Call, manager bitrix.User, known []bitrix.Unit) []bitrix.Unit {
	if c.Staff != nil {
		return c.Staff.units(manager.Departments)
	}
	return slices.DeleteFunc(slices.Clone(known), func(u bitrix.Unit) bool { return !slices.Contains(manager.Departments, int64(u.ID)) })
}
