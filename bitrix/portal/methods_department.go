package portal

import (
	"slices"
	"strings"
)

// maxDepartments is how many a call of im.department.* tells of.
const maxDepartments = 50

func (p *Portal) department(id int64) (Department, bool) {
	i := slices.IndexFunc(p.departments, func(d Department) bool { return d.ID == id })
	if i < 0 {
		return Department{}, false
	}
	return p.departments[i], true
}

// departmentsOf reads the departments a call asks for; unknown ones are simply not among them. Bots and outsiders
// are told nothing, so a bot's own token is no good here.
func (p *Portal) departmentsOf(c call, params array) ([]Department, error) {
	if who := p.people[c.caller]; who.Bot || who.outsider() {
		return nil, errIntranet
	}
	ids, ok := readIDs(params.get("ID"))
	if !ok || len(ids) == 0 {
		return nil, errDepartment
	}
	var found []Department
	for _, id := range ids[:min(len(ids), maxDepartments)] {
		if d, ok := p.department(id); ok {
			found = append(found, d)
		}
	}
	return found, nil
}

// departmentGet is im.department.get.
func (p *Portal) departmentGet(c call) (any, error) {
	params := c.params.upper()
	departments, err := p.departmentsOf(c, params)
	if err != nil {
		return nil, err
	}
	found := array{}
	for _, d := range departments {
		view := array{
			{"id", d.ID},
			{"name", d.Name},
			{"full_name", p.fullName(d)},
			{"manager_user_id", d.Head},
		}
		if head, ok := p.people[d.Head]; ok && params.get("USER_DATA") == "Y" {
			view = append(view, entry{"manager_user_data", p.restUser(head, true)})
		}
		found = found.push(view)
	}
	return found, nil
}

// departmentManagers is im.department.managers.get: lists of ids, or of people, by department.
func (p *Portal) departmentManagers(c call) (any, error) {
	params := c.params.upper()
	departments, err := p.departmentsOf(c, params)
	if err != nil {
		return nil, err
	}
	found := array{}
	for _, d := range departments {
		managers := array{}
		if head, ok := p.people[d.Head]; ok {
			managers = list[any](head.ID)
			if params.get("USER_DATA") == "Y" {
				managers = list[any](p.restUser(head, true))
			}
		}
		found = found.set(text(d.ID), managers)
	}
	return found, nil
}

// fullName is a department's name with those above it.
func (p *Portal) fullName(d Department) string {
	names := []string{d.Name}
	for parent, ok := p.department(d.Parent); ok; parent, ok = p.department(parent.Parent) {
		names = append(names, parent.Name)
	}
	return strings.Join(names, " / ")
}
