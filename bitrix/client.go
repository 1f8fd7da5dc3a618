package bitrix

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Client calls one portal. It keeps to the portal's rate limit, which counts per portal and source address:
// one Client per portal and process. Safe for concurrent use. It needs no closing: nothing runs while nobody waits
// for a call.
type Client struct {
	auth        credentials
	whereabouts *whereabouts
	http        *http.Client
	userAgent   string
	queue       *queue
	resets      *resetTimes
	version     *version // of the bot API
}

// ClientOptions is what a Client needs to know; Webhook or Tokens is required.
type ClientOptions struct {
	// Webhook says where the portal is and gives the rights to call it.
	Webhook Webhook
	// Tokens do the same for an application.
	Tokens Tokens
	// BotToken proves that a bot is ours. Default: Webhook.BotToken(). An application needs none.
	BotToken Secret
	// API is the generation of the bot API to speak. Default: APIAuto.
	API API
	// HTTP sends the requests; redirects are handled here whatever it says. A request may be many callers', so
	// it carries the values of no caller's context. Default: a client with connections of its own.
	HTTP *http.Client
	// UserAgent is name/version. Default: "whois24".
	UserAgent string
	// Rate is how many requests a second the portal drains. Default: 2; Enterprise portals take 5.
	Rate float64
	// Burst is how many requests the portal takes at once. Default: 50; Enterprise portals take 250.
	Burst int
}

// callTimeout ends a request whose callers wait longer: half of the 60 s a portal works on one, since somebody
// waits for the answer, and more calls behind it.
const callTimeout = 30 * time.Second

// NewClient makes a client; it calls nothing yet.
func NewClient(o ClientOptions) *Client {
	c := &Client{
		auth:        credentialsOf(o),
		whereabouts: &whereabouts{named: o.Webhook.Host()},
		http:        withoutRedirects(o.HTTP),
		userAgent:   cmp.Or(o.UserAgent, "whois24"),
		resets:      newResetTimes(),
		version:     newVersion(o.API),
	}
	c.queue = newQueue(c, newAllowance(cmp.Or(o.Rate, DefaultRate), cmp.Or(o.Burst, DefaultBurst)))
	return c
}

func withoutRedirects(given *http.Client) *http.Client {
	h := http.Client{Transport: NewTransport()}
	if given != nil {
		h = *given
	}
	h.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &h
}

// NewTransport is what a Client sends through unless told otherwise, for those who wrap it. It keeps
// connections open between calls: a handshake costs more than most calls.
func NewTransport() *http.Transport {
	const handshake = 10 * time.Second
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: handshake}).DialContext,
		TLSHandshakeTimeout:   handshake,
		ResponseHeaderTimeout: 65 * time.Second, // a portal gives up by itself after 60
		ForceAttemptHTTP2:     true,
		MaxIdleConnsPerHost:   8,
		IdleConnTimeout:       90 * time.Second,
	}
}

// Call calls any method: params become the JSON body (nil: none), result takes the answer's result (nil: not
// wanted). It waits for its turn as long as ctx lets it, in a request that it shares with no other call; from then
// on the portal has 30 seconds. Errors of the call are *Error, and nothing is tried again but what an application's
// expired access token kept from running.
func (c *Client) Call(ctx context.Context, method string, params, result any) error {
	a, err := c.call(ctx, method, params)
	if err != nil {
		return err
	}
	return a.decode(method, result)
}

func (c *Client) call(ctx context.Context, method string, params any) (answer, error) {
	return c.await(ctx, &pending{method: method, alone: true}, params)
}

// await makes a call with params in its turn.
func (c *Client) await(ctx context.Context, call *pending, params any) (answer, error) {
	body, err := encodeParams(params)
	if err != nil {
		return answer{}, fmt.Errorf("%s: encode parameters: %w", call.method, err)
	}
	call.body = body
	return c.queue.do(ctx, call)
}

// call makes a call whose turn has come.
func (v visit) call(ctx context.Context, method string, params any) (answer, error) {
	body, err := encodeParams(params)
	if err != nil {
		return answer{}, fmt.Errorf("%s: encode parameters: %w", method, err)
	}
	got, err := v.exchange(ctx, method, body)
	if err != nil {
		return answer{}, err
	}
	return v.client.read(method, got)
}

// encodeParams always gives an object: a portal ignores a body it cannot read and runs the method without
// parameters, which for im.user.get means somebody else.
func encodeParams(params any) ([]byte, error) {
	body, err := json.Marshal(params)
	if string(body) == "null" {
		return []byte("{}"), nil
	}
	return body, err
}
