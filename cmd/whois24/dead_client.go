package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/whois24/whois24/events/stream"
)

// deadClient asks the process that has the store open, at its admin port. The addresses are in bot/dead.go.
type deadClient struct {
	base string // http://host:port
	http *http.Client
	why  string // why it is asked; told when it does not answer
}

// newDeadClient makes a client for the process that listens on address.
func newDeadClient(address, why string) *deadClient {
	return &deadClient{
		base: "http://" + dialable(address),
		http: &http.Client{
			Transport: &http.Transport{}, // no proxy: the process is near
			Timeout:   15 * time.Second,  // the process gives up on its store after 10
		},
		why: why,
	}
}

// dialable is where a listener on address is reached from this machine.
func dialable(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return address // settings were checked
	}
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}

// DeadEvents is [stream.Stream.DeadEvents].
func (c *deadClient) DeadEvents(ctx context.Context, after uint64, limit int) (list []stream.Dead, err error) {
	err = c.call(ctx, http.MethodGet, fmt.Sprintf("/dead?after=%d&limit=%d", after, limit), &list)
	return list, err
}

// DeadEvent is [stream.Stream.DeadEvent].
func (c *deadClient) DeadEvent(ctx context.Context, id uint64) (d stream.Dead, err error) {
	err = c.call(ctx, http.MethodGet, fmt.Sprintf("/dead/%d", id), &d)
	return d, err
}

// Replay is [stream.Stream.Replay].
func (c *deadClient) Replay(ctx context.Context, id uint64) error {
	return c.call(ctx, http.MethodPost, fmt.Sprintf("/dead/%d/replay", id), nil)
}

// Drop is [stream.Stream.Drop].
func (c *deadClient) Drop(ctx context.Context, id uint64) error {
	return c.call(ctx, http.MethodDelete, fmt.Sprintf("/dead/%d", id), nil)
}

// Close ends the connections.
func (c *deadClient) Close() { c.http.CloseIdleConnections() }

// call decodes the answer into result, unless that is nil. Errors are the process's own words.
func (c *deadClient) call(ctx context.Context, method, path string, result any) error {
	r, err := http.NewRequestWithContext(ctx, method, c.base+path, nil)
	if err != nil {
		return err
	}
	r.Host = "localhost" // under another name it does not answer
	resp, err := c.http.Do(r)
	if err != nil {
		return c.unreachable(err)
	}
	defer resp.Body.Close()
	body := json.NewDecoder(resp.Body)
	switch resp.StatusCode {
	case http.StatusNoContent:
		return nil
	case http.StatusOK:
		if err := body.Decode(result); err != nil {
			return c.stranger(resp)
		}
		return nil
	}
	var refused struct{ Error string }
	if err := body.Decode(&refused); err != nil || refused.Error == "" {
		return c.stranger(resp)
	}
	return errors.New(refused.Error)
}

func (c *deadClient) unreachable(err error) error {
	var outer *url.Error
	if errors.As(err, &outer) {
		err = outer.Err
	}
	return fmt.Errorf("%s, and no process answers at %s (--admin-listen): %w", c.why, c.base, err)
}

func (c *deadClient) stranger(resp *http.Response) error {
	return fmt.Errorf("%s (--admin-listen) answers %s and is no whois24 of this version", c.base, resp.Status)
}
