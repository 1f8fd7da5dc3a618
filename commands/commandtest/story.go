package commandtest

import (
	"fmt"
	"strings"
)

// unread is the first message that nobody expected yet.
func (a *Answer) unread() *post {
	for _, p := range a.posts {
		if !p.read {
			return p
		}
	}
	return nil
}

// next takes the next message. Where there is none the test fails, and what was expected is told.
func (a *Answer) next(expected string) *post {
	a.office.t.Helper()
	p := a.unread()
	if p == nil {
		a.last = nil
		a.fail(a.silence(), legible(expected))
		return nil
	}
	p.read = true
	a.last = p
	return p
}

// silence tells why there is no message.
func (a *Answer) silence() string {
	switch {
	case len(a.posts) > 0:
		return "nothing more"
	case len(a.deliveries) == 0 && a.said != "":
		return "nothing: in a group the bot hears only commands and what begins with its mention"
	}
	return "nothing"
}

// leftOver tells what nobody expected.
func (a *Answer) leftOver() {
	for _, p := range a.posts {
		if !p.read {
			a.failAt(p.show(), "nothing more: no expectation of the test reads this")
		}
	}
	if len(a.failed) > 0 && !a.excused {
		a.failAt("with an apology", "that the command does not fail; if it is to, say Fails")
	}
}

// fail fails the test with the story so far.
func (a *Answer) fail(answered, expected string) {
	a.office.t.Helper()
	a.office.t.Error("\n" + a.story(answered, expected))
}

// failAt is fail at the end of the test, when only the answer knows which line it was about.
func (a *Answer) failAt(answered, expected string) {
	a.office.t.Error("\n" + a.at + "\n" + a.story(answered, expected))
}

func (a *Answer) story(answered, expected string) string {
	story := []string{line(a.did, legible(a.said)), line("answered", answered), line("expected", expected)}
	for _, reason := range a.failed {
		story = append(story, line("it failed", reason))
	}
	return strings.Join(story, "\n")
}

// line is what and a text of one line or more.
func line(what, text string) string {
	return fmt.Sprintf("  %s: %s", what, strings.ReplaceAll(text, "\n", "\n    "))
}
