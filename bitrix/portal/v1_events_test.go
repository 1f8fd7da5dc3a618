package portal_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// v1Portal is a portal with a bot in the group that has the commands whois and help.
func v1Portal(t *testing.T) (*portal.Portal, *sink) {
	t.Helper()
	p, s := newPortal(t), newSink(t)
	v1Cast(t, p, s, func(method string, with params) string { return v1Result(t, p, method, with) }, "")
	return p, s
}

func TestV1TextsOfGroupsLoseTheirMentions(t *testing.T) {
	for _, c := range []struct {
		name, text, message string
		to                  string
	}{
		{"the bot", "[USER=456]x[/USER], /whois 5", "/whois 5", "456"},
		{"the argument too", "[USER=456]x[/USER] /whois [USER=5]Евгений[/USER]", "/whois", "456"},
		{"the first counts", "[USER=5]Евгений[/USER] и [USER=456]x[/USER]", "и", "5"},
		{"REPLACE stays", "[USER=456 REPLACE]x[/USER] привет", "[USER=456 REPLACE]x[/USER] привет", "456"},
		{"lower case stays", "[user=456]x[/user] привет", "[user=456]x[/user] привет", "456"},
		{"a name across lines stays", "[USER=456]x\ny[/USER] привет", "[USER=456]x\ny[/USER] привет", "456"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, s := v1Portal(t)
			say(t, p, anna, group, c.text)
			f := lastPosted(t, p, s)
			for key, want := range map[string]string{"MESSAGE": c.message, "MESSAGE_ORIGINAL": c.text, "TO_USER_ID": c.to} {
				if got := f.Get("data[PARAMS][" + key + "]"); got != want {
					t.Errorf("%s is %q, want %q", key, got, want)
				}
			}
		})
	}
	p, s := v1Portal(t)
	say(t, p, anna, botChat, "[USER=5]Евгений[/USER]?")
	f := lastPosted(t, p, s)
	if f.Get("data[PARAMS][MESSAGE]") != "[USER=5]Евгений[/USER]?" || f.Has("data[PARAMS][MESSAGE_ORIGINAL]") {
		t.Errorf("in a private chat: %v", f)
	}
}

func TestV1MessagesNameTheOneBefore(t *testing.T) {
	p, s := v1Portal(t)
	first := say(t, p, anna, group, "/whois 5")
	say(t, p, anna, group, "/whois 6")
	if got := lastPosted(t, p, s).Get("data[PARAMS][CHAT_PREV_MESSAGE_ID]"); got != fmt.Sprint(first) {
		t.Errorf("got %s, want %d", got, first)
	}
}

func TestV1RepeatsOfACommandCollapse(t *testing.T) {
	p, s := v1Portal(t)
	before := len(s.got(t, p))
	say(t, p, anna, group, "/whois 5\n/help\n/whois 6")
	all := forms(t, p, s)[before:]
	if len(all) != 1 {
		t.Fatalf("%d events, want one", len(all))
	}
	got := []string{all[0].Get("data[COMMAND][42][COMMAND_PARAMS]"), all[0].Get("data[COMMAND][43][COMMAND]")}
	if diff := cmp.Diff([]string{"6", "help"}, got); diff != "" {
		t.Errorf("the last of /whois, and /help (-want +got):\n%s", diff)
	}
}

func TestV1OwnersAreToldApart(t *testing.T) {
	p, s, others := newPortal(t), newSink(t), newSink(t)
	v1Bot(t, p, s, nil)
	v1Bot(t, p, others, params{"CODE": "others", "CLIENT_ID": "another"})
	p.NewGroup("Новый", anna, 456, 457)
	say(t, p, anna, "chat1405", "[USER=456]x[/USER] [USER=457]y[/USER] привет")
	for _, c := range []struct {
		to                     *sink
		token, member, foreign string
	}{
		{s, token, "data[BOT][456][BOT_ID]", "data[BOT][457][BOT_ID]"},
		{others, "another", "data[BOT][457][BOT_ID]", "data[BOT][456][BOT_ID]"},
	} {
		f := lastPosted(t, p, c.to)
		if f.Get("auth[application_token]") != "custom"+c.token || !f.Has(c.member) || f.Has(c.foreign) {
			t.Errorf("the owner %s is told %v", c.token, f)
		}
	}
}

