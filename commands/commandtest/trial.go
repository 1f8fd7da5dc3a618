package commandtest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// trial is an office where one command is tried.
type trial struct {
	*Office
	cmd        commands.Schema
	anna, vera bitrix.UserID
	department bitrix.DepartmentID
}

// try opens an office for a command, where this is the name and the position of Anna, who asks, and of Vera.
func try(t testing.TB, set *commands.Set, cmd commands.Schema, name string) *trial {
	t.Helper()
	tr := &trial{Office: With(t, set), cmd: cmd}
	tr.anna = tr.Hire(bitrix.User{FirstName: name, WorkPosition: name, Birthday: "14-02", Email: "anna@example.com"})
	tr.vera = tr.Hire(bitrix.User{FirstName: "Vera", LastName: name, WorkPosition: name})
	tr.department = tr.Department(name, tr.vera)
	return tr
}

// sample is a call with an argument for everything, the texts among them as given.
func (tr *trial) sample(text string) string {
	words := []string{"/" + tr.cmd.Name}
	for _, a := range tr.cmd.Arguments {
		words = append(words, tr.value(a, text))
	}
	return strings.Join(words, " ")
}

// value is how an argument may be typed.
func (tr *trial) value(a commands.ArgumentSchema, text string) string {
	switch a.Type {
	case "person":
		return fmt.Sprint(tr.vera)
	case "department":
		return fmt.Sprint(tr.department)
	case "day":
		return "2026-09-25"
	case "duration":
		return "90m"
	case "number":
		return "5"
	case "choice":
		words, _, _ := strings.Cut(a.Choices[0].Words[string(commands.English)], ",")
		return strings.TrimSpace(words)
	case "word":
		return `"` + text + `"`
	default:
		return text
	}
}

// takesText reports whether something the person writes reaches the command.
func (tr *trial) takesText() bool {
	for _, a := range tr.cmd.Arguments {
		if a.Type == "word" || a.Type == "text" {
			return true
		}
	}
	return false
}

// mostAnswers a trial gives to the questions of a command, so that one that always asks comes to an end.
const mostAnswers = 5

// talk has Anna say a line and answer the command's questions with another one, until there are none. All that she reads has
// to be sound, and is looked at.
func (tr *trial) talk(line, answer string, look func(*Answer)) {
	tr.t.Helper()
	a := tr.Say(tr.anna, line)
	for range mostAnswers {
		a.sound()
		asked := a.waits()
		if look(a); !asked {
			return
		}
		next := tr.Say(tr.anna, answer)
		if len(next.posts) == 0 && a.waits() { // nothing was said, as with a mere quote
			return
		}
		a = next
	}
	a.sound()
}

// sound expects an answer of any kind that is one: no apology, no silence, no text that is missing.
func (a *Answer) sound() {
	a.office.t.Helper()
	a.excused = true // what failed is told here, and once
	if len(a.posts) == 0 {
		a.fail(a.silence(), "some answer")
	}
	for _, p := range a.posts {
		p.read = true
		if len(a.failed) > 0 {
			a.fail(p.show(), "that the command does not fail")
		}
		for _, text := range p.texts() {
			if missingText(a.office.served.Commands, text) {
				a.fail(p.show(), "words, not the id of a text: is it there, and has it all its values?")
			}
		}
	}
}

// missingText reports whether a text is the bare id of one that could not be made.
func missingText(set *commands.Set, text string) bool {
	name, rest, dotted := strings.Cut(text, ".")
	return dotted && set.Has(name) && rest != "" && !strings.ContainsAny(rest, " \n.!?")
}
