package commands

import (
	"context"
	"errors"
	"fmt"

	"github.com/whois24/whois24/bitrix"
)

// Department is an argument: a unit of the company, by its number, or by whole words of its name where the staff is known: the portal
// itself finds none by name for the rights we ask for.
type Department struct{ bitrix.Department }

type departmentKind struct{}

func (departmentKind) name() string { return "department" }

func (departmentKind) hint(t *catalogue, lang Language) string {
	return t.text(lang, "arg.department", nil)
}

func (departmentKind) accepted(t *catalogue, lang Language) string {
	return t.text(lang, "accepts.department", nil)
}

// take knows numbers, and as many words as are the name of a department.
func (departmentKind) take(c Call, list []word) int {
	if n := numberWords(list); n > 0 {
		if _, ok := departmentID(said{words: list[:n]}); ok {
			return n
		}
	}
	for n := min(len(list), longestName); n > 0; n-- {
		if _, ok := c.departmentCalled(phrase(list[:n])); ok {
			return n
		}
	}
	return 0
}

func departmentID(s said) (bitrix.DepartmentID, bool) {
	m := numbered.FindStringSubmatch(trimSentence(s.text()))
	if m == nil {
		return 0, false
	}
	id, ok := parseID(m[1])
	return bitrix.DepartmentID(id), ok
}

func (departmentKind) value(ctx context.Context, c Call, s said) (any, error) {
	id, numbered := departmentID(s)
	if !numbered {
		if called, ok := c.departmentCalled(phrase(s.words)); ok {
			return Department{called}, nil
		}
	}
	if c.People == nil {
		return nil, errors.New("look up a department: the request brings no People")
	}
	found, ok, err := c.People.Department(ctx, id)
	switch {
	case err != nil:
		return nil, fmt.Errorf("look up department %d: %w", id, err)
	case !ok:
		return nil, Sorry("department.none", Data{"ID": int64(id)})
	}
	return Department{found}, nil
}

func (departmentKind) write(v any) string {
	if id := v.(Department).ID; id > 0 {
		return fmt.Sprint(id)
	}
	return ""
}
