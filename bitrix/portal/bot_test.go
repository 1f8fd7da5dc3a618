package portal_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// keysOfPart lists the keys of an object deep inside an answer.
func keysOfPart(t *testing.T, raw []byte, path ...string) []string {
	t.Helper()
	for _, key := range path {
		var next map[string]json.RawMessage
		if err := json.Unmarshal(raw, &next); err != nil {
			t.Fatal(err)
		}
		raw = next[key]
		var items []json.RawMessage
		if json.Unmarshal(raw, &items) == nil && len(items) > 0 {
			raw = items[0]
		}
	}
	return keysOf(t, raw)
}

func TestAnswersHaveTheKeysOfExamples(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p, whois)
	own := params{"botId": bot, "botToken": token}
	for _, c := range []struct {
		fixture, method string
		with            params
		paths           [][]string
	}{
		{
			"imbot-v2-bot-register.json", "imbot.v2.Bot.get", own,
			[][]string{{"result"}, {"result", "bot"}, {"result", "users"}},
		},
		{
			"imbot-v2-bot-list.json", "imbot.v2.Bot.list",
			params{"botToken": token},
			[][]string{{"result"}, {"result", "bots"}, {"result", "users"}},
		},
		{
			"imbot-v2-command-register.json", "imbot.v2.Command.register",
			params{"botId": bot, "botToken": token, "fields": whois},
			[][]string{{"result"}, {"result", "command"}},
		},
		{"imbot-v2-command-list.json", "imbot.v2.Command.list", own, [][]string{{"result"}, {"result", "commands"}}},
		{
			"imbot-v2-chat-message-send.json", "imbot.v2.Chat.Message.send",
			params{"botId": bot, "botToken": token, "dialogId": "7", "fields": params{"message": "x"}},
			[][]string{{"result"}},
		},
		{"imbot-v2-bot-unregister.json", "imbot.v2.Bot.unregister", own, [][]string{{"result"}}},
	} {
		want := fixture(t, "rest/"+c.fixture)
		got := []byte(call(t, p, c.method, c.with).Raw)
		for _, path := range c.paths {
			if diff := cmp.Diff(keysOfPart(t, want, path...), keysOfPart(t, got, path...)); diff != "" {
				t.Errorf("%s %v (-fixture +portal):\n%s", c.method, path, diff)
			}
		}
	}
}

func TestRegisteringABotAgainChangesNothing(t *testing.T) {
	p := newPortal(t)
	first := newBot(t, p)
	again := newBotWith(t, p, params{
		"code": "whois", "botToken": token, "eventMode": "webhook", "webhookUrl": "http://127.0.0.1/x",
		"properties": params{"name": "Другое"},
	})
	if first != 456 || again != first {
		t.Errorf("got bots %d and %d, want 456 twice", first, again)
	}
	got := get[struct {
		Bot   struct{ EventMode string }
		Users []struct{ Name string }
	}](t, p, "imbot.v2.Bot.get", params{"botId": first, "botToken": token})
	if got.Bot.EventMode != "fetch" || got.Users[0].Name != "Справочник" {
		t.Errorf("registering again applied fields: %+v", got)
	}
}

func TestBotRegisterRefuses(t *testing.T) {
	good := func(change params) params {
		fields := params{"code": "new", "botToken": token, "properties": params{"name": "x"}}
		maps.Copy(fields, change)
		return params{"fields": fields}
	}
	for _, c := range []struct {
		code string
		with params
	}{
		{"BOT_TOKEN_NOT_SPECIFIED", good(params{"botToken": nil})},
		{"BOT_CODE_REQUIRED", good(params{"code": ""})},
		{"BOT_CODE_ALREADY_TAKEN", good(params{"code": "whois", "botToken": "another"})},
		{"BOT_TOKEN_INVALID_LENGTH", good(params{"botToken": strings.Repeat("x", 41)})},
		{"BOT_PROPERTIES_REQUIRED", good(params{"properties": nil})},
		{"BOT_INVALID_TYPE", good(params{"type": "human"})},
		{"BOT_INVALID_EVENT_MODE", good(params{"eventMode": "push"})},
		{"BOT_WEBHOOK_URL_REQUIRED", good(params{"eventMode": "webhook"})},
		{"BOT_INVALID_CALLBACK", good(params{"eventMode": "webhook", "webhookUrl": "http://localhost/x"})},
		{"BOT_INVALID_CALLBACK", good(params{"eventMode": "webhook", "webhookUrl": "ftp://bot.example/x"})},
	} {
		p := newPortal(t)
		newBot(t, p)
		t.Run(c.code, func(t *testing.T) { wantError(t, call(t, p, "imbot.v2.Bot.register", c.with), 400, c.code) })
	}
	p := newPortal(t)
	if a := call(t, p, "imbot.v2.Bot.register", params{
		"botToken": token,
		"fields":   params{"code": "new", "properties": params{"name": "x"}, "eventMode": "webhook", "webhookUrl": "http://127.0.0.1:1/x"},
	}); a.Error != "" {
		t.Errorf("a token at the top and a bare address: %s", a.Error)
	}
}

