package commands

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"
)

// argument is one field of a command's struct.
type argument struct {
	name  string // as a Schema has it: who, due_date
	field string // as the struct has it: Who, DueDate
	kind  kind
	tags
}

// optional reports whether nothing needs to be said.
func (a argument) optional() bool { return a.leftOut || a.fallback != "" || a.asker() }

// asker reports whether nothing said means who asks.
func (a argument) asker() bool {
	return a.kind == personKind{} && !a.required && !a.leftOut && a.fallback == ""
}

func (a argument) hint(t *catalogue, lang Language) string {
	if a.ownHint != "" {
		return t.text(lang, a.ownHint, nil)
	}
	return a.kind.hint(t, lang)
}

// texts are the ids of those the argument needs of its own.
func (a argument) texts() []string {
	var ids []string
	if choice, ok := a.kind.(choiceKind); ok {
		ids = choice.ids()
	}
	if a.ownHint != "" {
		ids = append(ids, a.ownHint)
	}
	return ids
}

func textsOf(arguments []argument) []string {
	var ids []string
	for _, a := range arguments {
		ids = append(ids, a.texts()...)
	}
	return ids
}

// resolve makes the value of what was said, or of what stands for nothing; nil: the field stays zero.
func (a argument) resolve(ctx context.Context, c Call, s said) (any, error) {
	switch {
	case len(s.words) > 0 || a.asker():
	case a.fallback != "":
		s = said{split(a.fallback), a.fallback}
	default:
		return nil, nil
	}
	return a.kind.value(ctx, c, s)
}

// argumentsOf reads the fields of a struct. Mistakes name the field.
func argumentsOf(command string, t reflect.Type) (list []argument, mistakes []error) {
	if t.Kind() != reflect.Struct {
		return nil, []error{fmt.Errorf("the arguments are a %v, not a struct", t)}
	}
	for field := range t.Fields() {
		a, err := argumentOf(command, field)
		if err == nil {
			err = a.check(list)
		}
		if err != nil {
			mistakes = append(mistakes, fmt.Errorf("field %s: %w", field.Name, err))
		}
		list = append(list, a)
	}
	return list, mistakes
}

func argumentOf(command string, field reflect.StructField) (argument, error) {
	a := argument{name: snake(field.Name), field: field.Name}
	if !field.IsExported() {
		return a, errors.New("it is not exported, so nobody can set it")
	}
	var err error
	if a.tags, err = readTags(field.Tag); err != nil {
		return a, err
	}
	var known bool
	if a.kind, known = kindOf(command, a.name, field.Type, a.tags); !known {
		return a, fmt.Errorf("nothing typed makes a %v; accepted are Person, Department, Day, time.Duration, int and string", field.Type)
	}
	return a, nil
}

// check holds an argument against itself and those before it.
func (a argument) check(before []argument) error {
	_, text := a.kind.(textKind)
	_, choice := a.kind.(choiceKind)
	switch {
	case a.rest && !text:
		return errors.New("only a string can be the rest of the line")
	case a.rest && len(a.choices) > 0:
		return errors.New("a choice cannot be the rest of the line")
	case len(a.choices) > 0 && !choice:
		return errors.New("only a string can be a choice")
	case a.fallback != "" && !a.reads(a.fallback):
		return fmt.Errorf("its default %q is not understood", a.fallback)
	}
	for _, b := range before {
		switch {
		case b.name == a.name:
			return fmt.Errorf("%s before it is called %s as well", b.field, a.name)
		case b.rest:
			return fmt.Errorf("%s before it takes the rest of the line already", b.field)
		case b.kind != nil && b.optional() && !a.optional():
			return fmt.Errorf("it has to be said, but %s before it may be left out; make that required or this optional", b.field)
		}
	}
	return nil
}

// reads reports whether a default is a value: of a choice its key. Names cannot be looked up here.
func (a argument) reads(line string) bool {
	if choice, ok := a.kind.(choiceKind); ok {
		return slices.Contains(choice.keys, line)
	}
	list := split(line)
	return len(list) > 0 && a.kind.take(Call{}, list) == len(list)
}

// write is the command line that says what v holds.
func write(list []argument, v reflect.Value) string {
	var parts []string
	for i, a := range list {
		part := leftOut
		if field := v.Field(i); !field.IsZero() || !a.optional() || a.fallback != "" {
			part = a.kind.write(field.Interface())
		}
		if part == "" {
			part = leftOut
		}
		parts = append(parts, part)
	}
	return join(parts)
}

// join leaves out what is left out at the end.
func join(parts []string) string {
	for len(parts) > 0 && parts[len(parts)-1] == leftOut {
		parts = parts[:len(parts)-1]
	}
	return strings.Join(parts, " ")
}

// snake writes DueDate as due_date, and UserID as user_id.
func snake(name string) string {
	var b strings.Builder
	letters := []rune(name)
	for i, c := range letters {
		begins := unicode.IsUpper(c) && i > 0 &&
			(!unicode.IsUpper(letters[i-1]) || i+1 < len(letters) && unicode.IsLower(letters[i+1]))
		if begins {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return b.String()
}

// hints stand for the arguments of a command; those that may be left out are in brackets.
func (cmd Command) hints(t *catalogue, lang Language) string {
	var all []string
	for _, a := range cmd.arguments {
		hint := a.hint(t, lang)
		if a.optional() {
			hint = "[" + hint + "]"
		}
		all = append(all, hint)
	}
	return strings.Join(all, " ")
}
