package portal

import (
	"slices"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// v1Names are the names of message events in API v1.
var v1Names = map[string]string{eventAdd: v1EventAdd, eventUpdate: v1EventUpdate, eventErase: v1EventErase}

// v1TellOfMessage tells an owner of a message with one event, however many of its bots hear of it.
func (p *Portal) v1TellOfMessage(name string, bots []*bot, m *message) {
	event := v1Names[name]
	data := array{{"BOT", p.v1Bots(bots)}, {"PARAMS", p.v1MessageParams(event, m)}}
	if event == v1EventAdd || m.chat.private { // a change in a group names nobody
		data = append(data, entry{"USER", p.v1Writer(m.author)})
	}
	if !p.v1Post(bots[0], occurrence{name: event, by: m.author, data: data}) || event != v1EventAdd {
		return
	}
	for _, b := range bots {
		if b.kind != typeSupervisor {
			p.showTyping(b, m.chat)
		}
	}
}

// v1TellOfJoin tells a bot that it is in a chat now.
func (p *Portal) v1TellOfJoin(b *bot, c *chat, by bitrix.UserID) {
	data := array{{"BOT", p.v1Bots([]*bot{b})}, {"PARAMS", p.v1JoinParams(b, c, by)}}
	if p.people[by] != nil {
		data = append(data, entry{"USER", p.v1Person(by)})
	}
	if p.v1Post(b, occurrence{name: v1EventJoin, by: by, data: data}) && b.kind != typeSupervisor {
		p.showTyping(b, c)
	}
}

// v1TellOfCommands tells an owner of all its commands in a message with one event. They are kept by the command's
// id there, so the second call of a command overwrites the first.
func (p *Portal) v1TellOfCommands(o order) {
	var commands array
	for _, i := range o.invocations {
		commands = commands.set(text(i.command.ID), p.v1Command(i, o))
	}
	first := p.bots[o.invocations[0].command.Bot]
	told := p.v1Post(first, occurrence{name: v1EventCommand, by: o.by.ID, data: array{
		{"COMMAND", commands},
		{"PARAMS", p.v1CommandParams(o)},
		{"USER", p.v1Person(o.by.ID)},
	}})
	if !told || o.context == contextKeyboard {
		return
	}
	for _, i := range o.invocations {
		if b := p.bots[i.command.Bot]; !o.message.chat.private || o.message.chat.has(bitrix.UserID(b.id)) {
			p.showTyping(b, o.message.chat)
		}
	}
}

func (p *Portal) v1TellOfRemoval(b *bot, by bitrix.UserID) {
	p.v1Post(b, occurrence{name: v1EventDelete, by: by, data: array{{"BOT_ID", b.id}, {"BOT_CODE", b.code}}})
}

// v1Post posts an event to the owner of a bot. It reports whether the owner bound an address for it.
func (p *Portal) v1Post(b *bot, o occurrence) bool {
	to, bound := p.v1Binding(b.owner, o.name)
	if !bound {
		return false
	}
	p.postTo(b, to.url, o.name, array{
		{"event", o.name},
		{"event_handler_id", to.id},
		{"data", o.data},
		{"ts", p.now().Unix()},
		{"auth", p.eventAuth(b.owner, o.name, o.by)},
	})
	return true
}

// v1Bots is the BOT block: bots by id, each with its rights twice.
func (p *Portal) v1Bots(bots []*bot) array {
	var all array
	for _, b := range bots {
		all = all.set(text(b.id), p.v1Bot(b))
	}
	return all
}

func (p *Portal) v1Bot(b *bot) array {
	auth := p.botAuth(b)
	return append(
		slices.Clone(auth),
		entry{"AUTH", auth},
		entry{"BOT_ID", b.id},
		entry{"BOT_CODE", b.code},
	)
}

// v1Command is a member of the COMMAND block.
func (p *Portal) v1Command(i invocation, o order) array {
	return append(
		p.v1Bot(p.bots[i.command.Bot]),
		entry{"COMMAND", i.command.Name},
		entry{"COMMAND_ID", i.command.ID},
		entry{"COMMAND_PARAMS", i.params},
		entry{"COMMAND_CONTEXT", strings.ToUpper(o.context)},
		entry{"MESSAGE_ID", o.message.id},
	)
}

// v1Person is the USER block of commands and joins. It does not tell an outsider.
func (p *Portal) v1Person(id bitrix.UserID) array {
	who := p.people[id]
	return array{
		{"ID", who.ID},
		{"NAME", who.Name()},
		{"FIRST_NAME", who.First},
		{"LAST_NAME", who.Last},
		{"WORK_POSITION", who.Position},
		{"GENDER", gender(*who)},
	}
}

// v1Writer is the USER block of messages.
func (p *Portal) v1Writer(id bitrix.UserID) array {
	who := p.people[id]
	return append(
		p.v1Person(id),
		entry{"IS_BOT", letter(who.Bot)},
		entry{"IS_CONNECTOR", letter(who.Connector)},
		entry{"IS_NETWORK", "N"},
		entry{"IS_EXTRANET", letter(who.outsider())},
	)
}
