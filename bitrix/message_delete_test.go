package bitrix_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

var answered = bitrix.MessageRemoval{Bot: 456, ID: 90500, Dialog: "7"}

func TestDeleteMessage(t *testing.T) {
	for api, want := range map[bitrix.API]string{
		bitrix.APIv2: "imbot.v2.Chat.Message.delete " + sorted(t, `{"botId":456,"botToken":"fake-bot-token","messageId":90500}`),
		bitrix.APIv1: "imbot.message.delete " + sorted(t, `{"BOT_ID":456,"CLIENT_ID":"fake-bot-token","MESSAGE_ID":90500}`),
	} {
		c, last := recordingOf(t, api, `{"result":true}`)
		if err := c.DeleteMessage(t.Context(), answered); err != nil {
			t.Errorf("%s: %v", api, err)
		}
		if diff := cmp.Diff(want, last.Method+" "+last.Params); diff != "" {
			t.Errorf("%s (-want +got)\n%s", api, diff)
		}
	}
}

// TestDeleteMessageRefused tells whether it helps to try again: not where the message is gone.
func TestDeleteMessageRefused(t *testing.T) {
	for body, temporary := range map[string]bool{
		`{"error":"ACCESS_DENIED"}`:         false,
		`{"error":"CANT_EDIT_MESSAGE"}`:     false,
		`{"error":"INTERNAL_SERVER_ERROR"}`: true,
	} {
		c := answering(t, http.StatusOK, body)
		failure, ok := errors.AsType[*bitrix.Error](c.DeleteMessage(t.Context(), answered))
		if !ok || failure.Temporary() != temporary {
			t.Errorf("after %s: %v", body, failure)
		}
	}
}
