package events_test

import (
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
)

func question() events.Event {
	return events.Event{Portal: "a.example", Event: bitrix.Event{
		Kind:    bitrix.CommandAdd,
		Time:    time.Unix(1790000000, 0),
		Bot:     bitrix.EventBot{ID: 456},
		Command: bitrix.Command{ID: 42, Name: "whois", Params: "5"},
		Message: bitrix.Incoming{ID: 90101},
		Chat:    bitrix.Chat{Dialog: "7"},
		User:    bitrix.Author{ID: 7},
	}}
}

// TestKeyNamesWhatWasAsked changes one thing at a time: the key must change with every question, and not with every
// delivery.
func TestKeyNamesWhatWasAsked(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*events.Event)
		same   bool
	}{
		"delivered later":              {func(e *events.Event) { e.Time = e.Time.Add(time.Hour) }, true},
		"in another language":          {func(e *events.Event) { e.Language = "de" }, true},
		"on another portal":            {func(e *events.Event) { e.Portal = "b.example" }, false},
		"to another bot":               {func(e *events.Event) { e.Bot.ID++ }, false},
		"in another message":           {func(e *events.Event) { e.Message.ID++ }, false},
		"another command of a message": {func(e *events.Event) { e.Command.ID++ }, false},
		"another argument":             {func(e *events.Event) { e.Command.Params = "6" }, false},
		"by somebody else":             {func(e *events.Event) { e.User.ID++ }, false},
		"as plain text":                {func(e *events.Event) { e.Kind = bitrix.MessageAdd }, false},
	} {
		t.Run(name, func(t *testing.T) {
			changed := question()
			c.change(&changed)
			if same := changed.Key() == question().Key(); same != c.same {
				t.Errorf("same key: %v, want %v", same, c.same)
			}
		})
	}
}

func TestButtonPressedAgainIsAskedAgain(t *testing.T) {
	first := question()
	first.Command.Keyboard = true
	again := first
	if again.Key() != first.Key() {
		t.Error("one press delivered twice has two keys")
	}
	again.Time = again.Time.Add(time.Second)
	if again.Key() == first.Key() {
		t.Error("two presses have one key")
	}
}

// TestEachEditIsAskedAgain, whenever it is delivered.
func TestEachEditIsAskedAgain(t *testing.T) {
	first := question()
	first.Kind, first.Command, first.Message.Text = bitrix.MessageUpdate, bitrix.Command{}, "/whois 6"
	for name, change := range map[string]func(*events.Event){
		"another text": func(e *events.Event) { e.Message.Text = "/whois 7" },
		"later":        func(e *events.Event) { e.Time = e.Time.Add(time.Minute) }, // there and back again
	} {
		other := first
		if change(&other); other.Key() == first.Key() {
			t.Errorf("%s: two edits have one key", name)
		}
	}
	again := first
	if again.Language = "de"; again.Key() != first.Key() {
		t.Error("one edit has two keys")
	}
}

// TestEachChatIsOneGreeting: an event of joining has no message, so its chat tells it apart.
func TestEachChatIsOneGreeting(t *testing.T) {
	first := events.Event{Event: bitrix.Event{Kind: bitrix.JoinChat, Chat: bitrix.Chat{Dialog: "chat142"}, User: bitrix.Author{ID: 7}}}
	other := first
	other.Chat.Dialog = "chat143"
	if other.Key() == first.Key() {
		t.Error("two chats have one key: the bot greets in the first only")
	}
	again := first
	again.Time = again.Time.Add(time.Second)
	if again.Key() != first.Key() {
		t.Error("one chat has two keys: the bot greets twice")
	}
}
