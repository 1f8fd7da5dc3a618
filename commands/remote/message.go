package remote

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"unicode/utf8"

	"github.com/whois24/whois24/bitrix"
)

// Bounds of one reply. A reply that is longer is refused and not cut: half of it may mean something else.
const (
	maxButtons = 40
	maxLabel   = 100  // of a button, in characters
	maxValue   = 2000 // of a button's arguments, link or value, in bytes
	maxBlocks  = 50   // of an attach
)

// decode reads what a service sent. It is a stranger's: whatever is not as it should be is an error.
func decode(data []byte) (Message, error) {
	if len(data) > MaxMessage {
		return Message{}, fmt.Errorf("a message of %d bytes; at most %d are read", len(data), MaxMessage)
	}
	var m Message
	if err := json.Unmarshal(data, &m); err != nil {
		return Message{}, fmt.Errorf("no message: %w", err)
	}
	return m, m.check()
}

// check tells what keeps a message from being one of the four there are.
func (m Message) check() error {
	switch {
	case m.Working:
		return nil
	case m.LookUp != nil:
		return m.LookUp.check()
	case m.Error != "":
		return nil
	}
	return m.Reply.check()
}

func (l LookUp) check() error {
	asked := 0
	for _, is := range []bool{l.User != 0, l.Profile != 0, l.Search != "", l.Department != 0} {
		if is {
			asked++
		}
	}
	if asked != 1 {
		return errors.New("a look-up of nothing or of several things at once")
	}
	return nil
}

func (r Reply) check() error {
	switch {
	case (r.Text == "") == (r.Say == ""):
		return errors.New("a reply has either a text or the id of one")
	case len(r.Buttons) > maxButtons:
		return fmt.Errorf("%d buttons; at most %d are shown", len(r.Buttons), maxButtons)
	}
	if err := checkAttach(r.Attach); err != nil {
		return fmt.Errorf("attach: %w", err)
	}
	for i, b := range r.Buttons {
		if err := b.check(); err != nil {
			return fmt.Errorf("button %d: %w", i+1, err)
		}
	}
	return nil
}

var goodCommand = regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`)

var (
	actions = []bitrix.Action{bitrix.ActionPut, bitrix.ActionSend, bitrix.ActionCopy, bitrix.ActionCall, bitrix.ActionDialog}
	colors  = []string{"", "primary", "secondary", "alert", "base"}
)

func (b Button) check() error {
	if b.NewLine {
		return nil
	}
	does := 0
	for _, what := range []string{b.Command, b.Link, string(b.Action)} {
		if what != "" {
			does++
		}
	}
	switch {
	case b.Text == "" || utf8.RuneCountInString(b.Text) > maxLabel:
		return fmt.Errorf("its text is 1 to %d characters", maxLabel)
	case does != 1:
		return errors.New("it has one of command, link and action")
	case b.Command != "" && !goodCommand.MatchString(b.Command):
		return errors.New("its command is no name of one")
	case b.Link != "" && !goodLink(b.Link):
		return errors.New("its link is no address on the web")
	case b.Action != "" && !slices.Contains(actions, b.Action):
		return fmt.Errorf("its action is none of %v", actions)
	case !slices.Contains(colors, b.Color):
		return fmt.Errorf("its color is none of %v", colors[1:])
	case len(b.Args) > maxValue, len(b.Value) > maxValue:
		return fmt.Errorf("its arguments or value are longer than %d bytes", maxValue)
	}
	return nil
}

func checkAttach(a *bitrix.Attach) error {
	switch {
	case a == nil:
		return nil
	case len(a.Blocks) > maxBlocks:
		return fmt.Errorf("%d blocks; at most %d are shown", len(a.Blocks), maxBlocks)
	case !slices.Contains(colors, a.Color):
		return fmt.Errorf("its color is none of %v", colors[1:])
	}
	for i, b := range a.Blocks {
		if _, err := b.MarshalJSON(); err != nil {
			return fmt.Errorf("block %d: %w", i+1, err)
		}
		for _, link := range linksIn(b) {
			if link != "" && !goodLink(link) {
				return fmt.Errorf("block %d: its link is no address on the web", i+1)
			}
		}
	}
	return nil
}

// linksIn are the addresses in a block that a press opens or the messenger loads.
func linksIn(b bitrix.Block) (links []string) {
	for _, cell := range b.Grid {
		links = append(links, cell.Link)
	}
	if b.User != nil {
		links = append(links, b.User.Avatar)
	}
	if b.Link != nil {
		links = append(links, b.Link.Link)
	}
	if b.Image != nil {
		links = append(links, b.Image.Link)
	}
	return links
}

// goodLink reports whether a browser would open s as a page and not run it.
func goodLink(s string) bool {
	u, err := url.Parse(s)
	return err == nil && len(s) <= maxValue && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}
