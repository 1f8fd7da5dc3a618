package bitrix

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Attach is a card under a message. Pushes and mail do not show it: the text must stand alone. The portal
// takes up to 30 000 characters of it for certain.
type Attach struct {
	Color  string  `json:"COLOR_TOKEN,omitempty"` // "primary", "secondary", "alert" or "base"
	Blocks []Block `json:"BLOCKS"`
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

// wire is the full form, which a command's answer needs; nil for nothing to show.
func (a *Attach) wire() *Attach {
	if a == nil || len(a.Blocks) == 0 {
		return nil
	}
	return a
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

// UnmarshalJSON reads what MarshalJSON writes. A block of several kinds or of none we know is an error.
func (b *Block) UnmarshalJSON(data []byte) error {
	var wire struct {
		Message   string      `json:"MESSAGE"`
		Grid      []GridCell  `json:"GRID"`
		User      []UserBlock `json:"USER"`
		Link      *LinkBlock  `json:"LINK"`
		Image     *ImageBlock `json:"IMAGE"`
		Delimiter *struct{}   `json:"DELIMITER"`
	}
	var kinds map[string]json.RawMessage
	if err := errors.Join(json.Unmarshal(data, &kinds), json.Unmarshal(data, &wire)); err != nil {
		return fmt.Errorf("block of an attach: %w", err)
	}
	*b = Block{Message: wire.Message, Grid: wire.Grid, Link: wire.Link, Image: wire.Image, Delimiter: wire.Delimiter != nil}
	if len(wire.User) == 1 {
		b.User = &wire.User[0]
	}
	if kind, _ := b.kind(); kind == "" || len(kinds) != 1 {
		return errors.New("block of an attach: it is not one of MESSAGE, GRID, USER, LINK, IMAGE and DELIMITER")
	}
	return nil
}
