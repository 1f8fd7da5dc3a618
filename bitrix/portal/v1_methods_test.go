package portal_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

func TestV1Refuses(t *testing.T) {
	const long = 60_000
	noDot := params{"EVENT_HANDLER": "http://localhost/x"}
	for _, c := range []struct {
		method string
		code   string
		with   params
	}{
		{"imbot.register", "EVENT_MESSAGE_ADD_ERROR", params{"EVENT_HANDLER": nil}},
		{"imbot.register", "EVENT_MESSAGE_ADD_ERROR", noDot},
		{"imbot.register", "EVENT_WELCOME_MESSAGE_ERROR", params{"EVENT_HANDLER": nil, "EVENT_MESSAGE_ADD": "http://bot.example/x"}},
		{"imbot.register", "CODE_ERROR", params{"CODE": ""}},
		{"imbot.register", "NAME_ERROR", params{"PROPERTIES": params{"WORK_POSITION": "x"}}},
		{"imbot.update", "BOT_ID_ERROR", params{"BOT_ID": 999}},
		{"imbot.update", "BOT_ID_ERROR", params{"BOT_ID": nil}},
		{"imbot.update", "APP_ID_ERROR", params{"CLIENT_ID": "another"}},
		{"imbot.update", "WRONG_REQUEST", params{"FIELDS": params{"TYPE": "S"}}},
		{"imbot.update", "WRONG_REQUEST", params{"BOT_ID": 457, "FIELDS": params{"CODE": "whois_demo_bot"}}}, // another bot's
		{"imbot.update", "NAME_ERROR", params{"FIELDS": params{"PROPERTIES": params{"NAME": "", "LAST_NAME": ""}}}},
		{"imbot.update", "EVENT_MESSAGE_ADD_ERROR", params{"FIELDS": noDot}},
		{"imbot.unregister", "BOT_ID_ERROR", params{"BOT_ID": 999}},
		{"imbot.unregister", "APP_ID_ERROR", params{"CLIENT_ID": "another"}},
		{"imbot.command.register", "BOT_ID_ERROR", params{"BOT_ID": 999}},
		{"imbot.command.register", "APP_ID_ERROR", params{"CLIENT_ID": "another"}},
		{"imbot.command.register", "EVENT_COMMAND_ADD_ERROR", params{"EVENT_COMMAND_ADD": ""}},
		{"imbot.command.register", "EVENT_COMMAND_ADD_ERROR", params{"EVENT_COMMAND_ADD": "ftp://bot.example/x"}},
		{"imbot.command.register", "COMMAND_ERROR", params{"COMMAND": ""}},
		{"imbot.command.register", "LANG_ERROR", params{"LANG": nil, "HIDDEN": "Y"}}, // a hidden one needs texts too
		{"imbot.command.update", "COMMAND_ID_ERROR", params{"COMMAND_ID": 7}},
		{"imbot.command.update", "APP_ID_ERROR", params{"CLIENT_ID": "another"}},
		{"imbot.command.update", "WRONG_REQUEST", params{"FIELDS": params{"COMMON": "Y", "COMMAND": "who"}}}, // these never change
		{"imbot.command.update", "EVENT_COMMAND_ADD_ERROR", params{"FIELDS": params{"EVENT_COMMAND_ADD": "nodot"}}},
		{"imbot.command.unregister", "COMMAND_ID_ERROR", params{"COMMAND_ID": 7}},
		{"imbot.command.unregister", "APP_ID_ERROR", params{"CLIENT_ID": "another"}},
		{"imbot.command.answer", "COMMAND_ID_ERROR", params{"COMMAND_ID": 7}},
		{"imbot.command.answer", "COMMAND_ID_ERROR", params{"COMMAND_ID": nil, "COMMAND": "who"}},
		{"imbot.command.answer", "COMMAND_ID_ERROR", params{"COMMAND_ID": nil, "CLIENT_ID": "another"}}, // has none of that name
		{"imbot.command.answer", "APP_ID_ERROR", params{"CLIENT_ID": "another"}},
		{"imbot.command.answer", "MESSAGE_ID_EMPTY", params{"MESSAGE_ID": 0}},
		{"imbot.command.answer", "MESSAGE_EMPTY", params{"MESSAGE": " "}},
		{"imbot.command.answer", "WRONG_REQUEST", params{"MESSAGE_ID": 1}},
		{"imbot.command.answer", "ATTACH_ERROR", params{"ATTACH": "{"}},
		{"imbot.message.add", "BOT_ID_ERROR", params{"BOT_ID": 999}},
		{"imbot.message.add", "BOT_ID_ERROR", params{"BOT_ID": nil, "CLIENT_ID": "another"}}, // who has no bot
		{"imbot.message.add", "APP_ID_ERROR", params{"CLIENT_ID": "another"}},
		{"imbot.message.add", "DIALOG_ID_EMPTY", params{"DIALOG_ID": "nobody"}},
		{"imbot.message.add", "MESSAGE_EMPTY", params{"MESSAGE": "", "ATTACH": []params{{"MESSAGE": "x"}}}}, // a card is not enough
		{"imbot.message.add", "WRONG_REQUEST", params{"DIALOG_ID": "chat142"}},                              // no member
		{"imbot.message.add", "ATTACH_ERROR", params{"ATTACH": []params{{"NOTHING": 1}}}},
		{"imbot.message.add", "ATTACH_OVERSIZE", params{"ATTACH": []params{{"MESSAGE": strings.Repeat("x", long)}}}},
		{"imbot.message.add", "KEYBOARD_ERROR", params{"KEYBOARD": []params{{"TEXT": "does nothing"}}}},
		{"imbot.message.add", "KEYBOARD_OVERSIZE", params{"KEYBOARD": []params{{"TEXT": strings.Repeat("x", long), "LINK": "/"}}}},
		{"imbot.message.update", "MESSAGE_ID_ERROR", params{"MESSAGE_ID": 0}},
		{"imbot.message.update", "APP_ID_ERROR", params{"CLIENT_ID": "another"}},
		{"imbot.message.delete", "MESSAGE_ID_ERROR", params{"MESSAGE_ID": 0}},
		{"imbot.chat.sendTyping", "DIALOG_ID_EMPTY", params{"DIALOG_ID": ""}},
		{"imbot.chat.sendTyping", "APP_ID_ERROR", params{"CLIENT_ID": "another"}},
	} {
		t.Run(c.method+" "+c.code, func(t *testing.T) {
			p, s := newPortal(t), newSink(t)
			bot := v1Bot(t, p, s, nil, "whois")
			v1Bot(t, p, s, params{"CODE": "second"})
			with := v1Registration(s, v1Whois(s, bot, params{
				"CODE": "another", "COMMAND_ID": 42, "DIALOG_ID": "7", "MESSAGE": "x",
				"MESSAGE_ID": say(t, p, anna, botChat, "/whois 5"),
			}))
			maps.Copy(with, c.with)
			wantError(t, v1(t, p, c.method, with), 400, c.code)
		})
	}
}

