package commandtest

import (
	"testing"

	"github.com/whois24/whois24/commands"
)

// Trials are the names of what Check tries.
func Trials() []string {
	var names []string
	for _, c := range checks() {
		names = append(names, c.name)
	}
	return names
}

// Try is one trial of Check, with a test that may fail.
func Try(t testing.TB, name string, cmd commands.Command) {
	set, err := commands.NewSet(cmd)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range checks() {
		if c.name == name {
			c.run(t, set, set.Schemas()[0])
		}
	}
}
