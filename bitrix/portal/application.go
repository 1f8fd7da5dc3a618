package portal

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/whois24/whois24/bitrix"
)

// Events of an application's life.
const (
	eventInstall   = "ONAPPINSTALL"
	eventAppUpdate = "ONAPPUPDATE"
	eventUninstall = "ONAPPUNINSTALL"
)

// What cannot be done with an application.
var (
	errNoAuthServer = errors.New("the portal has no authorization server")
	errNotInstalled = errors.New("the application is not installed")
)

// application is the authorization server's application as it is on this portal.
type application struct {
	handler  string // where its own events go; empty: not installed
	version  int
	complete bool // events of its bots are sent
}

// Install installs the application in the administrator's name and posts ONAPPINSTALL to its handler. Bots are sent
// events from now on, as with an application that has no page.
func (p *Portal) Install(handler string) error {
	return p.install(handler, true)
}

// BeginInstall is Install up to the point where an application with a page would call BX24.installFinish. Until
// FinishInstall the portal sends no events of the application's bots.
func (p *Portal) BeginInstall(handler string) error {
	return p.install(handler, false)
}

func (p *Portal) install(handler string, complete bool) error {
	if p.options.Auth == nil {
		return fmt.Errorf("install: %w", errNoAuthServer)
	}
	if err := checkCallback(handler); err != nil {
		return fmt.Errorf("install: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.app = application{handler: handler, version: 1, complete: complete}
	p.announce(eventInstall, array{
		{"VERSION", p.app.versionText()},
		{"ACTIVE", "Y"},
		{"INSTALLED", yesNo(complete)},
		{"LANGUAGE_ID", p.options.Language},
	}, p.applicationAuth())
	return nil
}

// FinishInstall completes what BeginInstall began.
func (p *Portal) FinishInstall() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.app.handler == "" {
		return fmt.Errorf("finish the installation: %w", errNotInstalled)
	}
	p.app.complete = true
	return nil
}

// Update brings the application's next version, with its handler where it is now, and posts ONAPPUPDATE there.
func (p *Portal) Update(handler string) error {
	if err := checkCallback(handler); err != nil {
		return fmt.Errorf("update: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.app.handler == "" {
		return fmt.Errorf("update: %w", errNotInstalled)
	}
	previous := p.app.versionText()
	p.app.handler = handler
	p.app.version++
	p.announce(eventAppUpdate, array{
		{"VERSION", p.app.versionText()},
		{"PREVIOUS_VERSION", previous},
		{"LANGUAGE_ID", p.options.Language},
	}, p.applicationAuth())
	return nil
}

// Uninstall posts ONAPPUNINSTALL, then removes the application's bots and makes its tokens worthless. With clean who
// uninstalls it wants its data wiped.
func (p *Portal) Uninstall(clean bool) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.app.handler == "" {
		return fmt.Errorf("uninstall: %w", errNotInstalled)
	}
	auth := append(p.portalAuth(), entry{"application_token", p.applicationToken()})
	p.announce(eventUninstall, array{{"LANGUAGE_ID", p.options.Language}, {"CLEAN", clean}}, auth)
	p.app = application{} // first: its bots hear nothing of their end
	own := owner{app: p.options.Auth.options.ClientID}
	for _, b := range p.botsOf(own) {
		p.removeBot(b, admin)
	}
	delete(p.bound, own)
	p.options.Auth.kill(p)
	return nil
}

// ExpireTokens makes every access token of the application on this portal expired, as an hour would.
func (p *Portal) ExpireTokens() {
	if p.options.Auth != nil {
		p.options.Auth.expire(p)
	}
}

// Authorize is a person's consent: a code that the application can trade for a token of theirs, within 30 seconds.
func (p *Portal) Authorize(user bitrix.UserID) (code string, err error) {
	if p.options.Auth == nil {
		return "", fmt.Errorf("authorize: %w", errNoAuthServer)
	}
	return p.options.Auth.invite(p, user), nil
}

// MemberID names the portal for ever, whatever its address.
func (p *Portal) MemberID() bitrix.MemberID { return p.options.MemberID }

// announce posts an event of the application. It comes in turn with other such events, not with those of bots.
func (p *Portal) announce(event string, data, auth array) {
	const noBot bitrix.BotID = 0
	p.post.send(noBot, p.app.handler, event, array{
		{"event", event},
		{"data", data},
		{"ts", p.now().Unix()},
		{"auth", auth},
	})
}

// applicationAuth is the access that comes with an installation or update: a pair no event brought before.
func (p *Portal) applicationAuth() array {
	auth := p.personAuth(p.options.Auth.fresh(p, admin), true)
	return append(auth, entry{"application_token", p.applicationToken()})
}

// applicationToken proves to the application that the portal sent an event. It is the same for all its events.
func (p *Portal) applicationToken() string {
	sum := sha256.Sum256([]byte(p.options.Auth.options.ClientID + "\n" + string(p.options.MemberID)))
	return hex.EncodeToString(sum[:16])
}

// postTo posts an event to a bot. An application's bots are told nothing until its installation is complete.
func (p *Portal) postTo(b *bot, url, event string, body array) {
	if b.owner.app == "" || p.app.complete {
		p.post.send(b.id, url, event, body)
	}
}

func (a application) versionText() string { return fmt.Sprintf("%d.0.0", a.version) }

func yesNo(b bool) string {
	if b {
		return "Y"
	}
	return "N"
}
