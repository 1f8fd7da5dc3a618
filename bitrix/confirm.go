package bitrix

import (
	"context"
	"encoding/json"
	"errors"
)

// confirm makes a call that has nothing to tell but that it was done.
func (c *Client) confirm(ctx context.Context, call *pending, params any) error {
	got, err := c.await(ctx, call, params)
	if err != nil {
		return err
	}
	var done confirmation
	if err := got.decode(call.method, &done); err != nil {
		return err
	}
	if !done {
		return got.unlike(call.method, errors.New("not confirmed"))
	}
	return nil
}

// confirmation is true in API v1 and {"result":true} in v2.
type confirmation bool

func (c *confirmation) UnmarshalJSON(data []byte) error {
	if data[0] != '{' {
		return json.Unmarshal(data, (*looseBool)(c))
	}
	var wire struct {
		Result looseBool `json:"result"`
	}
	err := json.Unmarshal(data, &wire)
	*c = confirmation(wire.Result)
	return err
}
