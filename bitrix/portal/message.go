package portal

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/whois24/whois24/bitrix"
)

// Message is one line of a chat.
type Message struct {
	ID          bitrix.MessageID
	ChatID      int64
	Author      bitrix.UserID // 0: the portal itself
	Text        string
	At          time.Time
	Edited      bool
	Deleted     bool // Text is empty then
	ReplyTo     bitrix.MessageID
	Keyboard    json.RawMessage // list of buttons as the portal keeps them; nil without
	Attach      json.RawMessage // list of blocks; nil without
	AttachColor string          // primary, secondary, alert or base
	TemplateID  string
	System      bool
}

const (
	maxText     = 20_000 // runes of a message
	cutMark     = " (...)"
	maxMessages = 2000 // of a chat; older ones are forgotten
)

// message is a Message as the portal keeps it.
type message struct {
	id         bitrix.MessageID
	chat       *chat
	author     bitrix.UserID
	text       string
	at         time.Time
	edited     bool
	deleted    bool
	replyTo    bitrix.MessageID
	keyboard   array // buttons
	attach     array // blocks
	color      string
	templateID string
	system     bool
}

func (m *message) view() Message {
	return Message{
		ID:          m.id,
		ChatID:      m.chat.id,
		Author:      m.author,
		Text:        m.text,
		At:          m.at,
		Edited:      m.edited,
		Deleted:     m.deleted,
		ReplyTo:     m.replyTo,
		Keyboard:    rawList(m.keyboard),
		Attach:      rawList(m.attach),
		AttachColor: m.color,
		TemplateID:  m.templateID,
		System:      m.system,
	}
}

func rawList(a array) json.RawMessage {
	if len(a) == 0 {
		return nil
	}
	return appendJSON(nil, a)
}

// write gives a message its id and its place in the chat.
func (p *Portal) write(m *message) *message {
	m.id, m.at = p.nextMessage, p.now()
	p.nextMessage++
	m.text = p.cleanText(m.text)
	p.messages[m.id] = m
	m.chat.messages = append(m.chat.messages, m)
	if len(m.chat.messages) > maxMessages {
		delete(p.messages, m.chat.messages[0].id)
		m.chat.messages = slices.Delete(m.chat.messages, 0, 1)
	}
	p.tell(KindMessage, m)
	return m
}

func (p *Portal) tell(kind string, m *message) {
	view := m.view()
	p.feed.publish(Change{Kind: kind, Chat: m.chat.id, Message: &view})
}

// rewrite changes a message; without text and attachment that deletes it.
func (p *Portal) rewrite(m *message) {
	m.text = p.cleanText(m.text)
	if m.text == "" && len(m.attach) == 0 {
		p.erase(m, false)
		return
	}
	m.edited = true
	p.tell(KindMessageUpdate, m)
}

// erase deletes a message; completely, or leaving a mark in its place.
func (p *Portal) erase(m *message, completely bool) {
	m.deleted, m.text, m.keyboard, m.attach = true, "", nil, nil
	if completely {
		delete(p.messages, m.id)
		m.chat.messages = slices.DeleteFunc(m.chat.messages, func(other *message) bool { return other == m })
	}
	p.tell(KindMessageDelete, m)
}

// emptyMention is [USER=5][/USER], which the portal fills in.
var emptyMention = regexp.MustCompile(`(?i)\[USER=(\d+)\]\[/USER\]`)

// cleanText trims and cuts a text and writes names into mentions that have none.
func (p *Portal) cleanText(s string) string {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > maxText {
		s = string([]rune(s)[:maxText]) + cutMark
	}
	return emptyMention.ReplaceAllStringFunc(s, func(m string) string {
		number := emptyMention.FindStringSubmatch(m)[1]
		id, _ := strconv.ParseInt(number, 10, 64)
		who := p.people[bitrix.UserID(id)]
		if who == nil {
			return m
		}
		return "[USER=" + number + " REPLACE]" + who.Name() + "[/USER]"
	})
}

// Messages returns what a person sees in a dialog, oldest first; nil where the person is no member.
func (p *Portal) Messages(as bitrix.UserID, d bitrix.DialogID) []Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.chatOf(as, d)
	if c == nil || !c.has(as) {
		return nil
	}
	views := make([]Message, len(c.messages))
	for i, m := range c.messages {
		views[i] = m.view()
	}
	return views
}
