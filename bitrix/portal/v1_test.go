package portal_test

import (
	"fmt"
	"maps"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// v1 calls a method of API v1 with the token of the tests for CLIENT_ID.
func v1(t *testing.T, p *portal.Portal, method string, with params) answer {
	t.Helper()
	all := params{"CLIENT_ID": token}
	maps.Copy(all, with)
	return call(t, p, method, all)
}

// v1Result is v1 for a call that must succeed.
func v1Result(t *testing.T, p *portal.Portal, method string, with params) string {
	t.Helper()
	a := v1(t, p, method, with)
	if a.Error != "" {
		t.Fatalf("%s: %d %s %s", method, a.Status, a.Error, a.Text)
	}
	return string(a.Result)
}

// v1Registration is what a bot is registered with whose events go to a sink.
func v1Registration(s *sink, more params) params {
	all := params{"CODE": "whois_demo_bot", "EVENT_HANDLER": s.URL + "/events?x=1", "PROPERTIES": params{"NAME": "Справочник"}}
	maps.Copy(all, more)
	return all
}

func v1Whois(s *sink, bot bitrix.BotID, more params) params {
	all := params{
		"BOT_ID": bot, "COMMAND": "whois", "EVENT_COMMAND_ADD": s.URL + "/commands",
		"LANG": []params{{"LANGUAGE_ID": "ru", "TITLE": "Кто это", "PARAMS": "номер"}},
	}
	maps.Copy(all, more)
	return all
}

// v1Bot registers a bot through API v1, with commands.
func v1Bot(t *testing.T, p *portal.Portal, s *sink, more params, commands ...string) bitrix.BotID {
	t.Helper()
	var id bitrix.BotID
	if _, err := fmt.Sscan(v1Result(t, p, "imbot.register", v1Registration(s, more)), &id); err != nil {
		t.Fatal(err)
	}
	for _, name := range commands {
		v1Result(t, p, "imbot.command.register", v1Whois(s, id, params{"COMMAND": name}))
	}
	return id
}

// forms returns what the portal has posted, decoded.
func forms(t *testing.T, p *portal.Portal, s *sink) []url.Values {
	t.Helper()
	var all []url.Values
	for _, body := range s.got(t, p) {
		form, err := url.ParseQuery(body)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, form)
	}
	return all
}

// lastPosted returns what the portal posted last.
func lastPosted(t *testing.T, p *portal.Portal, s *sink) url.Values {
	t.Helper()
	all := forms(t, p, s)
	if len(all) == 0 {
		t.Fatal("nothing was posted")
	}
	return all[len(all)-1]
}

func TestV1Conversation(t *testing.T) {
	p, s := newPortal(t, func(o *portal.Options) { o.V1Only = true }), newSink(t)
	if got := v1Result(t, p, "imbot.register", v1Registration(s, nil)); got != "456" {
		t.Fatalf("imbot.register: %s", got)
	}
	if got := v1Result(t, p, "imbot.command.register", v1Whois(s, 456, nil)); got != "42" {
		t.Fatalf("imbot.command.register: %s", got)
	}
	asked := say(t, p, anna, botChat, "/whois 5")

	command := lastPosted(t, p, s)
	to := command.Get("data[PARAMS][DIALOG_ID]")
	if command.Get("event") != "ONIMCOMMANDADD" || command.Get("data[COMMAND][42][COMMAND_PARAMS]") != "5" || to != "7" {
		t.Errorf("asked: %v", command)
	}
	if command.Get("auth[application_token]") != "custom"+token {
		t.Error("an event does not prove its origin")
	}
	answered := v1Result(t, p, "imbot.message.add", params{"BOT_ID": 456, "DIALOG_ID": to, "MESSAGE": "Евгений"})
	m := last(t, p, anna, botChat)
	if m.ID <= asked || fmt.Sprint(m.ID) != answered || m.Text != "Евгений" || m.Author != 456 {
		t.Errorf("answered %s, and there is %+v", answered, m)
	}
	for method, with := range map[string]params{
		"imbot.message.update":  {"MESSAGE_ID": m.ID, "MESSAGE": "Евгений Шеленков"},
		"imbot.chat.sendTyping": {"BOT_ID": 456, "DIALOG_ID": "7"},
		"imbot.update":          {"BOT_ID": 456, "FIELDS": params{"PROPERTIES": params{"NAME": "Кто есть кто"}}},
		"imbot.command.update":  {"COMMAND_ID": 42, "FIELDS": params{"HIDDEN": "Y"}},
	} {
		if got := v1Result(t, p, method, with); got != "true" {
			t.Errorf("%s: %s", method, got)
		}
	}
	if m := last(t, p, anna, botChat); m.Text != "Евгений Шеленков" || !m.Edited {
		t.Errorf("updated: %+v", m)
	}
	const listed = `{"456":{"ID":456,"NAME":"Кто есть кто","CODE":"whois_demo_bot","OPENLINE":"N"}}`
	if got := v1Result(t, p, "imbot.bot.list", nil); got != listed {
		t.Errorf("imbot.bot.list: %s", got)
	}
	for method, with := range map[string]params{
		"imbot.message.delete":     {"MESSAGE_ID": m.ID},
		"imbot.command.unregister": {"COMMAND_ID": 42},
	} {
		if got := v1Result(t, p, method, with); got != "true" {
			t.Errorf("%s: %s", method, got)
		}
	}
	if m := last(t, p, anna, botChat); !m.Deleted || len(p.Commands()) != 0 {
		t.Errorf("left are %+v and %v", m, p.Commands())
	}
	v1Result(t, p, "imbot.unregister", params{"BOT_ID": 456})
	if gone := lastPosted(t, p, s); gone.Get("event") != "ONIMBOTDELETE" || gone.Get("data[BOT_CODE]") != "whois_demo_bot" {
		t.Errorf("removed: %v", gone)
	}
	if got := v1Result(t, p, "imbot.bot.list", nil); got != "[]" {
		t.Errorf("imbot.bot.list of none: %s", got)
	}
}

