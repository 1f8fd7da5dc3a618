package commands

import (
	"reflect"

	"github.com/whois24/whois24/bitrix"
)

// Call is a question on its way through a command: what was asked, by whom and where, and the words to answer it with.
type Call struct {
	Request

	set *Set // that runs the command; nil when a test makes the Call itself
}

// Data are the values a text of the catalogue names, {{.Name}}. Strings are made harmless with [bitrix.Plain] on their
// way in. An int called N also chooses the plural form.
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

// Sorry is for what the person who asked can understand and mend: see the function of that name.
func (c Call) Sorry(id string, data Data) (Reply, error) {
	return Reply{}, Sorry(id, data)
}

// Commands are the commands the person may use, in the order of the set. There are none outside a set.
func (c Call) Commands() []Description {
	if c.set == nil {
		return nil
	}
	return c.set.Descriptions()
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

func (c Call) catalogue() *catalogue {
	if c.set == nil {
		return builtin()
	}
	return c.set.texts
}
