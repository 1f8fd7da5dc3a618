package commands

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/whois24/whois24/bitrix"
)

// now reads people anew, those who still work here and can be read: what is known of the staff may be an hour old, and who is in
// is a matter of minutes. Look-ups at the same time share a request.
func (c Call) now(ctx context.Context, people []bitrix.User) (map[bitrix.UserID]bitrix.User, error) {
	read := make([]bitrix.User, len(people))
	failed := make([]error, len(people))
	var all sync.WaitGroup
	for i, u := range people {
		all.Go(func() { read[i], failed[i] = c.People.User(ctx, u.ID) })
	}
	all.Wait()
	found := map[bitrix.UserID]bitrix.User{}
	for i, u := range read {
		err := failed[i]
		switch {
		case errors.Is(err, bitrix.ErrUserNotExists), errors.Is(err, bitrix.ErrAccessDenied):
		case err != nil:
			return nil, fmt.Errorf("look up user %d: %w", people[i].ID, err)
		case u.Active:
			found[u.ID] = u
		}
	}
	return found, nil
}