func TestV1NeedsAClientID(t *testing.T) {
	p := newPortal(t)
	for _, method := range []string{
		"imbot.register", "imbot.update", "imbot.unregister", "imbot.command.register", "imbot.command.update",
		"imbot.command.unregister", "imbot.command.answer", "imbot.message.add", "imbot.message.update",
		"imbot.message.delete", "imbot.chat.sendTyping",
	} {
		wantError(t, call(t, p, method, params{"BOT_ID": 456}), 403, "ACCESS_DENIED")
	}
	if a := call(t, p, "imbot.bot.list", nil); a.Error != "" {
		t.Errorf("the list needs none: %s", a.Error)
	}
	newBot(t, p)
	if a := call(t, p, "imbot.chat.sendTyping", params{"client_id": token, "bot_id": 456, "Dialog_Id": "7"}); a.Error != "" {
		t.Errorf("names of parameters in other cases: %s", a.Raw)
	}
}

func TestV1DyingWhileSending(t *testing.T) {
	p, s := portaltest.New(t, portal.Options{}), newSink(t)
	bot := v1Bot(t, p, s, nil, "whois")
	asked := say(t, p, anna, botChat, "/whois 5")
	for method, target := range map[string]string{
		"imbot.message.add":    `"DIALOG_ID":"7"`,
		"imbot.command.answer": fmt.Sprintf(`"COMMAND_ID":42,"MESSAGE_ID":%d`, asked),
	} {
		body := fmt.Sprintf(`{"CLIENT_ID":%q,"BOT_ID":%d,"MESSAGE":"!",%s}`, token, bot, target)
		p.Fail(portal.Fault{Method: method, Kind: portal.ResetSending, Times: 1})
		if status, _, err := request(t.Context(), p, method, body); err == nil {
			t.Errorf("%s: got %d, want a dead connection", method, status)
		}
	}
	if m := last(t, p, anna, botChat); m.ID != asked {
		t.Errorf("written: %+v", m)
	}
}

