package portal

import (
	"slices"
	"strings"
)

// maxDepartments is how many a call of im.department.* tells of, but for that of the employees.
const maxDepartments = 50

func (p *Portal) department(id int64) (Department, bool) {
	i := slices.IndexFunc(p.departments, func(d Department) bool { return d.ID == id })
	if i < 0 {
		return Department{}, false
	}
	return p.departments[i], true
}

// departmentIDs reads which departments a call asks for. Bots and outsiders are told nothing, so a bot's own token is no
// good here.
func (p *Portal) departmentIDs(c call, params array) ([]int64, error) {
	if who := p.people[c.caller]; who.Bot || who.outsider() {
		return nil, errIntranet
	}
	ids, ok := readIDs(params.get("ID"))
	if !ok || len(ids) == 0 {
		return nil, errDepartment
	}
	return ids, nil
}

// departmentsOf are the departments a call asks for; unknown ones are simply not among them.
func (p *Portal) departmentsOf(c call, params array) ([]Department, error) {
	ids, err := p.departmentIDs(c, params)
	if err != nil {
		return nil, err
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

// departmentEmployees is im.department.employees.get: lists of ids, or of people, by department. Those nobody is in are left
// out, and so are the dismissed.
func (p *Portal) departmentEmployees(c call) (any, error) {
	params := c.params.upper()
	ids, err := p.departmentIDs(c, params)
	if err != nil {
		return nil, err
	}
	members := map[int64][]any{}
	for _, who := range p.everybody() {
		for _, id := range who.Departments {
			switch {
			case !who.Active:
			case params.get("USER_DATA") == "Y":
				members[id] = append(members[id], p.restUser(who, true))
			default:
				members[id] = append(members[id], who.ID)
			}
		}
	}
	found := array{}
	for _, id := range ids {
		if _, ok := p.department(id); ok && members[id] != nil {
			found = found.set(text(id), list(members[id]...))
		}
	}
	return found, nil
}

// fullName is a department's name with those above it. A tree that goes round ends where it began.
func (p *Portal) fullName(d Department) string {
	names := []string{d.Name}
	above := []int64{d.ID}
	for parent, ok := p.department(d.Parent); ok && !slices.Contains(above, parent.ID); parent, ok = p.department(parent.Parent) {
		names, above = append(names, parent.Name), append(above, parent.ID)
	}
	return strings.Join(names, " / ")
}
