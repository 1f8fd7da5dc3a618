package commandtest

import (
	"testing"

	"github.com/whois24/whois24/commands"
)

// check is what every command should bear.
type check struct {
	name string
	run  func(t testing.TB, set *commands.Set, cmd commands.Schema)
}

// checks are what Check does with each command.
func checks() []check {
	return []check{
		{"titles", checkTitles},
		{"nothing said", checkNothingSaid},
		{"hostile words", checkHostileWords},
		{"hostile names", checkHostileNames},
		{"length", checkLength},
		{"same answer again", checkSameAnswer},
		{"once", checkOnce},
	}
}

// Check tries what every command should bear, in a subtest for each command and trial:
//
//   - titles: in each language one short line without BB-code;
//   - nothing said: the command alone is answered, in each language, in private and in groups, with texts that are there;
//   - hostile words, hostile names: BB-code, ten thousand letters, text from right to left, NUL and quotes, as arguments, as
//     answers to the command's questions and in the names of people, are answered, and none of them is live in the answer;
//   - length: no answer is so long that it is cut;
//   - same answer again: a question that comes twice is answered with the same words, whether or not the portal
//     remembers the first;
//   - once: a question has one message for an answer, and a second delivery changes nothing.
//
// The commands together are one bot. Where their arguments allow it they are called with values that make sense.
func Check(t *testing.T, list ...commands.Command) {
	t.Helper()
	set, err := commands.NewSet(list...)
	if err != nil {
		t.Fatalf("these commands make no bot:\n%v", err)
	}
	CheckSet(t, set)
}

// CheckSet is Check for the commands of a set.
func CheckSet(t *testing.T, set *commands.Set) {
	t.Helper()
	for _, cmd := range set.Schemas() {
		t.Run(cmd.Name, func(t *testing.T) {
			for _, c := range checks() {
				t.Run(c.name, func(t *testing.T) { c.run(t, set, cmd) })
			}
		})
	}
}
