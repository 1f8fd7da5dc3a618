package bitrix_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix"
)

// everything makes each call about bots once. Of their errors, that is another test's affair.
func everything(t *testing.T, c *bitrix.Client) {
	t.Helper()
	ctx, bot := t.Context(), bitrix.BotFields{Code: "whois", WebhookURL: "https://bot.example/events"}
	command := bitrix.CommandFields{Command: "whois", Handler: bot.WebhookURL}
	_, _ = c.RegisterBot(ctx, bot)
	_ = c.UpdateBot(ctx, 456, bot)
	_, _ = c.Bots(ctx)
	_, _ = c.RegisterCommand(ctx, 456, command)
	_ = c.UpdateCommand(ctx, 456, 42, command)
	_ = c.UnregisterCommand(ctx, 456, 42)
	_, _ = c.BotCommands(ctx, 456)
	_, _ = c.SendMessage(ctx, bitrix.Message{Bot: 456, Dialog: "7", Text: "да"})
	_ = c.AnswerCommand(ctx, bitrix.CommandAnswer{Bot: 456, Command: 42, MessageID: 90602, Text: "да"})
	_, _ = c.FetchEvents(ctx, bitrix.EventQuery{Bot: 456})
	_, _ = c.SwitchToPosted(ctx, 456, bot, 0)
	_ = c.UnregisterBot(ctx, 456)
}

// TestProofOfOwnership: each call about a bot carries the bot's token with a webhook, and none with an application, which
// the portal knows by its access token.
func TestProofOfOwnership(t *testing.T) {
	for _, row := range []struct {
		name, key string
		api       bitrix.API
		app       bool
		calls     int // v1 knows of nine
	}{
		{"webhook, v2", "botToken", bitrix.APIv2, false, 12},
		{"webhook, v1", "CLIENT_ID", bitrix.APIv1, false, 9},
		{"application, v2", "botToken", bitrix.APIv2, true, 12},
		{"application, v1", "CLIENT_ID", bitrix.APIv1, true, 9},
	} {
		t.Run(row.name, func(t *testing.T) {
			var asked, proven int
			portal := transport(func(r *http.Request) (*http.Response, error) {
				body, err := io.ReadAll(r.Body)
				if err != nil {
					t.Error(err)
				}
				asked++
				if strings.Contains(string(body), row.key) && strings.Contains(string(body), "fake-bot-token") {
					proven++
				}
				return response(http.StatusOK, `{"result":true}`), nil
			})
			c := portalOf(t, "demo-portal.bitrix24.example", row.api, portal)
			if row.app {
				k := newKeeper()
				c = bitrix.NewClient(bitrix.ClientOptions{
					Tokens: k, API: row.api, BotToken: "fake-bot-token", HTTP: &http.Client{Transport: k.guard(t, portal)},
				})
			}
			everything(t, c)
			want := row.calls
			if row.app {
				want = 0
			}
			if asked != row.calls || proven != want {
				t.Errorf("%d calls, %d with the bot's token, want %d", asked, proven, want)
			}
		})
	}
}
