package bitrix

import (
	"encoding/json"
	"fmt"
	"slices"
)

const (
	// unitsPerPerson is how many departments of one person are asked for: hardly anybody is in three.
	unitsPerPerson = 5
	// peoplePerUnits is how many people's departments one command asks for. im.department.get tells of 50 at most.
	peoplePerUnits = 50 / unitsPerPerson
)

// units asks for the departments of people who are looked up in the same batch, by referring to what it finds.
type units struct {
	people []lookedUp
}

// lookedUp is a look-up, and its command's place in the batch.
type lookedUp struct {
	*pending
	command int
	listed  bool // the command is of several people, by id
}

// unitsOf are the commands that have to follow a batch's own. There are none while the portal does not carry them out.
func (c *Client) unitsOf(commands []command) []units {
	if c.resets.held(departmentMethod) > 0 {
		return nil
	}
	var people []lookedUp
	for i, cmd := range commands {
		for _, call := range cmd.calls {
			if call.units {
				people = append(people, lookedUp{call, i, cmd.Method == userListMethod})
			}
		}
	}
	var all []units
	for some := range slices.Chunk(people, peoplePerUnits) {
		all = append(all, units{some})
	}
	return all
}

// call refers to the departments one by one. Where there are fewer than that, or nobody, the portal gets the reference itself,
// which is the number of no department.
func (u units) call() BatchCall {
	return BatchCall{departmentMethod, referring(func(keys []string) any {
		var ids []string
		for _, p := range u.people {
			found := "$result[" + keys[p.command] + "]"
			if p.listed {
				found += fmt.Sprintf("[%d]", p.user)
			}
			for i := range unitsPerPerson {
				ids = append(ids, fmt.Sprintf("%s[departments][%d]", found, i))
			}
		}
		return departmentParams{ID: ids, Heads: "Y"}
	})}
}

// departmentParams are those of im.department.get: with Heads "Y" it tells of who heads a department what im.user.get does.
type departmentParams struct {
	ID    any    `json:"ID"`
	Heads string `json:"USER_DATA,omitempty"`
}

// tell gives the look-ups that worked what became of their departments. A refusal, which bots and outsiders get, is nothing.
func tell(all []attempt, asked []units, results []BatchResult) {
	told := map[*pending]json.RawMessage{}
	for i, u := range asked {
		for _, p := range u.people {
			told[p.pending] = results[i].answer.result
		}
	}
	for i, a := range all {
		all[i].answer.units = told[a.call]
	}
}
