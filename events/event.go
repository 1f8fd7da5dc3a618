// Package events takes in what happens on a portal and hands it on to be stored.
//
// There are two ways in: the Receiver for events that a portal posts, and the Fetcher for those it keeps until it is asked.
// What they make of them, an Event, says nothing of how it came or in which version of the bot API, and carries no
// token.
package events

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// Event is something that happened on a portal, as it is stored.
type Event struct {
	Portal  string `json:"portal"`            // the name by which the worker finds the portal's credentials
	Replays int    `json:"replays,omitempty"` // how often it was taken back from the dead
	Wake    *Wake  `json:"wake,omitempty"`    // of the kind Woken; nil otherwise
	bitrix.Event
}

// Encode gives the stored form of the event.
func (e Event) Encode() ([]byte, error) { return json.Marshal(e) }

// Decode reads what Encode wrote.
func Decode(data []byte) (Event, error) {
	var e Event
	if err := json.Unmarshal(data, &e); err != nil {
		return Event{}, fmt.Errorf("decode stored event: %w", err)
	}
	return e, nil
}

// Key names what was asked: it is the same however often and by whichever way the event is delivered. One message
// can hold several commands, so the command line is part of it; a button keeps its message id, so the second of
// its pressing is.
func (e Event) Key() string {
	pressed := int64(0)
	if e.Command.Keyboard {
		pressed = e.Time.Unix()
	}
	asked := fmt.Sprintf("%q %d %d %s %d %d %d %q %q %d", e.Portal, e.Replays, e.Bot.ID, e.Kind, e.Message.ID,
		e.User.ID, e.Command.ID, e.Command.Name, e.Command.Params, pressed)
	if e.Kind == bitrix.JoinChat { // the dialog is all there is to tell one from another
		asked += " " + strconv.Quote(string(e.Chat.Dialog))
	}
	if e.Kind == bitrix.MessageUpdate { // each edit is another question
		asked += fmt.Sprintf(" %d %q", e.Time.Unix(), e.Message.Text)
	}
	asked += e.Wake.name()
	sum := sha256.Sum256([]byte(asked))
	return hex.EncodeToString(sum[:16]) // 128 bits: no two questions meet
}

// Reference is the beginning of the key, which people are told when the bot fails them: nobody reads out more. Those who run
// the bot find the event by it.
func (e Event) Reference() string { return e.Key()[:8] }

// Asked is what the person typed, or the button says.
func (e Event) Asked() string {
	if e.Command.Name == "" {
		return e.Message.Text
	}
	return strings.TrimSpace("/" + e.Command.Name + " " + e.Command.Params)
}

// wanted reports whether somebody has to do something about the event. The rest is counted and let go: people's
// words that are not for the bot are not stored. Of edits the portal tells as it does of new messages, and whether an answer has
// to follow one shows when all that was asked before is answered. Bots are not answered, or two of them would never stop.
func (e Event) wanted() bool {
	if e.User.ID < 1 || e.User.Bot || e.User.ID == bitrix.UserID(e.Bot.ID) || e.Message.System {
		return false
	}
	switch e.Kind {
	case bitrix.CommandAdd, bitrix.JoinChat:
		return true
	case bitrix.MessageAdd, bitrix.MessageUpdate:
		return e.Message.Text != ""
	case bitrix.MessageDelete:
		return e.Message.ID != 0
	}
	return false
}
