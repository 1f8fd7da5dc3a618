package bitrix

import "encoding/json"

// BatchSection reads a section of a batch's answer. The keys of Batch never make a portal write a list;
// a fixture has one.
func BatchSection(data []byte) (map[string]json.RawMessage, error) {
	var s section[json.RawMessage]
	err := json.Unmarshal(data, &s)
	return s, err
}
