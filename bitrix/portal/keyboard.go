package portal

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/whois24/whois24/bitrix"
)

// maxCard is how long a keyboard or an attachment may be, in characters of its JSON.
const maxCard = 60_000

var buttonActions = []string{"PUT", "SEND", "COPY", "CALL", "DIALOG"}

// link is what the portal opens: the web, or a path of its own.
var link = regexp.MustCompile(`^(?:https?://|/)`)

// readKeyboard normalises buttons given in the full form, the short one, or either as JSON text. Buttons that
// cannot work are left out; none left is an error. Command buttons need a bot.
func readKeyboard(v any, owner bitrix.BotID) (array, error) {
	if isNone(v) {
		return nil, nil
	}
	given, _ := unpack(v)
	buttons := given
	if full, ok := given.lookup("BUTTONS"); ok {
		buttons, _ = full.(array)
		if id := intval(given.get("BOT_ID")); id > 0 {
			owner = bitrix.BotID(id)
		}
	}
	kept := array{}
	for _, e := range buttons {
		b, _ := e.value.(array)
		if norm := button(b, owner); norm != nil {
			kept = kept.push(norm)
		}
	}
	switch {
	case len(kept) == 0:
		return nil, errKeyboard
	case tooLong(kept):
		return nil, errKeyboardSize
	}
	return kept, nil
}

// unpack reads an array, or JSON text that holds one.
func unpack(v any) (array, bool) {
	if s, ok := v.(string); ok {
		v, _ = parseJSON([]byte(s))
	}
	a, ok := v.(array)
	return a, ok
}

func tooLong(a array) bool { return utf8.RuneCount(appendJSON(nil, a)) >= maxCard }

// button is one button as the portal keeps it; nil when it can do nothing.
func button(given array, owner bitrix.BotID) array {
	b := array{{"BOT_ID", owner}}
	if given.get("TYPE") == "NEWLINE" {
		return append(b, entry{"TYPE", "NEWLINE"})
	}
	caption, does := strings.TrimSpace(text(given.get("TEXT"))), purpose(given, owner)
	if caption == "" || does == nil {
		return nil
	}
	b = append(append(b, entry{"TYPE", "BUTTON"}), does...)
	b = append(
		b,
		entry{"TEXT", caption},
		entry{"VOTE", letter(given.get("VOTE"))},
		entry{"BLOCK", letter(given.get("BLOCK"))},
		entry{"WAIT", letter(given.get("WAIT"))},
		entry{"CONTEXT", cmp.Or(text(given.get("CONTEXT")), "ALL")},
		entry{"DISABLED", letter(given.get("DISABLED"))},
		entry{"DISPLAY", cmp.Or(text(given.get("DISPLAY")), "BLOCK")},
	)
	for _, look := range []string{"BG_COLOR", "BG_COLOR_TOKEN", "TEXT_COLOR", "WIDTH"} {
		if v, ok := given.lookup(look); ok {
			b = append(b, entry{look, v})
		}
	}
	return b
}

// purpose is what a button is for.
func purpose(given array, owner bitrix.BotID) array {
	address, action := text(given.get("LINK")), text(given.get("ACTION"))
	command := strings.TrimPrefix(strings.TrimSpace(text(given.get("COMMAND"))), "/")
	switch {
	case link.MatchString(address):
		return array{{"LINK", address}}
	case slices.Contains(buttonActions, action):
		return array{{"ACTION", action}, {"ACTION_VALUE", text(given.get("ACTION_VALUE"))}}
	case command != "" && owner > 0:
		return array{{"COMMAND", command}, {"COMMAND_PARAMS", text(given.get("COMMAND_PARAMS"))}}
	}
	return nil
}

func letter(v any) string {
	if yes(v) {
		return "Y"
	}
	return "N"
}
