package bitrix_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

// TestRegistrationSendsV1: the same calls as in TestRegistrationSends, in the words of API v1. The bot's token is the
// CLIENT_ID, all events go to one address, and yes and no are letters.
func TestRegistrationSendsV1(t *testing.T) {
	const client = `"CLIENT_ID":"fake-bot-token"`
	const properties = `{"NAME":"Справочник","LAST_NAME":"Бот","WORK_POSITION":"Чат-бот","COLOR":"AZURE","PERSONAL_GENDER":"F"}`
	const handlers = `"EVENT_MESSAGE_ADD":"https://bot.example/events","EVENT_MESSAGE_UPDATE":"https://bot.example/events",
		"EVENT_MESSAGE_DELETE":"https://bot.example/events","EVENT_WELCOME_MESSAGE":"https://bot.example/events",
		"EVENT_BOT_DELETE":"https://bot.example/events"`
	const texts = `[{"LANGUAGE_ID":"en","TITLE":"Who is it"},{"LANGUAGE_ID":"ru","TITLE":"Кто это","PARAMS":"номер"}]`
	bot := bitrix.BotFields{
		Code: "whois", Name: "Справочник", LastName: "Бот", WorkPosition: "Чат-бот", Color: "AZURE", Gender: "F",
		Type: bitrix.BotOrdinary, EventMode: bitrix.EventsPosted, WebhookURL: "https://bot.example/events",
		ReactionsEnabled: true, Hidden: true,
	}
	command := bitrix.CommandFields{
		Command: "whois", Handler: "https://bot.example/events", Common: true, ExtranetSupport: true,
		Title:  map[string]string{"ru": "Кто это", "en": "Who is it"},
		Params: map[string]string{"ru": "номер", "de": "Nummer"},
	}

	for _, row := range []struct {
		method, params string
		call           func(c *bitrix.Client) error
	}{
		{
			"imbot.register", `{` + client + `,"CODE":"whois","TYPE":"B",` + handlers + `,"PROPERTIES":` + properties + `}`,
			func(c *bitrix.Client) error { _, err := c.RegisterBot(t.Context(), bot); return err },
		},
		{
			"imbot.register", `{` + client + `,"CODE":"x","TYPE":"S",` + handlers + `}`,
			func(c *bitrix.Client) error {
				_, err := c.RegisterBot(t.Context(), bitrix.BotFields{Code: "x", Type: bitrix.BotSupervisor, WebhookURL: bot.WebhookURL})
				return err
			},
		},
		{
			"imbot.update", `{` + client + `,"BOT_ID":456,"FIELDS":{` + handlers + `,"PROPERTIES":` + properties + `}}`,
			func(c *bitrix.Client) error { return c.UpdateBot(t.Context(), 456, bot) },
		},
		{
			"imbot.update", `{` + client + `,"BOT_ID":456,"FIELDS":{"PROPERTIES":{"NAME":"Справка"}}}`,
			func(c *bitrix.Client) error {
				return c.UpdateBot(t.Context(), 456, bitrix.BotFields{Name: "Справка"})
			},
		},
		{
			"imbot.unregister", `{` + client + `,"BOT_ID":456}`,
			func(c *bitrix.Client) error { return c.UnregisterBot(t.Context(), 456) },
		},
		{
			"imbot.bot.list", `{` + client + `}`,
			func(c *bitrix.Client) error { _, err := c.Bots(t.Context()); return err },
		},
		{
			"imbot.command.register", `{` + client + `,"BOT_ID":456,"COMMAND":"whois","COMMON":"Y","HIDDEN":"N","EXTRANET_SUPPORT":"Y",
				"EVENT_COMMAND_ADD":"https://bot.example/events","LANG":` + texts + `}`,
			func(c *bitrix.Client) error { _, err := c.RegisterCommand(t.Context(), 456, command); return err },
		},
		{
			"imbot.command.update", `{` + client + `,"COMMAND_ID":103,"FIELDS":{"HIDDEN":"N","EXTRANET_SUPPORT":"Y",
				"EVENT_COMMAND_ADD":"https://bot.example/events","LANG":` + texts + `}}`,
			func(c *bitrix.Client) error { return c.UpdateCommand(t.Context(), 456, 103, command) },
		},
		{
			"imbot.command.unregister", `{` + client + `,"COMMAND_ID":103}`,
			func(c *bitrix.Client) error { return c.UnregisterCommand(t.Context(), 456, 103) },
		},
	} {
		t.Run(row.method, func(t *testing.T) {
			c, last := recordingOf(t, bitrix.APIv1, `{"result":1}`)
			if err := row.call(c); err != nil && row.method != "imbot.bot.list" {
				t.Fatal(err)
			}
			if diff := cmp.Diff(row.method+" "+sorted(t, row.params), last.Method+" "+last.Params); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestLackingInV1: what the first generation cannot do is said before the portal is asked.
func TestLackingInV1(t *testing.T) {
	c := portalOf(t, "demo-portal.bitrix24.example", bitrix.APIv1, func(r *http.Request) (*http.Response, error) {
		t.Errorf("asked %s", r.URL.Path)
		return response(http.StatusOK, `{"result":1}`), nil
	})
	const handler = "https://bot.example/events"
	for name, call := range map[string]func() error{
		"register without an address": func() error {
			_, err := c.RegisterBot(t.Context(), bitrix.BotFields{Code: "whois"})
			return err
		},
		"register to fetch": func() error {
			_, err := c.RegisterBot(t.Context(), bitrix.BotFields{Code: "whois", EventMode: bitrix.EventsFetched, WebhookURL: handler})
			return err
		},
		"register a personal bot": func() error {
			_, err := c.RegisterBot(t.Context(), bitrix.BotFields{Code: "whois", Type: bitrix.BotPersonal, WebhookURL: handler})
			return err
		},
		"update to fetch": func() error {
			return c.UpdateBot(t.Context(), 456, bitrix.BotFields{EventMode: bitrix.EventsFetched})
		},
		"a command without an address": func() error {
			_, err := c.RegisterCommand(t.Context(), 456, bitrix.CommandFields{Command: "whois"})
			return err
		},
		"list commands": func() error { _, err := c.BotCommands(t.Context(), 456); return err },
		"fetch":         func() error { _, err := c.FetchEvents(t.Context(), bitrix.EventQuery{Bot: 456}); return err },
		"switch": func() error {
			_, err := c.SwitchToPosted(t.Context(), 456, bitrix.BotFields{WebhookURL: handler}, 0)
			return err
		},
	} {
		if err := call(); !errors.Is(err, errors.ErrUnsupported) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestV1CodesMeanTheSame: callers ask for the codes of API v2 alone.
func TestV1CodesMeanTheSame(t *testing.T) {
	for _, row := range []struct {
		method string
		status int
		answer string
		want   bitrix.ErrorCode
	}{
		{"imbot.update", 400, fixture(t, "error.imbot-v1.bot-id.json"), bitrix.ErrBotNotFound},
		{"imbot.update", 400, fixture(t, "error.imbot-v1.app-id.json"), bitrix.ErrBotOwnership},
		{"imbot.register", 400, `{"error":"EVENT_WELCOME_MESSAGE_ERROR"}`, bitrix.ErrBotCallback},
		{"imbot.command.register", 400, `{"error":"EVENT_COMMAND_ADD_ERROR"}`, bitrix.ErrBotCallback},
		{"imbot.command.register", 400, `{"error":"lang_error"}`, bitrix.ErrCommandTitle},
		{"imbot.command.answer", 400, fixture(t, "error.imbot-v1.command-id.json"), bitrix.ErrCommandNotFound},
		{"imbot.message.add", 400, fixture(t, "error.imbot-v1.message-empty.json"), bitrix.ErrEmptyMessage},
		{"imbot.message.add", 400, fixture(t, "error.imbot-v1.attach-oversize.json"), bitrix.ErrAttach},
		{"imbot.message.add", 400, fixture(t, "error.imbot-v1.wrong-request.json"), bitrix.ErrAccessDenied},
		{"imbot.command.answer", 400, fixture(t, "error.imbot-v1.wrong-request.json"), "WRONG_REQUEST"},
	} {
		err := answering(t, row.status, row.answer).Call(t.Context(), row.method, nil, nil)
		if !errors.Is(err, row.want) {
			t.Errorf("%v is not %s", err, row.want)
		}
		if denied := errors.Is(err, bitrix.ErrAccessDenied); denied != (row.want == bitrix.ErrAccessDenied) {
			t.Errorf("%v is %s: %v", err, bitrix.ErrAccessDenied, denied)
		}
	}
}
