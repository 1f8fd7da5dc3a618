package commands

import (
	"context"
	"reflect"

	"github.com/whois24/whois24/bitrix"
)

// Call is a question on its way through a command: what was asked, by whom and where, and the words to answer it with.
type Call struct {
	Request

	set   *table // that runs the command; nil when a test makes the Call itself
	wants want   // of a question in plain words
}

// Data are the values a text of the catalogue names, {{.Name}}. Strings are made harmless with [bitrix.Plain] on their
// way in. A whole number called N also chooses the plural form. Values may be those of JSON, but no lists and no objects.
type Data map[string]any

// Markup is BB-code that is safe already and is printed as it is. Never make one of foreign text.
type Markup string

// Text is a text of the catalogue in the reader's language. A text that cannot be made, for want of the id or of a
// value, comes back as its id, so that a test of the command shows it.
func (c Call) Text(id string, data Data) string {
	return c.catalogue().text(c.Lang, id, data)
}

// Say is a reply that is one text.
func (c Call) Say(id string, data Data) (Reply, error) {
	return Reply{Text: c.Text(id, data)}, nil
}

// Later is a reply in two steps: the text is posted at once, and what then returns takes its place. Then may be run again.
func (c Call) Later(id string, data Data, then func(context.Context) (Reply, error)) (Reply, error) {
	return Reply{Text: c.Text(id, data), Then: then}, nil
}

// Ask is a question to the person who asked. The command is run again with what they say next in the dialog, which is the
// next of its answers; it has [AskedFor] to come, and survives restarts.
func (c Call) Ask(id string, data Data) (Reply, error) {
	return Reply{Text: c.Text(id, data), Asks: true}, nil
}

// Answer is what the person said to the n-th question of this command, the first being 0; false: it was not asked yet.
func (c Call) Answer(n int) (string, bool) {
	if n >= len(c.Answers) {
		return "", false
	}
	return c.Answers[n], true
}

// Sorry is for what the person who asked can understand and mend: see the function of that name.
func (c Call) Sorry(id string, data Data) (Reply, error) {
	return Reply{}, Sorry(id, data)
}

// Commands are the commands the person may use, in the order of the set. There are none outside a set.
func (c Call) Commands() []Description {
	if c.set == nil {
		return nil
	}
	return c.set.descriptions()
}

// Button is a button that gives the command to the bot, as whoever presses it. Arguments is a struct as [New] takes,
// with the values the command is to get; nil for none. Values go through the same words as if they were typed: of a
// person or a department the id, of a text what [Args] leaves. Zero in an optional field is what the command gets when
// nothing is said there.
//
// It panics if arguments cannot be those of a command.
func (c Call) Button(text, command string, arguments any) bitrix.Button {
	b := bitrix.Button{Text: bitrix.Plain(text), Command: command}
	if arguments == nil {
		return b
	}
	v := reflect.ValueOf(arguments)
	list, mistakes := argumentsOf(command, v.Type())
	if len(mistakes) > 0 {
		panic(mistakes[0])
	}
	b.Params = write(list, v)
	return b
}

// has reports whether the set has a command of that name. There are none outside a set.
func (c Call) has(command string) bool {
	if c.set == nil {
		return false
	}
	_, ok := c.set.byName[command]
	return ok
}

func (c Call) catalogue() *catalogue {
	if c.set == nil {
		return builtin()
	}
	return c.set.texts
}
