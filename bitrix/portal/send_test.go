package portal_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// send sends a bot's message and returns its id.
func send(t *testing.T, p *portal.Portal, bot bitrix.BotID, d bitrix.DialogID, fields params) bitrix.MessageID {
	t.Helper()
	return get[struct{ ID bitrix.MessageID }](t, p, "imbot.v2.Chat.Message.send", sending(bot, d, fields)).ID
}

func sending(bot bitrix.BotID, d bitrix.DialogID, fields params) params {
	return params{"botId": bot, "botToken": token, "dialogId": d, "fields": fields}
}

func last(t *testing.T, p *portal.Portal, as bitrix.UserID, d bitrix.DialogID) portal.Message {
	t.Helper()
	messages := p.Messages(as, d)
	if len(messages) == 0 {
		t.Fatalf("nothing in %s of %d", d, as)
	}
	return messages[len(messages)-1]
}

func TestSendOpensAPrivateChat(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p)
	id := send(t, p, bot, "7", params{"message": "  Привет\n "})
	want := portal.Message{ID: id, ChatID: 1405, Author: 456, Text: "Привет", At: start}
	if diff := cmp.Diff(want, last(t, p, anna, botChat)); diff != "" {
		t.Errorf("message (-want +got):\n%s", diff)
	}
	if events := fetch(t, p, bot).Events; len(events) != 0 {
		t.Errorf("a bot hears of itself: %+v", events)
	}
}

func TestSendRefuses(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p)
	long := strings.Repeat("x", 60_000)
	for _, c := range []struct {
		code, dialog string
		fields       params
	}{
		{"ACCESS_DENIED", "chat142", params{"message": "x"}},
		{"CHAT_NOT_FOUND", "chat999", params{"message": "x"}},
		{"CHAT_NOT_FOUND", "999", params{"message": "x"}},
		{"CHAT_NOT_FOUND", "456", params{"message": "x"}}, // itself
		{"CHAT_NOT_FOUND", "nonsense", params{"message": "x"}},
		{"EMPTY_MESSAGE", "7", params{"message": " \n "}},
		{"EMPTY_MESSAGE", "7", nil},
		{"EMPTY_MESSAGE", "7", params{"keyboard": []params{{"TEXT": "x", "LINK": "/"}}}},
		{"ATTACH_ERROR", "7", params{"message": "x", "attach": []params{{"NOTHING": 1}}}},
		{"ATTACH_ERROR", "7", params{"message": "x", "attach": "{"}},
		{"ATTACH_ERROR", "7", params{"message": "x", "attach": []params{{"MESSAGE": long}}}},
		{"KEYBOARD_ERROR", "7", params{"message": "x", "keyboard": []params{{"TEXT": "does nothing"}}}},
		{"KEYBOARD_ERROR", "7", params{"message": "x", "keyboard": []params{{"TEXT": long, "LINK": "/"}}}},
		{"REPLY_ERROR", "7", params{"message": "x", "replyId": 1}},
	} {
		a := call(t, p, "imbot.v2.Chat.Message.send", sending(bot, bitrix.DialogID(c.dialog), c.fields))
		t.Run(c.code, func(t *testing.T) { wantError(t, a, 400, c.code) })
	}
	a := call(t, p, "imbot.v2.Chat.Message.send", params{"botId": bot, "botToken": token, "fields": params{"message": "x"}})
	wantError(t, a, 400, "ERROR_ARGUMENT")
}

func TestLongTextsAreCut(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p)
	send(t, p, bot, "7", params{"message": strings.Repeat("я", 20_001)})
	if got := last(t, p, anna, botChat).Text; got != strings.Repeat("я", 20_000)+" (...)" {
		t.Errorf("got %d bytes ending in %q", len(got), got[len(got)-10:])
	}
	send(t, p, bot, "7", params{"message": strings.Repeat("я", 20_000)})
	if got := last(t, p, anna, botChat).Text; strings.HasSuffix(got, ")") {
		t.Error("20 000 characters are cut too")
	}
}

func TestEmptyMentionsGetNames(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p)
	send(t, p, bot, "7", params{"message": "[user=5][/user] и [USER=999][/USER]"})
	if got, want := last(t, p, anna, botChat).Text, "[USER=5 REPLACE]Евгений Шеленков[/USER] и [USER=999][/USER]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

const template = "3f6c2a10-0000-4000-8000-00000000abcd"

func TestTemplateIDMakesRepeatsHarmless(t *testing.T) {
	for _, c := range []struct {
		name, template string
		system         bool
		once           bool
	}{
		{"version 4", template, false, true},
		{"upper case", strings.ToUpper(template), false, false},
		{"version 1", "3f6c2a10-0000-1000-8000-00000000abcd", false, false},
		{"wrong variant", "3f6c2a10-0000-4000-c000-00000000abcd", false, false},
		{"no UUID", "answer-1", false, false},
		{"none", "", false, false},
		{"system", template, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPortal(t)
			bot := newBot(t, p)
			first := send(t, p, bot, "7", params{"message": "a", "templateId": c.template, "system": c.system})
			again := send(t, p, bot, "7", params{"message": "b", "templateId": c.template, "system": c.system})
			if (first == again) != c.once {
				t.Errorf("got messages %d and %d", first, again)
			}
			if n := len(p.Messages(anna, botChat)); (n == 1) != c.once {
				t.Errorf("%d messages were written", n)
			}
		})
	}
}

