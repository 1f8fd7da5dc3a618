package bitrix

import (
	"encoding/json"
	"errors"
)

// Attach is a card under a message. Pushes and mail do not show it: the text must stand alone. The portal
// takes up to 30 000 characters of it for certain.
type Attach struct {
	Color  string // "primary", "secondary", "alert" or "base"
	Blocks []Block
}

// Block is one part of an Attach: exactly one field is set.
type Block struct {
	Message   string // BB-code
	Grid      []GridCell
	User      *UserBlock
	Link      *LinkBlock
	Image     *ImageBlock
	Delimiter bool
}

// GridCell is a named value in a table. Value takes BB-code: what people wrote goes through Plain first.
type GridCell struct {
	Display string `json:"DISPLAY,omitempty"` // "ROW", "LINE", "BLOCK" or "TABLE"; one for a whole grid
	Name    string `json:"NAME"`
	Value   string `json:"VALUE"`
	Link    string `json:"LINK,omitempty"`    // opened by a click on the value
	Width   int    `json:"WIDTH,omitempty"`   // pixels
	User    UserID `json:"USER_ID,omitempty"` // whose profile a click on the value opens
}

// UserBlock shows a person with a picture.
type UserBlock struct {
	Name   string `json:"NAME"`
	Avatar string `json:"AVATAR,omitempty"`
	User   UserID `json:"USER_ID,omitempty"`
}

// LinkBlock shows a link with a title.
type LinkBlock struct {
	Link string `json:"LINK"`
	Name string `json:"NAME,omitempty"`
	Desc string `json:"DESC,omitempty"`
}

// ImageBlock shows a picture.
type ImageBlock struct {
	Link string `json:"LINK"`
	Name string `json:"NAME,omitempty"`
}

// wireAttach is the full form, which a command's answer needs.
type wireAttach struct {
	Color  string  `json:"COLOR_TOKEN,omitempty"`
	Blocks []Block `json:"BLOCKS"`
}

func (a *Attach) wire() *wireAttach {
	if a == nil || len(a.Blocks) == 0 {
		return nil
	}
	return &wireAttach{a.Color, a.Blocks}
}

// MarshalJSON writes the block as an object with one key, its kind. A block with no field set is an error.
func (b Block) MarshalJSON() ([]byte, error) {
	kind, value := b.kind()
	if kind == "" {
		return nil, errors.New("empty block in an attach")
	}
	return json.Marshal(map[string]any{kind: value})
}

func (b Block) kind() (string, any) {
	switch {
	case b.Message != "":
		return "MESSAGE", b.Message
	case b.Grid != nil:
		return "GRID", b.Grid
	case b.User != nil:
		return "USER", []*UserBlock{b.User} // one object is taken too, but only a list by every portal
	case b.Link != nil:
		return "LINK", b.Link
	case b.Image != nil:
		return "IMAGE", b.Image
	case b.Delimiter:
		return "DELIMITER", map[string]any{"SIZE": 200, "COLOR": "#c6c6c6"} // the portal's own look
	}
	return "", nil
}
