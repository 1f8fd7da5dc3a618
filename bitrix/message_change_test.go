package bitrix_test

import (
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

// TestUpdateMessage: the message is what the change says and no more, so what is not in it is taken away.
func TestUpdateMessage(t *testing.T) {
	bare := bitrix.MessageChange{Bot: 456, ID: 90500, Dialog: "7", Text: "нашёл"}
	dressed := bare
	dressed.Keyboard = &bitrix.Keyboard{Buttons: []bitrix.Button{{Text: "5", Command: "whois", Params: "5"}}}
	dressed.Attach = &bitrix.Attach{Blocks: []bitrix.Block{{Message: "да"}}}
	const keyboard = `{"BOT_ID":456,"BUTTONS":[{"TEXT":"5","COMMAND":"whois","COMMAND_PARAMS":"5"}]}`
	const attach = `{"BLOCKS":[{"MESSAGE":"да"}]}`
	const v2 = `{"botId":456,"botToken":"fake-bot-token","messageId":90500,"fields":{"message":"нашёл","urlPreview":false,`
	const v1 = `{"BOT_ID":456,"CLIENT_ID":"fake-bot-token","MESSAGE_ID":90500,"MESSAGE":"нашёл","URL_PREVIEW":"N",`
	for _, row := range []struct {
		name   string
		api    bitrix.API
		answer string
		change bitrix.MessageChange
		want   string
	}{
		{
			"bare", bitrix.APIv2, `{"result":{"result":true}}`, bare,
			"imbot.v2.Chat.Message.update " + sorted(t, v2+`"keyboard":"N","attach":"N"}}`),
		},
		{
			"dressed", bitrix.APIv2, `{"result":{"result":true}}`, dressed,
			"imbot.v2.Chat.Message.update " + sorted(t, v2+`"keyboard":`+keyboard+`,"attach":`+attach+`}}`),
		},
		{"v1, bare", bitrix.APIv1, `{"result":true}`, bare, "imbot.message.update " + sorted(t, v1+`"KEYBOARD":"N","ATTACH":"N"}`)},
		{
			"v1, dressed", bitrix.APIv1, `{"result":true}`, dressed,
			"imbot.message.update " + sorted(t, v1+`"KEYBOARD":`+keyboard+`,"ATTACH":`+attach+`}`),
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, last := recordingOf(t, row.api, row.answer)
			if err := c.UpdateMessage(t.Context(), row.change); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(row.want, last.Method+" "+last.Params); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestUpdateMessageToNothing is refused before the portal takes it for a deletion.
func TestUpdateMessageToNothing(t *testing.T) {
	for _, api := range []bitrix.API{bitrix.APIv1, bitrix.APIv2} {
		c, last := recordingOf(t, api, `{"result":true}`)
		err := c.UpdateMessage(t.Context(), bitrix.MessageChange{Bot: 456, ID: 90500, Dialog: "7", Attach: &bitrix.Attach{}})
		if !errors.Is(err, bitrix.ErrEmptyMessage) || last.Method != "" {
			t.Errorf("%s: %v, asked %q", api, err, last.Method)
		}
	}
}

// TestUpdateMessageRefused tells whether it helps to try again: not where the message is gone.
func TestUpdateMessageRefused(t *testing.T) {
	for body, temporary := range map[string]bool{
		`{"error":"ACCESS_DENIED"}`:     false,
		`{"error":"CANT_EDIT_MESSAGE"}`: false,
		`{"error":"CONNECTION_ERROR"}`:  true,
		`{"result":{"result":false}}`:   false,
	} {
		c := answering(t, http.StatusOK, body)
		err := c.UpdateMessage(t.Context(), bitrix.MessageChange{Bot: 456, ID: 90500, Dialog: "7", Text: "да"})
		failure, ok := errors.AsType[*bitrix.Error](err)
		if !ok || failure.Temporary() != temporary {
			t.Errorf("after %s: %v", body, err)
		}
	}
}

// TestUpdatesKeepTheirPlace: what goes to one dialog arrives in order, messages and their changes alike.
func TestUpdatesKeepTheirPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newCrowd(t)
		slow := 0
		p.late = func(int) time.Duration { // each request takes less than the one before it
			slow++
			return time.Second - time.Duration(slow)*50*time.Millisecond
		}
		var each []func()
		var want []string
		for range 20 {
			each = append(each, say(t, c, "7", "?"), func() {
				err := c.UpdateMessage(t.Context(), bitrix.MessageChange{Bot: 456, ID: 90500, Dialog: "7", Text: "!"})
				if err != nil {
					t.Error(err)
				}
			})
			want = append(want, "?", "!")
		}
		calls(each...)
		if diff := cmp.Diff(map[string][]string{"7": want}, p.posted); diff != "" {
			t.Error(diff)
		}
	})
}
