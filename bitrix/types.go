package bitrix

import (
	"encoding/json"
	"fmt"
	"time"
)

// OptTime is a moment that may be unknown: Bitrix24 writes false, null, "", 0 or nothing where it has none.
// The zero value is "unknown". The offset is the portal server's; only the instant means something.
type OptTime struct{ time.Time }

// UnmarshalJSON reads a date with time and offset. Text that is no date, such as PHP's 0000-00-00, is as
// unknown as none at all; anything but text and the blanks above is an error.
func (t *OptTime) UnmarshalJSON(data []byte) error {
	*t = OptTime{}
	if blank(data) {
		return nil
	}
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return fmt.Errorf("%.40q is no date", data)
	}
	if parsed, err := time.Parse(time.RFC3339, text); err == nil {
		t.Time = parsed
	}
	return nil
}

// MarshalJSON writes the date as a portal does: false if it is unknown.
func (t OptTime) MarshalJSON() ([]byte, error) {
	if t.IsZero() {
		return []byte("false"), nil
	}
	return json.Marshal(t.Format(time.RFC3339))
}

// Phones are the numbers a person gave, as written in the profile. The portal sends an object, false, [] or null.
type Phones struct {
	Mobile   string // personal_mobile
	Work     string // work_phone
	Inner    string // inner_phone, the extension
	Personal string // personal_phone
}

// UnmarshalJSON reads the object with all keys or only the filled ones; false, [] and null are no numbers.
func (p *Phones) UnmarshalJSON(data []byte) error {
	*p = Phones{}
	var wire object[struct {
		Mobile   looseString `json:"personal_mobile"`
		Work     looseString `json:"work_phone"`
		Inner    looseString `json:"inner_phone"`
		Personal looseString `json:"personal_phone"`
	}]
	if err := json.Unmarshal(data, &wire); err != nil || wire.value == nil {
		return err
	}
	w := wire.value
	*p = Phones{string(w.Mobile), string(w.Work), string(w.Inner), string(w.Personal)}
	return nil
}

// BotData tells more of a user that is a bot.
type BotData struct {
	ID     BotID
	Code   string
	Type   string
	AppID  string
	Hidden bool
}

// UnmarshalJSON reads the bot_data of im.user.get.
func (b *BotData) UnmarshalJSON(data []byte) error {
	var wire struct {
		ID     looseInt    `json:"id"`
		Code   looseString `json:"code"`
		Type   looseString `json:"type"`
		AppID  looseString `json:"app_id"`
		Hidden looseBool   `json:"is_hidden"`
	}
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	*b = BotData{BotID(wire.ID), string(wire.Code), string(wire.Type), string(wire.AppID), bool(wire.Hidden)}
	return nil
}
