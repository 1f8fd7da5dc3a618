package portal_test

import (
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// answering is what Command.answer is given.
func answering(bot bitrix.BotID, to bitrix.MessageID, fields params) params {
	return params{"botId": bot, "botToken": token, "commandId": 42, "messageId": to, "dialogId": "1", "fields": fields}
}

func TestCommandAnswer(t *testing.T) {
	c := newClock()
	common := params{"command": "whois", "title": params{"ru": "x"}, "common": true}
	p := newPortal(t, withClock(c))
	bot := newBot(t, p, common)

	private := say(t, p, anna, botChat, "/whois 5")
	a := call(t, p, "imbot.v2.Command.answer", answering(bot, private, params{"message": "лично"}))
	if string(a.Result) != `{"result":true}` {
		t.Errorf("got %s", a.Raw)
	}
	if m := last(t, p, anna, botChat); m.Text != "лично" || m.Author != 456 || m.System {
		t.Errorf("in the private chat: %+v", m)
	}

	public := say(t, p, anna, group, "/whois 5")
	get[any](t, p, "imbot.v2.Command.answer", answering(bot, public, params{"message": "всем"}))
	m := last(t, p, anna, group)
	if m.Text != "[b]Ответ чат-бота «Справочник»:[/b]\nвсем" || m.Author != 0 || !m.System {
		t.Errorf("where the bot is no member: %+v", m)
	}

	if err := p.Join(group, bitrix.UserID(bot)); err != nil {
		t.Fatal(err)
	}
	c.set(start.Add(10 * time.Minute))
	get[any](t, p, "imbot.v2.Command.answer", answering(bot, public, params{"message": "член"}))
	if m := last(t, p, anna, group); m.Text != "член" || m.System {
		t.Errorf("where the bot is a member: %+v", m)
	}

	c.set(start.Add(10*time.Minute + time.Second))
	for _, message := range []bitrix.MessageID{public, private} {
		a := call(t, p, "imbot.v2.Command.answer", answering(bot, message, params{"message": "поздно"}))
		if string(a.Result) != `{"result":true}` {
			t.Errorf("too late: %s", a.Raw)
		}
	}
	if m := last(t, p, anna, group); m.Text != "член" {
		t.Errorf("too late, and yet there is %q", m.Text)
	}
	if m := last(t, p, anna, botChat); m.Text != "поздно" {
		t.Errorf("in a private chat it is never late: %q", m.Text)
	}
}

func TestCommandAnswerRefuses(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p, whois)
	asked := say(t, p, anna, botChat, "/whois 5")
	for code, with := range map[string]params{
		"COMMAND_NOT_FOUND":     {"botId": bot, "botToken": token, "commandId": 1, "messageId": asked, "fields": params{"message": "x"}},
		"COMMAND_ANSWER_FAILED": answering(bot, asked+100, params{"message": "x"}),
	} {
		wantError(t, call(t, p, "imbot.v2.Command.answer", with), 400, code)
	}
	wantError(t, call(t, p, "imbot.v2.Command.answer", answering(bot, asked, nil)), 400, "COMMAND_ANSWER_FAILED")
}

func TestCommandAnswerTakesOnlyFullForms(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p, whois)
	asked := say(t, p, anna, botChat, "/whois 5")
	blocks := []params{{"MESSAGE": "x"}}
	buttons := []params{{"TEXT": "Ещё", "COMMAND": "whois"}}
	answer := func(fields params) portal.Message {
		fields["message"] = "!"
		get[any](t, p, "imbot.v2.Command.answer", answering(bot, asked, fields))
		return last(t, p, anna, botChat)
	}
	if m := answer(params{"attach": blocks, "keyboard": buttons}); m.Attach != nil || m.Keyboard != nil {
		t.Errorf("short forms: %s, %s", m.Attach, m.Keyboard)
	}
	m := answer(params{"attach": params{"BLOCKS": blocks}, "keyboard": params{"BOT_ID": bot, "BUTTONS": buttons}})
	if m.Attach == nil || m.Keyboard == nil {
		t.Errorf("full forms: %s, %s", m.Attach, m.Keyboard)
	}
}
