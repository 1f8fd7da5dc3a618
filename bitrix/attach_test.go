package bitrix_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

// TestAttachBothWays: what is written is read as the same, so a card can come from another process.
func TestAttachBothWays(t *testing.T) {
	card := bitrix.Attach{Color: "primary", Blocks: []bitrix.Block{
		{Message: "[b]Anna[/b]"},
		{Grid: []bitrix.GridCell{{Display: "ROW", Name: "Phone", Value: "5", Link: "https://x.test", Width: 100, User: 5}}},
		{User: &bitrix.UserBlock{Name: "Anna", Avatar: "https://x.test/a.png", User: 5}},
		{Link: &bitrix.LinkBlock{Link: "https://x.test", Name: "X", Desc: "A page"}},
		{Image: &bitrix.ImageBlock{Link: "https://x.test/a.png", Name: "A"}},
		{Delimiter: true},
	}}
	data, err := json.Marshal(card)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(data), `{"COLOR_TOKEN":"primary","BLOCKS":[{"MESSAGE":"[b]Anna[/b]"},{"GRID":[{"DISPLAY":"ROW"`) {
		t.Errorf("it is written as %s", data)
	}
	var got bitrix.Attach
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(card, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestAttachRefuses(t *testing.T) {
	for _, block := range []string{
		`{}`, `null`, `5`, `{"VIDEO":{}}`, `{"MESSAGE":""}`, `{"MESSAGE":5}`, `{"MESSAGE":"a","DELIMITER":{}}`,
		`{"MESSAGE":"a","VIDEO":{}}`, `{"USER":[]}`, `{"USER":[{"NAME":"a"},{"NAME":"b"}]}`, `{"LINK":null}`,
	} {
		var got bitrix.Attach
		if err := json.Unmarshal([]byte(`{"BLOCKS":[`+block+`]}`), &got); err == nil {
			t.Errorf("%s is a block: %+v", block, got)
		}
	}
}
