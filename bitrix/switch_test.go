package bitrix_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

// switching plays a portal at the switch: it takes one batch, and answers its two calls with these results or codes.
func switching(t *testing.T, waiting, updated string) (c *bitrix.Client, cmds *[]cmd, halts *int) {
	t.Helper()
	cmds, halts = new([]cmd), new(int)
	return portalAt(t, "demo-portal.bitrix24.example", func(r *http.Request) (*http.Response, error) {
		if *cmds != nil {
			t.Error("a second request")
		}
		*halts = haltOf(t, r)
		*cmds, _ = commandsOf(r)
		return response(http.StatusOK, batchOf(*cmds, waiting, updated)), nil
	}), cmds, halts
}

// haltOf tells whether a batch is to end at its first failure; it leaves the request readable.
func haltOf(t *testing.T, r *http.Request) int {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	var batch struct{ Halt int }
	if err := json.Unmarshal(body, &batch); err != nil {
		t.Fatal(err)
	}
	return batch.Halt
}

// batchOf answers the calls in turn. What is JSON is a result; anything else is a code, after which nothing is called any
// more.
func batchOf(cmds []cmd, answers ...string) string {
	found, failed := map[string]json.RawMessage{}, map[string]any{}
	for i, c := range cmds {
		if !json.Valid([]byte(answers[i])) {
			failed[c.key] = map[string]string{"error": answers[i]}
			break
		}
		found[c.key] = json.RawMessage(answers[i])
	}
	text, _ := json.Marshal(map[string]any{"result": map[string]any{"result": found, "result_error": failed}})
	return string(text)
}

// TestSwitchToPosted: the portal reads out what waits and switches in one request, in this order, and stops between the two
// if the first fails.
func TestSwitchToPosted(t *testing.T) {
	c, cmds, halts := switching(t, `{"events":[{"eventId":1007,"type":"ONIMBOTV2JOINCHAT","data":{}}],"nextOffset":1008,"hasMore":false}`, `true`)
	page, err := c.SwitchToPosted(t.Context(), 456, bitrix.BotFields{WebhookURL: "https://bot.example/events"}, 1001)
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Events) != 1 || page.NextOffset != 1008 {
		t.Errorf("got %+v", page)
	}
	var got []string
	for _, call := range *cmds {
		got = append(got, call.method+"?"+call.params.Encode())
	}
	want := []string{
		"imbot.v2.Event.get?botId=456&botToken=fake-bot-token&limit=1000&offset=1001",
		"imbot.v2.Bot.update?botId=456&botToken=fake-bot-token&fields%5BeventMode%5D=webhook&fields%5BisHidden%5D=N" +
			"&fields%5BisReactionsEnabled%5D=N&fields%5BwebhookUrl%5D=https%3A%2F%2Fbot.example%2Fevents",
	}
	if diff := cmp.Diff(want, got); diff != "" || *halts != 1 {
		t.Errorf("halt %d, %s", *halts, diff)
	}
}

// TestSwitchFails: what came of each half is told.
func TestSwitchFails(t *testing.T) {
	const one = `{"events":[{"eventId":1007,"type":"ONIMBOTV2JOINCHAT","data":{}}],"nextOffset":1008}`
	for _, row := range []struct {
		name, waiting, updated string
		want                   bitrix.ErrorCode
		events                 int
	}{
		{"nothing was read, so nothing was switched", "BOT_NOT_FOUND", "", bitrix.ErrBotNotFound, 0},
		{"the address is refused: what was read is there", one, "BOT_INVALID_CALLBACK", bitrix.ErrBotCallback, 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, _, _ := switching(t, row.waiting, row.updated)
			page, err := c.SwitchToPosted(t.Context(), 456, bitrix.BotFields{WebhookURL: "https://bot.example/events"}, 0)
			failure, ok := errors.AsType[*bitrix.Error](err)
			if !ok || !errors.Is(failure, row.want) || failure.MayHaveRun() {
				t.Errorf("got %v, want %s", err, row.want)
			}
			if len(page.Events) != row.events {
				t.Errorf("%d events", len(page.Events))
			}
		})
	}
}
