package commandtest

import (
	"encoding/json"

	"github.com/whois24/whois24/bitrix/portal"
)

// texts are all that could be read in a message, now or before: its text, and what is in its attachment.
func (p *post) texts() []string {
	var all []string
	for _, m := range p.versions {
		all = append(append(all, m.Text), attached(m)...)
	}
	return all
}

func attached(m portal.Message) []string {
	var blocks any
	_ = json.Unmarshal(m.Attach, &blocks) // the portal wrote it; a message without has none
	return leaves(blocks)
}

// leaves are the texts in a value of JSON.
func leaves(v any) []string {
	var all []string
	switch v := v.(type) {
	case string:
		all = append(all, v)
	case []any:
		for _, e := range v {
			all = append(all, leaves(e)...)
		}
	case map[string]any:
		for _, e := range v {
			all = append(all, leaves(e)...)
		}
	}
	return all
}
