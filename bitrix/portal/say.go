package portal

import (
	"errors"
	"fmt"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// What people cannot do with messages.
var (
	errNothingSaid = errors.New("the message is empty")
	errNotTheirs   = errors.New("no such message of this person")
	errNoButton    = errors.New("no button with a command there")
)

// Say is a person typing a message. Bots hear of it by the portal's rules.
func (p *Portal) Say(from bitrix.UserID, d bitrix.DialogID, text string) (bitrix.MessageID, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	c, err := p.chatToWrite(from, d)
	if err != nil {
		return 0, fmt.Errorf("say in %s as %d: %w", d, from, err)
	}
	if strings.TrimSpace(text) == "" {
		return 0, errNothingSaid
	}
	m := p.write(&message{chat: c, author: from, text: text, templateID: clientUUID(p.nextMessage)})
	p.route(m)
	return m.id, nil
}

// clientUUID is what the sender's messenger would give a message.
func clientUUID(id bitrix.MessageID) string { return fmt.Sprintf("3f6c2a10-0000-4000-8000-%012d", id) }

// chatToWrite finds the chat of a dialog and opens a private one.
func (p *Portal) chatToWrite(from bitrix.UserID, d bitrix.DialogID) (*chat, error) {
	if who := p.people[from]; who == nil || !who.Active || who.Bot {
		return nil, errUnknownPerson
	}
	a := parseDialog(d)
	if a.partner > 0 && a.partner != from && p.people[a.partner] != nil {
		return p.openPrivate(from, a.partner), nil
	}
	c := p.chats[a.group]
	if c == nil {
		return nil, errUnknownChat
	}
	if !c.has(from) {
		return nil, errStranger
	}
	return c, nil
}

// Edit is a person changing a message of theirs; commands in it do not run again.
func (p *Portal) Edit(from bitrix.UserID, msg bitrix.MessageID, text string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	m, err := p.own(from, msg)
	if err != nil {
		return err
	}
	if strings.TrimSpace(text) == "" {
		return errNothingSaid
	}
	m.text = text
	p.rewrite(m)
	p.tellOfMessage(eventUpdate, p.hearers(m), m)
	return nil
}

// Delete is a person deleting a message of theirs.
func (p *Portal) Delete(from bitrix.UserID, msg bitrix.MessageID) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	m, err := p.own(from, msg)
	if err != nil {
		return err
	}
	hearers := p.hearers(m)
	p.erase(m, false)
	p.tellOfMessage(eventErase, hearers, m)
	return nil
}

func (p *Portal) own(from bitrix.UserID, msg bitrix.MessageID) (*message, error) {
	who, m := p.people[from], p.messages[msg]
	if who == nil || who.Bot || m == nil || m.deleted || m.author != from {
		return nil, fmt.Errorf("message %d of %d: %w", msg, from, errNotTheirs)
	}
	return m, nil
}

// Press is a person pressing a COMMAND button; button counts from 0 in Message.Keyboard.
func (p *Portal) Press(from bitrix.UserID, msg bitrix.MessageID, button int) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.messages[msg]
	if m == nil || !m.chat.has(from) || p.people[from] == nil {
		return fmt.Errorf("press a button of %d: %w", msg, errNoMessage)
	}
	if button < 0 || button >= len(m.keyboard) {
		return errNoButton
	}
	b, _ := m.keyboard[button].value.(array)
	cmd := p.commandOf(bitrix.BotID(intval(b.get("BOT_ID"))), text(b.get("COMMAND")))
	if cmd == nil || b.get("DISABLED") == "Y" {
		return errNoButton
	}
	p.tellOfCommands(order{
		invocations: []invocation{{cmd, text(b.get("COMMAND_PARAMS"))}},
		context:     contextKeyboard,
		message:     m,
		by:          p.people[from],
	})
	return nil
}
