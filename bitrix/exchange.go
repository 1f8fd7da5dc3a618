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
	auth   credentials // of the request
}

// exchange posts body to method and follows a portal that was renamed, once.
func (v visit) exchange(ctx context.Context, method string, body []byte) (reply, error) {
	target, err := v.target(method)
	if err != nil {
		return reply{}, err
	}
	if body, err = v.auth.sign(body); err != nil {
		return reply{}, &Error{Method: method, Text: "not called", cause: err}
	}
	got, err := v.post(ctx, method, target, body)
	if err != nil || !redirects(got.status) {
		return got, err
	}
	moved, err := newAddress(target, got.header.Get("Location"))
	if err != nil {
		return reply{}, v.gone(method, got.status, err.Error())
	}
	v.client.queue.redirected()
	got, err = v.post(ctx, method, moved, body)
	if err == nil && redirects(got.status) {
		return reply{}, v.gone(method, got.status, "redirected twice")
	}
	if err == nil && moved.Host != target.Host {
		v.client.whereabouts.renamed(v.named, moved.Host)
	}
	return got, err
}

func (v visit) target(method string) (*url.URL, error) {
	if !methodName.MatchString(method) {
		return nil, &Error{Method: "call", Text: fmt.Sprintf("%q is no method's name", method)}
	}
	return v.base.JoinPath(method), nil
}

func (v visit) post(ctx context.Context, method string, to *url.URL, body []byte) (reply, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to.String(), bytes.NewReader(body))
	if err != nil {
		return reply{}, v.broken(method, 0, unsent, err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", v.client.userAgent)
	got, how, err := roundTrip(v.client.http, req)
	if err != nil {
		return reply{}, v.broken(method, got.status, how, err)
	}
	got.auth = v.auth
	return got, nil
}

func (v visit) broken(method string, status int, how reach, cause error) *Error {
	return &Error{Method: method, Status: status, Text: "no answer", reach: how, cause: v.auth.secrets().scrub(cause)}
}

// roundTrip sends a request and reads the answer to its end, so that the connection can be used again. Whether a
// failed one may have reached the other side is told by the connection: without one it has not. A transport that
// does not say counts as having had one.
func roundTrip(h *http.Client, req *http.Request) (reply, reach, error) {
	var noConnection atomic.Bool // net/http traces from several goroutines
	resp, err := h.Do(req.WithContext(httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
		GetConn: func(string) { noConnection.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { noConnection.Store(false) },
	})))
	if err != nil && noConnection.Load() {
		return reply{}, unsent, err
	}
	if err != nil {
		return reply{}, lost, err
	}
	defer resp.Body.Close()
	got := reply{status: resp.StatusCode, header: resp.Header}
	got.body, err = io.ReadAll(io.LimitReader(resp.Body, answerLimit+1))
	if err == nil && len(got.body) > answerLimit {
		err = errors.New("the answer is over 4 MiB")
	}
	return got, lost, err
}
