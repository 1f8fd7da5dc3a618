package commands_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/commands"
)

// The proof that nobody learns of the staff what the privacy keeps from them. In a company where each field of each person holds
// a mark of its own, every command is asked in every audience whatever people may ask, and every button and link that comes back is
// pressed, also by an outsider. It goes over the commands of the bot as they are, with one of another process and one that tells
// all it sees, so a new command is tried the day it is added.
//
// Twice it is asked whether something got out: by the marks, and by asking the same in a company that differs in nothing but a field
// that is kept: there all answers have to be the same. So even "there is a phone, and I do not tell it" is found.

// strict is the setting that keeps most and tells something.
const strict = "mixed: name; outsiders: name"

// settings are what an operator may write; each field is somewhere the only one besides the name.
func settings() []string {
	all := []string{"", strict, "mixed: nothing", "mixed: all; outsiders: all"}
	for _, f := range fields()[1:] {
		all = append(all, fmt.Sprintf("mixed: name %s; outsiders: name %s", f, f))
	}
	return all
}

// fields are all there are.
func fields() []commands.Field { return shown(commands.DefaultPrivacy(), commands.Colleagues) }

// shown are the fields that an audience may read.
func shown(p *commands.Privacy, by commands.Audience) []commands.Field {
	c := commands.Call{Request: commands.Request{Privacy: p}}
	c.Asker.Outsider, c.Chat.Outsiders = by == commands.Outsiders, by != commands.Colleagues
	return c.Shown()
}

// everyCase is each setting, each audience it restricts, with the staff known and not yet.
func everyCase(t *testing.T, settings []string, try func(t *testing.T, p *commands.Privacy, by commands.Audience, read bool)) {
	for _, setting := range settings {
		for _, by := range []commands.Audience{commands.Mixed, commands.Outsiders} {
			for _, read := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s/%s/staff known %v", setting, by, read), func(t *testing.T) {
					t.Parallel()
					try(t, privacy(t, setting), by, read)
				})
			}
		}
	}
}

// TestNobodyReadsWhatIsKept looks for the marks.
func TestNobodyReadsWhatIsKept(t *testing.T) {
	everyCase(t, settings(), func(t *testing.T, p *commands.Privacy, by commands.Audience, read bool) {
		in := newCompany(nil, read)
		for _, said := range conduct(t, in, p, by) {
			for _, f := range fields() {
				if !slices.Contains(shown(p, said.by), f) {
					said.lacks(t, f, in)
				}
			}
		}
	})
}

// lacks checks that nobody's marks of a field are in the answer, but those the person named.
func (s saidThere) lacks(t *testing.T, f commands.Field, in company) {
	t.Helper()
	got := strings.ToLower(s.got)
	for _, u := range in.people {
		for _, mark := range marks(f, u) {
			if at := strings.Index(got, strings.ToLower(mark)); at >= 0 && !strings.Contains(s.line, mark) {
				t.Errorf("%s say %q and read the %s of %d: …%s…", s.by, s.line, f, u.ID, got[max(0, at-60):min(len(got), at+60)])
				return
			}
		}
	}
}

// TestColleaguesReadEverything: else there would be no marks to look for.
func TestColleaguesReadEverything(t *testing.T) {
	in := newCompany(nil, true)
	var all strings.Builder
	for _, said := range conduct(t, in, nil, commands.Colleagues) {
		if !strings.HasPrefix(said.line, "/gossip") && !strings.HasPrefix(said.line, "/elsewhere") {
			all.WriteString(strings.ToLower(said.got))
		}
	}
	for _, f := range fields() {
		if !slices.ContainsFunc(marks(f, in.people[6]), func(m string) bool { return strings.Contains(all.String(), strings.ToLower(m)) }) {
			t.Errorf("nobody reads %s", f)
		}
	}
}

// TestNobodyCanTellWhatIsKept asks in two companies that differ in one field of everybody. To whom it is kept from they are one.
func TestNobodyCanTellWhatIsKept(t *testing.T) {
	everyCase(t, []string{"", strict}, func(t *testing.T, p *commands.Privacy, by commands.Audience, read bool) {
		here := answersIn(conduct(t, newCompany(nil, read), p, by), by)
		for _, f := range fields() {
			if slices.Contains(shown(p, by), f) || len(shown(p, by)) == 0 { // who may read nothing is told nothing
				continue
			}
			there := answersIn(conduct(t, newCompany(map[commands.Field]string{f: "other"}, read), p, by), by)
			if diff := cmp.Diff(here, there); diff != "" {
				t.Errorf("%s can tell by the answers that %s differs (-here +there)\n%s", by, f, diff)
			}
		}
	})
}

// answersIn are the answers to an audience, by what was said.
func answersIn(all []saidThere, by commands.Audience) map[string]string {
	answers := map[string]string{}
	for _, s := range all {
		if s.by == by {
			answers[s.line] += s.got
		}
	}
	return answers
}
