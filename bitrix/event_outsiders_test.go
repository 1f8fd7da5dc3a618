package bitrix_test

import (
	"testing"

	"github.com/whois24/whois24/bitrix"
)

// TestWhoReadsAlong: what outsiders must not learn depends on it, so it matters too where nothing is said of it.
func TestWhoReadsAlong(t *testing.T) {
	type chat struct{ outsiders, unvouched bool }
	for name, want := range map[string]chat{
		"v2-command-add-private.form":       {},
		"v2-command-add-group.form":         {},
		"v2-message-add-group-mention.form": {},
		"v2-message-add-connector.form":     {outsiders: true}, // an open line: the portal says extranet 0
		"v1-message-add-private.form":       {},
		"v1-command-add-keyboard.form":      {}, // in private
		"v1-command-add-group.form":         {},
		"v1-message-add-group.form":         {},
		"v1-message-update-private.form":    {},
		"v1-message-update-group.form":      {unvouched: true},
		"v1-join-chat-group.form":           {unvouched: true},
	} {
		form, err := bitrix.ParseForm(capturedBody(t, name))
		if err != nil {
			t.Fatal(err)
		}
		list, err := form.Events()
		if err != nil {
			t.Fatal(err)
		}
		if got := (chat{list[0].Chat.Outsiders, list[0].Chat.Unvouched}); got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
}

// TestOutsidersAreSaidToRead: in both versions of the bot API.
func TestOutsidersAreSaidToRead(t *testing.T) {
	for _, said := range []string{
		"event=ONIMBOTV2MESSAGEADD&data[chat][dialogId]=chat1&data[chat][extranet]=1",
		"event=ONIMBOTV2MESSAGEADD&data[chat][dialogId]=chat1&data[chat][extranet]=0&data[chat][containsCollaber]=1",
		"event=ONIMBOTMESSAGEADD&data[BOT][4][BOT_ID]=4&data[PARAMS][DIALOG_ID]=chat1&data[PARAMS][CHAT_EXTRANET]=Y",
		"event=ONIMBOTMESSAGEADD&data[BOT][4][BOT_ID]=4&data[PARAMS][DIALOG_ID]=chat1&data[PARAMS][CHAT_EXTRANET]=N&data[PARAMS][CHAT_TYPE]=L",
	} {
		form, err := bitrix.ParseForm([]byte(said))
		if err != nil {
			t.Fatal(err)
		}
		if list, err := form.Events(); err != nil || !list[0].Chat.Outsiders || list[0].Chat.Unvouched {
			t.Errorf("%s: outsiders do not read along (%v)", said, err)
		}
	}
}
