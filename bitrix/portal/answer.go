package portal

import (
	"fmt"
	"strings"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// accessTime is how long a bot may answer a command in a chat it need not be in.
const accessTime = 10 * time.Minute

// commandReply is imbot.v2.Command.answer. It tells no id. A bot whose time to answer has run out is told it
// succeeded, and nothing is written. The chat is the command's message's, whatever dialogId says.
func (p *Portal) commandReply(c call) (any, error) {
	b, _, err := p.ownCommand(c)
	if err != nil {
		return nil, err
	}
	to := p.messages[bitrix.MessageID(intval(c.params.get("messageId")))]
	if to == nil {
		return nil, errAnswer
	}
	if !p.mayAnswer(b, to.chat, c.now) {
		return done(), nil
	}
	m := p.answerDraft(b, to.chat, c.params.sub("fields"))
	if m.text == "" && len(m.attach) == 0 {
		return nil, errAnswer
	}
	p.writeAnswer(b, m)
	return done(), nil
}

// writeAnswer writes as the bot where it is a member, else for it.
func (p *Portal) writeAnswer(b *bot, m *message) *message {
	if m.system || !m.chat.has(bitrix.UserID(b.id)) {
		m.system, m.author = true, 0
		m.text = p.answerOf(b) + "\n" + m.text
	}
	return p.write(m)
}

// mayAnswer tells whether a command was given in a chat lately; a private chat with the bot needs none.
func (p *Portal) mayAnswer(b *bot, c *chat, now time.Time) bool {
	if c.private && c.has(bitrix.UserID(b.id)) {
		return true
	}
	until, given := b.access[c]
	if given && now.After(until) {
		delete(b.access, c)
		return false
	}
	return given
}

// answerDraft reads the fields of an answer. They are passed on unprepared: a card without BLOCKS is lost, and
// so are command buttons without the BOT_ID of the full form.
func (p *Portal) answerDraft(b *bot, c *chat, fields array) *message {
	m := &message{
		chat:   c,
		author: bitrix.UserID(b.id),
		text:   strings.TrimSpace(text(fields.get("message"))),
		system: yes(fields.get("system")),
	}
	if card, ok := unpack(fields.get("attach")); ok && card.get("BLOCKS") != nil {
		m.attach, m.color, _ = readAttach(card)
	}
	const nobody = 0
	m.keyboard, _ = readKeyboard(fields.get("keyboard"), nobody)
	return m
}

// answerOf is the line the portal puts before an answer it writes for a bot.
func (p *Portal) answerOf(b *bot) string {
	name := p.people[bitrix.UserID(b.id)].Name()
	if p.options.Language == "ru" {
		return fmt.Sprintf("[b]Ответ чат-бота «%s»:[/b]", name)
	}
	return fmt.Sprintf("[b]Answer of the chat bot “%s”:[/b]", name)
}
