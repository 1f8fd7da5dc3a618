package bitrix

import (
	"bytes"
	"encoding/json"
	"errors"
)

const userListMethod = "im.user.list.get"

func listOf(calls []*pending) BatchCall {
	ids := make([]UserID, len(calls))
	for i, call := range calls {
		ids[i] = call.user
	}
	return BatchCall{userListMethod, userParams{ID: ids, Large: "Y"}}
}

// mayList reports whether look-ups may share a command.
func (c *Client) mayList() bool { return c.resets.held(userListMethod) == 0 }

// listInstead reports whether a look-up by itself has to be a list of one, because im.user.get is held back.
func (c *Client) listInstead(call *pending) bool {
	return call.user != 0 && !call.byItself && c.resets.held(userMethod) > 0
}

// listAttempts gives each look-up its person. When the portal refuses the list, or leaves somebody out (as it
// does with those whom an outsider's webhook may not see), the look-ups are made again, one by one: reading does
// no harm, and one person's trouble is not two hundred others'.
func (c *Client) listAttempts(calls []*pending, got answer, err error) []attempt {
	refusal, refused := errors.AsType[*Error](err)
	if _, limited := tooMany(err); limited || refused && (refusal.Code == "" || errors.Is(refusal, ErrExpiredToken)) {
		return failed(calls, err) // not about the list: asking again at once is no better
	}
	var people map[UserID]json.RawMessage
	if err == nil {
		people, err = readList(got)
	} else {
		c.holdLists(err)
	}
	var all []attempt
	for _, call := range calls {
		all = append(all, personAttempt(call, got, people, err))
	}
	return all
}

func personAttempt(call *pending, got answer, people map[UserID]json.RawMessage, err error) attempt {
	person, told := people[call.user]
	switch {
	case err != nil:
		return attempt{call: call, err: err, again: true}
	case !told:
		return attempt{call: call, err: got.unlike(userListMethod, errors.New("one person is missing")), again: true}
	case string(person) == "null":
		return attempt{call: call, err: &Error{
			Method: userListMethod, Status: got.status, Code: string(ErrUserNotExists), Text: "null in the list",
		}}
	}
	return attempt{call: call, answer: answer{status: got.status, result: person}}
}

// holdLists makes look-ups one by one for a while where the method is unknown or not allowed: to be refused each
// time costs a request each time.
func (c *Client) holdLists(err error) {
	for _, code := range []ErrorCode{ErrMethodNotFound, ErrAccessDenied, ErrInsufficientScope, ErrBatchMethod} {
		if errors.Is(err, code) {
			c.resets.hold(userListMethod, longestBlock)
		}
	}
}

// readList reads an object of people by id, where null is nobody; or a list of people, where null tells nothing.
func readList(got answer) (map[UserID]json.RawMessage, error) {
	if !bytes.HasPrefix(bytes.TrimSpace(got.result), []byte("[")) {
		var byID map[UserID]json.RawMessage
		err := got.decode(userListMethod, &byID)
		return byID, err
	}
	var list []json.RawMessage
	if err := got.decode(userListMethod, &list); err != nil {
		return nil, err
	}
	byID := map[UserID]json.RawMessage{}
	for _, person := range list {
		var who struct {
			ID looseInt `json:"id"`
		}
		if err := json.Unmarshal(person, &who); err == nil && who.ID > 0 {
			byID[UserID(who.ID)] = person
		}
	}
	return byID, nil
}
