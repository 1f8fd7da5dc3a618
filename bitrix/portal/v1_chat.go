package portal

import (
	"slices"

	"github.com/whois24/whois24/bitrix"
)

// v1JoinParams is the PARAMS block of a bot that came into a chat.
func (p *Portal) v1JoinParams(b *bot, c *chat, by bitrix.UserID) array {
	params := array{
		{"CHAT_TYPE", v1Type(c)},
		{"MESSAGE_TYPE", v1Type(c)},
		{"CHAT_ID", c.id},
		{"BOT_ID", b.id},
		{"USER_ID", by},
	}
	if c.private {
		params = append(params, entry{"TO_USER_ID", b.id}, entry{"FROM_USER_ID", by})
	} else {
		params = append(params, entry{"CHAT_AUTHOR_ID", c.owner}, entry{"CHAT_ENTITY_ID", ""}, entry{"ACCESS_HISTORY", true})
	}
	return append(params, entry{"DIALOG_ID", v1Dialog(c, by)}, entry{"LANGUAGE", p.options.Language})
}

// v1Group is what a message event tells of a group.
func (p *Portal) v1Group(m *message) array {
	return array{
		{"CHAT_ID", m.chat.id},
		{"CHAT_TITLE", m.chat.title},
		{"CHAT_AUTHOR_ID", m.chat.owner},
		{"CHAT_TYPE", v1Type(m.chat)},
		{"CHAT_AVATAR", 0},
		{"CHAT_COLOR", "BROWN"},
		{"CHAT_ENTITY_ID", ""},
		{"CHAT_ENTITY_DATA_1", ""},
		{"CHAT_ENTITY_DATA_2", ""},
		{"CHAT_ENTITY_DATA_3", ""},
		{"CHAT_EXTRANET", letter(p.anyMember(m.chat, Person.outsider))},
		{"CHAT_PREV_MESSAGE_ID", m.chat.before(m)},
		{"CHAT_CAN_POST", "MEMBER"},
		{"RID", m.author},
		{"IS_MANAGER", "N"},
	}
}

// v1Flags are the portal's own switches, which nobody needs and every event has.
func v1Flags() array {
	return array{
		{"PUSH", "Y"},
		{"PUSH_IMPORTANT", "N"},
		{"RECENT_SKIP_AUTHOR", "N"},
		{"CONVERT", "N"},
		{"SKIP_COMMAND", "N"},
		{"SKIP_COUNTER_INCREMENTS", "N"},
		{"SILENT_CONNECTOR", "N"},
		{"SKIP_CONNECTOR", "N"},
		{"IMPORTANT_CONNECTOR", "N"},
		{"NO_SESSION_OL", "N"},
		{"FAKE_RELATION", 0},
		{"SKIP_URL_INDEX", "N"},
	}
}

// v1Type is a chat's MESSAGE_TYPE.
func v1Type(c *chat) string {
	if c.private {
		return "P"
	}
	return "C"
}

// v1Dialog is where to answer somebody: in a private chat to that person, though the chat may be with somebody
// else than the bot.
func v1Dialog(c *chat, from bitrix.UserID) bitrix.DialogID {
	if c.private {
		return privateDialog(from)
	}
	return c.dialog(from)
}

// botsIn is BOT_IN_CHAT: the bots among the members.
func (p *Portal) botsIn(c *chat) array {
	var all array
	for _, member := range c.members {
		if p.bots[bitrix.BotID(member)] != nil {
			all = all.set(text(member), member)
		}
	}
	return all
}

// before is the id of the message before another one; 0 of the first.
func (c *chat) before(m *message) bitrix.MessageID {
	i := slices.Index(c.messages, m)
	if i < 1 {
		return 0
	}
	return c.messages[i-1].id
}

// deletedText is what stands for the text of a deleted message.
func (p *Portal) deletedText(m *message) string {
	at := m.at.In(zone).Format("02.01.2006 15:04:05")
	if p.options.Language == "ru" {
		return "Сообщение от " + at + " было удалено"
	}
	return "Message from " + at + " has been deleted"
}