func TestV1RegisteringAgainChangesNothing(t *testing.T) {
	p, s, elsewhere := newPortal(t), newSink(t), newSink(t)
	bot := v1Bot(t, p, s, nil, "whois")
	again := v1Registration(elsewhere, params{"TYPE": "S", "PROPERTIES": params{"NAME": "Другое"}})
	if got := v1Result(t, p, "imbot.register", again); got != fmt.Sprint(bot) {
		t.Errorf("imbot.register: %s, want %d", got, bot)
	}
	if got := v1Result(t, p, "imbot.command.register", v1Whois(elsewhere, bot, params{"COMMON": "Y"})); got != "42" {
		t.Errorf("imbot.command.register: %s", got)
	}
	if who, _ := p.Person(bitrix.UserID(bot)); who.Name() != "Справочник" || p.Commands()[0].Common {
		t.Errorf("applied: %q, %+v", who.Name(), p.Commands())
	}
	say(t, p, anna, botChat, "/whois 5")
	if here, there := s.got(t, p), elsewhere.got(t, p); len(here) != 2 || len(there) != 0 {
		t.Errorf("%d events came to the old address and %d to the new, want 2 and 0", len(here), len(there))
	}
	// Somebody else's code gives somebody else's bot, of no use to who asked.
	again["CLIENT_ID"] = "stranger"
	if got := v1Result(t, p, "imbot.register", again); got != fmt.Sprint(bot) {
		t.Errorf("a stranger's imbot.register: %s", got)
	}
	recode := params{"CLIENT_ID": "stranger", "BOT_ID": bot, "FIELDS": params{"CODE": "x"}}
	wantError(t, v1(t, p, "imbot.update", recode), 400, "APP_ID_ERROR")
}

func TestV1AnOwnerHasFiveBots(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	for i := range 5 {
		v1Bot(t, p, s, params{"CODE": fmt.Sprint("bot", i)})
	}
	wantError(t, v1(t, p, "imbot.register", v1Registration(s, params{"CODE": "more"})), 400, "MAX_COUNT_ERROR")
	v1Bot(t, p, s, params{"CODE": "more", "CLIENT_ID": "another"})
}

func TestV1TypesOfBots(t *testing.T) {
	for v1Type, want := range map[string]string{
		"": "bot", "B": "bot", "H": "bot", "S": "supervisor", "O": "openline", "?": "bot",
	} {
		p, s := newPortal(t), newSink(t)
		bot := v1Bot(t, p, s, params{"TYPE": v1Type})
		got := get[struct {
			Bot struct {
				Type              string
				IsSupportOpenline bool
			}
		}](t, p, "imbot.v2.Bot.get", params{"botId": bot, "botToken": token}).Bot
		if got.Type != want || got.IsSupportOpenline != (v1Type == "O") {
			t.Errorf("%q became %+v, want %s", v1Type, got, want)
		}
	}
}

