package portal

import "github.com/whois24/whois24/bitrix"

// Colours of chats in events.
const (
	privateColour = "#4ba984"
	groupColour   = "#ab7761"
)

// chatView is a chat as an event shows it, from the bot's side.
func (p *Portal) chatView(c *chat, b *bot) array {
	kind, messageType, colour := kindGroup, "C", groupColour
	var folder any = 9000 + c.id
	if c.private {
		kind, messageType, colour, folder = kindPrivate, "P", privateColour, nil
	}
	return array{
		{"avatar", ""},
		{"color", colour},
		{"description", ""},
		{"dialogId", c.dialog(bitrix.UserID(b.id))},
		{"diskFolderId", folder},
		{"entityData1", ""},
		{"entityData2", ""},
		{"entityData3", ""},
		{"entityId", ""},
		{"entityType", ""},
		{"extranet", !c.private && p.anyMember(c, Person.outsider)},
		{"containsCollaber", !c.private && p.anyMember(c, func(who Person) bool { return who.Collaber })},
		{"id", c.id},
		{"parentChatId", 0},
		{"parentMessageId", 0},
		{"name", c.title},
		{"owner", c.owner},
		{"messageType", messageType},
		{"type", kind},
		{"entityLink", array{{"type", ""}, {"url", ""}, {"id", ""}}},
		{"permissions", permissions()},
		{"isNew", false},
		{"textFieldEnabled", true},
		{"backgroundId", nil},
	}
}

func (p *Portal) anyMember(c *chat, is func(Person) bool) bool {
	for _, m := range c.members {
		if who := p.people[m]; who != nil && is(*who) {
			return true
		}
	}
	return false
}

func permissions() array {
	return array{
		{"manageUsersAdd", "member"},
		{"manageUsersDelete", "manager"},
		{"manageUi", "member"},
		{"manageSettings", "owner"},
		{"manageMessages", "member"},
		{"manageMessagesAutoDelete", "member"},
		{"canPost", "member"},
	}
}
