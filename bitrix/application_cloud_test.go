package bitrix_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

// lastGrant is the least that can be called bitrix.Tokens: it renews one at a time, and not what somebody else has
// renewed already.
type lastGrant struct {
	server *bitrix.AuthServer

	mu sync.Mutex
	bitrix.Grant
}

func (g *lastGrant) Access(context.Context) (bitrix.Access, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return bitrix.Access{Endpoint: g.Endpoint, Token: g.Grant.Access}, nil
}

func (g *lastGrant) Renew(ctx context.Context, stale bitrix.Secret) (bitrix.Access, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if stale == g.Grant.Access {
		renewed, err := g.server.Renew(ctx, g.Refresh)
		if err != nil {
			return bitrix.Access{}, err
		}
		g.Grant = renewed
	}
	return bitrix.Access{Endpoint: g.Endpoint, Token: g.Grant.Access}, nil
}

// TestApplicationOnAPortal is the whole life of an access: an installation that is proven by the authorization server,
// 50 calls at once over an expired token, and another name for the portal.
func TestApplicationOnAPortal(t *testing.T) {
	cloud := portaltest.NewCloud(t, portal.AuthServerOptions{})
	p := cloud.Portal(t, "first", portal.Options{})
	online := &http.Client{Transport: cloud.Transport(t)}
	server, err := bitrix.NewAuthServer(bitrix.AuthServerOptions{
		URL: cloud.Auth.URL(), ClientID: cloud.Auth.ClientID(),
		ClientSecret: bitrix.Secret(cloud.Auth.ClientSecret()), HTTP: online,
	})
	if err != nil {
		t.Fatal(err)
	}
	tokens := &lastGrant{server: server, Grant: installed(t, p, server)}
	c := bitrix.NewClient(bitrix.ClientOptions{Tokens: tokens, HTTP: online})

	p.ExpireTokens()
	var fifty sync.WaitGroup
	for range 50 {
		fifty.Go(func() {
			if user, err := c.User(t.Context(), 5); err != nil || user.ID != 5 {
				t.Errorf("got %d, %v", user.ID, err)
			}
			if err := c.Call(t.Context(), "im.user.get", map[string]int{"ID": 5}, nil); err != nil {
				t.Error(err)
			}
		})
	}
	fifty.Wait()
	if n := cloud.Auth.Renewals(p.MemberID()); n != 2 {
		t.Errorf("%d renewals, want one for the installation and one for the fifty", n)
	}

	cloud.Rename(p, "second")
	if user, err := c.User(t.Context(), 5); err != nil || user.ID != 5 {
		t.Errorf("after the renaming: got %d, %v", user.ID, err)
	}
	if now, then := c.Host(), tokens.Endpoint.Host(); now == then {
		t.Errorf("still at %s", now)
	}
}

// installed installs the application on a portal, and believes what the authorization server says of its form.
func installed(t *testing.T, p *portal.Portal, server *bitrix.AuthServer) bitrix.Grant {
	t.Helper()
	forms := make(chan bitrix.Form, 1)
	handler := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		form, err := bitrix.ParseForm(body)
		if err != nil {
			t.Error(err)
		}
		forms <- form
	}))
	defer handler.Close()
	if err := p.Install(handler.URL); err != nil {
		t.Fatal(err)
	}
	claimed, ok := (<-forms).Install()
	if !ok || claimed.ApplicationToken == "" {
		t.Fatalf("the form says %+v", claimed)
	}
	proven, err := server.Renew(t.Context(), claimed.Refresh)
	if err != nil || proven.Member != p.MemberID() || proven.Member != claimed.Member {
		t.Fatalf("got %s, %v", proven.Member, err)
	}
	return proven
}
