package bitrix

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// Events reads a fetched event: the same as Form.Events of its posted twin. What exceeds the bounds of a form is ErrForm.
func (e QueuedEvent) Events() ([]Event, error) {
	f, err := e.form()
	if err != nil {
		return nil, err
	}
	return f.Events()
}

// form writes the event as a portal would post it.
func (e QueuedEvent) form() (Form, error) {
	f := Form{values: map[string]string{"event": e.Type}}
	if !e.Date.IsZero() {
		f.values["ts"] = strconv.FormatInt(e.Date.Unix(), 10)
	}
	if len(e.Data) == 0 {
		return f, nil
	}
	var data any
	decoder := json.NewDecoder(bytes.NewReader(e.Data))
	decoder.UseNumber() // ids keep all their digits
	if err := decoder.Decode(&data); err != nil {
		return Form{}, fmt.Errorf("%w: the data is no JSON", ErrForm)
	}
	return f, f.flatten("data", data)
}

// flatten adds a value and what is in it, as PHP writes it: true is 1, false is 0, and null and what is empty have no
// spelling.
func (f Form) flatten(key string, value any) error {
	if err := checkKey(key); err != nil {
		return err
	}
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			if err := f.flatten(subkey(key, name), inner); err != nil {
				return err
			}
		}
	case []any:
		for i, inner := range v {
			if err := f.flatten(subkey(key, strconv.Itoa(i)), inner); err != nil {
				return err
			}
		}
	case string:
		return f.put(key, v)
	case json.Number:
		return f.put(key, v.String())
	case bool:
		return f.put(key, map[bool]string{true: "1", false: "0"}[v])
	}
	return nil
}