func TestV1EventsGoWhereTheyWereBound(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	bot := v1Bot(t, p, s, params{
		"EVENT_HANDLER":     nil,
		"EVENT_MESSAGE_ADD": s.URL + "/add", "EVENT_WELCOME_MESSAGE": s.URL + "/join?a=b", "EVENT_BOT_DELETE": s.URL + "/gone",
		"EVENT_MESSAGE_UPDATE": s.URL + "/ignored",
	}, "whois")
	id := say(t, p, anna, botChat, "привет")
	change := func(text string) {
		if err := p.Edit(anna, id, text); err != nil {
			t.Fatal(err)
		}
	}
	change("пока") // nobody is told: registering an ordinary bot binds no EVENT_MESSAGE_UPDATE
	v1Result(t, p, "imbot.update", params{"BOT_ID": bot, "FIELDS": params{"EVENT_MESSAGE_UPDATE": s.URL + "/update"}})
	change("снова")
	say(t, p, anna, botChat, "/whois 5")
	v1Result(t, p, "imbot.update", params{"BOT_ID": bot, "FIELDS": params{"EVENT_MESSAGE_ADD": s.URL + "/new"}})
	say(t, p, anna, botChat, "ещё")
	v1Result(t, p, "imbot.unregister", params{"BOT_ID": bot})
	s.got(t, p)
	want := []string{"/join?a=b&", "/add?", "/update?", "/commands?", "/new?", "/gone?"}
	for i := range want {
		want[i] += "CLIENT_ID=" + token
	}
	if diff := cmp.Diff(want, s.addresses); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestV1CommandsBetweenPeopleAreAnsweredInPrivate(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	bot := v1Bot(t, p, s, nil)
	v1Result(t, p, "imbot.command.register", v1Whois(s, bot, params{"COMMON": "Y"}))
	say(t, p, anna, "5", "/whois 8") // to Eugene, not to the bot
	if f := lastPosted(t, p, s); f.Get("data[PARAMS][DIALOG_ID]") != "7" || f.Get("data[PARAMS][TO_USER_ID]") != "5" {
		t.Errorf("got %v", f)
	}
}

func TestV1TellsOutsidersInMessagesOnly(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	bot := v1Bot(t, p, s, nil)
	v1Result(t, p, "imbot.command.register", v1Whois(s, bot, params{"EXTRANET_SUPPORT": "Y"}))
	for text, want := range map[string]string{"привет": "Y", "/whois 5": ""} {
		say(t, p, guest, botChat, text)
		if got := lastPosted(t, p, s).Get("data[USER][IS_EXTRANET]"); got != want {
			t.Errorf("%q: IS_EXTRANET %q, want %q", text, got, want)
		}
	}
}

func TestV1ThePortalShowsBotsTyping(t *testing.T) {
	for _, c := range []struct {
		name string
		kind string
		do   func(t *testing.T, p *portal.Portal)
		want int
	}{
		{"a message", "B", func(t *testing.T, p *portal.Portal) { say(t, p, anna, group, "[USER=456]x[/USER]?") }, 1},
		{"a command", "B", func(t *testing.T, p *portal.Portal) { say(t, p, anna, group, "/whois 5") }, 1},
		{"a command between people", "B", func(t *testing.T, p *portal.Portal) { say(t, p, anna, "5", "/whois 8") }, 0},
		{"coming into a chat", "B", func(_ *testing.T, p *portal.Portal) { p.NewGroup("Новый", anna, 456) }, 1},
		{"a message to a supervisor", "S", func(t *testing.T, p *portal.Portal) { say(t, p, anna, group, "?") }, 0},
		{"a button", "B", func(t *testing.T, p *portal.Portal) {
			v1Result(t, p, "imbot.message.add", params{
				"DIALOG_ID": group, "MESSAGE": "Кого?", "KEYBOARD": []params{{"TEXT": "5", "COMMAND": "whois"}},
			})
			if err := p.Press(anna, last(t, p, anna, group).ID, 0); err != nil {
				t.Fatal(err)
			}
		}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, s := newPortal(t), newSink(t)
			bot := v1Bot(t, p, s, params{"TYPE": c.kind})
			v1Result(t, p, "imbot.command.register", v1Whois(s, bot, params{"COMMON": "Y"}))
			if err := p.Join(group, bitrix.UserID(bot)); err != nil {
				t.Fatal(err)
			}
			changes, cancel := p.Subscribe(100)
			defer cancel()
			c.do(t, p)
			typing := 0
			for len(changes) > 0 {
				if change := <-changes; change.Kind == portal.KindTyping && change.Person.ID == bitrix.UserID(bot) {
					typing++
				}
			}
			if typing != c.want {
				t.Errorf("seen typing %d times, want %d", typing, c.want)
			}
		})
	}
}
