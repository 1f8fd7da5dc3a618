package messenger_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/whois24/whois24/bitrix"
)

const patience = 20 * time.Second // for anything that is to come over a socket

// reader is a page, as the portal sees it.
type reader struct {
	*websocket.Conn
	t     testing.TB
	state frame // the first
}

type frame struct {
	Type   string
	Me     bitrix.UserID
	Dialog bitrix.DialogID
	Person bitrix.UserID
	Ref    string
	ID     bitrix.MessageID
	Error  string
	People []struct {
		ID   bitrix.UserID
		Name string
		Bot  bool
	}
	Dialogs []struct {
		ID       bitrix.DialogID
		Private  bool
		Messages []message
	}
	Commands []struct{ Name string }
	Message  message
	Who      struct {
		ID     bitrix.UserID
		Status string
	}
	Call struct {
		Method string
		Params json.RawMessage
		Status int
	}
	Event struct{ Event, Form string }
}

type message struct {
	ID              bitrix.MessageID
	Author          bitrix.UserID
	Text            string
	Edited, Deleted bool
}

// open sits down as somebody; query is what follows the address.
func (s *site) open(query string) *reader {
	s.t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial(s.socketURL()+query, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { conn.Close() })
	r := &reader{Conn: conn, t: s.t}
	r.state = r.next("state", func(frame) bool { return true })
	return r
}

func (s *site) socketURL() string {
	return "ws" + strings.TrimPrefix(s.url, "http") + "/messenger/ws"
}

// next waits for a frame of a type that is the one meant; others are passed over.
func (r *reader) next(kind string, is func(frame) bool) frame {
	r.t.Helper()
	if err := r.SetReadDeadline(time.Now().Add(patience)); err != nil {
		r.t.Fatal(err)
	}
	for {
		var f frame
		if err := r.ReadJSON(&f); err != nil {
			r.t.Fatalf("waiting for %q: %v", kind, err)
		}
		if f.Type == kind && is(f) {
			return f
		}
	}
}

func (r *reader) send(request string) {
	r.t.Helper()
	if err := r.WriteMessage(websocket.TextMessage, []byte(request)); err != nil {
		r.t.Fatal(err)
	}
}

// ask returns the result; what else is said meanwhile is passed over.
func (r *reader) ask(request string) frame {
	r.t.Helper()
	r.send(request)
	return r.next("result", func(frame) bool { return true })
}

func say(ref string, d bitrix.DialogID, text string) string {
	return fmt.Sprintf(`{"type":"say","ref":%q,"dialog":%q,"text":%q}`, ref, d, text)
}

// ending reads to the end of the connection and returns its code.
func (r *reader) ending() int {
	r.t.Helper()
	_ = r.SetReadDeadline(time.Now().Add(patience))
	for {
		if _, _, err := r.ReadMessage(); err != nil {
			if closed := new(websocket.CloseError); errors.As(err, &closed) {
				return closed.Code
			}
			r.t.Fatalf("ended without a word: %v", err)
		}
	}
}
