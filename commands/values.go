package commands

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"
)

// Values are arguments on their way to another process, by the argument's name. One that was left out is not there.
//
// A person is a [PersonValue], a department a [DepartmentValue], a day "2026-02-14", a duration its seconds, a number a
// number, and all else a string, of a choice its key.
type Values map[string]json.RawMessage

// valuesOf writes what the arguments were found to be.
func (cmd Command) valuesOf(c Call, list []any) (Values, error) {
	values := Values{}
	for i, a := range cmd.arguments {
		if list[i] == nil {
			continue
		}
		data, err := json.Marshal(a.kind.toJSON(list[i]))
		if err != nil {
			return nil, fmt.Errorf("argument %s: %w", a.name, err)
		}
		values[a.name] = data
	}
	return values, nil
}

// values reads what another process wrote. What is not there is what it would be if it had not been said.
func (cmd Command) values(ctx context.Context, c Call, from Values) (list []any, err error) {
	list = make([]any, len(cmd.arguments))
	for i, a := range cmd.arguments {
		data := from[a.name]
		switch left := len(data) == 0 || bytes.Equal(data, []byte("null")); {
		case !left:
			list[i], err = a.kind.fromJSON(data)
		case a.optional():
			list[i], err = a.resolve(ctx, c, said{})
		default:
			err = errors.New("it is missing")
		}
		if err != nil {
			return nil, fmt.Errorf("argument %s: %w", a.name, err)
		}
	}
	return list, nil
}

func (personKind) toJSON(v any) any { return NewPersonValue(v.(Person).User) }

func (personKind) fromJSON(data []byte) (any, error) {
	var p PersonValue
	if err := json.Unmarshal(data, &p); err != nil {
		return nil, err
	}
	if p.ID < 1 || p.ID > maxID {
		return nil, fmt.Errorf("nobody has the number %d", p.ID)
	}
	return Person{p.User()}, nil
}

func (departmentKind) toJSON(v any) any {
	return NewDepartmentValue(v.(Department).Department)
}

func (departmentKind) fromJSON(data []byte) (any, error) {
	var d DepartmentValue
	if err := json.Unmarshal(data, &d); err != nil {
		return nil, err
	}
	if d.ID < 1 || d.ID > maxID {
		return nil, fmt.Errorf("no department has the number %d", d.ID)
	}
	return Department{d.Department()}, nil
}

func (dayKind) toJSON(v any) any { return v.(Day).String() }

func (dayKind) fromJSON(data []byte) (any, error) {
	s, err := stringIn(data)
	if err != nil {
		return nil, err
	}
	at, err := time.Parse(time.DateOnly, s)
	if err != nil || at.Year() == 0 {
		return nil, fmt.Errorf("%.20q is no day like 2026-02-14", s)
	}
	return dayAt(at), nil
}

func (durationKind) toJSON(v any) any { return int64(v.(time.Duration) / time.Second) }

func (durationKind) fromJSON(data []byte) (any, error) {
	var seconds int64
	if err := json.Unmarshal(data, &seconds); err != nil {
		return nil, err
	}
	if seconds < 0 || seconds > int64(longestDuration/time.Second) {
		return nil, fmt.Errorf("%d seconds are out of bounds", seconds)
	}
	return time.Duration(seconds) * time.Second, nil
}

func (numberKind) toJSON(v any) any { return v }

func (numberKind) fromJSON(data []byte) (any, error) {
	var n int
	err := json.Unmarshal(data, &n)
	return n, err
}

func (choiceKind) toJSON(v any) any { return v }

func (k choiceKind) fromJSON(data []byte) (any, error) {
	key, err := stringIn(data)
	if err == nil && !slices.Contains(k.keys, key) {
		err = fmt.Errorf("%.40q is none of its choices", key)
	}
	return key, err
}

func (wordKind) toJSON(v any) any { return v }

func (wordKind) fromJSON(data []byte) (any, error) { return stringIn(data) }

func (textKind) toJSON(v any) any { return v }

func (textKind) fromJSON(data []byte) (any, error) { return stringIn(data) }

// stringIn reads a text no longer than a message can be.
func stringIn(data []byte) (string, error) {
	var s string
	if err := json.Unmarshal(data, &s); err != nil {
		return "", err
	}
	if utf8.RuneCountInString(s) > maxText/4 {
		return "", errors.New("it is longer than a message can be")
	}
	return s, nil
}
