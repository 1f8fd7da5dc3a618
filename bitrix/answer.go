package bitrix

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// answer is a call that succeeded.
type answer struct {
	status int
	result json.RawMessage
	units  json.RawMessage // of a look-up: departments, the person's among them; nil where they were not told
	auth   credentials     // of the request
}

// envelope is what every answer comes in: result, or error with a description, and mostly time.
type envelope struct {
	Result      json.RawMessage `json:"result"`
	Code        *looseString    `json:"error"`
	Description looseString     `json:"error_description"`
	Time        object[timing]  `json:"time"`
}

// timing is what a call cost.
type timing struct {
	ResetAt looseInt `json:"operating_reset_at"` // unix seconds
}

// read decides by the body first and by the status second: errors come with status 200 too, and statuses
// differ between portals.
func (c *Client) read(method string, got reply) (answer, error) {
	var e envelope
	err := json.Unmarshal(got.body, &e)
	switch {
	case err != nil || e.empty():
		return answer{}, c.notREST(method, got)
	case e.failed():
		return answer{}, c.refusal(method, got, e)
	}
	c.noteTiming(method, e.Time)
	return answer{status: got.status, result: e.Result, auth: got.auth}, nil
}

func (e envelope) empty() bool { return e.Result == nil && e.Code == nil }

// failed takes an empty code for an error unless there is a result and no description: some errors have no code.
func (e envelope) failed() bool {
	return e.Code != nil && (*e.Code != "" || e.Description != "" || e.Result == nil)
}

func (c *Client) noteTiming(method string, t object[timing]) {
	if t.value != nil {
		c.resets.note(method, int64(t.value.ResetAt))
	}
}

func (c *Client) refusal(method string, got reply, e envelope) *Error {
	c.noteTiming(method, e.Time)
	secrets := got.auth.secrets()
	refused := &Error{
		Method:     method,
		Status:     got.status,
		Code:       secrets.hide(string(*e.Code)),
		Text:       secrets.hide(string(e.Description)),
		RetryAfter: retryAfter(got.header.Get("Retry-After")),
	}
	if errors.Is(refused, ErrOperationTimeLimit) {
		refused.RetryAfter = cmp.Or(refused.RetryAfter, c.resets.wait(method))
		c.resets.hold(method, refused.RetryAfter)
	}
	return refused
}

// notREST is for gateways' pages and cut bodies. A refusing status is believed; after any other one nobody
// knows whether the call ran.
func (c *Client) notREST(method string, got reply) *Error {
	e := &Error{
		Method:     method,
		Status:     got.status,
		Text:       fmt.Sprintf("not an answer of the REST interface (%d bytes)", len(got.body)),
		RetryAfter: retryAfter(got.header.Get("Retry-After")),
	}
	if got.status < http.StatusMultipleChoices {
		e.reach = lost
	}
	return e
}

// retryAfter reads the header of that name, seconds or a date; 0 if there is none.
func retryAfter(header string) time.Duration {
	wait := time.Duration(0)
	if seconds, err := strconv.ParseUint(header, 10, 31); err == nil {
		wait = time.Duration(seconds) * time.Second
	} else if at, err := http.ParseTime(header); err == nil {
		wait = time.Until(at)
	}
	return min(max(wait, 0), longestBlock)
}

// decode puts the result into result, unless that is nil.
func (a answer) decode(method string, result any) error {
	if result == nil {
		return nil
	}
	if err := json.Unmarshal(a.result, result); err != nil {
		return a.unlike(method, err)
	}
	return nil
}

// unlike says that a call ran and that its result is not what the documentation says.
func (a answer) unlike(method string, why error) *Error {
	return &Error{Method: method, Status: a.status, Text: "unexpected result", reach: unreadable, cause: why}
}

// blank reports whether data is one of the things PHP writes where an object or a value is missing.
func blank(data []byte) bool {
	switch string(bytes.TrimSpace(data)) {
	case "null", "false", "[]", "{}", `""`, "0", `"0"`:
		return true
	}
	return false
}
