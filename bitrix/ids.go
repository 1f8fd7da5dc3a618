package bitrix

import "strconv"

// Bitrix24 numbers everything per portal; an id means nothing on another one.
type (
	// UserID is a person's id. Bots are users too: a BotID is the UserID of a bot.
	UserID int64
	// BotID is a bot's id, the same number as its UserID.
	BotID int64
	// CommandID is a slash command's id as the portal gave it at registration.
	CommandID int64
	// MessageID is a chat message's id.
	MessageID int64
	// DialogID says where to answer, seen from the bot: a person's id in a private chat
	// ("7"), "chat" and a number in a group ("chat142"). It is sent back as it came.
	DialogID string
)

// PrivateDialog is the private chat of a bot with a person, "" for nobody.
func PrivateDialog(id UserID) DialogID {
	if id < 1 {
		return ""
	}
	return DialogID(strconv.FormatInt(int64(id), 10))
}

// Private reports whether the dialog is a private chat: its id is then the person's.
func (d DialogID) Private() bool {
	id, err := strconv.ParseInt(string(d), 10, 64)
	return err == nil && id > 0
}
