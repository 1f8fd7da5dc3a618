package portal_test

import (
	"strings"
	"testing"
)

func TestCommands(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p)
	do := func(method string, with params) answer {
		with["botId"], with["botToken"] = bot, token
		return call(t, p, "imbot.v2.Command."+method, with)
	}
	for code, fields := range map[string]params{
		"COMMAND_REQUIRED":       {"title": params{"ru": "x"}},
		"COMMAND_NAME_INVALID":   {"command": 5, "title": params{"ru": "x"}},
		"COMMAND_TITLE_REQUIRED": {"command": "whois"},
	} {
		wantError(t, do("register", params{"fields": fields}), 400, code)
	}
	full := params{
		"command": "/whois", "common": "Y", "extranetSupport": true,
		"title": params{"ru": "Кто это", "en": "Who is it"}, "params": params{"en": "number or name"},
	}
	want := `"command":{"id":42,"botId":456,"command":"\/whois","common":true,"hidden":false,"extranetSupport":true}`
	for _, fields := range []params{full, {"command": "whois", "hidden": true}} { // the second changes nothing
		if a := do("register", params{"fields": fields}); !strings.Contains(a.Raw, want) {
			t.Errorf("got %s", a.Raw)
		}
	}
	if a := do("list", params{}); !strings.Contains(a.Raw, `"title":"Кто это","params":"number or name"`) {
		t.Errorf("list: %s", a.Raw)
	}
	do("register", params{"fields": params{"command": "help", "hidden": true}})
	wantError(t, do("update", params{"commandId": 42, "fields": params{"command": "help"}}), 400, "COMMAND_ALREADY_EXISTS")
	wantError(t, do("update", params{"commandId": 42, "fields": params{"command": ""}}), 400, "COMMAND_NAME_EMPTY")
	wantError(t, do("update", params{"commandId": 42, "fields": params{"command": []int{}}}), 400, "COMMAND_NAME_INVALID")
	wantError(t, do("update", params{"commandId": 7}), 400, "COMMAND_NOT_FOUND")
	if a := do("update", params{"commandId": 42, "fields": params{"command": "who", "common": false}}); a.Error != "" {
		t.Errorf("update: %s", a.Error)
	}
	commands := p.Commands()
	if len(commands) != 2 || commands[0].Name != "who" || commands[0].Common || commands[0].Title["en"] != "Who is it" {
		t.Errorf("got %+v", commands)
	}
	if a := do("unregister", params{"commandId": 42}); a.Error != "" || len(p.Commands()) != 1 {
		t.Errorf("unregister: %s, left %+v", a.Error, p.Commands())
	}
	wantError(t, do("unregister", params{"commandId": 42}), 400, "COMMAND_NOT_FOUND")
}
