package bitrix

import (
	"context"
	"errors"
	"time"
)

// Scopes lists what the credentials allow, such as "im" and "imbot" (scope).
func (c *Client) Scopes(ctx context.Context) ([]string, error) {
	var scopes looseList[looseString]
	if err := c.Call(ctx, "scope", nil, &scopes); err != nil {
		return nil, err
	}
	return texts(scopes), nil
}

// ServerTime is the portal's clock, to the second (server.time).
func (c *Client) ServerTime(ctx context.Context) (time.Time, error) {
	const method = "server.time"
	got, err := c.call(ctx, method, nil)
	if err != nil {
		return time.Time{}, err
	}
	var now OptTime
	if err := got.decode(method, &now); err != nil {
		return time.Time{}, err
	}
	if now.IsZero() {
		return time.Time{}, got.unlike(method, errors.New("no time"))
	}
	return now.Time, nil
}
