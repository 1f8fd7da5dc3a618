package commands

import (
	"context"
	"sync"

	"github.com/whois24/whois24/bitrix"
)

// withUnits has the departments of the people in its arguments read with them, unless those of the whole staff are known.
func (cmd Command) withUnits() Command {
	cmd.units = true
	return cmd
}

// directory is where the command looks up people.
func (cmd Command) directory(c Call) People {
	if cmd.units && c.People != nil && c.Staff == nil && c.Shows(FieldDepartment) {
		return &whole{People: c.People}
	}
	return c.People
}

// whole is a directory that tells of a person everything at once, so that who is looked up first and whose departments are asked
// for next costs one request.
type whole struct {
	People
	told sync.Map // bitrix.Profile by bitrix.UserID
}

func (w *whole) User(ctx context.Context, id bitrix.UserID) (bitrix.User, error) {
	p, err := w.Profile(ctx, id)
	return p.User, err
}

func (w *whole) Profile(ctx context.Context, id bitrix.UserID) (bitrix.Profile, error) {
	if told, ok := w.told.Load(id); ok {
		return told.(bitrix.Profile), nil
	}
	p, err := w.People.Profile(ctx, id)
	if err == nil {
		w.told.Store(p.ID, p)
	}
	return p, err
}
