package messenger_test

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"

	"github.com/whois24/whois24/bitrix"
)

func TestStateIsThePersons(t *testing.T) {
	s := newSite(t)
	s.reply("7", "Здравствуйте!", nil)
	for query, want := range map[string]bitrix.UserID{
		"": anna, "?as=7": anna, "?as=5": eve, "?as=100500": anna, "?as=x": anna, "?as=" + string(s.dialog): anna,
	} {
		r := s.open(query)
		if r.state.Me != want {
			t.Errorf("%q sits down as %d, want %d", query, r.state.Me, want)
		}
	}
	state := s.open("?as=7").state
	if len(state.People) < 50 || len(state.Commands) != 2 {
		t.Errorf("%d people and %d commands, want the whole company and 2", len(state.People), len(state.Commands))
	}
	for _, d := range state.Dialogs {
		if private := d.ID == s.dialog; d.Private != private || (private && len(d.Messages) != 1) {
			t.Errorf("chat %+v: only the one with the bot is private, with its message", d)
		}
	}
}

func TestMessagesReachMembersOnly(t *testing.T) {
	s := newSite(t)
	writer, member, stranger := s.open("?as=7"), s.open("?as=5"), s.open("?as=30")
	group := s.NewGroup("Свои", anna, eve)

	writer.send(say("r1", group, "привет"))
	for _, r := range []*reader{writer, member} {
		got := r.next("message", func(frame) bool { return true })
		want := message{ID: s.Messages(anna, group)[0].ID, Author: anna, Text: "привет"}
		if diff := cmp.Diff(want, got.Message); diff != "" || got.Dialog != group {
			t.Errorf("in %s: %s", got.Dialog, diff)
		}
	}

	s.reply("30", "только вам", nil)
	got := stranger.next("message", func(frame) bool { return true })
	if got.Message.Text != "только вам" {
		t.Errorf("a stranger to the group was told %q", got.Message.Text)
	}
}

func TestMessageChanges(t *testing.T) {
	s := newSite(t)
	r := s.open("")
	id := s.reply("7", "было", nil)
	target := map[string]any{"botId": s.bot, "botToken": botToken, "messageId": id, "fields": map[string]any{"message": "стало"}}
	s.rest("imbot.v2.Chat.Message.update", target, nil)
	s.rest("imbot.v2.Chat.Message.delete", target, nil)

	r.next("message", func(f frame) bool { return f.Message.Text == "было" && !f.Message.Edited })
	r.next("message", func(f frame) bool { return f.Message.Text == "стало" && f.Message.Edited })
	r.next("message", func(f frame) bool { return f.Message.ID == id && f.Message.Deleted })
}

func TestTypingCallsAndEvents(t *testing.T) {
	s := newSite(t)
	s.reply("7", "Здравствуйте!", nil)
	r := s.open("")
	s.rest("imbot.v2.Chat.InputAction.notify", map[string]any{"botId": s.bot, "botToken": botToken, "dialogId": "7"}, nil)
	if f := r.next("typing", func(frame) bool { return true }); f.Dialog != s.dialog || f.Person != bitrix.UserID(s.bot) {
		t.Errorf("%d types in %s, want the bot in its chat", f.Person, f.Dialog)
	}
	f := r.next("call", func(f frame) bool { return f.Call.Method == "imbot.v2.Chat.InputAction.notify" })
	if f.Call.Status != http.StatusOK || strings.Contains(string(f.Call.Params), botToken) {
		t.Errorf("the call is shown as %d %s", f.Call.Status, f.Call.Params)
	}
	if _, err := s.Say(anna, s.dialog, "/whois 5"); err != nil {
		t.Fatal(err)
	}
	f = r.next("event", func(frame) bool { return true })
	if f.Event.Event != "ONIMBOTV2COMMANDADD" || !strings.Contains(f.Event.Form, "whois") {
		t.Errorf("the event is shown as %s\n%s", f.Event.Event, f.Event.Form)
	}
}

// The connection may break after a message was taken and before the page heard so.
func TestRepeatedRequestIsDoneOnce(t *testing.T) {
	s := newSite(t)
	first := s.open("").ask(say("same", s.dialog, "один раз"))
	again := s.open("").ask(say("same", s.dialog, "один раз"))
	if again.ID != first.ID || first.ID == 0 {
		t.Errorf("repeated: message %d, first %d", again.ID, first.ID)
	}
	if n := len(s.Messages(anna, s.dialog)); n != 1 {
		t.Errorf("%d messages, want 1", n)
	}
	if other := s.open("").ask(say("other", s.dialog, "один раз")); other.ID == first.ID {
		t.Error("another request was taken for a repeated one")
	}
}

