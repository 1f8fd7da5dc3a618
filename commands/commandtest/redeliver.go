package commandtest

import (
	"bytes"

	"github.com/whois24/whois24/bitrix/portal"
)

// Redeliver has the bot do it all once more, as when it died before it could note that it had answered, and expects that
// nobody notices: no other message, and those there are stay as they are.
func (a *Answer) Redeliver() *Answer {
	a.office.t.Helper()
	stood := make([]portal.Message, len(a.posts))
	for i, p := range a.posts {
		stood[i] = p.now()
	}
	failed := a.failed
	a.failed = nil
	for _, d := range a.deliveries {
		a.failed = append(a.failed, a.office.deliver(d)...)
	}
	a.office.collect(a)
	for i, p := range a.posts {
		switch {
		case i >= len(stood):
			p.read = true
			a.fail("the second time also "+p.show(), "that a question which comes twice is answered once")
		case !same(stood[i], p.now()):
			a.fail("the second time "+p.show(), "what stood there already: "+legible(stood[i].Text))
		}
	}
	if len(failed) == 0 && len(a.failed) > 0 {
		a.fail("the first time without a fault", "that it can be the second time")
	}
	return a
}

// same reports whether a message is the same to who reads it.
func same(a, b portal.Message) bool {
	return a.Text == b.Text && a.Deleted == b.Deleted && bytes.Equal(a.Keyboard, b.Keyboard) && bytes.Equal(a.Attach, b.Attach)
}
