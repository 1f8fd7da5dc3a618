package portal

import "github.com/whois24/whois24/bitrix"

// Events of bots, as API v2 calls them.
const (
	eventAdd     = "ONIMBOTV2MESSAGEADD"
	eventUpdate  = "ONIMBOTV2MESSAGEUPDATE"
	eventErase   = "ONIMBOTV2MESSAGEDELETE"
	eventJoin    = "ONIMBOTV2JOINCHAT"
	eventDelete  = "ONIMBOTV2DELETE"
	eventCommand = "ONIMBOTV2COMMANDADD"
)

// handlerOffset numbers the subscriptions of a bot: one handler for each event.
var handlerOffset = map[string]int{
	eventAdd: 0, eventUpdate: 1, eventErase: 2, eventJoin: 3, eventDelete: 4, eventCommand: 6,
}

// occurrence is an event of API v2 before it is known how it will travel.
type occurrence struct {
	name string
	by   bitrix.UserID // who caused it
	data array         // less the bot, whose shape depends on the way
	// fetched stands for data where the two ways differ; nil where they do not.
	fetched array
}

// messageEvent tells that a message was added, changed or deleted. Of a deleted one only the id is told.
func (p *Portal) messageEvent(name string, b *bot, m *message) occurrence {
	what := entry{"message", messageView(m)}
	if name == eventErase {
		what = entry{"messageId", m.id}
	}
	return occurrence{name: name, by: m.author, data: array{
		what,
		{"chat", p.chatView(m.chat, b)},
		{"user", p.eventUser(*p.people[m.author])},
		{"language", p.options.Language},
	}}
}

func (p *Portal) joinedEvent(b *bot, c *chat, by bitrix.UserID) occurrence {
	var user any
	if who := p.people[by]; who != nil {
		user = p.eventUser(*who)
	}
	return occurrence{name: eventJoin, by: by, data: array{
		{"dialogId", c.dialog(bitrix.UserID(b.id))},
		{"chat", p.chatView(c, b)},
		{"user", user},
		{"language", p.options.Language},
	}}
}

// commandEvent tells of a command. Fetched, a button pressed in a private chat has no chat.
func (p *Portal) commandEvent(i invocation, o order) occurrence {
	view := func(chat array) array {
		return array{
			{"command", array{
				{"id", i.command.ID},
				{"command", "/" + i.command.Name},
				{"params", i.params},
				{"context", o.context},
			}},
			{"message", messageView(o.message)},
			{"chat", chat},
			{"user", p.eventUser(*o.by)},
			{"language", p.options.Language},
		}
	}
	event := occurrence{name: eventCommand, by: o.by.ID, data: view(p.chatView(o.message.chat, p.bots[i.command.Bot]))}
	if o.context == contextKeyboard && o.message.chat.private {
		event.fetched = view(nil)
	}
	return event
}

// emit sends an event the bot's way: posted at once, or kept until fetched.
func (p *Portal) emit(b *bot, o occurrence) {
	if b.mode == modeFetch {
		p.enqueue(b, o)
		return
	}
	if b.boundURL == "" {
		return
	}
	body := array{
		{"event", o.name},
		{"event_handler_id", b.handlerID + handlerOffset[o.name]},
		{"data", append(array{{"bot", array{{"id", b.id}, {"code", b.code}, {"auth", p.botAuth(b)}}}}, o.data...)},
		{"ts", p.now().Unix()},
		{"auth", p.eventAuth(b.owner, o.name, o.by)},
	}
	p.postTo(b, b.boundURL, o.name, body)
}

func messageView(m *message) array {
	return array{
		{"id", m.id},
		{"chatId", m.chat.id},
		{"chat_id", m.chat.id},
		{"authorId", m.author},
		{"author_id", m.author},
		{"date", atom(m.at)},
		{"text", m.text},
		{"isSystem", m.system},
		{"uuid", m.templateID},
		{"forward", nil},
		{"params", messageParams(m)},
		{"viewedByOthers", false},
	}
}

func messageParams(m *message) array {
	var params array
	if len(m.attach) > 0 {
		params = append(params, entry{"ATTACH", list(array{{"ID", 1}, {"COLOR_TOKEN", m.color}, {"BLOCKS", m.attach}})})
	}
	if len(m.keyboard) > 0 {
		params = append(params, entry{"KEYBOARD", m.keyboard})
	}
	if m.replyTo != 0 {
		params = append(params, entry{"REPLY_ID", m.replyTo})
	}
	return params
}
