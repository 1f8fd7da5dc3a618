package messenger

import (
	"cmp"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// lastMessages is how much of each chat the page gets: more than anybody scrolls back in a demo.
const lastMessages = 300

// view is the portal as one person sees it.
type view struct {
	portal *portal.Portal
	as     bitrix.UserID
}

// state is everything the page shows.
func (v view) state() frame {
	return frame{
		Type: "state", Me: v.as, People: v.people(), Dialogs: v.dialogs(), Commands: v.commands(),
		Calls: convert(v.portal.Calls(), newCall), Events: convert(v.portal.Deliveries(), newEvent),
	}
}

// frame turns a change into what to say about it; false when it is none of the person's business.
func (v view) frame(c portal.Change) (frame, bool) {
	switch c.Kind {
	case portal.KindBot, portal.KindDialog:
		return v.state(), true
	case portal.KindPerson:
		who := newPerson(*c.Person, v.departments())
		return frame{Type: "person", Who: &who}, true
	case portal.KindCall:
		call := newCall(*c.Call)
		return frame{Type: "call", Call: &call}, true
	case portal.KindEvent:
		event := newEvent(*c.Delivery)
		return frame{Type: "event", Event: &event}, true
	}
	return v.chatFrame(c)
}

func (v view) chatFrame(c portal.Change) (frame, bool) {
	d, member := v.dialog(c.Chat)
	switch {
	case !member:
		return frame{}, false
	case c.Message != nil:
		m := newMessage(*c.Message)
		return frame{Type: "message", Dialog: d, Message: &m}, true
	case c.Kind == portal.KindTyping && c.Person != nil:
		return frame{Type: "typing", Dialog: d, Person: c.Person.ID}, true
	}
	return frame{}, false
}

// dialog finds a chat among those the person is in.
func (v view) dialog(chat int64) (bitrix.DialogID, bool) {
	for _, d := range v.portal.Dialogs(v.as) {
		if d.ChatID == chat {
			return d.ID, true
		}
	}
	return "", false
}

func (v view) people() []person {
	departments := v.departments()
	return convert(v.portal.People(), func(p portal.Person) person { return newPerson(p, departments) })
}

func (v view) departments() map[int64]string {
	names := map[int64]string{}
	for _, d := range v.portal.Departments() {
		names[d.ID] = d.Name
	}
	return names
}

func (v view) dialogs() []dialog {
	return convert(v.portal.Dialogs(v.as), func(d portal.Dialog) dialog {
		messages := v.portal.Messages(v.as, d.ID)
		messages = messages[max(0, len(messages)-lastMessages):]
		return dialog{
			ID: d.ID, Title: d.Title, Private: d.Kind == "private",
			Members: d.Members, Messages: convert(messages, newMessage),
		}
	})
}

func (v view) commands() []command {
	var visible []command
	for _, c := range v.portal.Commands() {
		if !c.Hidden {
			visible = append(visible, command{Name: c.Name, Bot: c.Bot, Title: c.Title, Params: c.Params})
		}
	}
	return visible
}

func newPerson(p portal.Person, departments map[int64]string) person {
	out := person{
		ID: p.ID, Name: p.Name(), Position: p.Position, Email: p.Email,
		Phone: cmp.Or(p.Phones.Mobile, p.Phones.Work, p.Phones.Inner, p.Phones.Personal),
		Color: p.Color, Zone: p.Zone, Active: p.Active, Bot: p.Bot,
		Outsider: p.Extranet || p.Collaber || p.Connector,
		Online:   p.Online, Mobile: p.Mobile, Idle: !p.Idle.IsZero(), Status: p.Status, LastSeen: p.LastSeen, AbsentUntil: p.AbsentUntil,
	}
	for _, id := range p.Departments {
		out.Departments = append(out.Departments, departments[id])
	}
	return out
}

func newMessage(m portal.Message) message {
	return message{
		ID: m.ID, Author: m.Author, Text: m.Text, At: m.At, Edited: m.Edited, Deleted: m.Deleted, System: m.System,
		ReplyTo: m.ReplyTo, Keyboard: m.Keyboard, Attach: m.Attach, Color: m.AttachColor,
	}
}

func newCall(c portal.Call) call {
	return call{
		At: c.At, Method: c.Method, Params: c.Params, Status: c.Status, Code: c.Code,
		Took: milliseconds(c.Took), Batch: c.Batch,
	}
}

func newEvent(d portal.Delivery) event {
	return event{At: d.At, Event: d.Event, Form: d.Form, Status: d.Status, Error: d.Err, Took: milliseconds(d.Took)}
}

func milliseconds(d time.Duration) float64 {
	return float64(d.Round(time.Microsecond*10)) / float64(time.Millisecond)
}

// convert never returns nil: the page gets [], not null.
func convert[From, To any](from []From, one func(From) To) []To {
	to := make([]To, 0, len(from))
	for _, f := range from {
		to = append(to, one(f))
	}
	return to
}
