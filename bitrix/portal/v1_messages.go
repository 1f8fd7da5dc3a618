package portal

import (
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// v1EditTime is how long a message can be changed.
const v1EditTime = 3 * day

// v1Content is what a message is made of, and what API v2 calls it. Nothing here makes a message safe to send again.
var v1Content = map[string]string{"MESSAGE": "message", "ATTACH": "attach", "KEYBOARD": "keyboard", "SYSTEM": "system"}

// v1Message reads a message to be sent. It needs a text, even with an attachment.
func v1Message(params array) (array, error) {
	fields := v1Fields(params, v1Content)
	if strings.TrimSpace(text(fields.get("message"))) == "" {
		return nil, errV1Empty
	}
	return fields, nil
}

// v1MessageAdd is imbot.message.add.
func (p *Portal) v1MessageAdd(c call, caller owner) (any, error) {
	b, err := p.v1Speaker(c, caller)
	if err != nil {
		return nil, err
	}
	if !isDialog(c.params.get("DIALOG_ID")) {
		return nil, errV1NoDialog
	}
	fields, err := v1Message(c.params)
	if err != nil {
		return nil, err
	}
	ch, err := p.botChat(b, c.params.get("DIALOG_ID"))
	if err != nil || c.dies {
		return nil, errV1NotAdded
	}
	m, err := p.draft(b, ch, fields)
	if err != nil {
		return nil, err
	}
	if m.system && !ch.private {
		m.text = p.people[bitrix.UserID(b.id)].Name() + ":[br]" + m.text
	}
	return p.write(m).id, nil
}

func isDialog(v any) bool { return parseDialog(bitrix.DialogID(text(v))) != address{} }

// v1OwnMessage finds a message a bot wrote as itself.
func (p *Portal) v1OwnMessage(c call, caller owner) (*bot, *message, error) {
	b, err := p.v1Speaker(c, caller)
	if err != nil {
		return nil, nil, err
	}
	id := bitrix.MessageID(intval(c.params.get("MESSAGE_ID")))
	if id <= 0 {
		return nil, nil, errV1NoMessage
	}
	m := p.messages[id]
	if m == nil || m.deleted || m.author != bitrix.UserID(b.id) {
		return nil, nil, errV1Edit
	}
	return b, m, nil
}

// v1MessageUpdate is imbot.message.update: for three days, and what is not given stays.
func (p *Portal) v1MessageUpdate(c call, caller owner) (any, error) {
	b, m, err := p.v1OwnMessage(c, caller)
	if err != nil {
		return nil, err
	}
	if c.now.Sub(m.at) > v1EditTime {
		return nil, errV1Edit
	}
	if err := p.change(m, v1Fields(c.params, v1Content), b); err != nil {
		return nil, err
	}
	return true, nil
}

// v1MessageDelete is imbot.message.delete.
func (p *Portal) v1MessageDelete(c call, caller owner) (any, error) {
	_, m, err := p.v1OwnMessage(c, caller)
	if err != nil {
		return nil, err
	}
	p.erase(m, c.params.get("COMPLETE") == "Y")
	return true, nil
}

// v1SendTyping is imbot.chat.sendTyping. It succeeds where nobody can see the bot typing, too.
func (p *Portal) v1SendTyping(c call, caller owner) (any, error) {
	b, err := p.v1Speaker(c, caller)
	if err != nil {
		return nil, err
	}
	if !isDialog(c.params.get("DIALOG_ID")) {
		return nil, errV1NoDialog
	}
	if ch, err := p.botChat(b, c.params.get("DIALOG_ID")); err == nil {
		p.showTyping(b, ch)
	}
	return true, nil
}
