package bot_test

import (
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
)

// TestConversations is what people see, asked where they ask, and the same whichever way the bot calls the portal and hears
// of events. Nothing is lost on the way.
func TestConversations(t *testing.T) {
	t.Parallel()
	for _, w := range ways {
		t.Run(w.String(), func(t *testing.T) {
			t.Parallel()
			o := openAs(t, w, portal.Options{Rate: 1000, Burst: 1000}, func(*bot.Bot) {})
			converse(t, o)
			o.stop()
			if lost := o.Lost(); len(lost) > 0 {
				t.Errorf("the portal erased %+v", lost)
			}
		})
	}
}

func converse(t *testing.T, o *office) {
	t.Helper()
	if err := o.Join("chat142", bitrix.UserID(o.bot)); err != nil {
		t.Fatal(err)
	}
	o.await(t, "the greeting", func() bool { return len(o.answers(anna, "chat142")) > 0 })
	outside := o.NewGroup("Without the bot", anna, 5)
	mention := fmt.Sprintf("[USER=%d]Whois24[/USER] ", o.bot)
	for name, c := range map[string]struct {
		dialog bitrix.DialogID
		line   string
		want   []string
	}{
		"an id":                            {o.private(), "/whois 5", []string{"Евгений Шеленков", "Ведущий разработчик", "В сети"}},
		"a number sign":                    {o.private(), "/whois #5", []string{"Евгений Шеленков"}},
		"a mention":                        {o.private(), "/whois [USER=5]Somebody else[/USER]", []string{"Евгений Шеленков"}},
		"oneself":                          {o.private(), "/whois", []string{"Анна Тестова", "Офис-менеджер"}},
		"nobody":                           {o.private(), "/whois 999999", []string{"999999"}},
		"not a number":                     {o.private(), "/whois abc", []string{"abc"}},
		"a negative number":                {o.private(), "/whois -1", []string{"-1"}},
		"ten thousand characters":          {o.private(), "/whois " + strings.Repeat("x", 10_000), []string{"xxx"}},
		"help":                             {o.private(), "/help", []string{"/whois"}},
		"an unknown command":               {o.private(), "/nonsense 5", []string{"nonsense", "/help"}},
		"a greeting":                       {o.private(), "привет", []string{"Здравствуйте!"}},
		"a command in a sentence":          {o.private(), "подскажи, /whois 5", []string{"Евгений Шеленков"}},
		"without the slash":                {o.private(), "whois 5", []string{"Евгений Шеленков"}},
		"in a group":                       {"chat142", "/whois 5", []string{"Евгений Шеленков"}},
		"in a group, after a mention":      {"chat142", mention + "/whois 5", []string{"Евгений Шеленков"}},
		"in a group the bot is not in":     {outside, "/whois 5", []string{"Евгений Шеленков"}},
		"a mention of bot and person":      {"chat142", mention + "/whois [USER=5]Е[/USER]", []string{"Евгений Шеленков"}},
		"only a mention of the bot":        {"chat142", mention, []string{"/whois"}},
		"an unknown id in a strange group": {outside, "/whois 999999", []string{"999999"}},
	} {
		t.Run(name, func(t *testing.T) {
			wantParts(t, o.say(t, anna, c.dialog, c.line).Text, c.want...)
		})
	}
}

func TestTwoCommandsInAMessageGetTwoAnswers(t *testing.T) {
	o := open(t, portal.Options{})
	first := o.say(t, anna, o.private(), "/whois 5\n/whois 7")
	second := portaltest.Reply(t, o.Portal, anna, o.private(), first.ID)
	both := first.Text + second.Text
	wantParts(t, both, "Евгений Шеленков", "Анна Тестова")
}

// TestFiveDeliveriesOneAnswer has the portal post each event six times at once.
func TestFiveDeliveriesOneAnswer(t *testing.T) {
	o := open(t, portal.Options{})
	o.SetDelivery(func(d *portal.DeliveryOptions) { d.Duplicate, d.Parallel = 5, 6 })
	o.say(t, anna, o.private(), "/whois 5")
	last := o.say(t, anna, o.private(), "/whois 7") // answered after everything before it was settled or dropped
	if err := o.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.stop()
	if n := len(o.answers(anna, o.private())); n != 2 {
		t.Errorf("%d answers to two questions, the last %q", n, last.Text)
	}
}

// answers are the bot's messages in a dialog.
func (o *office) answers(as bitrix.UserID, d bitrix.DialogID) []portal.Message {
	var list []portal.Message
	for _, m := range o.Messages(as, d) {
		if m.Author == bitrix.UserID(o.bot) || m.System {
			list = append(list, m)
		}
	}
	return list
}