func TestTemplateIDBelongsToThePortal(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p)
	other := newBotWith(t, p, params{"code": "other", "botToken": token})
	first := send(t, p, bot, "7", params{"message": "a", "templateId": template})
	again := send(t, p, other, "8", params{"message": "b", "templateId": template})
	if first != again {
		t.Errorf("another bot in another chat wrote message %d, not %d", again, first)
	}
}

func TestTemplateIDIsForgottenAfterAMonth(t *testing.T) {
	c := newClock()
	p := newPortal(t, withClock(c))
	bot := newBot(t, p)
	first := send(t, p, bot, "7", params{"message": "a", "templateId": template})
	for _, days := range []int{30, 32} {
		c.set(start.AddDate(0, 0, days))
		id := send(t, p, bot, "7", params{"message": "b", "templateId": template})
		if remembered := id == first; remembered != (days == 30) {
			t.Errorf("after %d days: message %d, the first was %d", days, id, first)
		}
	}
}

func TestReplyBelongsToItsChat(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p)
	question := say(t, p, anna, botChat, "?")
	send(t, p, bot, "7", params{"message": "!", "replyId": question})
	if got := last(t, p, anna, botChat).ReplyTo; got != question {
		t.Errorf("reply to %d, want %d", got, question)
	}
	a := call(t, p, "imbot.v2.Chat.Message.send", sending(bot, "8", params{"message": "!", "replyId": question}))
	wantError(t, a, 400, "REPLY_ERROR")
}

func TestUpdateAndDelete(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p)
	say(t, p, anna, botChat, "?")
	keyboard := []params{{"TEXT": "x", "LINK": "/"}}
	id := send(t, p, bot, "7", params{"message": "a", "keyboard": keyboard})
	update := func(fields params) portal.Message {
		t.Helper()
		get[any](t, p, "imbot.v2.Chat.Message.update", params{"botId": bot, "botToken": token, "messageId": id, "fields": fields})
		return last(t, p, anna, botChat)
	}
	if m := update(params{"message": "b"}); m.Text != "b" || !m.Edited || m.Keyboard == nil {
		t.Errorf("new text: %+v", m)
	}
	if m := update(params{"keyboard": "N"}); m.Text != "b" || m.Keyboard != nil {
		t.Errorf("no keyboard: %+v", m)
	}
	if m := update(params{"attach": []params{{"MESSAGE": "c"}}, "message": ""}); m.Deleted || m.Attach == nil {
		t.Errorf("only an attachment: %+v", m)
	}
	if m := update(params{"attach": ""}); !m.Deleted || m.Text != "" {
		t.Errorf("nothing left: %+v", m)
	}
	own := params{"botId": bot, "botToken": token, "messageId": id, "fields": params{"message": "d"}}
	wantError(t, call(t, p, "imbot.v2.Chat.Message.update", own), 400, "ACCESS_DENIED")

	second := send(t, p, bot, "7", params{"message": "e"})
	system := send(t, p, bot, "7", params{"message": "f", "system": true})
	if m := last(t, p, anna, botChat); !m.System || m.Author != 0 {
		t.Errorf("a system message: %+v", m)
	}
	for message, code := range map[bitrix.MessageID]string{second: "", system: "ACCESS_DENIED", second - 2: "ACCESS_DENIED"} {
		a := call(t, p, "imbot.v2.Chat.Message.delete", params{"botId": bot, "botToken": token, "messageId": message, "complete": true})
		if a.Error != code {
			t.Errorf("delete %d: %q, want %q", message, a.Error, code)
		}
	}
	if n := len(p.Messages(anna, botChat)); n != 3 {
		t.Errorf("%d messages are left, want 3", n)
	}
}

func TestReadAndTyping(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p)
	id := say(t, p, anna, botChat, "?")
	changes, cancel := p.Subscribe(4)
	defer cancel()
	get[any](t, p, "imbot.v2.Chat.InputAction.notify", params{"botId": bot, "botToken": token, "dialogId": "7"})
	if c := <-changes; c.Kind != portal.KindTyping || c.Chat != 1405 || c.Person.ID != 456 {
		t.Errorf("got change %+v", c)
	}
	with := params{"botId": bot, "botToken": token, "dialogId": "7"}
	if got := get[map[string]any](t, p, "imbot.v2.Chat.Message.read", with); got["lastId"] != float64(id) || got["chatId"] != 1405.0 {
		t.Errorf("read: %v", got)
	}
	with["messageId"] = 5
	wantError(t, call(t, p, "imbot.v2.Chat.Message.read", with), 400, "MESSAGE_NOT_FOUND")
	with["dialogId"] = group
	wantError(t, call(t, p, "imbot.v2.Chat.InputAction.notify", with), 400, "ACCESS_DENIED")
	wantError(t, call(t, p, "imbot.v2.Chat.Message.read", with), 400, "ACCESS_DENIED")
}

func TestChatsForgetTheirBeginning(t *testing.T) {
	p := newPortal(t)
	newBot(t, p)
	first := say(t, p, anna, botChat, "0")
	for range 2000 {
		say(t, p, anna, botChat, "x")
	}
	messages := p.Messages(anna, botChat)
	if len(messages) != 2000 || messages[0].ID == first {
		t.Errorf("%d messages from %d on", len(messages), messages[0].ID)
	}
	if err := p.Edit(anna, first, "y"); err == nil {
		t.Error("a forgotten message can be edited")
	}
}
