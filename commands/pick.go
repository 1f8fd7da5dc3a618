package commands

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands/people"
)

const (
	// longestPick is how many people are offered at once, and mostPages how often more. Further ones are no help: a better name
	// is.
	longestPick = 10
	mostPages   = 5
	mostPicked  = longestPick * mostPages
	// longestParams bounds what a button repeats of a line, in bytes: ten of them have to fit into a message.
	longestParams = 1000
)

// manyPeople is why an argument has no value yet: several could be meant.
type manyPeople struct {
	search
	query string // as it was typed
	page  int    // from 1
}

func (m manyPeople) Error() string { return "several people match" }

// reply asks which is meant. A button gives the same command with the person's number in it, or with another page of the list;
// line makes that of what is to be said for the argument.
func (m manyPeople) reply(c Call, line func(said string) string) Reply {
	m.page = max(1, min(m.page, (len(m.people)+longestPick-1)/longestPick, mostPages))
	from := (m.page - 1) * longestPick
	offered := m.people[from:min(len(m.people), from+longestPick)]
	lines := []string{c.Text(m.question(), Data{"Query": m.query, "N": len(m.people)})}
	var buttons []bitrix.Button
	for _, p := range offered {
		lines = append(lines, pickLine(c, p))
		buttons = append(buttons, bitrix.Button{Text: pickLabel(p), Command: c.Name, Params: line(strconv.FormatInt(int64(p.ID), 10))})
	}
	if n := len(m.people) - from - len(offered); n > 0 {
		lines = append(lines, c.Text("pick.more", Data{"N": n, "Cut": m.cut}))
	}
	if m.page > 1 {
		buttons = append(buttons, m.turn(c, "pick.previous", line, m.page-1))
	}
	if m.page < mostPages && from+longestPick < len(m.people) {
		buttons = append(buttons, m.turn(c, "pick.next", line, m.page+1))
	}
	return Reply{Text: strings.Join(lines, "\n"), Keyboard: keyboardOf(buttons)}
}

func (m manyPeople) question() string {
	if m.verdict == people.Near {
		return "pick.near"
	}
	return "pick.who"
}

// turn is a button to another page, which takes the place of this one.
func (m manyPeople) turn(c Call, label string, line func(string) string, page int) bitrix.Button {
	said := quoted(fmt.Sprintf("%s page:%d", m.find, page))
	return InPlace(bitrix.Button{Text: c.Text(label, nil), Command: c.Name, Params: line(said), Line: true})
}

// paged matches what turn adds.
var paged = regexp.MustCompile(` page:([1-9])$`)

// cutPage takes the page off what was said; the first if none was.
func cutPage(said string) (query string, page int) {
	m := paged.FindStringSubmatch(said)
	if m == nil {
		return said, 1
	}
	return strings.TrimSuffix(said, m[0]), int(m[1][0] - '0')
}

// keyboardOf is one of the buttons that are not too long; nil without any.
func keyboardOf(buttons []bitrix.Button) *bitrix.Keyboard {
	var k bitrix.Keyboard
	for _, b := range buttons {
		if len(b.Params) <= longestParams {
			k.Buttons = append(k.Buttons, b)
		}
	}
	if k.Buttons == nil {
		return nil
	}
	return &k
}

func pickLine(c Call, p bitrix.FoundUser) string {
	data := Data{"Name": p.Name, "Position": p.WorkPosition, "ID": int64(p.ID)}
	if filled(p.WorkPosition) {
		return c.Text("pick.person", data)
	}
	return c.Text("pick.person_bare", data)
}

// pickLabel is short enough for a button. Namesakes differ by position, in the text also by number.
func pickLabel(p bitrix.FoundUser) string {
	label := bitrix.Plain(p.Name)
	if label == "" {
		label = "№ " + strconv.FormatInt(int64(p.ID), 10)
	}
	if position := bitrix.Plain(p.WorkPosition); position != "" {
		label += " · " + position
	}
	return shorten(label)
}
