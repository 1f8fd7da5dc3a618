package commands

import (
	"context"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// Request is one question, as it was put.
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
	// People are those of the portal that was asked.
	People People
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

// People is a portal's directory. *bitrix.Client is one.
type People interface {
	// User answers [bitrix.ErrUserNotExists] for an id nobody has.
	User(ctx context.Context, id bitrix.UserID) (bitrix.User, error)
	// SearchUsers finds people by the beginnings of words, at most limit of them.
	SearchUsers(ctx context.Context, find string, limit int) ([]bitrix.FoundUser, error)
	// Department is false for an id no department has.
	Department(ctx context.Context, id bitrix.DepartmentID) (bitrix.Department, bool, error)
}
