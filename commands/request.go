package commands

import (
	"context"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// Request is one question, as it was put.
type Request struct {
	// ID names the question: it is the same each time an answer to it is tried, and no other question has it.
	ID string
	// Name is the command in lower case without the slash. Empty: the person said something that is no command.
	Name string
	// Args is what followed the name, as [Args] leaves it.
	Args string
	// Answers are what the person said to the command's questions, in their order; see [Call.Ask].
	Answers []string
	Asker   Asker
	Chat    Chat
	// Lang is the reader's language; see [Match].
	Lang Language
	// Unchosen is what Lang would be if the person had not chosen it themselves; empty: they did not.
	Unchosen Language
	// Zone is where days begin for the reader. Nil means the zone the portal's own dates carry.
	Zone *time.Location
	// Now is the moment the answer is true for.
	Now time.Time
	// People are those of the portal that was asked.
	People People
	// Staff is everybody who works there, as of some minutes ago; nil where nobody has read that yet.
	Staff *Staff
	// StaffUntold is true where Staff stays nil: the portal does not tell who works there, or too many do.
	StaffUntold bool
	// Privacy is what who may learn; nil is [DefaultPrivacy].
	Privacy *Privacy
	// WorkingHours are when people work; nil is [DefaultWorkingHours].
	WorkingHours *WorkingHours
	// Woken is true when nobody asked just now: the command wanted to be run again, see [Wake].
	Woken bool
	// Note is that of the Wake.
	Note string
	// Joined is true when nobody asked: the asker opened the private chat with the bot, or brought it into a group.
	Joined bool
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
	// Profile is User with the person's departments and who heads those, where the portal tells.
	Profile(ctx context.Context, id bitrix.UserID) (bitrix.Profile, error)
	// SearchUsers finds people by the beginnings of words, at most limit of them.
	SearchUsers(ctx context.Context, find string, limit int) ([]bitrix.FoundUser, error)
	// Department is false for an id no department has.
	Department(ctx context.Context, id bitrix.DepartmentID) (bitrix.Department, bool, error)
}
