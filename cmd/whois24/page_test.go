package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/whois24/whois24/bitrix"
)

// sitter is somebody at the demo's page, without a browser: it speaks what package messenger speaks.
type sitter struct {
	t        *testing.T
	socket   *websocket.Conn
	frames   chan pageFrame // all that the page is told, read at once: who does not read is taken for gone
	me       bitrix.UserID
	commands []pageCommand
	messages map[bitrix.MessageID]pageMessage
	asked    int
}

type pageCommand struct {
	Name string
	Bot  bitrix.BotID
}

type pageMessage struct {
	ID       bitrix.MessageID
	Author   bitrix.UserID
	Text     string
	Keyboard []struct{ Text, Command string }
}

type pageFrame struct {
	Type     string
	Me       bitrix.UserID
	Commands []pageCommand
	Dialogs  []struct{ Messages []pageMessage }
	Message  pageMessage
	Error    string
}

// sit opens the page of a demo.
func sit(t *testing.T, url string) *sitter {
	t.Helper()
	socket, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(url, "http")+"/messenger/ws", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = socket.Close() })
	s := &sitter{t: t, socket: socket, frames: make(chan pageFrame, 10_000), messages: map[bitrix.MessageID]pageMessage{}}
	go s.listen()
	s.read()
	return s
}

// listen ends with the connection.
func (s *sitter) listen() {
	defer close(s.frames)
	for {
		var f pageFrame
		if s.socket.ReadJSON(&f) != nil {
			return
		}
		s.frames <- f
	}
}

// read takes the next thing the page is told.
func (s *sitter) read() {
	s.t.Helper()
	var f pageFrame
	select {
	case next, open := <-s.frames:
		if !open {
			s.t.Fatal("the page is told no more")
		}
		f = next
	case <-time.After(time.Minute):
		s.t.Fatal("the page is told nothing for a minute")
	}
	switch f.Type {
	case "state":
		s.me, s.commands = f.Me, f.Commands
		for _, d := range f.Dialogs {
			for _, m := range d.Messages {
				s.messages[m.ID] = m
			}
		}
	case "message":
		s.messages[f.Message.ID] = f.Message
	case "result":
		if f.Error != "" {
			s.t.Fatalf("the page: %s", f.Error)
		}
	}
}

// lists waits until the bot has the command on the portal.
func (s *sitter) lists(command string) {
	s.t.Helper()
	for !slices.ContainsFunc(s.commands, func(c pageCommand) bool { return c.Name == command }) {
		s.read()
	}
}

// ask says a line to the bot and waits for the answer that follows.
func (s *sitter) ask(line string) pageMessage {
	s.t.Helper()
	return s.answered(map[string]any{"type": "say", "dialog": fmt.Sprint(s.commands[0].Bot), "text": line})
}

// press presses a button and waits for the answer.
func (s *sitter) press(m pageMessage, button int) pageMessage {
	s.t.Helper()
	return s.answered(map[string]any{"type": "press", "message": m.ID, "button": button})
}

func (s *sitter) answered(request map[string]any) pageMessage {
	s.t.Helper()
	before := len(s.answers())
	s.asked++
	request["ref"] = fmt.Sprint(s.asked)
	if err := s.socket.WriteJSON(request); err != nil {
		s.t.Fatal(err)
	}
	for {
		if all := s.answers(); len(all) > before {
			return all[len(all)-1]
		}
		s.read()
	}
}

// answers are what the bot said, in its order.
func (s *sitter) answers() []pageMessage {
	var all []pageMessage
	for _, m := range s.messages {
		if m.Author == bitrix.UserID(s.commands[0].Bot) {
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(a, b pageMessage) int { return int(a.ID - b.ID) })
	return all
}
