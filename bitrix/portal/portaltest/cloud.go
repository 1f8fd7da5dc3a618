package portaltest

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/whois24/whois24/bitrix/portal"
)

// Cloud is an authorization server and portals that know it, all on one port. Each portal has a name of its own,
// http://NAME.bitrix24.localhost:PORT, and can get another one. Not every resolver knows such names: Transport
// reaches them, and what runs in another process may use a portal of New with the cloud's Auth in its options.
type Cloud struct {
	Auth *portal.AuthServer // at http://127.0.0.1:PORT/, and under any other name

	server *httptest.Server
	mu     sync.Mutex
	hosts  map[string]*portal.Portal
}

// NewCloud starts an authorization server and stops it when the test ends. The options' BaseURL is set.
func NewCloud(t testing.TB, o portal.AuthServerOptions) *Cloud {
	t.Helper()
	c := &Cloud{hosts: map[string]*portal.Portal{}}
	c.server = httptest.NewUnstartedServer(http.HandlerFunc(c.serve))
	o.BaseURL = "http://" + c.address()
	c.Auth = portal.NewAuthServer(o)
	c.server.Start()
	t.Cleanup(c.server.Close)
	return c
}

// Portal adds a portal and closes it when the test ends. The options' BaseURL and Auth are set, and its chats are
// settled as those of [New].
func (c *Cloud) Portal(t testing.TB, name string, o portal.Options) *portal.Portal {
	t.Helper()
	o.BaseURL, o.Auth, o.Settled = "http://"+c.host(name), c.Auth, true
	p := portal.New(o)
	t.Cleanup(p.Close)
	c.know(name, p)
	return p
}

// Rename gives a portal another name. Requests for its old one come to it as well.
func (c *Cloud) Rename(p *portal.Portal, name string) {
	c.know(name, p)
	p.Rename("http://" + c.host(name))
}

// Transport leads to the cloud, whatever host a request is for.
func (c *Cloud) Transport(t testing.TB) *http.Transport {
	t.Helper()
	transport := &http.Transport{DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, c.address())
	}}
	t.Cleanup(transport.CloseIdleConnections)
	return transport
}

func (c *Cloud) address() string { return c.server.Listener.Addr().String() }

func (c *Cloud) host(name string) string {
	_, port, _ := net.SplitHostPort(c.address())
	return name + ".bitrix24.localhost:" + port
}

func (c *Cloud) know(name string, p *portal.Portal) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hosts[c.host(name)] = p
}

func (c *Cloud) serve(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/oauth/") {
		c.Auth.ServeHTTP(w, r)
		return
	}
	c.mu.Lock()
	p := c.hosts[r.Host]
	c.mu.Unlock()
	if p == nil {
		http.NotFound(w, r)
		return
	}
	p.ServeHTTP(w, r)
}