// TestPortalFails breaks calls in the ways portals do. Somebody who asks gets one answer.
func TestPortalFails(t *testing.T) {
	for name, c := range map[string]struct {
		fault portal.Fault
		want  string
	}{
		"too many requests": {portal.Fault{Method: "im.user.get", Kind: portal.Unavailable503, Times: 1}, "Евгений Шеленков"},
		"the look-up's connection dies": {
			portal.Fault{Method: "im.user.get", Kind: portal.ResetBefore, Times: 2}, "Евгений Шеленков",
		},
		"an answer that is no JSON": {
			portal.Fault{Method: "im.user.get", Kind: portal.Gateway502, Times: 1}, "Евгений Шеленков",
		},
		"the reply was posted and the connection died": {
			portal.Fault{Method: "imbot.v2.Chat.Message.send", Kind: portal.ResetAfter, Times: 1}, "Евгений Шеленков",
		},
		"the reply was posted and its answer cut": {
			portal.Fault{Method: "imbot.v2.Chat.Message.send", Kind: portal.Truncated, Times: 1}, "Евгений Шеленков",
		},
		"the reply was not posted": {
			portal.Fault{Method: "imbot.v2.Chat.Message.send", Kind: portal.ResetBefore, Times: 1}, "Евгений Шеленков",
		},
		"the webhook may not read people": {
			portal.Fault{Method: "im.user.get", Kind: portal.Refused, Status: 403, Code: "insufficient_scope"}, "администратор",
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t, portal.Options{})
			o.Fail(c.fault)
			wantParts(t, o.say(t, anna, o.private(), "/whois 5").Text, c.want)
			o.say(t, anna, o.private(), "/help")
			o.stop()
			if n := len(o.answers(anna, o.private())); n != 2 {
				t.Errorf("%d answers to two questions", n)
			}
		})
	}
}

// titled is a title for a command in both languages.
func titled(name string) fs.FS {
	title := &fstest.MapFile{Data: []byte(name + ".title = '" + name + "'")}
	return fstest.MapFS{"ru.toml": title, "en.toml": title}
}

func TestPanickingCommandApologises(t *testing.T) {
	o := open(t, portal.Options{}, commands.New("boom", func(context.Context, commands.Call, struct{}) (commands.Reply, error) {
		panic("boom")
	}, titled("boom")))
	if text := o.say(t, anna, o.private(), "/boom").Text; text == "" || strings.Contains(text, "boom") {
		t.Errorf("reply is %q, want an apology without the details", text)
	}
	wantParts(t, o.say(t, anna, o.private(), "/whois 5").Text, "Евгений Шеленков")
}

// TestOutsidersLearnNothing asks as a guest: the bot reads with rights the guest does not have.
func TestOutsidersLearnNothing(t *testing.T) {
	o := open(t, portal.Options{})
	for _, p := range o.People() {
		if !p.Extranet || !p.Active {
			continue
		}
		if text := o.say(t, p.ID, o.private(), "/whois 5").Text; strings.Contains(text, "Шеленков") {
			t.Errorf("guest %d was told: %s", p.ID, text)
		}
	}
}

// TestGuestWhoIsNotSaidToBeOne gives a command of bot API v1, which does not tell guests apart: the bot has to ask.
func TestGuestWhoIsNotSaidToBeOne(t *testing.T) {
	o := open(t, portal.Options{})
	for who, told := range map[bitrix.UserID]bool{guestOf(t, o): false, anna: true} {
		asker := fmt.Sprint(who)
		status := o.post(t, url.Values{
			"event":                             {"ONIMCOMMANDADD"},
			"data[COMMAND][42][BOT_ID]":         {fmt.Sprint(o.bot)},
			"data[COMMAND][42][BOT_CODE]":       {"whois24"},
			"data[COMMAND][42][COMMAND]":        {"whois"},
			"data[COMMAND][42][COMMAND_ID]":     {"42"},
			"data[COMMAND][42][COMMAND_PARAMS]": {"5"},
			"data[PARAMS][MESSAGE_ID]":          {"80101"},
			"data[PARAMS][DIALOG_ID]":           {asker},
			"data[USER][ID]":                    {asker},
			"auth[application_token]":           {o.token.Reveal()},
		}.Encode())
		if status != http.StatusOK {
			t.Fatalf("status %d", status)
		}
		answer := portaltest.Reply(t, o.Portal, who, o.private(), 0).Text
		if strings.Contains(answer, "Шеленков") != told {
			t.Errorf("%d was told: %s", who, answer)
		}
	}
}

func guestOf(t *testing.T, o *office) bitrix.UserID {
	t.Helper()
	for _, p := range o.People() {
		if p.Extranet && p.Active {
			return p.ID
		}
	}
	t.Fatal("no guest on the portal")
	return 0
}

// TestStopAnswersWhatIsInHand stops the bot while a command runs.
func TestStopAnswersWhatIsInHand(t *testing.T) {
	running, release := make(chan struct{}), make(chan struct{})
	o := open(t, portal.Options{}, commands.New("slow", func(context.Context, commands.Call, struct{}) (commands.Reply, error) {
		close(running)
		<-release
		return commands.Reply{Text: "done"}, nil
	}, titled("slow")))
	if _, err := o.Say(anna, o.private(), "/slow"); err != nil {
		t.Fatal(err)
	}
	<-running
	stopped := make(chan struct{})
	go func() { o.stop(); close(stopped) }()
	close(release)
	<-stopped
	if answers := o.answers(anna, o.private()); len(answers) != 1 || answers[0].Text != "done" {
		t.Errorf("answers are %+v, want one", answers)
	}
}

// TestDeletedQuestionIsAnsweredWithoutAQuote answers in a group to a message that is not there any more.
func TestDeletedQuestionIsAnsweredWithoutAQuote(t *testing.T) {
	o := open(t, portal.Options{})
	group := o.NewGroup("With the bot", anna, bitrix.UserID(o.bot))
	o.Fail(portal.Fault{Method: "imbot.v2.Chat.Message.send", Kind: portal.Refused, Code: "REPLY_ERROR", Times: 1})
	reply := o.say(t, anna, group, "/whois 5")
	wantParts(t, reply.Text, "Евгений Шеленков")
	if reply.ReplyTo != 0 {
		t.Errorf("quotes message %d", reply.ReplyTo)
	}
}
