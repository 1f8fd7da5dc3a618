package commandtest

import (
	"slices"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// Press is a person pressing the button of that text under one of the answer's messages. The answer to one made with
// [commands.InPlace] is that message, as it is then.
func (a *Answer) Press(who bitrix.UserID, text string) *Answer {
	a.office.t.Helper()
	var there []string
	for _, p := range a.posts {
		for _, b := range p.buttons() {
			if b.Text == text {
				return a.pressed(who, p, b)
			}
			there = append(there, b.Text)
		}
	}
	a.office.t.Fatalf("%s cannot press (%s): there are %s", a.office.name(who), text, row(there))
	return nil
}

// pressed is what a button does: it gives the bot a command, or has the messenger say something.
func (a *Answer) pressed(who bitrix.UserID, p *post, b button) *Answer {
	a.office.t.Helper()
	switch {
	case b.Action == string(bitrix.ActionSend):
		return a.office.say(who, a.in, b.Value)
	case b.Link != "" || b.Action != "":
		a.office.t.Fatalf("(%s) is a button of the messenger, and nothing the bot hears of: %s", b.Text, b.Link+b.Action+" "+b.Value)
	}
	return a.office.press(who, a, p, b)
}

// press is a person pressing a button that gives a command. Some time passes first: nobody presses twice in a second, and
// the bot takes that for once.
func (o *Office) press(who bitrix.UserID, on *Answer, p *post, b button) *Answer {
	o.t.Helper()
	o.clock.sleep(time.Second)
	a := &Answer{office: o, who: who, in: on.in, did: o.name(who) + " pressed", said: b.Text}
	stood := len(p.versions)
	o.exchange(a, func() error { return o.Portal.Press(who, p.now().ID, b.index) })
	if len(p.versions) > stood { // the answer took its place
		p.read, a.posts = false, slices.Insert(a.posts, 0, p)
	}
	return a
}
