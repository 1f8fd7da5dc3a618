package bitrix

import (
	"context"
	"fmt"
)

const departmentMethod = "im.department.get"

// ErrDepartmentAccess is what im.department.* answers to bots and outsiders: only staff may ask.
const ErrDepartmentAccess ErrorCode = "ACCESS_ERROR"

// DepartmentID is a department's number.
type DepartmentID int64

// Department is a unit of the company.
type Department struct {
	ID       DepartmentID
	Name     string
	FullName string // with those above it: "Sales / Company"
	Head     UserID // 0: nobody
}

// Department reads one department (im.department.get), which needs the rights of a person: with a bot's token it is
// ErrDepartmentAccess. The portal leaves unknown ones out of its answer; then the answer here is false. It finds none by
// name.
func (c *Client) Department(ctx context.Context, id DepartmentID) (Department, bool, error) {
	got, err := c.await(ctx, &pending{method: departmentMethod}, departmentParams{ID: []DepartmentID{id}})
	if err != nil {
		return Department{}, false, err
	}
	var list looseList[wireDepartment]
	if err := got.decode(departmentMethod, &list); err != nil || len(list) == 0 {
		return Department{}, false, err
	}
	d := list[0]
	if DepartmentID(d.ID) != id {
		return Department{}, false, got.unlike(departmentMethod, fmt.Errorf("asked for department %d, got %d", id, d.ID))
	}
	return d.department(), true, nil
}

// wireDepartment is a department as im.department.get writes it; the head's data only where they were asked for.
type wireDepartment struct {
	ID       looseInt     `json:"id"`
	Name     looseString  `json:"name"`
	FullName looseString  `json:"full_name"`
	Head     looseInt     `json:"manager_user_id"`
	Leader   object[User] `json:"manager_user_data"`
}

func (d wireDepartment) department() Department {
	return Department{DepartmentID(d.ID), string(d.Name), string(d.FullName), UserID(d.Head)}
}

func (d wireDepartment) unit() Unit {
	u := Unit{Department: d.department()}
	if d.Leader.value != nil && d.Leader.value.ID == u.Head {
		u.Leader = *d.Leader.value
	}
	return u
}
