package bitrix

import (
	"context"
	"fmt"
)

const userMethod = "im.user.get"

// User reads one person, bot or guest by id. An id below 1 is refused here, since the portal answers a missing
// one with the caller and some wrong ones with user 1. An unknown id is ErrUserNotExists. People who left the
// company are found, with Active false.
//
// A lone look-up is im.user.get. Those that wait at the same time are asked for together, and equal ones once.
// Nothing is remembered: who asks later is told what is so later.
func (c *Client) User(ctx context.Context, id UserID) (User, error) {
	_, user, err := c.lookUp(ctx, &pending{method: userMethod, user: id})
	return user, err
}

func (c *Client) lookUp(ctx context.Context, call *pending) (answer, User, error) {
	id := call.user
	if id < 1 {
		return answer{}, User{}, &Error{Method: userMethod, Code: string(ErrIDEmpty), Text: "an id is 1 or more"}
	}
	got, err := c.await(ctx, call, userParams{ID: id, Large: "Y"})
	if err != nil {
		return answer{}, User{}, err
	}
	var user User
	if err := got.decode(userMethod, &user); err != nil {
		return answer{}, User{}, err
	}
	if user.ID != id {
		return answer{}, User{}, got.unlike(userMethod, fmt.Errorf("asked for user %d, got %d", id, user.ID))
	}
	return got, user, nil
}

// userParams are those of im.user.get and im.user.list.get: ID is a UserID, or a list of them. Old portals tell
// avatar_hr only to who asks for it.
type userParams struct {
	ID    any    `json:"ID"`
	Large string `json:"AVATAR_HR,omitempty"`
}
