package commands

import (
	"strconv"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

const (
	// longestPick is how many people are offered. More are no help: a better name is.
	longestPick = 10
	// longestParams bounds what a button repeats of a line, in bytes: ten of them have to fit into a message.
	longestParams = 1000
)

// manyPeople is why an argument has no value yet: several could be meant.
type manyPeople struct {
	query  string
	people []bitrix.FoundUser
	cut    bool // there may be more than were found
}

func (m manyPeople) Error() string { return "several people match" }

// reply asks which is meant. A button gives the same command with the person's number in it, which line makes.
func (m manyPeople) reply(c Call, line func(bitrix.UserID) string) Reply {
	lines := []string{c.Text("pick.who", Data{"Query": m.query})}
	offered := m.people[:min(len(m.people), longestPick)]
	var buttons []bitrix.Button
	for _, p := range offered {
		lines = append(lines, pickLine(c, p))
		b := bitrix.Button{Text: pickLabel(p), Command: c.Name, Params: line(p.ID)}
		if len(b.Params) <= longestParams {
			buttons = append(buttons, b)
		}
	}
	if n := len(m.people) - len(offered); n > 0 {
		lines = append(lines, c.Text("pick.more", Data{"N": n, "Cut": m.cut}))
	}
	reply := Reply{Text: strings.Join(lines, "\n")}
	if len(buttons) > 0 {
		reply.Keyboard = &bitrix.Keyboard{Buttons: buttons}
	}
	return reply
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
