package commandtest

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// minutes are what the bot posted, message by message.
type minutes struct {
	changes <-chan portal.Change
	bot     bitrix.UserID
	byID    map[bitrix.MessageID]*post
}

// mostAtOnce is how many changes of the portal one line may cause; calls to it count too.
const mostAtOnce = 10_000

var errTooMuch = errors.New("more happened on the portal at once than anybody can follow")

func newMinutes(p *portal.Portal, bot bitrix.UserID) *minutes {
	changes, _ := p.Subscribe(mostAtOnce)
	return &minutes{changes: changes, bot: bot, byID: map[bitrix.MessageID]*post{}}
}

// read gives the messages that were posted since the last time. Those that changed only are noted.
func (m *minutes) read() ([]*post, error) {
	var posted []*post
	for {
		select {
		case c, open := <-m.changes:
			if !open {
				return posted, errTooMuch
			}
			if p := m.note(c); p != nil {
				posted = append(posted, p)
			}
		default:
			return posted, nil
		}
	}
}

// note gives the message if it is a new one.
func (m *minutes) note(c portal.Change) *post {
	if c.Message == nil || c.Message.Author != m.bot && !c.Message.System {
		return nil
	}
	if known := m.byID[c.Message.ID]; known != nil {
		known.versions = append(known.versions, *c.Message)
		return nil
	}
	p := &post{versions: []portal.Message{*c.Message}}
	m.byID[c.Message.ID] = p
	return p
}

// post is a message of the bot's, with all that stood there one after the other.
type post struct {
	versions []portal.Message
	read     bool // somebody expected it
}

func (p *post) now() portal.Message { return p.versions[len(p.versions)-1] }

// before are the texts that stood there earlier.
func (p *post) before() []string {
	var texts []string
	for _, m := range p.versions[:len(p.versions)-1] {
		texts = append(texts, m.Text)
	}
	return texts
}

// button is one of a message's, as the portal keeps it.
type button struct {
	Type   string `json:"TYPE"`
	Text   string `json:"TEXT"`
	Link   string `json:"LINK"`
	Action string `json:"ACTION"`
	Value  string `json:"ACTION_VALUE"`
	index  int    // among all, breaks of lines too
}

func (p *post) buttons() []button {
	var all []button
	_ = json.Unmarshal(p.now().Keyboard, &all) // the portal wrote it; a message without has none
	var shown []button
	for i, b := range all {
		if b.Type != "NEWLINE" {
			b.index = i
			shown = append(shown, b)
		}
	}
	return shown
}

// show is the message as a failed test shows it.
func (p *post) show() string {
	m := p.now()
	if m.Deleted {
		return "(deleted)"
	}
	lines := []string{legible(m.Text)}
	if m.Attach != nil {
		lines = append(lines, "(with an attachment)")
	}
	if labels := p.labels(); len(labels) > 0 {
		lines = append(lines, row(labels))
	}
	return strings.Join(lines, "\n")
}

func (p *post) labels() []string {
	var labels []string
	for _, b := range p.buttons() {
		labels = append(labels, b.Text)
	}
	return labels
}

// row shows buttons beside each other.
func row(labels []string) string {
	if len(labels) == 0 {
		return "no buttons"
	}
	return "buttons (" + strings.Join(labels, ") (") + ")"
}
