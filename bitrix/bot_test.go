package bitrix_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

// TestRegistrationSends: where the bot's token goes, and what is left out. Among the fields of Bot.update it
// would become the bot's new token.
func TestRegistrationSends(t *testing.T) {
	const owner = `"botId":456,"botToken":"fake-bot-token"`
	bot := bitrix.BotFields{
		Code: "whois", Name: "Справочник", LastName: "Бот", WorkPosition: "Чат-бот", Color: "#4ba984", Gender: "F",
		Type: bitrix.BotOrdinary, EventMode: bitrix.EventsPosted, WebhookURL: "https://bot.example/events",
		ReactionsEnabled: true,
	}
	const fields = `"type":"bot","eventMode":"webhook","webhookUrl":"https://bot.example/events","isReactionsEnabled":true,
		"isHidden":false,"properties":{"name":"Справочник","lastName":"Бот","workPosition":"Чат-бот","color":"#4ba984","gender":"F"}`
	command := bitrix.CommandFields{
		Command: "whois", Title: map[string]string{"ru": "Кто это"}, Params: map[string]string{"ru": "номер"}, Common: true,
	}
	const commandFields = `{"command":"whois","title":{"ru":"Кто это"},"params":{"ru":"номер"},"common":true,"hidden":false,"extranetSupport":false}`

	for _, row := range []struct {
		method, params string
		call           func(c *bitrix.Client) error
	}{
		{
			"imbot.v2.Bot.register", `{"fields":{"code":"whois","botToken":"fake-bot-token",` + fields + `}}`,
			func(c *bitrix.Client) error { _, err := c.RegisterBot(t.Context(), bot); return err },
		},
		{
			"imbot.v2.Bot.update", `{` + owner + `,"fields":{` + fields + `}}`,
			func(c *bitrix.Client) error { return c.UpdateBot(t.Context(), 456, bot) },
		},
		{
			"imbot.v2.Bot.update", `{` + owner + `,"fields":{"eventMode":"fetch","isReactionsEnabled":false,"isHidden":true}}`,
			func(c *bitrix.Client) error {
				return c.UpdateBot(t.Context(), 456, bitrix.BotFields{EventMode: bitrix.EventsFetched, Hidden: true})
			},
		},
		{
			"imbot.v2.Bot.unregister", `{` + owner + `}`,
			func(c *bitrix.Client) error { return c.UnregisterBot(t.Context(), 456) },
		},
		{
			"imbot.v2.Bot.list", `{"botToken":"fake-bot-token","limit":50,"offset":0}`,
			func(c *bitrix.Client) error { _, err := c.Bots(t.Context()); return err },
		},
		{
			"imbot.v2.Command.register", `{` + owner + `,"fields":` + commandFields + `}`,
			func(c *bitrix.Client) error { _, err := c.RegisterCommand(t.Context(), 456, command); return err },
		},
		{
			"imbot.v2.Command.register", `{` + owner + `,"fields":{"command":"x","common":false,"hidden":true,"extranetSupport":true}}`,
			func(c *bitrix.Client) error {
				_, err := c.RegisterCommand(t.Context(), 456, bitrix.CommandFields{Command: "x", Hidden: true, ExtranetSupport: true})
				return err
			},
		},
		{
			"imbot.v2.Command.update", `{` + owner + `,"commandId":42,"fields":` + commandFields + `}`,
			func(c *bitrix.Client) error { return c.UpdateCommand(t.Context(), 456, 42, command) },
		},
		{
			"imbot.v2.Command.unregister", `{` + owner + `,"commandId":42}`,
			func(c *bitrix.Client) error { return c.UnregisterCommand(t.Context(), 456, 42) },
		},
		{
			"imbot.v2.Command.list", `{` + owner + `}`,
			func(c *bitrix.Client) error { _, err := c.BotCommands(t.Context(), 456); return err },
		},
		{
			"imbot.v2.Revision.get", `{}`,
			func(c *bitrix.Client) error { _, err := c.Revision(t.Context()); return err },
		},
		{
			"imbot.v2.Event.get", `{` + owner + `}`,
			func(c *bitrix.Client) error {
				_, err := c.FetchEvents(t.Context(), bitrix.EventQuery{Bot: 456})
				return err
			},
		},
		{
			"imbot.v2.Event.get", `{` + owner + `,"offset":1007,"limit":1000}`,
			func(c *bitrix.Client) error {
				_, err := c.FetchEvents(t.Context(), bitrix.EventQuery{Bot: 456, Offset: 1007, Limit: 1000})
				return err
			},
		},
	} {
		t.Run(row.method, func(t *testing.T) {
			c, last := recording(t, `{"result":{"result":true,"bot":{"id":456},"command":{"id":42},"bots":[],"commands":[]}}`)
			if err := row.call(c); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(row.method+" "+sorted(t, row.params), last.Method+" "+last.Params); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestBotsReadsAllPages: 120 bots come on three pages.
func TestBotsReadsAllPages(t *testing.T) {
	c := portalAt(t, "demo.bitrix24.example", func(r *http.Request) (*http.Response, error) {
		var asked struct{ Limit, Offset int }
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			return nil, err
		}
		return response(http.StatusOK, pageOfBots(asked.Offset, min(asked.Offset+asked.Limit, 120))), nil
	})
	bots, err := c.Bots(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(bots) != 120 || bots[0].ID != 1 || bots[119].ID != 120 || bots[119].Name != "Бот 120" {
		t.Errorf("%d bots", len(bots))
	}
}

func pageOfBots(from, to int) string {
	var bots, users []map[string]any
	for id := from + 1; id <= to; id++ {
		bots = append(bots, map[string]any{"id": id})
		users = append(users, map[string]any{"id": id, "firstName": fmt.Sprint("Бот ", id)})
	}
	text, _ := json.Marshal(map[string]any{"result": map[string]any{
		"bots": bots, "users": users, "hasNextPage": to < 120,
	}})
	return string(text)
}

// TestBotsEnds where a portal promises more and has none.
func TestBotsEnds(t *testing.T) {
	c := answering(t, http.StatusOK, `{"result":{"bots":[],"users":[],"hasNextPage":true}}`)
	if bots, err := c.Bots(t.Context()); err != nil || bots != nil {
		t.Errorf("%v, %v", bots, err)
	}
}

// TestNextOffset never runs ahead of what came: the portal deletes everything before it.
func TestNextOffset(t *testing.T) {
	for body, want := range map[string]bitrix.EventOffset{
		`{"events":[],"nextOffset":500}`:                     500,
		`{"events":[],"lastEventId":900}`:                    500,
		`{"events":[],"lastEventId":null}`:                   500,
		`{"events":{}}`:                                      500,
		`{"events":[{"eventId":"501"}],"lastEventId":"501"}`: 502,
		`{"events":[{"eventId":501},{"eventId":507}]}`:       508,
	} {
		page, err := answering(t, http.StatusOK, `{"result":`+body+`}`).
			FetchEvents(t.Context(), bitrix.EventQuery{Bot: 456, Offset: 500})
		if err != nil || page.NextOffset != want {
			t.Errorf("%s: next %d, %v; want %d", body, page.NextOffset, err, want)
		}
	}
}
