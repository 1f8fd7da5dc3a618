package bitrix

import "strings"

// synonyms are the codes of API v1 that say what API v2 says in other words. They compare as those: who asks for
// ErrBotNotFound means the bot, in whichever generation it is gone.
var synonyms = map[string]ErrorCode{
	"BOT_ID_ERROR":                ErrBotNotFound,
	"APP_ID_ERROR":                ErrBotOwnership,
	"EVENT_MESSAGE_ADD_ERROR":     ErrBotCallback,
	"EVENT_MESSAGE_UPDATE_ERROR":  ErrBotCallback,
	"EVENT_MESSAGE_DELETE_ERROR":  ErrBotCallback,
	"EVENT_WELCOME_MESSAGE_ERROR": ErrBotCallback,
	"EVENT_BOT_DELETE_ERROR":      ErrBotCallback,
	"EVENT_COMMAND_ADD_ERROR":     ErrBotCallback,
	"COMMAND_ID_ERROR":            ErrCommandNotFound,
	"LANG_ERROR":                  ErrCommandTitle,
	"MESSAGE_EMPTY":               ErrEmptyMessage,
	"ATTACH_OVERSIZE":             ErrAttach,
	"KEYBOARD_OVERSIZE":           ErrKeyboard,
}

// synonym is what the error would be in API v2. Of a message that it did not add, v1 says no more than WRONG_REQUEST: text,
// bot and dialog were checked before, so the bot is not in the chat, or may not write there.
func (e *Error) synonym() ErrorCode {
	code := strings.ToUpper(e.Code)
	if e.Method == v1SendMethod && code == "WRONG_REQUEST" {
		return ErrAccessDenied
	}
	return synonyms[code]
}