func TestPressTellsTheBot(t *testing.T) {
	s := newSite(t)
	id := s.reply("7", "Ещё?", map[string]any{"keyboard": []any{
		map[string]any{"TEXT": "Да", "COMMAND": "whois", "COMMAND_PARAMS": "5"},
	}})
	r := s.open("")
	if f := r.ask(fmt.Sprintf(`{"type":"press","ref":"p","message":%d,"button":0}`, id)); f.Error != "" {
		t.Fatal(f.Error)
	}
	form := s.told("ONIMBOTV2COMMANDADD")
	got := []string{form.Get("data[command][context]"), form.Get("data[command][params]")}
	if diff := cmp.Diff([]string{"keyboard", "5"}, got); diff != "" {
		t.Errorf("%s in %v", diff, form)
	}
	if f := r.ask(fmt.Sprintf(`{"type":"press","ref":"q","message":%d,"button":1}`, id)); f.Error == "" {
		t.Error("a button that is not there was pressed")
	}
}

func TestRefusals(t *testing.T) {
	s := newSite(t)
	s.NewGroup("Чужой", eve)
	r := s.open("?as=30")
	for name, request := range map[string]string{
		"unknown type":     `{"type":"dance","ref":"1"}`,
		"somebody's chat":  say("2", "chat142", "я тут не состою"),
		"empty message":    say("3", s.dialog, "  "),
		"unknown dialog":   say("4", "chat999", "ау"),
		"unknown message":  `{"type":"press","ref":"5","message":1,"button":0}`,
		"unknown person":   `{"type":"change","ref":"6","person":100500,"change":{"online":true}}`,
		"presence of bots": fmt.Sprintf(`{"type":"change","ref":"7","person":%d,"change":{"online":true}}`, s.bot),
	} {
		t.Run(name, func(t *testing.T) {
			if f := r.ask(request); f.Error == "" || f.ID != 0 {
				t.Errorf("answered %+v, want an error", f)
			}
		})
	}
}

func TestOtherOriginsAreRefused(t *testing.T) {
	s := newSite(t)
	for origin, want := range map[string]bool{s.url: true, "http://evil.example": false, "null": false} {
		conn, resp, err := websocket.DefaultDialer.Dial(s.socketURL(), http.Header{"Origin": {origin}})
		if err == nil {
			conn.Close()
		}
		if (err == nil) != want || (!want && resp.StatusCode != http.StatusForbidden) {
			t.Errorf("origin %s: %v", origin, err)
		}
	}
}

func TestNoProtocolNoConnection(t *testing.T) {
	s := newSite(t)
	for name, tt := range map[string]struct {
		kind int
		data string
		want int
	}{
		"binary":   {websocket.BinaryMessage, `{"type":"say"}`, websocket.CloseInvalidFramePayloadData},
		"not JSON": {websocket.TextMessage, `hello`, websocket.CloseInvalidFramePayloadData},
		"a list":   {websocket.TextMessage, `[]`, websocket.CloseInvalidFramePayloadData},
	} {
		t.Run(name, func(t *testing.T) {
			r := s.open("")
			if err := r.WriteMessage(tt.kind, []byte(tt.data)); err != nil {
				t.Fatal(err)
			}
			if got := r.ending(); got != tt.want {
				t.Errorf("ended with %d, want %d", got, tt.want)
			}
		})
	}
}

func TestHugeRequestEndsTheConnection(t *testing.T) {
	s := newSite(t)
	r := s.open("")
	// The portal hangs up while the page still writes, so either side of the page may be the one to notice.
	err := r.WriteMessage(websocket.TextMessage, []byte(say("r", s.dialog, strings.Repeat("я", 100_000))))
	for err == nil {
		_ = r.SetReadDeadline(time.Now().Add(patience))
		_, _, err = r.ReadMessage()
	}
	if timeout := net.Error(nil); errors.As(err, &timeout) && timeout.Timeout() {
		t.Error("the connection is still there")
	}
	if said := s.Messages(anna, s.dialog); len(said) != 0 {
		t.Errorf("%d messages were taken", len(said))
	}
}

func TestLongestMessageFits(t *testing.T) {
	s := newSite(t)
	if f := s.open("").ask(say("r", s.dialog, strings.Repeat("\U0001F600", 20_000))); f.Error != "" {
		t.Error(f.Error)
	}
}

// 28 MB are more than the system keeps for a reader and what the portal keeps on top of that.
func TestSlowReaderIsDropped(t *testing.T) {
	s := newSite(t)
	r := s.open("")
	group := s.NewGroup("Болтуны", anna, eve)
	long := strings.Repeat("я", 20_000)
	for range 700 {
		if _, err := s.Say(eve, group, long); err != nil {
			t.Fatal(err)
		}
	}
	if got := r.ending(); got != websocket.CloseTryAgainLater {
		t.Errorf("ended with %d, want %d", got, websocket.CloseTryAgainLater)
	}
}

func TestCloseEndsAll(t *testing.T) {
	s := newSite(t)
	r := s.open("")
	s.messenger.Close()
	if got := r.ending(); got != websocket.CloseGoingAway {
		t.Errorf("ended with %d, want %d", got, websocket.CloseGoingAway)
	}
	_, resp, err := websocket.DefaultDialer.Dial(s.socketURL(), nil)
	if err == nil || resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("after Close: %v", err)
	}
}
