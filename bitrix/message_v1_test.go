package bitrix_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

// TestSpeakingInV1: what a bot says, in the words of API v1. It has no way to quote, nor to know a message again.
func TestSpeakingInV1(t *testing.T) {
	keyboard := &bitrix.Keyboard{Buttons: []bitrix.Button{{Text: "5", Command: "whois", Params: "5"}}}
	attach := &bitrix.Attach{Blocks: []bitrix.Block{{Message: "в отпуске"}}}
	const decoration = `"KEYBOARD":{"BOT_ID":456,"BUTTONS":[{"TEXT":"5","COMMAND":"whois","COMMAND_PARAMS":"5"}]},
		"ATTACH":{"BLOCKS":[{"MESSAGE":"в отпуске"}]}`
	send := func(m bitrix.Message) func(c *bitrix.Client) error {
		m.Bot, m.Dialog = 456, "chat142"
		return func(c *bitrix.Client) error { _, err := c.SendMessage(t.Context(), m); return err }
	}
	for _, row := range []struct {
		name, method, params string
		call                 func(c *bitrix.Client) error
	}{
		{
			"text", "imbot.message.add",
			`{"CLIENT_ID":"fake-bot-token","BOT_ID":456,"DIALOG_ID":"chat142","MESSAGE":"[b]да[/b]"}`,
			send(bitrix.Message{Text: "[b]да[/b]"}),
		},
		{
			"all there is", "imbot.message.add",
			`{"CLIENT_ID":"fake-bot-token","BOT_ID":456,"DIALOG_ID":"chat142","MESSAGE":"да","URL_PREVIEW":"N",` + decoration + `}`,
			send(bitrix.Message{
				Text: "да", Keyboard: keyboard, Attach: attach, NoURLPreview: true,
				ReplyTo: 80601, TemplateID: "0d9e6bd2-6f1e-4c3a-9a1b-2d3c4e5f6a7b",
			}),
		},
		{
			"answer", "imbot.command.answer",
			`{"CLIENT_ID":"fake-bot-token","COMMAND_ID":103,"MESSAGE_ID":80602,"MESSAGE":"да",` + decoration + `}`,
			func(c *bitrix.Client) error {
				return c.AnswerCommand(t.Context(), bitrix.CommandAnswer{
					Bot: 456, Command: 103, MessageID: 80602, Dialog: "7", Text: "да", Keyboard: keyboard, Attach: attach,
				})
			},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, last := recordingOf(t, bitrix.APIv1, `{"result":90502}`)
			if err := row.call(c); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(row.method+" "+sorted(t, row.params), last.Method+" "+last.Params); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestUnconfirmedInV1: as TestUnconfirmed.
func TestUnconfirmedInV1(t *testing.T) {
	for _, body := range []string{`{"result":[]}`, `{"result":0}`, `{"result":"x"}`, `{"result":{"id":1}}`} {
		c := portalOf(t, "demo-portal.bitrix24.example", bitrix.APIv1, func(*http.Request) (*http.Response, error) {
			return response(http.StatusOK, body), nil
		})
		_, sending := c.SendMessage(t.Context(), bitrix.Message{Text: "да"})
		_, registering := c.RegisterBot(t.Context(), bitrix.BotFields{Code: "x", WebhookURL: "https://bot.example"})
		_, adding := c.RegisterCommand(t.Context(), 456, bitrix.CommandFields{Command: "x", Handler: "https://bot.example"})
		for name, err := range map[string]error{
			"send": sending, "register": registering, "add": adding,
			"answer":     c.AnswerCommand(t.Context(), bitrix.CommandAnswer{}),
			"unregister": c.UnregisterBot(t.Context(), 456),
		} {
			failure, ok := errors.AsType[*bitrix.Error](err)
			if !ok || failure.Temporary() || !failure.MayHaveRun() {
				t.Errorf("%s after %s: %v", name, body, err)
			}
		}
	}
}

// TestCompanyInV1: messages that wait share requests in both generations, and keep the order of their dialog.
func TestCompanyInV1(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newCrowdOf(t, bitrix.ClientOptions{API: bitrix.APIv1})
		var each []func()
		var want []string
		for i := range 40 {
			text := fmt.Sprint("message ", i)
			each, want = append(each, say(t, c, "7", text), say(t, c, "chat142", text)), append(want, text)
		}
		calls(each...)
		if diff := cmp.Diff(map[string][]string{"7": want, "chat142": want}, p.posted); diff != "" {
			t.Error(diff)
		}
		if len(p.requests) > 4 || p.overtaking > 0 {
			t.Errorf("80 messages took %d requests, %d of them side by side", len(p.requests), p.overtaking)
		}
	})
}
