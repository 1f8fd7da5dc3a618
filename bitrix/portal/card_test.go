package portal_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestKeyboardsAreNormalised(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p)
	buttons := []params{
		{"TEXT": " Евгений ", "COMMAND": "/whois", "COMMAND_PARAMS": "5", "DISPLAY": "LINE"},
		{"TYPE": "NEWLINE"},
		{"TEXT": "Сайт", "LINK": "https://demo.example/", "BG_COLOR_TOKEN": "primary", "BLOCK": "Y"},
		{"TEXT": "Ввести", "ACTION": "PUT", "ACTION_VALUE": "/whois "},
		{"TEXT": "нельзя", "LINK": "javascript:alert(1)"},
		{"TEXT": "", "LINK": "/"},
		{"TEXT": "нельзя", "ACTION": "EXPLODE"},
	}
	short, err := json.Marshal(buttons)
	if err != nil {
		t.Fatal(err)
	}
	want := `[
	{"BOT_ID":456,"TYPE":"BUTTON","COMMAND":"whois","COMMAND_PARAMS":"5","TEXT":"Евгений","VOTE":"N","BLOCK":"N","WAIT":"N",
	 "CONTEXT":"ALL","DISABLED":"N","DISPLAY":"LINE"},
	{"BOT_ID":456,"TYPE":"NEWLINE"},
	{"BOT_ID":456,"TYPE":"BUTTON","LINK":"https://demo.example/","TEXT":"Сайт","VOTE":"N","BLOCK":"Y","WAIT":"N",
	 "CONTEXT":"ALL","DISABLED":"N","DISPLAY":"BLOCK","BG_COLOR_TOKEN":"primary"},
	{"BOT_ID":456,"TYPE":"BUTTON","ACTION":"PUT","ACTION_VALUE":"/whois ","TEXT":"Ввести","VOTE":"N","BLOCK":"N","WAIT":"N",
	 "CONTEXT":"ALL","DISABLED":"N","DISPLAY":"BLOCK"}]`
	for name, given := range map[string]any{
		"short": buttons, "text": string(short), "full": params{"BOT_ID": 456, "BUTTONS": buttons},
	} {
		send(t, p, bot, "7", params{"message": "x", "keyboard": given})
		wantJSON(t, name, want, last(t, p, anna, botChat).Keyboard)
	}
}

func TestAttachmentsAreNormalised(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p)
	blocks := []params{
		{"MESSAGE": "[b]x[/b]"},
		{"USER": params{"NAME": "Евгений", "USER_ID": 5}},
		{"LINK": []params{{"LINK": "https://demo.example/"}, {"LINK": "javascript:x"}}},
		{"IMAGE": params{"LINK": "ftp://x"}},
		{"DELIMITER": params{"SIZE": 200}},
		{"GRID": []params{{"NAME": "a", "VALUE": "b", "DISPLAY": "ROW"}}},
		{"FRAME": "x"},
	}
	want := `[{"MESSAGE":"[b]x[/b]"},{"USER":[{"NAME":"Евгений","USER_ID":5}]},{"LINK":[{"LINK":"https://demo.example/"}]},
	{"DELIMITER":{"SIZE":200}},{"GRID":[{"DISPLAY":"ROW","NAME":"a","VALUE":"b"}]}]`
	for colour, given := range map[string]any{
		"base": blocks, "alert": params{"COLOR_TOKEN": "alert", "BLOCKS": blocks},
	} {
		send(t, p, bot, "7", params{"attach": given})
		m := last(t, p, anna, botChat)
		wantJSON(t, colour, want, m.Attach)
		if m.AttachColor != colour {
			t.Errorf("colour %q, want %q", m.AttachColor, colour)
		}
	}
}

// wantJSON compares JSON whatever its spelling and the order of keys.
func wantJSON(t *testing.T, name, want string, got []byte) {
	t.Helper()
	var w, g any
	if err := json.Unmarshal([]byte(want), &w); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(got, &g); err != nil {
		t.Errorf("%s: %v in %q", name, err, got)
	}
	if diff := cmp.Diff(w, g); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}
