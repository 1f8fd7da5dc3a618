package portal

import (
	"crypto/rand"
	"strings"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// localApplication is the status of an application that was made for one portal, neither bought nor tried.
const localApplication = "L"

// codeLife is how long an authorization code waits.
const codeLife = 30 * time.Second

// token is a pair of them: somebody's access to a portal through the application.
type token struct {
	portal          *Portal
	user            bitrix.UserID
	access, refresh string
	expires         time.Time // the access; by the portal's clock
	dead            bool      // the application was uninstalled
}

type holder struct {
	portal *Portal
	user   bitrix.UserID
}

// code is what a person's consent gives the application, to be traded once for a token.
type code struct {
	holder
	expires time.Time
}

// exchange gives a token for a refresh token or a code.
func (a *AuthServer) exchange(params array) (array, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	id, secret := text(params.get("client_id")), text(params.get("client_secret"))
	switch {
	case id == "" || secret == "":
		return nil, errGrantRequest
	case id != a.options.ClientID || secret != a.options.ClientSecret:
		return nil, errClient
	}
	switch text(params.get("grant_type")) {
	case "refresh_token":
		return a.renew(text(params.get("refresh_token")))
	case "authorization_code":
		return a.redeem(text(params.get("code")))
	}
	return nil, errGrantRequest
}

func (a *AuthServer) renew(refresh string) (array, error) {
	old := a.refresh[refresh]
	if old == nil {
		return nil, errGrant
	}
	if !a.options.KeepOld {
		delete(a.refresh, refresh)
	}
	a.renewals[old.portal.options.MemberID]++
	return a.view(a.issue(old.portal, old.user)), nil
}

func (a *AuthServer) redeem(given string) (array, error) {
	c, known := a.codes[given]
	delete(a.codes, given)
	if !known || c.portal.now().After(c.expires) {
		return nil, errGrant
	}
	return a.view(a.issue(c.portal, c.user)), nil
}

// issue makes a new pair. It is called with the server locked.
func (a *AuthServer) issue(p *Portal, user bitrix.UserID) *token {
	t := &token{
		portal:  p,
		user:    user,
		access:  rand.Text(),
		refresh: rand.Text(),
		expires: p.now().Add(a.options.TokenLife),
	}
	a.access[t.access], a.refresh[t.refresh] = t, t
	return t
}

// fresh makes a new pair for an event that brings one of its own.
func (a *AuthServer) fresh(p *Portal, user bitrix.UserID) *token {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.issue(p, user)
}

// current is the pair that events carry: the same one until its access expires or its refresh token is used.
func (a *AuthServer) current(p *Portal, user bitrix.UserID) *token {
	a.mu.Lock()
	defer a.mu.Unlock()
	h := holder{p, user}
	t := a.carried[h]
	if t == nil || a.refresh[t.refresh] != t || !p.now().Before(t.expires) {
		t = a.issue(p, user)
		a.carried[h] = t
	}
	return t
}

// owner is whose a token is.
func (a *AuthServer) owner(p *Portal, access string) (bitrix.UserID, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	t := a.access[access]
	switch {
	case t == nil || t.portal != p:
		return 0, errInvalidToken
	case t.dead:
		return 0, errNoApplication
	case !p.now().Before(t.expires):
		return 0, errExpiredToken
	}
	return t.user, nil
}

// expire ends the access that a portal's tokens give; they can still be renewed.
func (a *AuthServer) expire(p *Portal) {
	a.each(p, func(t *token) { t.expires = p.now() })
}

// kill makes a portal's tokens worthless for ever.
func (a *AuthServer) kill(p *Portal) {
	a.each(p, func(t *token) {
		t.dead = true
		delete(a.refresh, t.refresh)
	})
}

func (a *AuthServer) each(p *Portal, change func(*token)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, t := range a.access {
		if t.portal == p {
			change(t)
		}
	}
}

// invite makes a code for a person of a portal.
func (a *AuthServer) invite(p *Portal, user bitrix.UserID) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	given := rand.Text()
	a.codes[given] = code{holder{p, user}, p.now().Add(codeLife)}
	return given
}

// view is an exchange's answer. Its domain is the authorization server, where that of events is the portal.
func (a *AuthServer) view(t *token) array {
	return array{
		{"access_token", t.access},
		{"client_endpoint", t.portal.endpoint()},
		{"domain", a.place.host},
		{"expires", t.expires.Unix()},
		{"expires_in", int64(a.options.TokenLife.Seconds())},
		{"member_id", t.portal.options.MemberID},
		{"refresh_token", t.refresh},
		{"scope", strings.Join(t.portal.options.Scope, ",")},
		{"server_endpoint", a.place.base + "/rest/"},
		{"status", localApplication},
		{"user_id", t.user},
	}
}