func TestV1CommandUpdate(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	v1Bot(t, p, s, nil, "/whois")
	v1Result(t, p, "imbot.command.update", params{"COMMAND_ID": 42, "FIELDS": params{
		"EXTRANET_SUPPORT": "Y", "LANG": []params{{"LANGUAGE_ID": "EN", "TITLE": "Who is it"}, {"LANGUAGE_ID": "de"}},
	}})
	c := p.Commands()[0]
	if c.Name != "whois" || !c.Extranet || c.Hidden || len(c.Title) != 1 || c.Title["en"] != "Who is it" {
		t.Errorf("got %+v", c)
	}
}

func TestV1CommandAnswer(t *testing.T) {
	c := newClock()
	p, s := newPortal(t, withClock(c)), newSink(t)
	bot := v1Bot(t, p, s, nil)
	v1Result(t, p, "imbot.command.register", v1Whois(s, bot, params{"COMMON": "Y"}))
	asked := say(t, p, anna, group, "/whois 5") // where the bot is no member
	answer := func(more params) string {
		with := params{"COMMAND_ID": 42, "MESSAGE_ID": asked, "MESSAGE": "!"}
		maps.Copy(with, more)
		return v1Result(t, p, "imbot.command.answer", with)
	}
	got := answer(params{"KEYBOARD": []params{{"TEXT": "Ещё", "COMMAND": "whois"}}})
	m := last(t, p, anna, group)
	if got != fmt.Sprint(m.ID) || m.Text != "[b]Ответ чат-бота «Справочник»:[/b]\n!" || !m.System || m.Keyboard == nil {
		t.Errorf("got %s, and there is %+v", got, m)
	}
	if got := answer(params{"COMMAND_ID": nil, "COMMAND": "whois"}); got != fmt.Sprint(m.ID+1) {
		t.Errorf("by name: %s", got)
	}
	c.set(start.Add(10*time.Minute + time.Second))
	if got := answer(nil); got != "true" || last(t, p, anna, group).ID != m.ID+1 {
		t.Errorf("too late: %s, and there is %+v", got, last(t, p, anna, group))
	}
}

func TestV1Messages(t *testing.T) {
	c := newClock()
	p, s := newPortal(t, withClock(c)), newSink(t)
	bot := v1Bot(t, p, s, nil)
	if err := p.Join(group, bitrix.UserID(bot)); err != nil {
		t.Fatal(err)
	}
	v1Result(t, p, "imbot.message.add", params{"DIALOG_ID": group, "MESSAGE": "тихо", "SYSTEM": "Y"}) // BOT_ID can be left out
	if m := last(t, p, anna, group); m.Text != "Справочник:[br]тихо" || !m.System || m.Author != 0 {
		t.Errorf("a system message: %+v", m)
	}
	v1Result(t, p, "imbot.message.add", params{
		"DIALOG_ID": group, "MESSAGE": "меню", "KEYBOARD": []params{{"TEXT": "Сайт", "LINK": "/"}},
	})
	m := last(t, p, anna, group)
	v1Result(t, p, "imbot.message.update", params{"MESSAGE_ID": m.ID, "KEYBOARD": "N"})
	if m := last(t, p, anna, group); m.Keyboard != nil || m.Text != "меню" {
		t.Errorf("without its keyboard: %+v", m)
	}
	c.set(start.Add(72*time.Hour + time.Second))
	wantError(t, v1(t, p, "imbot.message.update", params{"MESSAGE_ID": m.ID, "MESSAGE": "x"}), 403, "CANT_EDIT_MESSAGE")
	asked := say(t, p, anna, group, "?")
	wantError(t, v1(t, p, "imbot.message.delete", params{"MESSAGE_ID": asked}), 403, "CANT_EDIT_MESSAGE")
	v1Result(t, p, "imbot.message.delete", params{"MESSAGE_ID": m.ID, "COMPLETE": "Y"})
	if left := p.Messages(anna, group); len(left) != 2 {
		t.Errorf("%d messages are left, want 2", len(left))
	}
}
