package commands

import (
	"context"
	"io/fs"

	"github.com/whois24/whois24/bitrix"
)

// Command is one thing the bot can do.
type Command struct {
	// Name is typed after the slash: a Latin letter, then letters, digits and underscores, all lower case, at most 32.
	Name string
	// Title is the id of one line that says what the command does, for the portal's "/" list and for /help.
	Title string
	// Params is the id of a hint for what follows the name ("number or @mention"). Empty: nothing follows.
	Params string
	// Run answers. It may be called from several goroutines at once.
	Run func(ctx context.Context, r Request) (Reply, error)
	// Texts holds one file for each of [Languages] at its top: en.toml, ru.toml. Nil means that the texts are in
	// this package's own catalogue. An id of the catalogue cannot be given again.
	Texts fs.FS
}

// Reply is what the person who asked will read.
type Reply struct {
	// Text is BB-code and complete without the rest: pushes and mail show nothing else.
	Text     string
	Keyboard *bitrix.Keyboard
	Attach   *bitrix.Attach
}

// Users looks people up. *bitrix.Client is one.
type Users interface {
	// User answers [bitrix.ErrUserNotExists] for an id nobody has.
	User(ctx context.Context, id bitrix.UserID) (bitrix.User, error)
}
