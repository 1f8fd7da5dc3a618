package messenger

import (
	"encoding/json"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// frame is what the portal says to the page; Type tells which fields are set (see the package comment).
type frame struct {
	Type string `json:"type"`

	// state
	Me       bitrix.UserID `json:"me,omitempty"`
	People   []person      `json:"people,omitempty"`
	Dialogs  []dialog      `json:"dialogs,omitempty"`
	Commands []command     `json:"commands,omitempty"`
	Calls    []call        `json:"calls,omitempty"`
	Events   []event       `json:"events,omitempty"`

	// message, typing, person, call, event
	Dialog  bitrix.DialogID `json:"dialog,omitempty"`
	Message *message        `json:"message,omitempty"`
	Person  bitrix.UserID   `json:"person,omitempty"`
	Who     *person         `json:"who,omitempty"`
	Call    *call           `json:"call,omitempty"`
	Event   *event          `json:"event,omitempty"`

	// result
	Ref   string           `json:"ref,omitempty"`
	ID    bitrix.MessageID `json:"id,omitempty"`
	Error string           `json:"error,omitempty"`
}

// person is somebody as the people panel shows them.
type person struct {
	ID          bitrix.UserID `json:"id"`
	Name        string        `json:"name"`
	Position    string        `json:"position"`
	Departments []string      `json:"departments,omitempty"`
	Email       string        `json:"email,omitempty"`
	Phone       string        `json:"phone,omitempty"`
	Color       string        `json:"color,omitempty"`
	Zone        string        `json:"zone,omitempty"`
	Active      bool          `json:"active"`
	Bot         bool          `json:"bot,omitempty"`
	Outsider    bool          `json:"outsider,omitempty"`
	Online      bool          `json:"online,omitempty"`
	Mobile      bool          `json:"mobile,omitempty"`
	Idle        bool          `json:"idle,omitempty"` // at no keyboard
	Status      string        `json:"status,omitempty"`
	LastSeen    time.Time     `json:"lastSeen,omitzero"`
	AbsentUntil time.Time     `json:"absentUntil,omitzero"`
}

// dialog is a chat with its last messages, oldest first.
type dialog struct {
	ID       bitrix.DialogID `json:"id"`
	Title    string          `json:"title"`
	Private  bool            `json:"private,omitempty"`
	Members  []bitrix.UserID `json:"members"`
	Messages []message       `json:"messages"`
}

type message struct {
	ID       bitrix.MessageID `json:"id"`
	Author   bitrix.UserID    `json:"author,omitempty"` // 0: the portal
	Text     string           `json:"text"`
	At       time.Time        `json:"at"`
	Edited   bool             `json:"edited,omitempty"`
	Deleted  bool             `json:"deleted,omitempty"`
	System   bool             `json:"system,omitempty"`
	ReplyTo  bitrix.MessageID `json:"replyTo,omitempty"`
	Keyboard json.RawMessage  `json:"keyboard,omitempty"`
	Attach   json.RawMessage  `json:"attach,omitempty"`
	Color    string           `json:"color,omitempty"` // of the attachment
}

type command struct {
	Name   string            `json:"name"` // without the slash
	Bot    bitrix.BotID      `json:"bot"`
	Title  map[string]string `json:"title,omitempty"`
	Params map[string]string `json:"params,omitempty"`
}

// call is a REST request of a bot; durations are milliseconds.
type call struct {
	At     time.Time       `json:"at"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params,omitempty"`
	Status int             `json:"status"`
	Code   string          `json:"code,omitempty"`
	Took   float64         `json:"took"`
	Batch  int             `json:"batch,omitempty"`
}

// event is a delivery to a bot; durations are milliseconds.
type event struct {
	At     time.Time `json:"at"`
	Event  string    `json:"event"`
	Form   string    `json:"form,omitempty"`
	Status int       `json:"status"`
	Error  string    `json:"error,omitempty"`
	Took   float64   `json:"took"`
}
