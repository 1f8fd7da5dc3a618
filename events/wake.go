package events

import (
	"fmt"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// Woken is the kind of an event that no portal sent: a command wanted to be run again, and now it is time. Its command is the one
// to run, its author who asked for it, and its chat the private one with them.
const Woken bitrix.Kind = "woken"

// Wake is what an event of the kind Woken has beyond others.
type Wake struct {
	Key     string    `json:"key"`   // tells it from the person's other wakes by the same command
	At      time.Time `json:"at"`    // when it is due
	Asked   time.Time `json:"asked"` // when the event was stored with which the person asked for it, however long ago
	Note    string    `json:"note,omitempty"`
	Answers []string  `json:"answers,omitempty"` // to the command's questions; foreign text
}

// name is what of a wake is in the key of its event.
func (w *Wake) name() string {
	if w == nil {
		return ""
	}
	return fmt.Sprintf(" %q %d", w.Key, w.At.UnixNano())
}
