package commands

import (
	"context"
	"reflect"
	"time"
)

// kind is a type of argument: how words become a value, and what people are told about it.
type kind interface {
	// name is what a [Schema] calls it.
	name() string
	// hint is what stands for a value in "/birthday [name, number or @mention]"; accepted says what is understood.
	hint(t *catalogue, lang Language) string
	accepted(t *catalogue, lang Language) string
	// take is how many of the first words are a value beyond doubt; 0: none. There is one word at least.
	take(c Call, list []word) int
	// value is what was said; no words at all only where that is a value. Errors are a Sorry, manyPeople, or the portal's.
	value(ctx context.Context, c Call, s said) (any, error)
	// write is a value as somebody would type it; "" for none.
	write(v any) string
	// toJSON is a value for another process; fromJSON reads it there. See Values.
	toJSON(v any) any
	fromJSON(data []byte) (any, error)
}

// said is the words of one argument.
type said struct {
	words []word
	raw   string // as typed, quotes and all
}

// kindOf is the kind of a field by its type and tags; false when nobody can read such a field.
func kindOf(command, field string, t reflect.Type, tags tags) (kind, bool) {
	switch {
	case t == reflect.TypeFor[Person]():
		return personKind{}, true
	case t == reflect.TypeFor[Department]():
		return departmentKind{}, true
	case t == reflect.TypeFor[Day]():
		return dayKind{}, true
	case t == reflect.TypeFor[time.Duration]():
		return durationKind{}, true
	case t.Kind() == reflect.Int:
		return numberKind{}, true
	case t.Kind() != reflect.String:
		return nil, false
	case tags.rest:
		return textKind{}, true
	case len(tags.choices) > 0:
		return choiceKind{keys: tags.choices, prefix: command + "." + field + "."}, true
	}
	return wordKind{}, true
}
