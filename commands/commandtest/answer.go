package commandtest

import (
	"slices"
	"strings"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/events/stream"
)

// Answer is what the bot posted when somebody said something or pressed a button: one message as a rule, none, or several
// where several commands were given. Each of Reads, Contains, Asks and Fails expects the next of them.
type Answer struct {
	office     *Office
	who        bitrix.UserID
	in         bitrix.DialogID
	message    bitrix.MessageID // what was said; 0 of a button
	did, said  string           // as a failed test tells it
	at         string           // the line of the test
	deliveries []stream.Delivery
	posts      []*post
	last       *post    // that was expected
	failed     []string // why commands were given up
	excused    bool     // that was expected
}

// Reads expects a message of exactly this text, BB-code and all. Of an answer in two steps it is the last one.
func (a *Answer) Reads(text string) *Answer {
	a.office.t.Helper()
	if p := a.next(text); p != nil && p.now().Text != text {
		a.fail(p.show(), legible(text))
	}
	return a
}

// Contains expects a message that has all these parts in its text; without parts any message will do.
func (a *Answer) Contains(parts ...string) *Answer {
	a.office.t.Helper()
	p := a.next(strings.Join(append([]string{"some answer"}, parts...), "\n"))
	if p == nil {
		return a
	}
	for _, part := range parts {
		if !strings.Contains(p.now().Text, part) {
			a.fail(p.show(), "somewhere: "+legible(part))
		}
	}
	return a
}

// After expects that these texts, one after the other, stood in the message just read before it was what it is now.
func (a *Answer) After(texts ...string) *Answer {
	a.office.t.Helper()
	if a.last == nil {
		a.office.t.Error("After is about the message just read: say what it Reads first")
		return a
	}
	if before := a.last.before(); !slices.Equal(before, texts) {
		a.fail("before that "+listed(before), "before that "+listed(texts))
	}
	return a
}

// Offers expects that the message just read has these buttons and no others.
func (a *Answer) Offers(buttons ...string) *Answer {
	a.office.t.Helper()
	if a.last == nil {
		a.office.t.Error("Offers is about the message just read: say what it Reads first")
		return a
	}
	if labels := a.last.labels(); !slices.Equal(labels, buttons) {
		a.fail(a.last.show(), row(buttons))
	}
	return a
}

// Asks expects a question of this text, whose answer is what the person says next in the chat. In a group the bot adds that it
// wants to be mentioned.
func (a *Answer) Asks(text string) *Answer {
	a.office.t.Helper()
	expected := legible(text) + "\n(a question: the command waits for the answer)"
	p := a.next(expected)
	switch {
	case p == nil:
	case p.now().Text != text && !strings.HasPrefix(p.now().Text, text+"\n"):
		a.fail(p.show(), expected)
	case !a.waits():
		a.fail(p.show()+"\n(no question: the command does not wait for an answer)", expected)
	}
	return a
}

// waits reports whether the command waits for an answer to what it asked.
func (a *Answer) waits() bool { return a.office.memory.waits(a.deliveries) }

// Fails expects that the command failed through no fault of who asked, with an error that has this part: an apology is posted,
// and the event is a dead letter.
func (a *Answer) Fails(reason string) *Answer {
	a.office.t.Helper()
	p := a.next("an apology, since the command fails: " + reason)
	switch all := strings.Join(a.failed, "\n"); {
	case p == nil:
	case all == "":
		a.fail(p.show()+"\n(the command did not fail)", "an apology, since the command fails: "+reason)
	case !strings.Contains(all, reason):
		a.fail(p.show(), "an apology, since the command fails: "+reason)
	}
	a.excused = true
	return a
}

// Nothing expects that nothing was posted.
func (a *Answer) Nothing() {
	a.office.t.Helper()
	if p := a.unread(); p != nil {
		p.read = true
		a.fail(p.show(), "nothing")
	}
}

// Message is the message just read, with all there is to it.
func (a *Answer) Message() portal.Message {
	a.office.t.Helper()
	if a.last == nil {
		a.office.t.Fatal("Message is the message just read: say what it Reads first")
	}
	return a.last.now()
}