func TestAnOwnerHasAHundredBots(t *testing.T) {
	p := newPortal(t)
	for i := range 100 {
		newBotWith(t, p, params{"code": fmt.Sprint("bot", i), "botToken": token})
	}
	one := func(token string) answer {
		fields := params{"code": "more", "botToken": token, "properties": params{"name": "x"}}
		return call(t, p, "imbot.v2.Bot.register", params{"fields": fields})
	}
	wantError(t, one(token), 400, "BOT_LIMIT_EXCEEDED")
	if a := one("another"); a.Error != "" {
		t.Errorf("another owner: %s", a.Error)
	}
}

func TestOnlyTheOwnerRulesABot(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p, whois)
	for _, method := range []string{
		"imbot.v2.Bot.update", "imbot.v2.Bot.unregister", "imbot.v2.Command.register", "imbot.v2.Command.update",
		"imbot.v2.Command.list", "imbot.v2.Command.unregister", "imbot.v2.Command.answer", "imbot.v2.Event.get",
		"imbot.v2.Chat.Message.send", "imbot.v2.Chat.Message.update", "imbot.v2.Chat.Message.delete",
		"imbot.v2.Chat.Message.read", "imbot.v2.Chat.InputAction.notify",
	} {
		for code, with := range map[string]params{
			"BOT_TOKEN_NOT_SPECIFIED": {"botId": bot},
			"BOT_ID_REQUIRED":         {"botToken": token},
			"BOT_NOT_FOUND":           {"botToken": token, "botId": 457},
			"BOT_OWNERSHIP_ERROR":     {"botToken": "another", "botId": bot},
		} {
			t.Run(method+" "+code, func(t *testing.T) { wantError(t, call(t, p, method, with), 400, code) })
		}
	}
	if a := call(t, p, "imbot.v2.Bot.get", params{"botToken": "another", "code": "whois"}); strings.Contains(a.Raw, "eventMode") {
		t.Errorf("a stranger sees what only the owner may: %s", a.Raw)
	}
	if got := call(t, p, "imbot.v2.Bot.list", params{"botToken": "another"}); !strings.Contains(got.Raw, `"bots":[]`) {
		t.Errorf("a stranger lists %s", got.Raw)
	}
	wantError(t, call(t, p, "imbot.v2.Bot.list", params{}), 400, "BOT_TOKEN_NOT_SPECIFIED")
	wantError(t, call(t, p, "imbot.v2.Bot.get", params{"botToken": token}), 400, "PARAMS_REQUIRED")
	wantError(t, call(t, p, "imbot.v2.Bot.get", params{"botToken": token, "code": "none"}), 400, "BOT_NOT_FOUND")
}

func TestBotUpdate(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p)
	update := func(with string, fields params) answer {
		return call(t, p, "imbot.v2.Bot.update", params{"botId": bot, "botToken": with, "fields": fields})
	}
	if a := update(token, params{"properties": params{"name": "Новое"}, "isHidden": "Y"}); !strings.Contains(a.Raw, `"isHidden":true`) {
		t.Errorf("got %s", a.Raw)
	}
	if who, _ := p.Person(bitrix.UserID(bot)); who.Name() != "Новое" || who.Position != "Чат-бот" {
		t.Errorf("got %q, %q", who.Name(), who.Position)
	}
	wantError(t, update(token, params{"webhookUrl": "http://nodot/"}), 400, "BOT_INVALID_CALLBACK")
	wantError(t, update(token, params{"eventMode": "x"}), 400, "BOT_INVALID_EVENT_MODE")
	wantError(t, update(token, params{"botToken": strings.Repeat("x", 41)}), 400, "BOT_TOKEN_INVALID_LENGTH")

	newBotWith(t, p, params{"code": "other", "botToken": "others-token"})
	wantError(t, update(token, params{"botToken": "others-token"}), 400, "BOT_TOKEN_ROTATION_FAILED")
	if a := update(token, params{"botToken": "rotated"}); a.Error != "" {
		t.Errorf("rotation: %s", a.Error)
	}
	wantError(t, update(token, nil), 400, "BOT_OWNERSHIP_ERROR")
	if a := update("rotated", nil); a.Error != "" {
		t.Errorf("with the new token: %s", a.Error)
	}
}

