package bot

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"

	"github.com/whois24/whois24/bitrix"
)

// Known is what was last registered on a portal, for what the portal itself does not tell: where it posts events, texts in
// more than one language and, on bot API v1, which commands there are.
//
// What somebody else writes to the portal afterwards and the portal does not tell stays unseen: an Inspect that is given
// no Known plans to write it again.
type Known struct {
	Bot      bitrix.BotID            `json:"bot"`
	Settings string                  `json:"settings"` // fingerprint of bitrix.BotFields
	Commands map[string]KnownCommand `json:"commands"` // by name
}

// KnownCommand is a command as it was registered.
type KnownCommand struct {
	ID    bitrix.CommandID `json:"id"`
	Texts string           `json:"texts"` // fingerprint of bitrix.CommandFields
}

// of is a copy of k, if it is about this bot: one that was removed and made again has nothing of the old one.
func (k *Known) of(bot bitrix.BotID) Known {
	if k == nil || bot == 0 || k.Bot != bot {
		return Known{Commands: map[string]KnownCommand{}}
	}
	own := *k
	if own.Commands = maps.Clone(k.Commands); own.Commands == nil {
		own.Commands = map[string]KnownCommand{}
	}
	return own
}

// fingerprint is the same for equal values and for no others. Of a webhook address, which may hold a secret, it tells nothing.
func fingerprint(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // structs of texts and flags
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}

// readKnown reads what was remembered. Versions of this program before fetching remembered the bot's id alone.
func readKnown(text []byte) *Known {
	var k Known
	if json.Unmarshal(text, &k) != nil {
		return nil
	}
	return &k
}
