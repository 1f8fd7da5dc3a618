package bitrix

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"regexp"
	"sync/atomic"
)

// answerLimit bounds what is read of one answer. A full batch of 50 people is some 100 KB.
const answerLimit = 4 << 20

// methodName keeps a method from leading to another path.
var methodName = regexp.MustCompile(`^[0-9A-Za-z_]+(\.[0-9A-Za-z_]+)*$`)

// reply is an HTTP answer with its body read whole.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// exchange posts body to method and follows a portal that was renamed, once.
func (c *Client) exchange(ctx context.Context, method string, body []byte) (reply, error) {
	target, err := c.target(method)
	if err != nil {
		return reply{}, err
	}
	got, err := c.post(ctx, method, target, body)
	if err != nil || !redirects(got.status) {
		return got, err
	}
	moved, err := newAddress(target, got.header.Get("Location"))
	if err != nil {
		return reply{}, &Error{Method: method, Status: got.status, Text: c.auth.hide(err.Error())}
	}
	c.queue.redirected()
	got, err = c.post(ctx, method, moved, body)
	if err == nil && redirects(got.status) {
		return reply{}, &Error{Method: method, Status: got.status, Text: "redirected twice; " + askForAddress}
	}
	return got, err
}

func (c *Client) target(method string) (*url.URL, error) {
	if !methodName.MatchString(method) {
		return nil, &Error{Method: "call", Text: fmt.Sprintf("%q is no method's name", method)}
	}
	if c.auth.webhook.code == nil {
		return nil, &Error{Method: method, Text: "no webhook is set"}
	}
	return c.auth.webhook.method(method), nil
}

// post sends one request. Whether a failed one may have reached the portal is told by the
// connection: without one it has not. A transport that does not say counts as having had one.
func (c *Client) post(ctx context.Context, method string, to *url.URL, body []byte) (reply, error) {
	var noConnection atomic.Bool // net/http traces from several goroutines
	req, err := c.request(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { noConnection.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { noConnection.Store(false) },
	}), to, body)
	if err != nil {
		return reply{}, c.broken(method, unsent, err)
	}
	resp, err := c.http.Do(req)
	if err != nil && noConnection.Load() {
		return reply{}, c.broken(method, unsent, err)
	}
	if err != nil {
		return reply{}, c.broken(method, lost, err)
	}
	return c.receive(method, resp)
}

func (c *Client) request(ctx context.Context, to *url.URL, body []byte) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to.String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.userAgent)
	return req, nil
}

// receive reads the body to its end, so that the connection can be used again.
func (c *Client) receive(method string, resp *http.Response) (reply, error) {
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, answerLimit+1))
	if err == nil && len(body) > answerLimit {
		err = errors.New("the answer is over 4 MiB")
	}
	if err != nil {
		broken := c.broken(method, lost, err)
		broken.Status = resp.StatusCode
		return reply{}, broken
	}
	return reply{status: resp.StatusCode, header: resp.Header, body: body}, nil
}

func (c *Client) broken(method string, how reach, cause error) *Error {
	return &Error{Method: method, Text: "no answer", reach: how, cause: c.auth.scrub(cause)}
}
