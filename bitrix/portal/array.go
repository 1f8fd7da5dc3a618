package portal

import (
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// array is a PHP array: ordered, with text for keys; a list has the keys 0, 1, 2… Whatever the portal takes or
// gives is made of arrays, strings, bools, numbers and nil, which is why an empty object leaves it as [].
type array []entry

type entry struct {
	key   string
	value any
}

// list is an array with the keys 0, 1, 2…
func list[T any](values ...T) array {
	a := make(array, len(values))
	for i, v := range values {
		a[i] = entry{strconv.Itoa(i), v}
	}
	return a
}

// get returns the value of a key; nil without.
func (a array) get(key string) any {
	v, _ := a.lookup(key)
	return v
}

func (a array) lookup(key string) (any, bool) {
	for _, e := range slices.Backward(a) { // of equal keys in JSON the last counts
		if e.key == key {
			return e.value, true
		}
	}
	return nil, false
}

// sub returns the array under a key; empty when there is none.
func (a array) sub(key string) array {
	v, _ := a.get(key).(array)
	return v
}

// set returns the array with a key added or replaced.
func (a array) set(key string, value any) array {
	for i := range a {
		if a[i].key == key {
			a[i].value = value
			return a
		}
	}
	return append(a, entry{key, value})
}

// push returns the array with a value added under the next number.
func (a array) push(value any) array {
	next := 0
	for _, e := range a {
		if n, err := strconv.Atoi(e.key); err == nil && n >= next {
			next = n + 1
		}
	}
	return append(a, entry{strconv.Itoa(next), value})
}

// upper returns the array with its keys in upper case: methods of the older scopes do not mind the case.
func (a array) upper() array {
	up := make(array, 0, len(a))
	for _, e := range a {
		up = up.set(strings.ToUpper(e.key), e.value)
	}
	return up
}

func (a array) isList() bool {
	for i, e := range a {
		if e.key != strconv.Itoa(i) {
			return false
		}
	}
	return true
}

// intval is PHP's: the number a text begins with, 1 for an array that is not empty, else 0.
func intval(v any) int64 {
	switch v := v.(type) {
	case float64:
		if math.Abs(v) < math.MaxInt64 {
			return int64(v)
		}
	case bool:
		if v {
			return 1
		}
	case array:
		return min(int64(len(v)), 1)
	case string:
		return leadingInt(v)
	}
	if r := reflect.ValueOf(v); r.CanInt() { // ids are types of their own
		return r.Int()
	}
	return 0
}

func leadingInt(s string) int64 {
	s = strings.TrimLeft(s, " \t\n\r\v\f")
	end := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || end == 0 && (s[0] == '-' || s[0] == '+')) {
		end++
	}
	n, _ := strconv.ParseInt(s[:end], 10, 64)
	return n
}

// text is how PHP writes a value where text is wanted; an array is no text.
func text(v any) string {
	switch v := v.(type) {
	case nil, array:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		if v {
			return "1"
		}
		return ""
	}
	r := reflect.ValueOf(v)
	if r.Kind() == reflect.String {
		return r.String()
	}
	return strconv.FormatInt(r.Int(), 10)
}

// yes reads a flag as bot methods do: true, 1, "Y", "1", "TRUE".
func yes(v any) bool {
	switch strings.ToUpper(text(v)) {
	case "Y", "1", "TRUE":
		return true
	}
	return false
}
