package bitrix

import (
	"strings"
	"time"
)

// v2Events reads an event of bot API v2: always one bot, at most one command.
func v2Events(f Form, e Event) []Event {
	e.Language = f.Text("data[language]")
	e.Bot = EventBot{ID: BotID(f.number("data[bot][id]")), Code: f.Text("data[bot][code]")}
	e.Command = v2Command(f)
	e.Message = v2Message(f)
	if e.Kind == MessageUpdate {
		e.Message.Written = v2Written(f)
	}
	e.User = v2Author(f, e.Command.Keyboard)
	e.Chat = v2Chat(f, e.User)
	return []Event{e}
}

func v2Command(f Form) Command {
	return Command{
		ID:       CommandID(f.number("data[command][id]")),
		Name:     strings.TrimPrefix(f.Text("data[command][command]"), "/"),
		Params:   f.Text("data[command][params]"),
		Keyboard: strings.EqualFold(f.Text("data[command][context]"), "keyboard"),
	}
}

func v2Message(f Form) Incoming {
	m := Incoming{
		ID:        MessageID(f.number("data[message][id]")),
		Text:      f.Text("data[message][text]"),
		Forwarded: f.holds("data[message][forward]"),
		System:    f.flag("data[message][isSystem]"),
	}
	if m.ID == 0 { // an event about a deleted message has no message
		m.ID = MessageID(f.number("data[messageId]"))
	}
	return m
}

// v2Written is the zero time where the portal gives no date.
func v2Written(f Form) time.Time {
	date, err := time.Parse(time.RFC3339, f.Text("data[message][date]"))
	if err != nil {
		return time.Time{}
	}
	return date.UTC()
}

// v2Author finds who acted. The message's author stands in for a missing user, of whom nothing else is known then; but not
// behind a button, where the message is the bot's.
func v2Author(f Form, keyboard bool) Author {
	a := Author{
		ID:  UserID(f.number("data[user][id]")),
		Bot: f.flag("data[user][bot]"),
	}
	if a.ID == 0 && !keyboard {
		a.ID = UserID(f.number("data[message][authorId]"))
		a.Unvouched = a.ID != 0
	}
	u := User{
		Type:      f.Text("data[user][type]"),
		Extranet:  f.flag("data[user][extranet]"),
		Connector: f.flag("data[user][connector]"),
	}
	a.Outsider = u.Outsider()
	return a
}

// v2Chat finds where to answer. A button pressed in a private chat may come without any chat.
func v2Chat(f Form, a Author) Chat {
	c := Chat{Dialog: DialogID(f.Text("data[chat][dialogId]"))}
	if c.Dialog == "" {
		c.Dialog = DialogID(f.Text("data[dialogId]"))
	}
	if c.Dialog == "" {
		c.Dialog = PrivateDialog(a.ID)
	}
	c.Private = c.Dialog.Private()
	line := f.Text("data[chat][type]") == "lines" || f.Text("data[chat][entityType]") == openLine
	c.Outsiders = line || f.flag("data[chat][extranet]") || f.flag("data[chat][containsCollaber]")
	c.Unvouched = !c.Private && !line && !f.Has("data[chat][extranet]")
	return c
}

// openLine is the kind of chat in which an operator talks to a customer of the company. The portal does not count the customer
// among outsiders.
const openLine = "LINES"
