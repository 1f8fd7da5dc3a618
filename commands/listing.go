package commands

import "github.com/whois24/whois24/bitrix"

// mostListed is how many people one list names: about what a phone shows without much scrolling.
const mostListed = 20

// withheld is the answer where a list of the staff with a field of theirs cannot be given, or not yet; false: it can be.
// Arguments are those of the command.
func (c Call) withheld(f Field, arguments any) (Reply, bool) {
	if reply, hidden := c.hidden(f, arguments); hidden {
		return reply, true
	}
	if c.Staff == nil {
		return Reply{Text: c.Text(c.unread(), nil)}, true
	}
	return Reply{}, false
}

// unread is the id of what is said in place of what only the staff could tell.
func (c Call) unread() string {
	if c.StaffUntold {
		return "staff.untold"
	}
	return "staff.unread"
}

// hidden is the answer where a field may not be told; false: it may be.
func (c Call) hidden(f Field, arguments any) (Reply, bool) {
	if c.Shows(f) {
		return Reply{}, false
	}
	reply := Reply{Text: c.Text("staff.hidden", Data{"Outsiders": c.Chat.Outsiders})}
	if b, ok := c.Privately(c.Name, arguments); ok {
		reply.Keyboard = &bitrix.Keyboard{Buttons: []bitrix.Button{b}}
	}
	return reply, true
}

// listed makes a line of each, and one of all for whom a message has no room.
func listed[T any](c Call, list []T, line func(T) string) []string {
	var lines []string
	for _, one := range list[:min(len(list), mostListed)] {
		lines = append(lines, line(one))
	}
	if n := len(list) - len(lines); n > 0 {
		lines = append(lines, c.Text("staff.more", Data{"N": n}))
	}
	return lines
}

// whoLink is a name that can be tapped for /whois. It is no mention: a mention would notify the person.
func whoLink(c Call, u bitrix.User) Markup {
	data := Data{"Name": u.Name, "ID": int64(u.ID)}
	if !filled(u.Name) {
		return Markup(c.Text("staff.nameless", data))
	}
	return Markup(c.Text("staff.person", data))
}
