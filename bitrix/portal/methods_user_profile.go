package portal

import (
	"slices"

	"github.com/whois24/whois24/bitrix"
)

// profilePage is how many people user.get tells of at once.
const profilePage = 50

// userProfiles is user.get: people by number, a page at a time. Bots and the customers of open lines are none. It filters by ID, one
// or a list, and by ACTIVE; other filters and the order are not emulated.
func (p *Portal) userProfiles(c call) (any, error) {
	params := c.params.upper()
	hits := p.filtered(filterOf(params))
	part, next := pageOf(hits, params.get("START"), profilePage)
	told := make([]array, 0, profilePage)
	for _, who := range part {
		told = append(told, p.selected(profileOf(p.seen(who)), params.get("SELECT")))
	}
	return page{items: list(told...), total: len(hits), next: next}, nil
}

// filterOf is the filter among parameters, which without FILTER are one themselves.
func filterOf(params array) array {
	if filter, ok := params.get("FILTER").(array); ok {
		return filter.upper()
	}
	return params
}

func (p *Portal) filtered(filter array) []*Person {
	hits := p.named(filter)
	active, byActive := filter.lookup("ACTIVE")
	return slices.DeleteFunc(hits, func(who *Person) bool {
		return who.Bot || who.Connector || byActive && who.Active != yes(active)
	})
}

// named are those whose ID the filter has, in order, or everybody if it has none.
func (p *Portal) named(filter array) []*Person {
	ids, ok := filter.lookup("ID")
	if !ok {
		return p.everybody()
	}
	found := map[bitrix.UserID]*Person{}
	for _, id := range oneOrMore(ids) {
		if who := p.people[bitrix.UserID(intval(id))]; who != nil {
			found[who.ID] = who
		}
	}
	return byNumber(found)
}

// oneOrMore are the elements of an array, or what is none.
func oneOrMore(v any) []any {
	a, ok := v.(array)
	if !ok {
		return []any{v}
	}
	var all []any
	for _, e := range a {
		all = append(all, e.value)
	}
	return all
}

// profileOf is a person as user.get tells one to who has the scope user_brief, the least of its three. The others, which add
// contacts, bring no more here.
func profileOf(who Person) array {
	seen := ""
	if !who.LastSeen.IsZero() {
		seen = atom(who.LastSeen)
	}
	kind := "employee"
	if who.outsider() {
		kind = "extranet"
	}
	return array{
		{"ID", text(who.ID)},
		{"ACTIVE", who.Active},
		{"NAME", who.First},
		{"LAST_NAME", who.Last},
		{"TIME_ZONE", chosenZone(who)},
		{"LAST_ACTIVITY_DATE", seen},
		{"PERSONAL_GENDER", who.Gender},
		{"WORK_POSITION", who.Position},
		{"UF_DEPARTMENT", list(who.Departments...)},
		{"USER_TYPE", kind},
	}
}

// chosenZone is the zone in a profile. Most people leave it to the browser, which is none: here they are those who live where the
// portal is.
func chosenZone(who Person) string {
	if who.Zone == moscow {
		return ""
	}
	return who.Zone
}

// selected are the fields asked for, in the portal's order; all without SELECT, and on old portals, which do not know it.
func (p *Portal) selected(fields array, names any) array {
	if names == nil || p.options.Profile == Old {
		return fields
	}
	asked := oneOrMore(names)
	return slices.DeleteFunc(fields, func(e entry) bool {
		return !slices.ContainsFunc(asked, func(name any) bool { return text(name) == e.key || text(name) == "*" })
	})
}
