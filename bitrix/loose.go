package bitrix

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// PHP is loose with types: numbers arrive as text, and an empty object, list or date as [], false, null or "".
// The types of this file take what portals write and give plain Go values.

// looseInt is a whole number or its text; what is blank is 0.
type looseInt int64

func (n *looseInt) UnmarshalJSON(data []byte) error {
	if blank(data) {
		*n = 0
		return nil
	}
	parsed, err := strconv.ParseInt(strings.Trim(string(data), `" `), 10, 64)
	if err != nil {
		return fmt.Errorf("%.40q is no whole number", data)
	}
	*n = looseInt(parsed)
	return nil
}

// looseBool is true, 1, "1", "Y" or "true", or the opposite of one.
type looseBool bool

func (b *looseBool) UnmarshalJSON(data []byte) error {
	switch strings.ToLower(strings.Trim(string(data), `"`)) {
	case "true", "1", "y":
		*b = true
	case "false", "0", "n", "", "null", "[]":
		*b = false
	default:
		return fmt.Errorf("%.40q is neither true nor false", data)
	}
	return nil
}

// looseString is a string, or a number as text; false, null and [] are "".
type looseString string

func (s *looseString) UnmarshalJSON(data []byte) error {
	switch {
	case data[0] == '"':
		return json.Unmarshal(data, (*string)(s))
	case blank(data) && string(data) != "0":
		*s = ""
		return nil
	case data[0] == '{' || data[0] == '[':
		return fmt.Errorf("%.40q is no text", data)
	}
	*s = looseString(data)
	return nil
}

// looseList is a list; or an object, whose values count in the order of their keys; or blank.
type looseList[T any] []T

func (l *looseList[T]) UnmarshalJSON(data []byte) error {
	*l = nil
	switch {
	case blank(data):
		return nil
	case data[0] != '{':
		return json.Unmarshal(data, (*[]T)(l))
	}
	var byKey map[string]T
	if err := json.Unmarshal(data, &byKey); err != nil {
		return err
	}
	for _, key := range slices.SortedFunc(maps.Keys(byKey), shortlex) {
		*l = append(*l, byKey[key])
	}
	return nil
}

// shortlex orders the keys of PHP lists as numbers: "2" before "10".
func shortlex(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

// object is a JSON object, or nil where a portal wrote something blank instead.
type object[T any] struct{ value *T }

func (o *object[T]) UnmarshalJSON(data []byte) error {
	o.value = nil
	if blank(data) {
		return nil
	}
	return json.Unmarshal(data, &o.value)
}
