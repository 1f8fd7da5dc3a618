package portal

import (
	"regexp"
	"slices"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// Where a command was given.
const (
	contextTextarea = "textarea"
	contextKeyboard = "keyboard"
)

// builtIn are the messenger's own commands.
var builtIn = []string{"me", "loud", "rename"}

// route tells bots of a message somebody typed: commands first, and only where no line of it was one, bots that
// are spoken to.
func (p *Portal) route(m *message) {
	if p.runCommands(m) {
		return
	}
	hearers := p.hearers(m)
	for _, b := range hearers {
		b.heard++
	}
	p.tellOfMessage(eventAdd, hearers, m)
}

// runCommands runs the lines that begin with the exact name of a command usable here. It reports whether there
// was one, the messenger's own included.
func (p *Portal) runCommands(m *message) bool {
	given := order{context: contextTextarea, message: m, by: p.people[m.author]}
	ran := false
	for line := range strings.SplitSeq(m.text, "\n") {
		name, params, ok := commandLine(line)
		if !ok {
			continue
		}
		ran = ran || slices.Contains(builtIn, name)
		for _, cmd := range p.commandsHere(m.chat, given.by, name) {
			given.invocations = append(given.invocations, invocation{cmd, params})
		}
	}
	p.tellOfCommands(given)
	return ran || len(given.invocations) > 0
}

// commandLine takes a line apart: the name goes on to the first space, the rest is kept as it is.
func commandLine(line string) (name, params string, ok bool) {
	line, ok = strings.CutPrefix(line, "/")
	name, params, _ = strings.Cut(line, " ")
	return name, params, ok
}

// commandsHere are the commands of a name a person may give in a chat: those of members, common ones anywhere;
// guests need the command's consent.
func (p *Portal) commandsHere(c *chat, author *Person, name string) []*Command {
	var usable []*Command
	for _, b := range p.botsByID() {
		cmd := p.commandOf(b.id, name)
		if cmd == nil || author.outsider() && !cmd.Extranet {
			continue
		}
		if cmd.Common || c.has(bitrix.UserID(b.id)) {
			usable = append(usable, cmd)
		}
	}
	return usable
}

// mention is somebody named in a text.
var mention = regexp.MustCompile(`(?i)\[USER=(\d+)(?: REPLACE)?\]`)

// hearers are the bots a person's message is offered to: the partner in a private chat; in a group those
// mentioned and those that read everything.
func (p *Portal) hearers(m *message) []*bot {
	var named []bitrix.BotID
	for _, match := range mention.FindAllStringSubmatch(m.text, -1) {
		named = append(named, bitrix.BotID(leadingInt(match[1])))
	}
	var hearing []*bot
	for _, b := range p.botsByID() {
		member := m.chat.has(bitrix.UserID(b.id))
		if member && (m.chat.private || b.readsAll() || slices.Contains(named, b.id)) {
			hearing = append(hearing, b)
		}
	}
	return hearing
}
