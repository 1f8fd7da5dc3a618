package bitrix

// One v1 event names at most a handful of bots and commands; the portal itself runs ten commands of a message.
const maxV1Parts = 10

// v1BotEvents reads a v1 event told to one or several bots of the application.
func v1BotEvents(f Form, e Event) []Event {
	e = v1Common(f, e)
	var all []Event
	for _, id := range v1Parts(f, "data[BOT]") {
		e.Bot = v1Bot(f, "data[BOT]["+id+"]")
		all = append(all, e)
	}
	return all
}

// v1CommandEvents reads the commands of one message. Two calls of the same command arrive as one entry: the portal
// keeps them in a map by command id.
func v1CommandEvents(f Form, e Event) []Event {
	e = v1Common(f, e)
	var all []Event
	for _, id := range v1Parts(f, "data[COMMAND]") {
		at := "data[COMMAND][" + id + "]"
		e.Bot = v1Bot(f, at)
		e.Command = Command{
			ID:       CommandID(f.number(at + "[COMMAND_ID]")),
			Name:     f.Text(at + "[COMMAND]"),
			Params:   f.Text(at + "[COMMAND_PARAMS]"),
			Keyboard: f.Text(at+"[COMMAND_CONTEXT]") == "KEYBOARD",
		}
		all = append(all, e)
	}
	return all
}

func v1DeleteEvent(f Form, e Event) []Event {
	e.Bot = v1Bot(f, "data")
	return []Event{e}
}

func v1Bot(f Form, at string) EventBot {
	return EventBot{ID: BotID(f.number(at + "[BOT_ID]")), Code: f.Text(at + "[BOT_CODE]")}
}

func v1Parts(f Form, at string) []string {
	ids := f.children(at)
	return ids[:min(len(ids), maxV1Parts)]
}

func v1Common(f Form, e Event) Event {
	e.Language = f.Text("data[PARAMS][LANGUAGE]")
	e.Message = v1Message(f)
	e.User = v1Author(f, e.Kind)
	e.Chat = Chat{Dialog: DialogID(f.Text("data[PARAMS][DIALOG_ID]"))}
	e.Chat.Private = e.Chat.Dialog.Private()
	line := f.Text("data[PARAMS][CHAT_TYPE]") == "L" || f.Text("data[PARAMS][CHAT_ENTITY_TYPE]") == openLine
	e.Chat.Outsiders = line || f.flag("data[PARAMS][CHAT_EXTRANET]")
	e.Chat.Unvouched = !e.Chat.Private && !line && !f.Has("data[PARAMS][CHAT_EXTRANET]")
	return e
}

// v1Message prefers MESSAGE_ORIGINAL, which groups add: MESSAGE has lost every mention there, the one given
// as an argument too.
func v1Message(f Form) Incoming {
	m := Incoming{
		ID:     MessageID(f.number("data[PARAMS][MESSAGE_ID]")),
		Text:   f.Text("data[PARAMS][MESSAGE_ORIGINAL]"),
		System: f.flag("data[PARAMS][SYSTEM]"),
	}
	if m.Text == "" {
		m.Text = f.Text("data[PARAMS][MESSAGE]")
	}
	return m
}

// v1Author finds who acted. For edits and deletions in groups the USER block is missing: there it is the message's author. The
// block of commands, of who opened or joined a chat, and of contexts leaves out whether it is an outsider.
func v1Author(f Form, kind Kind) Author {
	a := Author{
		ID:       UserID(f.number("data[USER][ID]")),
		Bot:      f.flag("data[USER][IS_BOT]"),
		Outsider: f.flag("data[USER][IS_EXTRANET]") || f.flag("data[USER][IS_CONNECTOR]"),
	}
	keys := []string{"data[PARAMS][FROM_USER_ID]", "data[PARAMS][USER_ID]"}
	if kind == MessageUpdate || kind == MessageDelete {
		keys = append(keys, "data[PARAMS][AUTHOR_ID]")
	}
	for _, key := range keys {
		if a.ID == 0 {
			a.ID = UserID(f.number(key))
		}
	}
	a.Unvouched = a.ID != 0 && !f.Has("data[USER][IS_EXTRANET]")
	return a
}
