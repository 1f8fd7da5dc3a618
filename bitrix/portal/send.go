package portal

import (
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// messageSend is imbot.v2.Chat.Message.send. A templateId that is a UUID makes it safe to repeat: the repeat
// gets the first message's id and writes nothing. System messages have no such protection.
func (p *Portal) messageSend(c call) (any, error) {
	b, err := p.ownBot(c)
	if err != nil {
		return nil, err
	}
	ch, err := p.botChat(b, c.params.get("dialogId"))
	if err != nil {
		return nil, err
	}
	m, err := p.draft(b, ch, c.params.sub("fields"))
	if err != nil {
		return nil, err
	}
	if m.system || !uuid.MatchString(m.templateID) {
		return sent(p.write(m).id), nil
	}
	known, err := p.claims.take(m.templateID, c.now)
	if err != nil || known != 0 {
		return sent(known), err
	}
	if c.dies {
		return nil, errSending
	}
	p.claims.settle(m.templateID, p.write(m).id)
	return sent(m.id), nil
}

func sent(id bitrix.MessageID) array { return array{{"id", id}, {"uuidMap", array{}}} }

// botChat finds the chat a bot means; its private chat with a person is opened. In a group it must be a member.
func (p *Portal) botChat(b *bot, given any) (*chat, error) {
	if given == nil {
		return nil, errNoDialogID
	}
	self := bitrix.UserID(b.id)
	a := parseDialog(bitrix.DialogID(text(given)))
	if a.partner > 0 && a.partner != self && p.people[a.partner] != nil {
		return p.openPrivate(self, a.partner), nil
	}
	c := p.chats[a.group]
	if c == nil {
		return nil, errNoChat
	}
	if !c.has(self) {
		return nil, errNotMember
	}
	return c, nil
}

// draft reads the fields of a message to be sent.
func (p *Portal) draft(b *bot, c *chat, fields array) (*message, error) {
	m := &message{
		chat:       c,
		author:     bitrix.UserID(b.id),
		text:       strings.TrimSpace(text(fields.get("message"))),
		templateID: text(fields.get("templateId")),
		system:     yes(fields.get("system")),
	}
	if err := m.dress(fields, b.id); err != nil {
		return nil, err
	}
	if m.text == "" && len(m.attach) == 0 {
		return nil, errEmpty
	}
	if m.system {
		m.author = 0
	}
	return m, p.reply(m, fields)
}

// dress reads the attachment and the keyboard where they are given.
func (m *message) dress(fields array, owner bitrix.BotID) (err error) {
	if v, ok := fields.lookup("attach"); ok {
		if m.attach, m.color, err = readAttach(v); err != nil {
			return err
		}
	}
	if v, ok := fields.lookup("keyboard"); ok {
		m.keyboard, err = readKeyboard(v, owner)
	}
	return err
}

// isNone tells the ways to say that there is none.
func isNone(v any) bool {
	a, isArray := v.(array)
	return v == nil || v == "" || v == "N" || isArray && len(a) == 0
}

// reply makes a message an answer to another one of its chat.
func (p *Portal) reply(m *message, fields array) error {
	id := bitrix.MessageID(intval(fields.get("replyId")))
	if id == 0 {
		return nil
	}
	if to := p.messages[id]; to == nil || to.chat != m.chat {
		return errReply
	}
	m.replyTo = id
	return nil
}
