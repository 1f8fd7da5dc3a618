package bot

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"sync/atomic"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// Portal is a portal the bot answers on.
type Portal struct {
	Name     string // as in the events stored for it
	Client   *bitrix.Client
	Commands *commands.Set
	// TemplateKey makes the ids under which the portal drops repeated replies. It is secret, or somebody could post under
	// such an id first and silence the reply. All workers of a portal need the same.
	TemplateKey bitrix.Secret

	staff  atomic.Pointer[commands.Staff] // nil: not read, or not told
	untold atomic.Bool                    // the portal does not tell it
}

// KnowStaff has the commands know who works on the portal, for those who need not read it.
func (p *Portal) KnowStaff(s *commands.Staff) { p.staff.Store(s) }

// templateID derives a lower-case UUID v4, the only form the portal takes for a key, from what is said.
func (p *Portal) templateID(what string) string {
	mac := hmac.New(sha256.New, []byte(p.TemplateKey.Reveal()))
	_, _ = mac.Write([]byte(what)) // a hash never fails
	u := mac.Sum(nil)[:16]
	u[6] = u[6]&0x0f | 0x40 // version 4
	u[8] = u[8]&0x3f | 0x80 // variant of RFC 9562
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}
