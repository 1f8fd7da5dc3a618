package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Keys as a terminal sends them.
const (
	enter  = "\r"
	tabKey = "\t"
	up     = "\x1b[A"
	left   = "\x1b[D"
	erase  = "\x7f"
	ctrlC  = "\x03"
	ctrlD  = "\x04"
)

// lines are what a screen reads of the keys.
func lines(t *testing.T, c *completer, keys string) []string {
	t.Helper()
	s := screenOver(strings.NewReader(keys), io.Discard)
	s.complete(c)
	var all []string
	for {
		line, err := s.next(t.Context())
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, line)
	}
}

func TestScreen(t *testing.T) {
	c := &completer{commands: []string{"/whois", "/help"}, names: []string{"Анна Тестова", "Антон Быков"}}
	for name, tt := range map[string]struct {
		keys string
		want []string
	}{
		"typing":             {"/hepl" + erase + erase + "lp" + enter, []string{"/help"}},
		"history":            {"/help" + enter + "/whois 5" + enter + up + up + enter + up + enter, []string{"/help", "/whois 5", "/help", "/help"}},
		"an earlier changed": {"/whois 5" + enter + up + erase + "6" + enter, []string{"/whois 5", "/whois 6"}},
		"completing":         {"/wh" + tabKey + "ан" + tabKey + enter, []string{"/whois Анна Тестова"}},
		"the next that fits": {"/whois ан" + tabKey + tabKey + enter, []string{"/whois Антон Быков"}},
		"within the line":    {"wh 5" + left + left + tabKey + enter, []string{"/whois  5"}},
		"nothing fits":       {"/x" + tabKey + "y" + enter, []string{"/xy"}},
		"Ctrl+D":             {"/help" + enter + ctrlD + "/whois" + enter, []string{"/help"}},
		"Ctrl+C":             {"/help" + enter + "/who" + ctrlC, []string{"/help"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, lines(t, c, tt.keys)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestScreenPut: what a button puts there can be changed like anything typed.
func TestScreenPut(t *testing.T) {
	s := screenOver(strings.NewReader(erase+"er 5"+enter), io.Discard)
	s.put("/whois")
	if line, err := s.next(t.Context()); line != "/whoier 5" || err != nil {
		t.Errorf("read %q, %v", line, err)
	}
}

// TestScreenIsLeft: who waits for a line that nobody types can be told to stop.
func TestScreenIsLeft(t *testing.T) {
	keys, hand := io.Pipe()
	defer hand.Close() // ends what reads
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := screenOver(keys, io.Discard).next(ctx); !errors.Is(err, ctx.Err()) {
		t.Errorf("error %v", err)
	}
}

// TestLooks: on a terminal there is bold text, and nothing that somebody else's words could do to it.
func TestLooks(t *testing.T) {
	const text = "[b]Anna\x1b[2J[/b] and [i]Oleg[/i]\u202e\nnext [send=/help]help[/send]"
	for people, want := range map[bool]string{
		true:  "\x1b[1mAnna[2J\x1b[0m and Oleg\nnext help",
		false: "Anna[2J and Oleg\nnext help",
	} {
		if got := (&talk{people: people}).shown(text); got != want {
			t.Errorf("on a terminal %v: got %q, want %q", people, got, want)
		}
	}
}
