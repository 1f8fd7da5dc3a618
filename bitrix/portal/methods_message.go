package portal

import (
	"cmp"

	"github.com/whois24/whois24/bitrix"
)

// ownMessage finds the message a call names among those its bot wrote as itself.
func (p *Portal) ownMessage(c call) (*bot, *message, error) {
	b, err := p.ownBot(c)
	if err != nil {
		return nil, nil, err
	}
	m := p.messages[bitrix.MessageID(intval(c.params.get("messageId")))]
	if m == nil || m.deleted || m.author != bitrix.UserID(b.id) {
		return nil, nil, errNotMember
	}
	return b, m, nil
}

// messageUpdate is imbot.v2.Chat.Message.update. What is not given stays; "N" takes the keyboard away; no text
// and no attachment deletes the message.
func (p *Portal) messageUpdate(c call) (any, error) {
	b, m, err := p.ownMessage(c)
	if err != nil {
		return nil, err
	}
	if err := p.change(m, c.params.sub("fields"), b); err != nil {
		return nil, err
	}
	return done(), nil
}

func (p *Portal) change(m *message, fields array, by *bot) error {
	changed := *m
	setText(&changed.text, fields, "message")
	if err := changed.dress(fields, by.id); err != nil {
		return err
	}
	*m = changed
	p.rewrite(m)
	return nil
}

// messageDelete is imbot.v2.Chat.Message.delete.
func (p *Portal) messageDelete(c call) (any, error) {
	_, m, err := p.ownMessage(c)
	if err != nil {
		return nil, err
	}
	p.erase(m, yes(c.params.get("complete")))
	return done(), nil
}

// messageRead is imbot.v2.Chat.Message.read. The portal keeps no counters here: whatever is read, nothing is left.
func (p *Portal) messageRead(c call) (any, error) {
	b, err := p.ownBot(c)
	if err != nil {
		return nil, err
	}
	ch, err := p.botChat(b, c.params.get("dialogId"))
	if err != nil {
		return nil, err
	}
	id := bitrix.MessageID(intval(c.params.get("messageId")))
	if m := p.messages[id]; id != 0 && (m == nil || m.chat != ch) {
		return nil, errNoMessage
	}
	if n := len(ch.messages); n > 0 {
		id = cmp.Or(id, ch.messages[n-1].id)
	}
	return array{{"chatId", ch.id}, {"lastId", id}, {"counter", 0}, {"viewedMessages", array{}}}, nil
}

// inputAction is imbot.v2.Chat.InputAction.notify: the bot is seen typing.
func (p *Portal) inputAction(c call) (any, error) {
	b, err := p.ownBot(c)
	if err != nil {
		return nil, err
	}
	ch, err := p.botChat(b, c.params.get("dialogId"))
	if err != nil {
		return nil, err
	}
	p.showTyping(b, ch)
	return done(), nil
}

func (p *Portal) showTyping(b *bot, c *chat) {
	p.feed.publish(Change{Kind: KindTyping, Chat: c.id, Person: new(*p.people[bitrix.UserID(b.id)])})
}
