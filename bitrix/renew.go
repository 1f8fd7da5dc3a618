package bitrix

import (
	"context"
	"errors"
	"slices"
)

// renewed deals with calls that were refused because the access token had expired. Such a call did not run: with a
// new token it is made again, once. It has to be this very code, and calls do not run ahead of it: Bitrix24 may block
// an application that renews its tokens without need.
func (c *Client) renewed(ctx context.Context, stale credentials, all []attempt) []attempt {
	if !c.ofApplication() || !slices.ContainsFunc(all, attempt.expired) {
		return all
	}
	err := c.renew(ctx, stale)
	for i, a := range all {
		switch {
		case !a.expired():
		case err != nil:
			all[i].err = notRenewed(a.err, err)
		default:
			all[i].renewed = true
		}
	}
	return all
}

func (a attempt) expired() bool { return !a.call.renewed && errors.Is(a.err, ErrExpiredToken) }

// renew asks for a token newer than the one a request was made with. The next visit gets it.
func (c *Client) renew(ctx context.Context, stale credentials) error {
	_, err := c.auth.renew(ctx, Secret(stale.token()))
	return stale.secrets().scrub(err)
}

// notRenewed is a call that was refused for an expired token, where no other could be had.
func notRenewed(refused, cause error) error {
	e := &Error{}
	if refusal, ok := errors.AsType[*Error](refused); ok {
		*e = *refusal
	}
	return denied(e, cause)
}

func (r BatchResult) expired() bool { return errors.Is(r.Err, ErrExpiredToken) }

// blame tells the calls whose token expired while their batch was at work why they are not made again.
func blame(results []BatchResult, cause error) {
	for i, r := range results {
		if r.expired() {
			results[i].Err = notRenewed(r.Err, cause)
		}
	}
}

// batchAgain makes those calls once more, with the new token.
func (c *Client) batchAgain(ctx context.Context, calls []BatchCall, results []BatchResult, how course) {
	how.renewed = true
	var again []BatchCall
	var places []int
	for i, r := range results {
		if how.halt || r.expired() {
			again, places = append(again, calls[i]), append(places, i)
		}
	}
	repeated, err := c.batch(ctx, again, how)
	for n, i := range places {
		if err != nil {
			results[i].Err = errorOf(calls[i].Method, err)
		} else {
			results[i] = repeated[n]
		}
	}
}
