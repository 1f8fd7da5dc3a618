package portal_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

// newClient is the client real portals are called with.
func newClient(t *testing.T, p *portal.Portal) *bitrix.Client {
	t.Helper()
	w, err := bitrix.ParseWebhook(p.WebhookURL())
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return bitrix.NewClient(bitrix.ClientOptions{Webhook: w, BotToken: token, HTTP: &http.Client{Transport: transport}})
}

func TestRealClientHoldsAConversation(t *testing.T) {
	p, s := portaltest.New(t, portal.Options{}), newSink(t)
	c, ctx := newClient(t, p), t.Context()
	bot, err := c.RegisterBot(ctx, bitrix.BotFields{
		Code: "whois24", Name: "Справочник", EventMode: "webhook", WebhookURL: s.URL,
	})
	if err != nil {
		t.Fatal(err)
	}
	command, err := c.RegisterCommand(ctx, bot.ID, bitrix.CommandFields{
		Command: "whois", Title: map[string]string{"ru": "Кто это"}, Common: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	asked := say(t, p, anna, group, "/whois 5")

	form, err := bitrix.ParseForm([]byte(s.got(t, p)[0]))
	if err != nil {
		t.Fatal(err)
	}
	if got := form.ApplicationToken(); got.Reveal() != bitrix.ApplicationToken(token).Reveal() {
		t.Error("the event carries another token than the client expects")
	}
	events, err := form.Events()
	if err != nil || len(events) != 1 {
		t.Fatalf("got %v, %v", events, err)
	}
	e := events[0]
	if e.Command.ID != command.ID || e.Command.Params != "5" || e.Chat.Dialog != group || e.Message.ID != asked || e.User.ID != anna {
		t.Errorf("got event %+v", e)
	}

	user, err := c.User(ctx, 5)
	if err != nil || user.Name != "Евгений Шеленков" || user.LastActivity.IsZero() {
		t.Errorf("got user %+v, %v", user, err)
	}
	answer := bitrix.Message{
		Bot: bot.ID, Dialog: e.Chat.Dialog, Text: user.Name, ReplyTo: asked, TemplateID: template,
		Keyboard: &bitrix.Keyboard{Buttons: []bitrix.Button{{Text: "Ещё", Command: "whois", Params: "6"}}},
		Attach:   &bitrix.Attach{Color: "primary", Blocks: []bitrix.Block{{Grid: []bitrix.GridCell{{Name: "a", Value: "b"}}}}},
	}
	if _, err := c.SendMessage(ctx, answer); !errors.Is(err, bitrix.ErrAccessDenied) {
		t.Errorf("where the bot is no member: %v", err)
	}
	if err := p.Join(group, bitrix.UserID(bot.ID)); err != nil {
		t.Fatal(err)
	}
	first, err := c.SendMessage(ctx, answer)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := c.SendMessage(ctx, answer); err != nil || again != first {
		t.Errorf("again: %d, %v, want %d", again, err, first)
	}
	m := portaltest.Reply(t, p, anna, group, asked)
	if m.Text != user.Name || m.ReplyTo != asked || m.Keyboard == nil || m.Attach == nil || m.AttachColor != "primary" {
		t.Errorf("got answer %+v", m)
	}
	if err := p.Press(anna, m.ID, 0); err != nil {
		t.Errorf("press: %v", err)
	}
	results, err := c.Batch(ctx, []bitrix.BatchCall{
		{Method: "im.user.get", Params: map[string]any{"ID": 7}}, {Method: "im.user.get", Params: map[string]any{"ID": 777}},
	})
	if err != nil || results[0].Err != nil || !errors.Is(results[1].Err, bitrix.ErrUserNotExists) {
		t.Errorf("batch: %+v, %v", results, err)
	}
	if err := c.AnswerCommand(ctx, bitrix.CommandAnswer{
		Bot: bot.ID, Command: command.ID, MessageID: asked, Dialog: group, Text: "!", Keyboard: answer.Keyboard,
	}); err != nil || last(t, p, anna, group).Keyboard == nil {
		t.Errorf("answer: %v, %+v", err, last(t, p, anna, group))
	}
}

func TestRealClientFetches(t *testing.T) {
	p := portaltest.New(t, portal.Options{})
	c, ctx := newClient(t, p), t.Context()
	bot, err := c.RegisterBot(ctx, bitrix.BotFields{Code: "whois24", Name: "Справочник", EventMode: bitrix.EventsFetched})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Open(anna, bot.ID); err != nil {
		t.Fatal(err)
	}
	say(t, p, anna, botChat, "привет")
	page, err := c.FetchEvents(ctx, bitrix.EventQuery{Bot: bot.ID})
	if err != nil || len(page.Events) != 2 {
		t.Fatalf("got %+v, %v", page, err)
	}
	page, err = c.FetchEvents(ctx, bitrix.EventQuery{Bot: bot.ID, Offset: page.NextOffset})
	if err != nil || len(page.Events) != 0 {
		t.Errorf("after the last: %+v, %v", page, err)
	}
	if err := c.UnregisterBot(ctx, bot.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := c.FetchEvents(ctx, bitrix.EventQuery{Bot: bot.ID}); !errors.Is(err, bitrix.ErrBotNotFound) {
		t.Errorf("of a bot that is gone: %v", err)
	}
}