func TestApplicationsHaveNoTokenToRotate(t *testing.T) {
	p, s := newPortal(t, withAuth(newAuth())), newSink(t)
	access := install(t, p, s).Access
	with := params{"botId": newAppBot(t, p, s, access), "fields": params{"botToken": "rotated"}}
	for range 2 { // after the first the bot is the application's still
		if a := callApp(t, p, access, "imbot.v2.Bot.update", with); a.Error != "" {
			t.Errorf("got %s", a.Raw)
		}
	}
}

func TestBotsAreInvited(t *testing.T) {
	p, s := newPortal(t, func(o *portal.Options) { o.InviteBots = true }), newSink(t)
	newBot(t, p)
	v1Bot(t, p, s, nil)
	for _, d := range p.Dialogs(anna) {
		if d.ID == group && (!slices.Contains(d.Members, 456) || !slices.Contains(d.Members, 457)) {
			t.Errorf("the members are %v", d.Members)
		}
	}
	if f := lastPosted(t, p, s); f.Get("event") != "ONIMBOTJOINCHAT" || f.Get("data[PARAMS][DIALOG_ID]") != "chat142" {
		t.Errorf("told %v", f)
	}
}

func TestBotListPages(t *testing.T) {
	p := newPortal(t)
	for _, code := range []string{"a", "b", "c"} {
		newBotWith(t, p, params{"code": code, "botToken": token, "type": map[string]string{"b": "supervisor"}[code]})
	}
	list := func(with params) (codes []string, more bool) {
		with["botToken"] = token
		got := get[struct {
			Bots        []struct{ Code string }
			HasNextPage bool
		}](t, p, "imbot.v2.Bot.list", with)
		for _, b := range got.Bots {
			codes = append(codes, b.Code)
		}
		return codes, got.HasNextPage
	}
	for _, c := range []struct {
		with params
		want string
		more bool
	}{
		{params{}, "a b c", false},
		{params{"limit": 2}, "a b", true},
		{params{"limit": 2, "offset": 2}, "c", false},
		{params{"offset": 9}, "", false},
		{params{"filter": params{"type": "bot"}}, "a c", false},
	} {
		codes, more := list(c.with)
		if strings.Join(codes, " ") != c.want || more != c.more {
			t.Errorf("%v: got %v, %v", c.with, codes, more)
		}
	}
}

func TestUnregisteredBotIsGone(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p, whois)
	say(t, p, anna, botChat, "/whois 5")
	if err := p.Join(group, bitrix.UserID(bot)); err != nil {
		t.Fatal(err)
	}
	get[any](t, p, "imbot.v2.Bot.unregister", params{"botId": bot, "botToken": token})

	wantError(t, call(t, p, "imbot.v2.Event.get", params{"botId": bot, "botToken": token}), 400, "BOT_NOT_FOUND")
	wantError(t, call(t, p, "im.user.get", params{"ID": bot}), 400, "USER_NOT_EXISTS")
	for _, d := range p.Dialogs(anna) {
		if d.Kind == "private" || strings.Contains(string(d.ID), "456") {
			t.Errorf("a dialog with the bot is left: %+v", d)
		}
		for _, m := range d.Members {
			if m == bitrix.UserID(bot) {
				t.Errorf("the bot is left in %+v", d)
			}
		}
	}
	if len(p.Commands()) != 0 {
		t.Errorf("commands are left: %+v", p.Commands())
	}
	if _, err := p.Say(anna, botChat, "?"); err == nil {
		t.Error("one can write to the bot")
	}
}

func TestBotsAreAnnounced(t *testing.T) {
	p := newPortal(t)
	changes, cancel := p.Subscribe(8)
	defer cancel()
	newBot(t, p, whois)
	for len(changes) > 0 {
		if c := <-changes; c.Kind == portal.KindBot {
			return
		}
	}
	t.Error("no change of kind bot")
}
