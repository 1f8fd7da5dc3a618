package portal_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// heard is what a bot was told of, in short.
func heard(t *testing.T, p *portal.Portal, bot bitrix.BotID) []string {
	t.Helper()
	var all []string
	for _, e := range fetch(t, p, bot).Events {
		short := strings.TrimPrefix(e.Type, "ONIMBOTV2")
		switch short {
		case "JOINCHAT":
			continue
		case "COMMANDADD":
			short = fmt.Sprintf("%s %q", e.Data.Command.Command, e.Data.Command.Params)
		}
		all = append(all, short)
	}
	return all
}

func TestWhatABotHears(t *testing.T) {
	common := params{"command": "whois", "title": params{"ru": "x"}, "common": true}
	forGuests := params{"command": "whois", "title": params{"ru": "x"}, "extranetSupport": true}
	const at = "[USER=456]Справочник[/USER]"
	one := func(params string) []string { return []string{fmt.Sprintf("/whois %q", params)} }
	message := []string{"MESSAGEADD"}
	for _, c := range []struct {
		name    string
		command params
		from    bitrix.UserID
		dialog  bitrix.DialogID
		member  bool
		text    string
		want    []string
	}{
		{"private, a command", whois, anna, botChat, false, "/whois 5", one("5")},
		{"private, no parameters", whois, anna, botChat, false, "/whois", one("")},
		{"private, parameters as they are", whois, anna, botChat, false, "/whois  5\u00a0x", one(" 5\u00a0x")},
		{"private, a tab belongs to the name", whois, anna, botChat, false, "/whois\t5", message},
		{"private, other case", whois, anna, botChat, false, "/Whois 5", message},
		{"private, not registered", whois, anna, botChat, false, "/who 5", message},
		{"private, not at the start", whois, anna, botChat, false, "привет /whois 5", message},
		{"private, words", whois, anna, botChat, false, "привет", message},
		{"private, the messenger's own command", whois, anna, botChat, false, "/me рад", nil},
		{"private, a guest", whois, guest, botChat, false, "/whois 5", message},
		{"private, a guest welcome", forGuests, guest, botChat, false, "/whois 5", one("5")},
		{"group, a command", whois, anna, group, true, "/whois 5", one("5")},
		{"group, a command on any line", whois, anna, group, true, at + "\n/whois 5", one("5")},
		{"group, two commands", whois, anna, group, true, "/whois 5\nи\n/whois 6", append(one("5"), one("6")...)},
		{"group, no member", whois, anna, group, false, "/whois 5", nil},
		{"group, no member, common", common, anna, group, false, "/whois 5", one("5")},
		{"group, mention first", whois, anna, group, true, at + " /whois 5", message},
		{"group, mention of any kind", whois, anna, group, true, "эй [user=456 REPLACE]x[/user], ты", message},
		{"group, mention, no member", whois, anna, group, false, at + " привет", nil},
		{"group, somebody else named", whois, anna, group, true, "[USER=5]x[/USER] привет", nil},
		{"group, words", whois, anna, group, true, "привет", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPortal(t)
			bot := newBot(t, p, c.command)
			if c.member {
				if err := p.Join(group, bitrix.UserID(bot)); err != nil {
					t.Fatal(err)
				}
			}
			say(t, p, c.from, c.dialog, c.text)
			if diff := cmp.Diff(c.want, heard(t, p, bot)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestOneCommandSilencesTheMessageForAllBots(t *testing.T) {
	p := newPortal(t)
	first := newBot(t, p, whois)
	second := newBotWith(t, p, params{"code": "all", "botToken": token, "type": "supervisor"})
	for _, b := range []bitrix.BotID{first, second} {
		if err := p.Join(group, bitrix.UserID(b)); err != nil {
			t.Fatal(err)
		}
	}
	say(t, p, anna, group, "слова")
	say(t, p, anna, group, "слова\n/whois 5")
	if diff := cmp.Diff([]string{"MESSAGEADD"}, heard(t, p, second)); diff != "" {
		t.Errorf("a supervisor (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{`/whois "5"`}, heard(t, p, first)); diff != "" {
		t.Errorf("the command's bot (-want +got):\n%s", diff)
	}
}

func TestNobodyHearsBots(t *testing.T) {
	p := newPortal(t)
	first := newBot(t, p, whois)
	second := newBotWith(t, p, params{"code": "all", "botToken": token, "type": "supervisor"})
	for _, b := range []bitrix.BotID{first, second} {
		if err := p.Join(group, bitrix.UserID(b)); err != nil {
			t.Fatal(err)
		}
	}
	id := send(t, p, first, group, params{"message": "/whois 5"})
	system := send(t, p, first, group, params{"message": "система", "system": "Y"})
	if p.Edit(bitrix.UserID(first), id, "x") == nil || p.Delete(0, system) == nil {
		t.Error("a bot or the portal can edit by hand")
	}
	if got := heard(t, p, second); got != nil {
		t.Errorf("got %v", got)
	}
	if _, err := p.Say(bitrix.UserID(first), group, "x"); err == nil {
		t.Error("a bot can type")
	}
}

func TestJoiningIsTold(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p)
	say(t, p, anna, botChat, "раз")
	say(t, p, anna, botChat, "два")
	if err := p.Join(group, bitrix.UserID(bot)); err != nil {
		t.Fatal(err)
	}
	if err := p.Join(group, bitrix.UserID(bot)); err != nil { // again
		t.Fatal(err)
	}
	p.NewGroup("Новый", oleg, bitrix.UserID(bot))
	var joined []string
	for _, e := range fetch(t, p, bot).Events {
		if e.Type == "ONIMBOTV2JOINCHAT" {
			joined = append(joined, fmt.Sprint(e.Data.DialogID, " by ", e.Data.User.ID))
		}
	}
	if diff := cmp.Diff([]string{"7 by 7", "chat142 by 7", "chat1406 by 8"}, joined); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestSettledChats: on a settled portal a bot hears of the chats that Open and Join are about, the first time.
func TestSettledChats(t *testing.T) {
	p := newPortal(t, func(o *portal.Options) { o.Settled = true })
	bot := newBot(t, p)
	say(t, p, oleg, botChat, "раз")
	d := p.NewGroup("Новый", oleg, bitrix.UserID(bot))
	for range 2 {
		for _, who := range []bitrix.UserID{oleg, anna} {
			if err := p.Open(who, bitrix.BotID(bot)); err != nil {
				t.Fatal(err)
			}
		}
		for _, chat := range []bitrix.DialogID{d, group} {
			if err := p.Join(chat, bitrix.UserID(bot)); err != nil {
				t.Fatal(err)
			}
		}
	}
	var joined []string
	for _, e := range fetch(t, p, bot).Events {
		if e.Type == "ONIMBOTV2JOINCHAT" {
			joined = append(joined, fmt.Sprint(e.Data.DialogID, " by ", e.Data.User.ID))
		}
	}
	if diff := cmp.Diff([]string{"7 by 7", "chat142 by 7"}, joined); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := p.Open(anna, 999); err == nil {
		t.Error("opened a chat with a bot that is not there")
	}
}

func TestEditingAndDeletingIsTold(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p, whois)
	id := say(t, p, anna, botChat, "привет")
	if err := p.Edit(anna, id, "/whois 6"); err != nil {
		t.Fatal(err)
	}
	if m := last(t, p, anna, botChat); m.Text != "/whois 6" || !m.Edited {
		t.Errorf("edited: %+v", m)
	}
	if err := p.Delete(anna, id); err != nil {
		t.Fatal(err)
	}
	if m := last(t, p, anna, botChat); m.Text != "" || !m.Deleted {
		t.Errorf("deleted: %+v", m)
	}
	if diff := cmp.Diff([]string{"MESSAGEADD", "MESSAGEUPDATE", "MESSAGEDELETE"}, heard(t, p, bot)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	events := fetch(t, p, bot).Events
	if got := events[len(events)-1].Data.MessageID; got != id {
		t.Errorf("message %d was deleted, want %d", got, id)
	}
	if p.Edit(anna, id, "x") == nil || p.Delete(oleg, id) == nil || p.Edit(anna, id, " ") == nil {
		t.Error("deleted, foreign and empty messages can be changed")
	}
}

func TestPressingAButton(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p, whois)
	say(t, p, anna, botChat, "меню")
	id := send(t, p, bot, "7", params{"message": "Кого показать?", "keyboard": []params{
		{"TEXT": "Евгений", "COMMAND": "whois", "COMMAND_PARAMS": "5"},
		{"TEXT": "Сайт", "LINK": "/"},
		{"TEXT": "Нет", "COMMAND": "nothing"},
		{"TEXT": "Выключена", "COMMAND": "whois", "DISABLED": "Y"},
	}})
	if err := p.Press(anna, id, 0); err != nil {
		t.Fatal(err)
	}
	events := fetch(t, p, bot).Events
	e := events[len(events)-1]
	got := fmt.Sprint(e.Type, e.Data.Command, e.Data.Message.ID, e.Data.Message.AuthorID, e.Data.User.ID, string(e.Data.Chat))
	want := fmt.Sprint("ONIMBOTV2COMMANDADD", e.Data.Command, id, 456, 7, "[]")
	if got != want || e.Data.Command.Context != "keyboard" || e.Data.Command.Params != "5" {
		t.Errorf("got %s, want %s", got, want)
	}
	for button := range 5 {
		if err := p.Press(anna, id, button); (err == nil) != (button == 0) {
			t.Errorf("button %d: %v", button, err)
		}
	}
	for _, press := range []error{p.Press(oleg, id, 0), p.Press(anna, id, -1), p.Press(anna, 1, 0)} {
		if press == nil {
			t.Error("strangers, negative buttons or unknown messages can be pressed")
		}
	}
}

func TestWhoMaySpeakWhere(t *testing.T) {
	p := newPortal(t)
	newBot(t, p)
	for _, c := range []struct {
		name   string
		from   bitrix.UserID
		dialog bitrix.DialogID
		text   string
	}{
		{"nobody", 777, group, "x"},
		{"dismissed", 13, group, "x"},
		{"a stranger", guest, group, "x"},
		{"no chat", anna, "chat999", "x"},
		{"no dialog", anna, "somewhere", "x"},
		{"with oneself", anna, "7", "x"},
		{"nothing", anna, group, " \n"},
	} {
		if _, err := p.Say(c.from, c.dialog, c.text); err == nil {
			t.Errorf("%s: no error", c.name)
		}
	}
	if got := p.Messages(guest, group); got != nil {
		t.Errorf("a stranger reads %v", got)
	}
}

func TestDialogs(t *testing.T) {
	p := newPortal(t)
	newBot(t, p)
	training := portal.Dialog{
		ID: group, ChatID: 142, Title: "Учебный чат", Kind: "chat",
		Members: []bitrix.UserID{7, 1, 5, 6, 8, 20, 45, 52, 64},
	}
	bot := portal.Dialog{ID: "456", Title: "Справочник", Kind: "private", Members: []bitrix.UserID{7, 456}}
	if diff := cmp.Diff([]portal.Dialog{bot, training}, p.Dialogs(anna)); diff != "" {
		t.Errorf("before a word (-want +got):\n%s", diff)
	}
	say(t, p, anna, botChat, "привет")
	say(t, p, anna, "5", "привет")
	bot.ChatID = 1405
	colleague := portal.Dialog{ID: "5", ChatID: 1406, Title: "Евгений Шеленков", Kind: "private", Members: []bitrix.UserID{7, 5}}
	if diff := cmp.Diff([]portal.Dialog{training, bot, colleague}, p.Dialogs(anna)); diff != "" {
		t.Errorf("later (-want +got):\n%s", diff)
	}
	if got := last(t, p, eugene, "7"); got.Author != anna {
		t.Errorf("the other side reads %+v", got)
	}
	if err := p.Leave(group, anna); err != nil {
		t.Fatal(err)
	}
	if n := len(p.Dialogs(anna)); n != 2 {
		t.Errorf("%d dialogs after leaving the group, want 2", n)
	}
	for _, err := range []error{
		p.Leave(group, anna), p.Leave("456", anna), p.Join("chat999", anna), p.Join(group, 777), p.Join("chat1405", oleg),
	} {
		if err == nil {
			t.Error("joined or left what cannot be")
		}
	}
}
