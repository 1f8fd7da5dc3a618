package bitrix

import (
	"errors"
	"strings"
	"time"
)

// Kind says what happened, the same for both versions of the bot API.
type Kind string

// The kinds of events there are for a bot and its application.
const (
	MessageAdd     Kind = "message_add"
	MessageUpdate  Kind = "message_update"
	MessageDelete  Kind = "message_delete"
	CommandAdd     Kind = "command_add"
	JoinChat       Kind = "join_chat"
	ContextGet     Kind = "context_get"
	ReactionChange Kind = "reaction_change"
	BotDelete      Kind = "bot_delete"
	AppInstall     Kind = "app_install"
	AppUninstall   Kind = "app_uninstall"
	AppUpdate      Kind = "app_update"
	AppTest        Kind = "app_test"
	// Foreign is an event of another application's making: known to be none of ours.
	Foreign Kind = "foreign"
)

// Names are upper case on the wire; v1 and v2 of the bot API differ only here and in the shape of the data.
var kinds = map[string]struct {
	kind Kind
	read func(Form, Event) []Event
}{
	"ONIMBOTV2MESSAGEADD":     {MessageAdd, v2Events},
	"ONIMBOTV2MESSAGEUPDATE":  {MessageUpdate, v2Events},
	"ONIMBOTV2MESSAGEDELETE":  {MessageDelete, v2Events},
	"ONIMBOTV2COMMANDADD":     {CommandAdd, v2Events},
	"ONIMBOTV2JOINCHAT":       {JoinChat, v2Events},
	"ONIMBOTV2CONTEXTGET":     {ContextGet, v2Events},
	"ONIMBOTV2REACTIONCHANGE": {ReactionChange, v2Events},
	"ONIMBOTV2DELETE":         {BotDelete, v2Events},
	"ONIMBOTMESSAGEADD":       {MessageAdd, v1BotEvents},
	"ONIMBOTMESSAGEUPDATE":    {MessageUpdate, v1BotEvents},
	"ONIMBOTMESSAGEDELETE":    {MessageDelete, v1BotEvents},
	"ONIMBOTJOINCHAT":         {JoinChat, v1BotEvents},
	"ONIMBOTCONTEXTGET":       {ContextGet, v1BotEvents},
	"ONIMCOMMANDADD":          {CommandAdd, v1CommandEvents},
	"ONIMBOTDELETE":           {BotDelete, v1DeleteEvent},
	"ONAPPINSTALL":            {AppInstall, appEvent},
	"ONAPPUNINSTALL":          {AppUninstall, appEvent},
	"ONAPPUPDATE":             {AppUpdate, appEvent},
	"ONAPPTEST":               {AppTest, appEvent},
}

// Event is something that happened on a portal, told to one bot. It carries no tokens and, of the people, only
// what a command needs.
type Event struct {
	Kind     Kind      `json:"kind"`
	Time     time.Time `json:"time"` // when the portal queued it, to the second
	Language string    `json:"language,omitempty"`
	Bot      EventBot  `json:"bot,omitzero"`
	Command  Command   `json:"command,omitzero"`
	Message  Incoming  `json:"message,omitzero"`
	Chat     Chat      `json:"chat,omitzero"`
	User     Author    `json:"user,omitzero"`
}

// EventBot is the bot an event is for.
type EventBot struct {
	ID   BotID  `json:"id,omitempty"`
	Code string `json:"code,omitempty"`
}

// Command is a slash command or a pressed button.
type Command struct {
	ID       CommandID `json:"id,omitempty"`
	Name     string    `json:"name,omitempty"` // without the slash
	Params   string    `json:"params,omitempty"`
	Keyboard bool      `json:"keyboard,omitempty"` // a button: the message is then the bot's own
}

// Incoming is the message an event is about.
type Incoming struct {
	ID        MessageID `json:"id,omitempty"`
	Text      string    `json:"text,omitempty"` // BB-code as written, mentions included
	Forwarded bool      `json:"forwarded,omitempty"`
	Written   time.Time `json:"written,omitzero"` // of one that was edited: when it was first posted; API v1 does not say
	System    bool      `json:"system,omitempty"`
}

// Chat is where it happened.
type Chat struct {
	Dialog    DialogID `json:"dialog,omitempty"`
	Private   bool     `json:"private,omitempty"`
	Outsiders bool     `json:"outsiders,omitempty"` // people from outside the company read along
	// Unvouched is set where the event does not say whether they do: API v1 never does with edits and joins in groups.
	Unvouched bool `json:"unvouched,omitempty"`
}

// Author is the person who wrote, pressed or joined: the one to answer.
type Author struct {
	ID       UserID `json:"id,omitempty"`
	Bot      bool   `json:"bot,omitempty"`
	Outsider bool   `json:"outsider,omitempty"` // guest, collaborator or customer
	// Unvouched is set where the event does not say whether its author is an outsider: API v1 never does with commands.
	Unvouched bool `json:"unvouched,omitempty"`
}

// ErrNotEvent is the error of a form that is none of Bitrix24's events.
var ErrNotEvent = errors.New("no event in the form")

// Name is the event's name as the portal wrote it, empty if the form is no event.
func (f Form) Name() string { return f.values["event"] }

// Events reads the events in a form: one as a rule, several where API v1 tells several bots or commands at once.
// An event that is not a bot's comes back as one of kind Foreign. A form without a name is ErrNotEvent.
func (f Form) Events() ([]Event, error) {
	name := f.Name()
	if name == "" {
		return nil, ErrNotEvent
	}
	known, ok := kinds[strings.ToUpper(name)]
	if !ok {
		return []Event{{Kind: Foreign}}, nil
	}
	return known.read(f, Event{Kind: known.kind, Time: time.Unix(f.number("ts"), 0).UTC()}), nil
}

func appEvent(_ Form, e Event) []Event { return []Event{e} }
