package bot

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// installation is what the vault keeps of a portal, under its member id. One that left stays as the list of the
// installations it had: what was posted then must not be believed once more.
type installation struct {
	Endpoint bitrix.Endpoint
	Access   bitrix.Secret
	Refresh  bitrix.Secret
	Expires  time.Time
	Token    bitrix.Secret // the application token of its events
	Lost     bool          // the refresh token is used up: only an event or a new installation brings another
	Left     time.Time     // zero: it is here
	Wipe     wipe          // what is still to be removed of one that left
	Seen     []string      // fingerprints of the refresh tokens that installations were made with, oldest first
}

// wipe says how much has to be removed.
type wipe string

const (
	wipeNothing wipe = ""
	wipeEvents  wipe = "events" // and what else only answering needs
	wipeAll     wipe = "all"    // whoever uninstalled asked for it
)

// maxSeen bounds the installations that are remembered of one portal. A refresh token lives for 180 days at most.
const maxSeen = 100

// stored is an installation in the vault, where secrets are written out: the vault seals them.
type stored struct {
	Endpoint string    `json:"endpoint,omitempty"`
	Access   string    `json:"access,omitempty"`
	Refresh  string    `json:"refresh,omitempty"`
	Expires  time.Time `json:"expires,omitzero"`
	Token    string    `json:"token,omitempty"`
	Lost     bool      `json:"lost,omitempty"`
	Left     time.Time `json:"left,omitzero"`
	Wipe     wipe      `json:"wipe,omitempty"`
	Seen     []string  `json:"seen,omitempty"`
}

func (i installation) encode() ([]byte, error) {
	return json.Marshal(stored{
		Endpoint: string(i.Endpoint),
		Access:   i.Access.Reveal(),
		Refresh:  i.Refresh.Reveal(),
		Expires:  i.Expires,
		Token:    i.Token.Reveal(),
		Lost:     i.Lost,
		Left:     i.Left,
		Wipe:     i.Wipe,
		Seen:     i.Seen,
	})
}

// decodeInstallation reads an entry of the vault, nil for none. The error is errUnreadable.
func decodeInstallation(value []byte) (installation, error) {
	if value == nil {
		return nowhere(), nil
	}
	var s stored
	if err := json.Unmarshal(value, &s); err != nil {
		return nowhere(), errUnreadable
	}
	return installation{
		Endpoint: bitrix.Endpoint(s.Endpoint),
		Access:   bitrix.Secret(s.Access),
		Refresh:  bitrix.Secret(s.Refresh),
		Expires:  s.Expires,
		Token:    bitrix.Secret(s.Token),
		Lost:     s.Lost,
		Left:     s.Left,
		Wipe:     s.Wipe,
		Seen:     s.Seen,
	}, nil
}

// nowhere is a portal that left before anybody was looking.
func nowhere() installation { return installation{Left: time.Unix(0, 0)} }

// here reports whether the application is installed.
func (i installation) here() bool { return i.Left.IsZero() }

// with is i with another grant.
func (i installation) with(g bitrix.Grant) installation {
	i.Endpoint, i.Access, i.Refresh, i.Expires, i.Lost = g.Endpoint, g.Access, g.Refresh, g.Expires, false
	return i
}

// left is what remains of i when the application is uninstalled.
func (i installation) left(at time.Time, what wipe) installation {
	return installation{Left: at, Wipe: what, Seen: i.Seen}
}

// saw reports whether an installation was made with this refresh token before.
func (i installation) saw(refresh bitrix.Secret) bool {
	return slices.Contains(i.Seen, tokenPrint(refresh))
}

// seen is i, remembering an installation.
func (i installation) seen(refresh bitrix.Secret) installation {
	i.Seen = append(slices.Clone(i.Seen), tokenPrint(refresh))
	i.Seen = i.Seen[max(0, len(i.Seen)-maxSeen):]
	return i
}

func tokenPrint(s bitrix.Secret) string {
	sum := sha256.Sum256([]byte(s.Reveal()))
	return hex.EncodeToString(sum[:])
}
