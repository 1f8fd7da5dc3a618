package portal

import (
	"regexp"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// v1MessageParams is the PARAMS block of an event about a message.
func (p *Portal) v1MessageParams(event string, m *message) array {
	switch event {
	case v1EventAdd:
		params := append(p.v1Sent(m), entry{"COMMAND_CONTEXT", strings.ToUpper(contextTextarea)})
		return p.v1Closing(v1Spoken(params, m), m, m.author)
	case v1EventUpdate:
		return p.v1Closing(v1Spoken(v1Kept(m), m), m, m.author)
	}
	return p.v1Closing(v1Kept(m).set("MESSAGE", p.deletedText(m)), m, m.author)
}

// v1CommandParams is the PARAMS block of commands: short for a button.
func (p *Portal) v1CommandParams(o order) array {
	m, from := o.message, o.by.ID
	if o.context == contextKeyboard {
		return p.v1Closing(v1Pressed(o), m, from)
	}
	params := append(
		p.v1Closing(p.v1Sent(m), m, from),
		entry{"SKIP_USER_CHECK", "Y"},
		entry{"RECENT_ADD", "Y"},
	)
	if m.chat.private {
		return params
	}
	return append(
		params,
		entry{"BOT_IN_CHAT", p.botsIn(m.chat)},
		entry{"CHAT_PARENT_ID", 0},
		entry{"CHAT_PARENT_MID", 0},
	)
}

// v1Sent is what the portal knows of a message it has just taken.
func (p *Portal) v1Sent(m *message) array {
	params := array{
		{"MESSAGE", m.text},
		{"TEMPLATE_ID", m.templateID},
		{"MESSAGE_TYPE", v1Type(m.chat)},
		{"FROM_USER_ID", m.author},
		{"DIALOG_ID", v1Dialog(m.chat, m.author)},
		{"TO_CHAT_ID", m.chat.id},
		{"AUTHOR_ID", m.author},
		{"SYSTEM", "N"},
	}
	if m.chat.private {
		params = append(params, entry{"TO_USER_ID", m.chat.partner(m.author)})
	} else {
		params = append(params, p.v1Group(m)...)
	}
	return append(params, v1Flags()...)
}

// v1Kept is what the portal knows of a message of the past.
func v1Kept(m *message) array {
	params := array{
		{"ID", m.id},
		{"CHAT_ID", m.chat.id},
		{"AUTHOR_ID", m.author},
		{"MESSAGE", m.text},
		{"MESSAGE_TYPE", v1Type(m.chat)},
		{"CHAT_AUTHOR_ID", m.chat.owner},
		{"CHAT_ENTITY_ID", ""},
		{"CHAT_ENTITY_DATA_1", ""},
		{"CHAT_ENTITY_DATA_2", ""},
		{"CHAT_ENTITY_DATA_3", ""},
	}
	if m.chat.private {
		params = append(params, entry{"FROM_USER_ID", m.author}, entry{"TO_USER_ID", m.chat.partner(m.author)})
	}
	return params
}

// v1Pressed is what the portal knows of a button pressed: the command as if it had been typed.
func v1Pressed(o order) array {
	i, c := o.invocations[0], o.message.chat
	to := entry{"TO_CHAT_ID", c.id}
	if c.private {
		to = entry{"TO_USER_ID", i.command.Bot}
	}
	return array{
		{"FROM_USER_ID", o.by.ID},
		to,
		{"MESSAGE", "/" + i.command.Name + " " + i.params},
		{"MESSAGE_TYPE", v1Type(c)},
		{"CHAT_ENTITY_ID", ""},
		{"AUTHOR_ID", o.by.ID},
	}
}

// v1Cut is what is taken out of texts in groups. Mentions marked REPLACE or written in lower case stay.
var v1Cut = regexp.MustCompile(`\[USER=\d+\].+?\[/USER\],?`)

// v1Spoken adds whom a message mentions. In a group mentions are cut out of MESSAGE, the one given as an argument
// too; MESSAGE_ORIGINAL is the text as it was.
func v1Spoken(params array, m *message) array {
	var named array
	for _, match := range mention.FindAllStringSubmatch(m.text, -1) {
		named = named.set(match[1], leadingInt(match[1]))
	}
	count := len(m.chat.members)
	params = append(params,
		entry{"CHAT_USER_COUNT", count}, entry{"MENTIONED_LIST", named}, entry{"PLATFORM_CONTEXT", "web"})
	if m.chat.private {
		return params
	}
	var first any = 0
	if len(named) > 0 {
		first = named[0].value
	}
	params = params.set("MESSAGE", strings.TrimSpace(v1Cut.ReplaceAllString(m.text, "")))
	return append(params, entry{"MESSAGE_ORIGINAL", m.text}, entry{"TO_USER_ID", first})
}

// v1Closing adds what all events about messages end with.
func (p *Portal) v1Closing(params array, m *message, from bitrix.UserID) array {
	return params.set("DIALOG_ID", v1Dialog(m.chat, from)).
		set("MESSAGE_ID", m.id).
		set("CHAT_TYPE", v1Type(m.chat)).
		set("LANGUAGE", p.options.Language)
}