func TestV1OnlyPortalsHaveNoV2(t *testing.T) {
	p := newPortal(t, func(o *portal.Options) { o.V1Only = true })
	for _, method := range []string{"imbot.v2.Revision.get", "imbot.v2.Bot.list", "imbot.v2.Event.get", "im.v2.Event.subscribe"} {
		wantError(t, call(t, p, method, params{"botToken": token}), 404, "ERROR_METHOD_NOT_FOUND")
	}
	a := call(t, p, "batch", params{"cmd": params{"v2": "imbot.v2.Revision.get", "v1": "imbot.bot.list"}})
	for _, want := range []string{`"result_error":{"v2":{"error":"ERROR_METHOD_NOT_FOUND"`, `"result":{"v1":[]}`} {
		if !strings.Contains(a.Raw, want) {
			t.Errorf("in a batch: no %s in %s", want, a.Raw)
		}
	}
}

func TestBotsOfBothGenerations(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	older := v1Bot(t, p, s, nil)
	newer := newBotWith(t, p, params{
		"code": "newer", "botToken": token, "eventMode": "webhook", "webhookUrl": s.URL,
	})
	got := get[struct {
		Bot struct{ Code, EventMode string }
	}](t, p, "imbot.v2.Bot.get", params{"botId": older, "botToken": token})
	if got.Bot.Code != "whois_demo_bot" || got.Bot.EventMode != "webhook" {
		t.Errorf("v2 sees %+v", got)
	}
	if list := v1Result(t, p, "imbot.bot.list", nil); !strings.Contains(list, `"CODE":"newer"`) {
		t.Errorf("v1 sees %s", list)
	}
	for _, bot := range []bitrix.BotID{older, newer} {
		if err := p.Join(group, bitrix.UserID(bot)); err != nil {
			t.Fatal(err)
		}
	}
	before := len(s.got(t, p))
	say(t, p, anna, group, "[USER=456]x[/USER] [USER=457]y[/USER] привет")
	var told []string
	for _, f := range forms(t, p, s)[before:] {
		told = append(told, f.Get("event")+" "+f.Get("data[bot][id]")+f.Get("data[BOT][456][BOT_ID]"))
	}
	want := map[string]bool{"ONIMBOTMESSAGEADD 456": true, "ONIMBOTV2MESSAGEADD 457": true}
	if len(told) != 2 || !want[told[0]] || !want[told[1]] || told[0] == told[1] {
		t.Errorf("told %v, want each in its own format", told)
	}
}

func TestV1BotsThatFetchAreForV2(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	bot := v1Bot(t, p, s, nil, "whois")
	get[any](t, p, "imbot.v2.Bot.update", params{"botId": bot, "botToken": token, "fields": params{"eventMode": "fetch"}})
	say(t, p, anna, botChat, "/whois 5")
	if diff := cmp.Diff([]string{`/whois "5"`}, heard(t, p, bot)); diff != "" {
		t.Errorf("fetched (-want +got):\n%s", diff)
	}
	if got := s.got(t, p); len(got) != 0 {
		t.Errorf("posted: %v", got)
	}
	for method, with := range map[string]params{
		"imbot.update":           {"BOT_ID": bot, "FIELDS": params{"CODE": "x"}},
		"imbot.command.register": v1Whois(s, bot, params{"COMMAND": "help"}),
		"imbot.command.update":   {"COMMAND_ID": 42, "FIELDS": params{"HIDDEN": "Y"}},
	} {
		wantError(t, v1(t, p, method, with), 400, "FETCH_NOT_SUPPORTED")
	}
}

func TestClientIDsAreMasked(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	v1Bot(t, p, s, nil)
	say(t, p, anna, botChat, "?")
	s.got(t, p)
	if shown := fmt.Sprintf("%s %+v", p.Calls()[0].Params, p.Deliveries()); strings.Contains(shown, token) {
		t.Errorf("the token is shown in %s", shown)
	}
}
