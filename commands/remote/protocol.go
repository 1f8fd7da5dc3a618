package remote

import (
	"encoding/json"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// Protocol is the version of what is said here. A service tells it in its metadata under "whois24".
const Protocol = "1"

// Metadata of a service.
const (
	metaProtocol = "whois24"
	metaSchema   = "schema" // a commands.Schema in JSON
)

const (
	// Silence is how long nothing need be heard of who answers. A service sends a Message with Working at least each second
	// where an answer takes longer.
	Silence = 5 * time.Second
	// Longest is how long an answer may take in all, with every reply that takes the place of another one.
	Longest = 2 * time.Minute
	// MaxSchema and MaxMessage bound what a service may send, in bytes.
	MaxSchema  = 32 << 10
	MaxMessage = 256 << 10
	// maxMessages is how many messages an answer may have, and maxLookUps how many things of the portal it may look up.
	maxMessages = 500
	maxLookUps  = 50
)

// every is how often a service says that it is working.
const every = time.Second

// serviceName is what NATS calls the service of a command, and subject is where one version of it is asked.
func serviceName(command string) string { return "whois24-" + command }

func subject(command, version string) string { return "whois24.command." + command + "." + version }

// inboxes begin the subjects a service may hear answers on.
func inboxes(command string) string { return nats.InboxPrefix + serviceName(command) + "." }

// Question is a request to a service.
type Question struct {
	ID        string          `json:"id"` // the same each time an answer is tried
	Command   string          `json:"command"`
	Arguments commands.Values `json:"arguments"`
	Args      string          `json:"args"` // as typed
	Answers   []string        `json:"answers,omitempty"`
	Asker     int64           `json:"asker"`              // the person's id
	Outsider  bool            `json:"outsider,omitempty"` // the person is from outside the company
	Private   bool            `json:"private"`            // in the chat with the bot alone
	Outsiders bool            `json:"outsiders"`          // people from outside the company read along
	// Shows are the fields of people that the answer may tell. Others are left out of all the service gets.
	Shows []commands.Field `json:"shows"`
	Lang  string           `json:"lang"`
	Zone  string           `json:"zone,omitempty"` // as in Europe/Berlin, where it is set
	Now   time.Time        `json:"now"`            // with the offset of the portal's time
}

// Message is what a service sends back: one reply, or before it any number of others.
type Message struct {
	// Working says that the answer takes longer; nothing else is set then.
	Working bool `json:"working,omitempty"`
	// LookUp asks for something of the portal. The answer goes to the NATS reply subject of this message, which has to begin
	// with _INBOX.whois24-<command>.
	LookUp *LookUp `json:"look_up,omitempty"`
	Reply
	// Later is true of a reply that another one will follow and take the place of.
	Later bool `json:"later,omitempty"`
	// Error is why there is no reply. It is for the log. Temporary: another try may help. LookUpFailed: it comes of the look-up
	// that failed last, so that the portal's error decides.
	Error        string `json:"error,omitempty"`
	Temporary    bool   `json:"temporary,omitempty"`
	LookUpFailed bool   `json:"look_up_failed,omitempty"`
}

// Reply is what the person will read: Text, which is BB-code, or Say, a text of the schema with values that are made harmless.
type Reply struct {
	Text    string         `json:"text,omitempty"`
	Say     string         `json:"say,omitempty"`
	Data    map[string]any `json:"data,omitempty"`
	Buttons []Button       `json:"buttons,omitempty"`
	Attach  *bitrix.Attach `json:"attach,omitempty"`
	Asks    bool           `json:"asks,omitempty"`
}

// Button is a button under a reply. Text and one of Command, Link and Action.
type Button struct {
	Text     string        `json:"text,omitempty"`
	Command  string        `json:"command,omitempty"`
	Args     string        `json:"args,omitempty"`
	Link     string        `json:"link,omitempty"`
	Action   bitrix.Action `json:"action,omitempty"`
	Value    string        `json:"value,omitempty"`
	Color    string        `json:"color,omitempty"`
	Once     bool          `json:"once,omitempty"`
	Line     bool          `json:"line,omitempty"`
	Disabled bool          `json:"disabled,omitempty"`
	NewLine  bool          `json:"new_line,omitempty"` // starts a row; nothing else is set then
}

// LookUp names one thing of the portal: a person or a department by number, or people by the beginnings of words.
type LookUp struct {
	User       int64  `json:"user,omitempty"`
	Profile    int64  `json:"profile,omitempty"` // a person with their departments
	Search     string `json:"search,omitempty"`
	Limit      int    `json:"limit,omitempty"` // of a search
	Department int64  `json:"department,omitempty"`
}

// Found answers a LookUp. The value is a [commands.PersonValue], a FoundProfile, a list of FoundPerson, or a [commands.DepartmentValue] with
// null for a number no department has.
type Found struct {
	Value json.RawMessage `json:"value,omitempty"`
	Code  string          `json:"code,omitempty"` // of the portal's error, like USER_NOT_EXISTS
	Error string          `json:"error,omitempty"`
}

// FoundProfile is a person with their departments.
type FoundProfile struct {
	Person commands.PersonValue `json:"person"`
	Units  []FoundUnit          `json:"units,omitempty"`
}

// FoundUnit is a department, and who heads it: number 0 if nobody does.
type FoundUnit struct {
	Department commands.DepartmentValue `json:"department"`
	Leader     commands.PersonValue     `json:"leader"`
}

// FoundPerson is what a search tells of somebody.
type FoundPerson struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Position string `json:"position,omitempty"`
	Bot      bool   `json:"bot,omitempty"`
}
