package commandtest

import (
	"slices"

	"github.com/whois24/whois24/bitrix/portal"
)

// Edit is the person changing what they said into another line. It returns the answer as it stands then: each of its messages,
// changed or not, is there to be expected again. In groups the bot hears of lines with its mention only.
func (a *Answer) Edit(line string) *Answer {
	a.office.t.Helper()
	return a.changed("changed that to", line, func(p *portal.Portal) error { return p.Edit(a.who, a.message, line) })
}

// Delete is the person deleting what they said. It returns what is left of the answer: [Answer.Nothing].
func (a *Answer) Delete() *Answer {
	a.office.t.Helper()
	return a.changed("deleted", a.said, func(p *portal.Portal) error { return p.Delete(a.who, a.message) })
}

// changed has the person do something to what they said. The messages are of the new answer from now on.
func (a *Answer) changed(did, line string, do func(*portal.Portal) error) *Answer {
	o := a.office
	o.t.Helper()
	next := &Answer{office: o, who: a.who, in: a.in, message: a.message, did: o.name(a.who) + " " + did, said: line, posts: a.posts}
	a.posts = nil
	o.exchange(next, func() error { return do(o.Portal) })
	next.posts = slices.DeleteFunc(next.posts, func(p *post) bool { return p.now().Deleted })
	for _, p := range next.posts {
		p.read = false
	}
	return next
}
