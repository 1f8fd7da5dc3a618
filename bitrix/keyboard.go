package bitrix

import "encoding/json"

// Keyboard is a set of buttons under a message.
type Keyboard struct {
	Buttons []Button
}

// Action is what a button does in the messenger itself, with no event for the bot.
type Action string

// Actions a button may have, with the meaning of Button.Value for each.
const (
	ActionPut    Action = "PUT"    // puts Value into the input box
	ActionSend   Action = "SEND"   // sends Value as the person's message
	ActionCopy   Action = "COPY"   // copies Value
	ActionCall   Action = "CALL"   // calls the number in Value
	ActionDialog Action = "DIALOG" // opens the dialog in Value: "5" or "chat142"
)

// Button is one button. It needs Text and exactly one of Link, Command and Action; NewLine starts a row instead.
type Button struct {
	Text     string
	Link     string
	Command  string // a registered command, without the slash
	Params   string // what follows the command
	Action   Action
	Value    string
	Color    string // "primary", "secondary", "alert" or "base"
	Once     bool   // cannot be pressed again; command buttons only
	Line     bool   // beside others in a row; otherwise a button has a row of its own
	Disabled bool
	NewLine  bool
}

// wireKeyboard is the full form: in a command's answer the short one loses its command buttons.
type wireKeyboard struct {
	Bot     BotID    `json:"BOT_ID"`
	Buttons []Button `json:"BUTTONS"`
}

func (k *Keyboard) wire(bot BotID) *wireKeyboard {
	if k == nil || len(k.Buttons) == 0 {
		return nil
	}
	return &wireKeyboard{bot, k.Buttons}
}

// MarshalJSON writes the button as the portal wants it, leaving out what is not set.
func (b Button) MarshalJSON() ([]byte, error) {
	if b.NewLine {
		return []byte(`{"TYPE":"NEWLINE"}`), nil
	}
	display := ""
	if b.Line {
		display = "LINE"
	}
	return json.Marshal(struct {
		Text     string `json:"TEXT"`
		Link     string `json:"LINK,omitempty"`
		Command  string `json:"COMMAND,omitempty"`
		Params   string `json:"COMMAND_PARAMS,omitempty"`
		Action   Action `json:"ACTION,omitempty"`
		Value    string `json:"ACTION_VALUE,omitempty"`
		Color    string `json:"BG_COLOR_TOKEN,omitempty"`
		Once     string `json:"BLOCK,omitempty"`
		Display  string `json:"DISPLAY,omitempty"`
		Disabled string `json:"DISABLED,omitempty"`
	}{
		b.Text, b.Link, b.Command, b.Params, b.Action, b.Value, b.Color, yes(b.Once), display, yes(b.Disabled),
	})
}

// yes is how keyboards write true; false is left out.
func yes(set bool) string {
	if set {
		return "Y"
	}
	return ""
}
