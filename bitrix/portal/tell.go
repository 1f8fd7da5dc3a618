package portal

import (
	"slices"

	"github.com/whois24/whois24/bitrix"
)

// invocation is one command as it was given.
type invocation struct {
	command *Command
	params  string
}

// order is how commands were given: the lines of a message somebody typed, or a button somebody pressed.
type order struct {
	invocations []invocation
	context     string   // contextTextarea or contextKeyboard
	message     *message // typed, or with the button
	by          *Person
}

// hearsV1 tells bots that are told in the format of API v1. What waits to be fetched is always in that of v2.
func (b *bot) hearsV1() bool { return b.generation == generation1 && b.mode == modeWebhook }

// tellOfMessage tells bots that a message was added, changed or deleted.
func (p *Portal) tellOfMessage(name string, bots []*bot, m *message) {
	var older []*bot
	for _, b := range bots {
		if b.hearsV1() {
			older = append(older, b)
			continue
		}
		p.emit(b, p.messageEvent(name, b, m))
	}
	for _, own := range byOwner(older, func(b *bot) owner { return b.owner }) {
		p.v1TellOfMessage(name, own, m)
	}
}

// tellOfJoin tells a bot that it is in a chat now.
func (p *Portal) tellOfJoin(b *bot, c *chat, by bitrix.UserID) {
	if b.hearsV1() {
		p.v1TellOfJoin(b, c, by)
		return
	}
	p.emit(b, p.joinedEvent(b, c, by))
}

// tellOfCommands tells bots that people gave them commands: from now on they may answer for a while.
func (p *Portal) tellOfCommands(o order) {
	var older []invocation
	for _, i := range o.invocations {
		b := p.bots[i.command.Bot]
		b.heard++
		b.access[o.message.chat] = p.now().Add(accessTime)
		if b.hearsV1() {
			older = append(older, i)
			continue
		}
		p.emit(b, p.commandEvent(i, o))
	}
	for _, own := range byOwner(older, func(i invocation) owner { return p.bots[i.command.Bot].owner }) {
		o.invocations = own
		p.v1TellOfCommands(o)
	}
}

// tellOfRemoval tells a bot that it is gone. One that fetches hears nothing: its queue goes with it, and its next
// fetch finds no bot.
func (p *Portal) tellOfRemoval(b *bot, by bitrix.UserID) {
	switch {
	case b.hearsV1():
		p.v1TellOfRemoval(b, by)
	case b.mode == modeWebhook:
		p.emit(b, occurrence{name: eventDelete, by: by})
	}
}

// byOwner groups what belongs to one owner, keeping the order.
func byOwner[T any](all []T, of func(T) owner) [][]T {
	var groups [][]T
	for _, v := range all {
		i := slices.IndexFunc(groups, func(g []T) bool { return of(g[0]) == of(v) })
		if i < 0 {
			groups = append(groups, []T{v})
			continue
		}
		groups[i] = append(groups[i], v)
	}
	return groups
}
