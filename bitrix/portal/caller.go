package portal

import (
	"slices"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// caller is whose rights a request has.
type caller struct {
	user bitrix.UserID
	app  string // client id; empty with an incoming webhook
}

// caller finds out who calls: the webhook's owner, or the user of an application's token.
func (p *Portal) caller(q request) (caller, error) {
	switch {
	case q.token != "":
		return p.webhookOwner(q)
	case q.access == "":
		return caller{}, errNoAuth
	case p.options.Auth == nil:
		return caller{}, errInvalidToken
	}
	return p.tokenOwner(q.access)
}

func (p *Portal) webhookOwner(q request) (caller, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.revoked || q.user != text(admin) || q.token != webhookToken {
		return caller{}, errCredentials
	}
	return caller{user: admin}, nil
}

func (p *Portal) tokenOwner(access string) (caller, error) {
	user, err := p.options.Auth.owner(p, access)
	if err != nil {
		return caller{}, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.people[user] == nil { // a bot that was removed
		return caller{}, errAuthorization
	}
	return caller{user: user, app: p.options.Auth.options.ClientID}, nil
}

// RevokeWebhook makes the portal refuse its incoming webhook from now on, as when somebody deletes it.
func (p *Portal) RevokeWebhook() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.revoked = true
}

// checkScope refuses a method that the webhook or the application was not given the scope for.
func (p *Portal) checkScope(c call) error {
	scopes := scopesOf(c.name)
	given := func(scope string) bool { return slices.Contains(p.options.Scope, scope) }
	switch {
	case scopes == nil || slices.ContainsFunc(scopes, given):
		return nil
	case c.app == "":
		return errWebhookScope
	}
	return errTokenScope
}

// scopesOf are the scopes one of which a method needs; none for those that anybody may call.
func scopesOf(method string) []string {
	switch first, _, _ := strings.Cut(method, "."); first {
	case "im", "imbot":
		return []string{first}
	case "user":
		return []string{"user_brief", "user_basic", "user"}
	}
	return nil
}
