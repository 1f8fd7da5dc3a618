package bitrix

import (
	"context"
	"errors"
	"slices"
)

// command is one call as the portal sees it: a waiting call, or a list of people that several ask for.
type command struct {
	BatchCall
	calls []*pending
}

// carry makes the calls of each group as one command, and all of them in one request: a plain call if there is
// one command, else a batch. Each call has an attempt of its own in the result, and the error there is about this
// call.
func (c *Client) carry(ctx context.Context, groups [][]*pending) []attempt {
	v, err := c.visit(ctx)
	if err != nil {
		return failed(slices.Concat(groups...), err)
	}
	return c.renewed(ctx, v.auth, v.carry(ctx, groups))
}

func (v visit) carry(ctx context.Context, groups [][]*pending) []attempt {
	var commands []command
	var batch []BatchCall
	for _, calls := range groups {
		cmd := v.client.command(calls)
		commands, batch = append(commands, cmd), append(batch, cmd.BatchCall)
	}
	units := v.client.unitsOf(commands)
	if len(commands) == 1 && len(units) == 0 {
		got, err := v.call(ctx, batch[0].Method, batch[0].Params)
		return v.client.attempts(commands[0], got, err)
	}
	for _, u := range units {
		batch = append(batch, u.call())
	}
	results, err := v.batch(ctx, batch)
	var all []attempt
	for i, cmd := range commands {
		if err != nil {
			all = append(all, failed(cmd.calls, err)...)
			continue
		}
		all = append(all, v.client.attempts(cmd, results[i].answer, results[i].Err)...)
	}
	if err == nil {
		tell(all, units, results[len(commands):])
	}
	return all
}

func (c *Client) command(calls []*pending) command {
	if len(calls) > 1 || c.listInstead(calls[0]) {
		return command{listOf(calls), calls}
	}
	return command{BatchCall{calls[0].method, calls[0].body}, calls}
}

// attempts is what the end of a command means for its calls.
func (c *Client) attempts(cmd command, got answer, err error) []attempt {
	if cmd.Method == userListMethod && cmd.calls[0].user != 0 {
		return c.listAttempts(cmd.calls, got, err)
	}
	return []attempt{{call: cmd.calls[0], answer: got, err: err}}
}

// failed is for what failed as a whole.
func failed(calls []*pending, err error) []attempt {
	var all []attempt
	for _, call := range calls {
		all = append(all, attempt{call: call, err: errorOf(call.method, err)})
	}
	return all
}

// errorOf is what the failure of a request means for a call in it. Whether it may have run follows from the same as
// for a call by itself: status, code, and how far the request got.
func errorOf(method string, err error) error {
	whole, ok := errors.AsType[*Error](err)
	if !ok {
		return err
	}
	own := *whole
	own.Method = method
	return &own
}
