package portal

import (
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// anyAuthServer is what a portal names that has no emulated authorization server.
const anyAuthServer = "https://oauth.bitrix.info/rest/"

// refreshless are the bot events that bring no refresh token of the person who caused them.
var refreshless = map[string]bool{
	"ONIMBOTV2JOINCHAT": true, "ONIMBOTV2DELETE": true, "ONIMBOTJOINCHAT": true, "ONIMBOTDELETE": true,
}

// eventAuth is the outer auth of a bot's event: the access of the person who caused it, and what proves that the
// portal sent it. An event of a bot of an incoming webhook has nobody's access.
func (p *Portal) eventAuth(o owner, event string, by bitrix.UserID) array {
	if o.app == "" {
		return append(p.portalAuth(), entry{"application_token", applicationToken(o.token)})
	}
	auth := p.personAuth(p.options.Auth.current(p, by), !refreshless[event])
	return append(auth, entry{"application_token", p.applicationToken()})
}

// botAuth is the bot's own access: data[bot][auth] of API v2, BOT[id] and COMMAND[id] of v1. A bot of an incoming
// webhook has none, and nothing of it is in the form.
func (p *Portal) botAuth(b *bot) array {
	if b.owner.app == "" {
		return nil
	}
	return append(
		p.personAuth(p.options.Auth.current(p, bitrix.UserID(b.id)), true),
		entry{"client_id", b.owner.app},
		entry{"application_token", p.applicationToken()},
	)
}

// portalAuth says which portal it is.
func (p *Portal) portalAuth() array {
	return array{
		{"domain", p.place.Load().host},
		{"server_endpoint", p.serverEndpoint()},
		{"client_endpoint", p.endpoint()},
		{"member_id", p.options.MemberID},
	}
}

// personAuth is somebody's access to the portal.
func (p *Portal) personAuth(t *token, refresh bool) array {
	auth := array{
		{"access_token", t.access},
		{"expires", t.expires.Unix()},
		{"expires_in", int64(p.options.Auth.options.TokenLife.Seconds())},
		{"scope", strings.Join(p.options.Scope, ",")},
		{"domain", p.place.Load().host},
		{"server_endpoint", p.serverEndpoint()},
		{"status", localApplication},
		{"client_endpoint", p.endpoint()},
		{"member_id", p.options.MemberID},
		{"user_id", t.user},
	}
	if refresh {
		auth = append(auth, entry{"refresh_token", t.refresh})
	}
	return auth
}

func (p *Portal) serverEndpoint() string {
	if p.options.Auth == nil {
		return anyAuthServer
	}
	return p.options.Auth.place.base + "/rest/"
}

// applicationToken is how the portal makes up an application's token for a bot without one.
func applicationToken(botToken string) string {
	const longest = 50
	token := "custom" + botToken
	return token[:min(len(token), longest)]
}
