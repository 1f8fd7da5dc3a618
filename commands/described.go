package commands

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Bounds of what a schema from another process may hold.
const (
	maxArguments = 20
	maxChoices   = 50
	maxKey       = 64 // characters of an argument's name or a choice's key
)

// Described makes a command of its schema, for one that runs in another process: run is given the arguments' values, and
// returns what that process replied. With [Call.Text] it can say the texts of the schema. What is wrong with the schema
// [NewSet] and [Set.Host] tell; nothing in it is taken on trust. Languages the bot does not speak are left out.
func Described(schema Schema, run func(ctx context.Context, c Call, values Values) (Reply, error)) Command {
	schema.Texts = spokenHere(schema.Texts)
	cmd := Command{name: schema.Name, said: schema.Texts}
	cmd.arguments, cmd.mistakes = schema.arguments()
	if len(cmd.mistakes) == 0 {
		cmd.written, cmd.mistakes = schema.files()
	}
	if run != nil {
		cmd.run = func(ctx context.Context, c Call, list []any) (Reply, error) {
			values, err := cmd.valuesOf(c, list)
			if err != nil {
				return Reply{}, err
			}
			return run(ctx, c, values)
		}
	}
	return cmd
}

// arguments are those of the command described.
func (s Schema) arguments() (list []argument, mistakes []error) {
	if n := len(s.Arguments); n > maxArguments {
		return nil, []error{fmt.Errorf("there are %d arguments; at most %d can be", n, maxArguments)}
	}
	for _, described := range s.Arguments {
		a, err := described.argument(s.Name)
		if err == nil {
			err = a.check(list)
		}
		if err != nil {
			mistakes = append(mistakes, fmt.Errorf("argument %q: %w", shorten(described.Name), err))
		}
		list = append(list, a)
	}
	return list, mistakes
}

// goodArgument is what a field of a struct can be called, in lower case.
var goodArgument = regexp.MustCompile(`^\pL[\pL\p{Nd}_]*$`)

func (s ArgumentSchema) argument(command string) (argument, error) {
	a := argument{name: s.Name, field: s.Name, tags: s.tags()}
	if !goodArgument.MatchString(s.Name) || utf8.RuneCountInString(s.Name) > maxKey {
		return a, fmt.Errorf("its name is not a letter, then letters, digits or _, at most %d", maxKey)
	}
	if s.Asker && s.Type != "person" {
		return a, errors.New("only a person can be who asks")
	}
	if err := s.checkChoices(); err != nil {
		return a, err
	}
	if s.hasHint() {
		a.ownHint = hintID(command, s.Name)
	}
	var known bool
	if a.kind, known = kindNamed(s.Type, command+"."+s.Name+".", a.choices); !known {
		return a, fmt.Errorf("there is no type %q", shorten(s.Type))
	}
	return a, nil
}

// tags are what the fields of a struct would say to be described like this.
func (s ArgumentSchema) tags() tags {
	t := tags{
		rest:     s.Rest || s.Type == "text",
		fallback: s.Default,
		leftOut:  s.Optional && s.Default == "" && !s.Asker,
		required: !s.Optional && s.Default == "" && !s.Asker,
	}
	for _, c := range s.Choices {
		t.choices = append(t.choices, c.Key)
	}
	return t
}

func (s ArgumentSchema) checkChoices() error {
	switch n := len(s.Choices); {
	case n > maxChoices:
		return fmt.Errorf("there are %d choices; at most %d can be", n, maxChoices)
	case n == 0 && s.Type == "choice":
		return errors.New("there is nothing to choose from")
	case s.Asker && s.Default != "":
		return errors.New("nothing said is either who asks or the default")
	case s.Default != Args(s.Default) || !plain(s.Default):
		return errors.New("its default is not a plain line")
	}
	for _, c := range s.Choices {
		if len(c.Key) > maxKey {
			return fmt.Errorf("a key has more than %d characters", maxKey)
		}
		if slices.ContainsFunc(Languages(), func(lang Language) bool { return hasGap(c.Words[string(lang)]) }) {
			return fmt.Errorf("between two commas in the words of %q is nothing", shorten(c.Key))
		}
	}
	return checkChoices(s.tags().choices)
}

// hasGap reports whether one of several ways to say something is to say nothing.
func hasGap(words string) bool {
	return words != "" && slices.ContainsFunc(strings.Split(words, ","), func(one string) bool { return strings.TrimSpace(one) == "" })
}

// kindNamed is the kind a schema calls so; prefix begins the ids of its choices' texts.
func kindNamed(name, prefix string, choices []string) (kind, bool) {
	for _, k := range []kind{
		personKind{},
		departmentKind{},
		dayKind{},
		durationKind{},
		numberKind{},
		wordKind{},
		textKind{},
		choiceKind{keys: choices, prefix: prefix},
	} {
		if k.name() == name {
			return k, true
		}
	}
	return nil, false
}
