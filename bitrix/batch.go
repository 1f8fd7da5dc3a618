package bitrix

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// BatchLimit is how many calls a portal takes in one batch.
const BatchLimit = 50

const batchMethod = "batch"

// BatchCall is one call of a batch; Params as in Client.Call.
type BatchCall struct {
	Method string
	Params any
}

// BatchResult is what became of one call.
type BatchResult struct {
	Err error // *Error, or nil

	method string
	answer answer
}

// Decode puts the call's result into result; a call that failed returns its Err.
func (r BatchResult) Decode(result any) error {
	if r.Err != nil {
		return r.Err
	}
	return r.answer.decode(r.method, result)
}

// Batch makes up to BatchLimit calls in one request, which counts once under the rate limit. The results come
// in the order of the calls, and each fails for itself: the error of Batch is about the request as a whole,
// and then no single call is known to have run.
func (c *Client) Batch(ctx context.Context, calls []BatchCall) ([]BatchResult, error) {
	if len(calls) > BatchLimit {
		return nil, fmt.Errorf("batch of %d calls: the portal takes %d", len(calls), BatchLimit)
	}
	if len(calls) == 0 {
		return nil, nil
	}
	return c.batch(ctx, calls, course{})
}

// chain makes calls in one request that ends at the first which fails; what follows that is left out. Should the
// access expire on the way, all of it is made again: only the last call may be more than a read.
func (c *Client) chain(ctx context.Context, calls []BatchCall) ([]BatchResult, error) {
	return c.batch(ctx, calls, course{halt: true})
}

// course is how a batch goes.
type course struct {
	halt    bool // it ends at the first call that fails
	renewed bool // as in pending
	patient bool // as in pending
}

func (c *Client) batch(ctx context.Context, calls []BatchCall, how course) ([]BatchResult, error) {
	b, err := newBatch(calls)
	if err != nil {
		return nil, err
	}
	call := &pending{method: batchMethod, alone: true, patient: how.patient, renewed: how.renewed}
	got, err := c.await(ctx, call, b.params(how.halt))
	if err != nil {
		return nil, err
	}
	results, err := c.batchResults(b, got)
	if err != nil || call.renewed || !c.ofApplication() || !slices.ContainsFunc(results, BatchResult.expired) {
		return results, err
	}
	if err := c.renew(ctx, got.auth); err != nil {
		blame(results, err)
	} else {
		c.batchAgain(ctx, calls, results, how)
	}
	return results, nil
}

// batch makes calls whose turn has come.
func (v visit) batch(ctx context.Context, calls []BatchCall) ([]BatchResult, error) {
	b, err := newBatch(calls)
	if err != nil {
		return nil, err
	}
	got, err := v.call(ctx, batchMethod, b.params(false))
	if err != nil {
		return nil, err
	}
	return v.client.batchResults(b, got)
}

// batch is the calls under their keys.
type batch struct {
	calls    []BatchCall
	keys     []string          // of calls, in the same order
	commands map[string]string // key to "method?query"
}

// referring are the parameters of a call in a batch that refers to earlier ones of it, made when their keys are known.
type referring func(keys []string) any

// newBatch names the calls with keys nobody can guess, since a portal replaces $result[key] in parameters by
// another call's result, and parameters hold what people wrote. Not plain numbers either: those would make
// the portal answer lists for objects. A portal makes the calls in the order it reads them, and JSON is written in
// the order of the keys.
func newBatch(calls []BatchCall) (batch, error) {
	b := batch{calls: calls, commands: map[string]string{}}
	secret := strings.ToLower(rand.Text()[:8])
	for i, call := range calls {
		params := call.Params
		if refer, ok := params.(referring); ok {
			params = refer(b.keys)
		}
		query, err := phpQuery(params)
		if err != nil {
			return batch{}, fmt.Errorf("batch: %s: encode parameters: %w", call.Method, err)
		}
		key := fmt.Sprintf("c%s_%02d", secret, i)
		b.keys = append(b.keys, key)
		b.commands[key] = call.Method + "?" + query
	}
	return b, nil
}

func (b batch) params(halt bool) any {
	return map[string]any{"halt": map[bool]int{true: 1}[halt], "cmd": b.commands}
}

// batchAnswer has a section for each kind of news; a call is in one of the first two.
type batchAnswer struct {
	Results section[json.RawMessage] `json:"result"`
	Errors  section[envelope]        `json:"result_error"`
	Times   section[object[timing]]  `json:"result_time"`
}

func (c *Client) batchResults(b batch, got answer) ([]BatchResult, error) {
	var a batchAnswer
	if err := got.decode(batchMethod, &a); err != nil {
		return nil, err
	}
	results := make([]BatchResult, len(b.calls))
	for i, key := range b.keys {
		results[i] = c.batchResult(b.calls[i].Method, key, reply{status: got.status, auth: got.auth}, a)
	}
	return results, nil
}

func (c *Client) batchResult(method, key string, got reply, a batchAnswer) BatchResult {
	c.noteTiming(method, a.Times[key])
	if e, failed := a.Errors[key]; failed && e.Code != nil {
		return BatchResult{method: method, Err: c.refusal(method, got, e)}
	}
	result, ok := a.Results[key]
	if !ok {
		missing := errors.New("the batch's answer leaves this call out")
		return BatchResult{method: method, Err: &Error{Method: method, Status: got.status, reach: lost, cause: missing}}
	}
	return BatchResult{method: method, answer: answer{status: got.status, result: result}}
}

// section is one part of a batch's answer by key: an object, or [] when empty, or a list when the keys are
// 0, 1, 2…
type section[T any] map[string]T

func (s *section[T]) UnmarshalJSON(data []byte) error {
	*s = section[T]{}
	if data[0] != '[' {
		return json.Unmarshal(data, (*map[string]T)(s))
	}
	var list []T
	if err := json.Unmarshal(data, &list); err != nil {
		return err
	}
	for i, value := range list {
		(*s)[fmt.Sprint(i)] = value
	}
	return nil
}
