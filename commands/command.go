package commands

import (
	"context"
	"encoding/json"
	"io/fs"
	"reflect"
)

// Command is one thing the bot can do. [New] makes one, and a [Set] runs it.
type Command struct {
	name      string
	arguments []argument
	// run is called with a value for each argument; nil for one that was left out.
	run      func(ctx context.Context, c Call, values []any) (Reply, error)
	units    bool // see withUnits
	texts    []fs.FS
	said     map[string]json.RawMessage // texts of a schema, and
	written  []file                     // all it holds
	mistakes []error                    // in what New was given; NewSet tells them
}

// New makes a command of a name, the function that answers, and the texts it brings along.
//
// The name is typed after the slash: a Latin letter, then letters, digits and underscores, all lower case, at most 32.
// The fields of the struct A are the arguments, in the order they are typed; the package comment tells their types and
// tags. The function gets them with their values, and may be called from several goroutines at once.
//
// What the command does is told in one line by the text name.title. A command of this package has its texts in the package's
// catalogue. Another one gives them: files named en.toml, ru.toml, at the top of a file system or in its directories. An id of
// the catalogue can have no other text there, unless it is that of a command of the same name in this package, whose place this
// one takes. Each text is needed in English and Russian; one that is missing in another of [Languages] is said in English, and
// a language that is none of them is left out.
//
// Whatever is wrong with all this [NewSet] tells.
func New[A any](name string, run func(ctx context.Context, c Call, arguments A) (Reply, error), texts ...fs.FS) Command {
	arguments, mistakes := argumentsOf(name, reflect.TypeFor[A]())
	cmd := Command{name: name, arguments: arguments, texts: texts, mistakes: mistakes}
	if run != nil {
		cmd.run = func(ctx context.Context, c Call, values []any) (Reply, error) {
			var a A
			fill(reflect.ValueOf(&a).Elem(), values)
			return run(ctx, c, a)
		}
	}
	return cmd
}

// fill puts values into the fields of a struct; those without one stay zero.
func fill(into reflect.Value, values []any) {
	for i, value := range values {
		if value != nil {
			field := into.Field(i)
			field.Set(reflect.ValueOf(value).Convert(field.Type()))
		}
	}
}

// bringsTexts reports whether the command has texts besides the catalogue's.
func (cmd Command) bringsTexts() bool { return len(cmd.texts)+len(cmd.written) > 0 }

// files are the texts the command brings along.
func (cmd Command) files() ([]file, []error) {
	files := cmd.written
	var mistakes []error
	for _, from := range cmd.texts {
		found, wrong := filesIn(from)
		files, mistakes = append(files, found...), append(mistakes, wrong...)
	}
	return files, mistakes
}

// title is the id of the text that says what the command does.
func (cmd Command) title() string { return cmd.name + ".title" }

// answer reads the arguments, resolves them and runs the command. Where several people match, asking which is meant is
// the answer.
func (cmd Command) answer(ctx context.Context, c Call) (Reply, error) {
	line, err := cmd.read(c)
	if err != nil {
		return Reply{}, err
	}
	c.People = cmd.directory(c)
	values := make([]any, len(cmd.arguments))
	for i, a := range cmd.arguments {
		value, err := a.resolve(ctx, c, line.said(i))
		if several, ok := err.(manyPeople); ok {
			return several.reply(c, func(said string) string { return line.with(i, said) }), nil
		}
		if err != nil {
			return Reply{}, err
		}
		values[i] = value
	}
	return cmd.run(ctx, c, values)
}
