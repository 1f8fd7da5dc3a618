package commandtest

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// longestTitle is what a list of commands in the messenger shows on a phone, with some room.
const longestTitle = 100

var tag = regexp.MustCompile(`\[/?[A-Za-z]+(=[^\]]*)?\]`)

// checkTitles looks at what the messenger's list of commands and /help say about a command.
func checkTitles(t testing.TB, _ *commands.Set, cmd commands.Schema) {
	t.Helper()
	for _, lang := range commands.Languages() {
		title := cmd.Title[string(lang)]
		switch {
		case strings.TrimSpace(title) == "":
			t.Errorf("the title in %s is empty", lang)
		case strings.ContainsAny(title, "\r\n"):
			t.Errorf("the title in %s has several lines, and the list of commands has room for one: %q", lang, title)
		case tag.MatchString(title):
			t.Errorf("the title in %s has BB-code, which the list of commands shows as it is: %q", lang, title)
		case utf8.RuneCountInString(title) > longestTitle:
			t.Errorf("the title in %s has %d characters, more than %d: %q", lang, utf8.RuneCountInString(title), longestTitle, title)
		}
	}
}

// checkNothingSaid calls a command with no arguments.
func checkNothingSaid(t testing.TB, set *commands.Set, cmd commands.Schema) {
	t.Helper()
	tr := try(t, set, cmd, "Anna")
	guest := tr.Hire(bitrix.User{FirstName: "Guest", Extranet: true})
	ours, theirs := tr.Group(tr.anna, tr.vera), tr.Group(tr.anna, guest)
	for _, lang := range commands.Languages() {
		tr.Speak(lang)
		line := "/" + cmd.Name
		for _, a := range []*Answer{tr.Say(tr.anna, line), ours.Say(tr.vera, line), theirs.Say(tr.anna, line)} {
			a.sound()
		}
		if t.Failed() { // in the next language it would be the same
			return
		}
	}
}

// checkHostileWords says each attack after the command, in the place of each text, and as the answer to its questions.
func checkHostileWords(t testing.TB, set *commands.Set, cmd commands.Schema) {
	t.Helper()
	tr := try(t, set, cmd, "Anna")
	for _, at := range attacks() {
		if tr.attack(at); t.Failed() { // so would it most of the others
			return
		}
	}
}

// attack says an attack in every way.
func (tr *trial) attack(at attack) {
	tr.t.Helper()
	tr.talk("/"+tr.cmd.Name+" "+at.text, at.text, at.misses)
	if tr.takesText() {
		tr.talk(tr.sample(at.text), at.text, at.misses)
	}
}

// misses expects that an attack is not live in an answer.
func (at attack) misses(a *Answer) {
	a.office.t.Helper()
	for _, p := range a.posts {
		if slices.ContainsFunc(p.texts(), at.livesIn) {
			a.fail(p.show(), "that nothing people write is live: it goes through Call.Say, Call.Text or bitrix.Plain")
		}
	}
}

// checkHostileNames has each attack stand in the profiles of who asks and of who is asked about.
func checkHostileNames(t testing.TB, set *commands.Set, cmd commands.Schema) {
	t.Helper()
	for _, at := range attacks() {
		tr := try(t, set, cmd, at.text)
		tr.talk("/"+cmd.Name, "yes", at.misses)
		if tr.talk(tr.sample("yes"), "yes", at.misses); t.Failed() {
			return
		}
	}
}

// longestAnswer is where the bot cuts what a command answers, in characters.
const longestAnswer = 10_000

// checkLength calls a command with much to say about much.
func checkLength(t testing.TB, set *commands.Set, cmd commands.Schema) {
	t.Helper()
	long := strings.Repeat("long ", bitrix.PlainLimit/5)
	tr := try(t, set, cmd, long)
	for _, line := range []string{"/" + cmd.Name, tr.sample(strings.Repeat("word ", 1000))} {
		tr.talk(line, strings.Repeat("word ", 700), notTooLong)
	}
}

func notTooLong(a *Answer) {
	a.office.t.Helper()
	for _, p := range a.posts {
		if n := utf8.RuneCountInString(p.now().Text); n >= longestAnswer {
			a.fail(p.show(), "something to read: what is longer than 10,000 characters is cut")
		}
	}
}
