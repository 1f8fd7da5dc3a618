package bitrix

import (
	"context"
	"encoding/json"
)

// Profile is a person, and where in the company they are.
type Profile struct {
	User
	// Units are the person's departments, five at most, in the person's order. There are none where the portal does not tell:
	// to bots and outsiders, and for a while when it has worked on such questions too long.
	Units []Unit
}

// Unit is a department, and who heads it: nobody if the ID is 0.
type Unit struct {
	Department
	Leader User
}

// Profile reads a person as [Client.User] does, and their departments, in the same request.
func (c *Client) Profile(ctx context.Context, id UserID) (Profile, error) {
	got, user, err := c.lookUp(ctx, &pending{method: userMethod, user: id, units: true})
	if err != nil {
		return Profile{}, err
	}
	return Profile{user, unitsIn(got.units, user.Departments)}, nil
}

// unitsIn picks a person's departments out of an answer of im.department.get. One that cannot be read has none: the person is
// worth more than that.
func unitsIn(data json.RawMessage, ids []int64) []Unit {
	var list looseList[wireDepartment]
	if data == nil || json.Unmarshal(data, &list) != nil {
		return nil
	}
	byID := map[int64]wireDepartment{}
	for _, d := range list {
		byID[int64(d.ID)] = d
	}
	var found []Unit
	for _, id := range ids[:min(len(ids), unitsPerPerson)] {
		if d, ok := byID[id]; ok {
			found = append(found, d.unit())
			delete(byID, id) // told twice it is still one
		}
	}
	return found
}
