package portal

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/whois24/whois24/bitrix"
)

// Events of bots.
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

// occurrence is an event before it is known how it will travel.
type occurrence struct {
	name string
	data array // less the bot, whose shape depends on the way
	// fetched stands for data where the two ways differ; nil where they do not.
	fetched array
}

func (p *Portal) messageEvent(name string, b *bot, m *message) occurrence {
	return occurrence{name: name, data: array{
		{"message", messageView(m)},
		{"chat", p.chatView(m.chat, b)},
		{"user", p.eventUser(*p.people[m.author])},
		{"language", p.options.Language},
	}}
}

func (p *Portal) deletedEvent(b *bot, m *message) occurrence {
	return occurrence{name: eventErase, data: array{
		{"messageId", m.id},
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
	return occurrence{name: eventJoin, data: array{
		{"dialogId", c.dialog(bitrix.UserID(b.id))},
		{"chat", p.chatView(c, b)},
		{"user", user},
		{"language", p.options.Language},
	}}
}

// commandEvent tells of a command. Fetched, a button pressed in a private chat has no chat.
func (p *Portal) commandEvent(cmd *Command, params, context string, m *message, by *Person) occurrence {
	view := func(chat array) array {
		return array{
			{"command", array{
				{"id", cmd.ID},
				{"command", "/" + cmd.Name},
				{"params", params},
				{"context", context},
			}},
			{"message", messageView(m)},
			{"chat", chat},
			{"user", p.eventUser(*by)},
			{"language", p.options.Language},
		}
	}
	o := occurrence{name: eventCommand, data: view(p.chatView(m.chat, p.bots[cmd.Bot]))}
	if context == contextKeyboard && m.chat.private {
		o.fetched = view(nil)
	}
	return o
}

// trigger is a person giving a command: its bot may answer for a while and hears of it.
func (p *Portal) trigger(cmd *Command, params, context string, m *message, by *Person) {
	b := p.bots[cmd.Bot]
	b.heard++
	b.access[m.chat] = p.now().Add(accessTime)
	p.emit(b, p.commandEvent(cmd, params, context, m, by))
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
		{"data", append(array{{"bot", array{{"id", b.id}, {"code", b.code}}}}, o.data...)},
		{"ts", p.now().Unix()},
		{"auth", p.eventAuth(b)},
	}
	p.post.send(b.id, b.boundURL, o.name, body)
}

// eventAuth is what an event of a bot of an incoming webhook has of an application's: no tokens of people.
func (p *Portal) eventAuth(b *bot) array {
	sum := sha256.Sum256([]byte(p.options.BaseURL))
	return array{
		{"domain", p.host},
		{"server_endpoint", "https://oauth.bitrix.info/rest/"},
		{"client_endpoint", p.options.BaseURL + "/rest/"},
		{"member_id", hex.EncodeToString(sum[:16])},
		{"application_token", applicationToken(b.token)},
	}
}

// applicationToken is how the portal makes up an application's token for a bot without one.
func applicationToken(botToken string) string {
	const longest = 50
	token := "custom" + botToken
	return token[:min(len(token), longest)]
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
