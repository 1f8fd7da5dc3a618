package portal_test

import (
	"context"
	"net/http"
	"sync"
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

// renewing keeps an application's access with the client that real authorization servers are asked with.
type renewing struct {
	server *bitrix.AuthServer

	mu    sync.Mutex
	grant bitrix.Grant
}

func (r *renewing) Access(context.Context) (bitrix.Access, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return bitrix.Access{Endpoint: r.grant.Endpoint, Token: r.grant.Access}, nil
}

func (r *renewing) Renew(ctx context.Context, stale bitrix.Secret) (bitrix.Access, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.grant.Access == stale || stale == "" {
		grant, err := r.server.Renew(ctx, r.grant.Refresh)
		if err != nil {
			return bitrix.Access{}, err
		}
		r.grant = grant
	}
	return bitrix.Access{Endpoint: r.grant.Endpoint, Token: r.grant.Access}, nil
}

// newAppClient installs the application on a portal and calls it from then on, once the authorization server has
// confirmed what the event said.
func newAppClient(t *testing.T, cloud *portaltest.Cloud, p *portal.Portal, s *sink) (*bitrix.Client, bitrix.Install) {
	t.Helper()
	if err := p.Install(s.URL); err != nil {
		t.Fatal(err)
	}
	install, ok := decodeLast(t, p, s).Install()
	if !ok || install.Member != p.MemberID() {
		t.Fatalf("got %+v, %t", install, ok)
	}
	overCloud := &http.Client{Transport: cloud.Transport(t)}
	server, err := bitrix.NewAuthServer(bitrix.AuthServerOptions{
		URL: cloud.Auth.URL(), HTTP: overCloud,
		ClientID: cloud.Auth.ClientID(), ClientSecret: bitrix.Secret(cloud.Auth.ClientSecret()),
	})
	if err != nil {
		t.Fatal(err)
	}
	tokens := &renewing{server: server, grant: bitrix.Grant{Refresh: install.Refresh}}
	if _, err := tokens.Renew(t.Context(), ""); err != nil || tokens.grant.Member != p.MemberID() {
		t.Fatalf("the installation is not confirmed: %v", err)
	}
	return bitrix.NewClient(bitrix.ClientOptions{Tokens: tokens, HTTP: overCloud}), install
}

func decodeLast(t *testing.T, p *portal.Portal, s *sink) bitrix.Form {
	t.Helper()
	form, err := bitrix.ParseForm([]byte(s.last(t, p)))
	if err != nil {
		t.Fatal(err)
	}
	return form
}

func TestRealClientIsAnApplication(t *testing.T) {
	cloud, s, ctx := portaltest.NewCloud(t, portal.AuthServerOptions{}), newSink(t), t.Context()
	p := cloud.Portal(t, "old", portal.Options{})
	c, install := newAppClient(t, cloud, p, s)
	bot, err := c.RegisterBot(ctx, bitrix.BotFields{Code: "whois24", Name: "Справочник", EventMode: "webhook", WebhookURL: s.URL})
	if err != nil {
		t.Fatal(err)
	}

	p.ExpireTokens()
	if who, err := c.User(ctx, eugene); err != nil || who.ID != eugene {
		t.Errorf("with an expired token: %+v, %v", who, err)
	}
	if got := cloud.Auth.Renewals(p.MemberID()); got != 2 {
		t.Errorf("%d renewals, want the confirmation and one", got)
	}

	cloud.Rename(p, "new")
	if _, err := c.SendMessage(ctx, bitrix.Message{Bot: bot.ID, Dialog: "7", Text: "!"}); err != nil {
		t.Errorf("after the portal was renamed: %v", err)
	}
	if got := last(t, p, anna, botChat); got.Text != "!" {
		t.Errorf("got %+v", got)
	}

	say(t, p, anna, botChat, "привет")
	form := decodeLast(t, p, s)
	if grant, ok := form.BotGrant(); !ok || grant.Member != p.MemberID() || form.ApplicationToken() != install.ApplicationToken {
		t.Errorf("the event's grant: %+v, %t", grant, ok)
	}
}
