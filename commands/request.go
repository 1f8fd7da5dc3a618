package commands

import (
	"time"

	"github.com/whois24/whois24/bitrix"
)

// Request is one question, already taken apart.
type Request struct {
	// Name is the command in lower case without the slash. Empty: the person said something that is no command.
	Name string
	// Args is what followed the name, as [Args] leaves it.
	Args  string
	Asker Asker
	Chat  Chat
	// Lang is the reader's language; see [Match].
	Lang Language
	// Zone is where days begin for the reader. Nil means the zone the portal's own dates carry.
	Zone *time.Location
	// Now is the moment the answer is true for.
	Now time.Time

	set *Set // that runs the command; nil when a test calls Run itself
}

// Asker is the person who asked.
type Asker struct {
	ID bitrix.UserID
	// Outsider is true for guests, collaborators and customers of an open line. They learn nothing about staff.
	Outsider bool
}

// Chat is where the question was asked and the answer will be read.
type Chat struct {
	Private bool
	// Outsiders is true when people from outside the company read along: contacts are left out then.
	Outsiders bool
}

// Data are the values a text of the catalogue names, {{.Name}}. Strings are made harmless with [bitrix.Plain] on their
// way in. An int called N also chooses the plural form.
type Data map[string]any

// Markup is BB-code that is safe already and is printed as it is. Never make one of foreign text.
type Markup string

// Text is a text of the catalogue in the reader's language. A text that cannot be made, for want of the id or of a
// value, comes back as its id, so that a test of the command shows it.
func (r Request) Text(id string, data Data) string {
	return r.catalogue().text(r.Lang, id, data)
}

// Commands are the commands the person may use, in the order of the set. There are none outside a set.
func (r Request) Commands() []Description {
	if r.set == nil {
		return nil
	}
	return r.set.Descriptions()
}

func (r Request) catalogue() *catalogue {
	if r.set == nil {
		return builtin()
	}
	return r.set.texts
}
