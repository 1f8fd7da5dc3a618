package main

import (
	"slices"
	"strings"

	"github.com/whois24/whois24/commands"
)

// completer completes what is typed to commands, to people's names and to the words an argument may be. Tab once more
// takes the next that fits.
type completer struct {
	commands []string            // as typed, with the slash
	words    map[string][]string // what the arguments of a command may be
	names    []string

	// what the last Tab made, and of what
	line     string
	at       int
	fragment int // where in the line what was completed begins
	fitting  []string
	chosen   int
}

func newCompleter(schemas []commands.Schema, lang commands.Language, names []string) *completer {
	c := &completer{words: map[string][]string{}, names: names}
	for _, s := range schemas {
		c.commands = append(c.commands, "/"+s.Name)
		for _, a := range s.Arguments {
			for _, choice := range a.Choices {
				word, _, _ := strings.Cut(choice.Words[string(lang)], ",")
				c.words[s.Name] = append(c.words[s.Name], word)
			}
		}
	}
	return c
}

// key is called with each key before it does anything else. It answers Tab.
func (c *completer) key(line string, at int, key rune) (string, int, bool) {
	if key != '\t' {
		return "", 0, false
	}
	after := line[at:]
	if line == c.line && at == c.at && len(c.fitting) > 1 {
		c.chosen = (c.chosen + 1) % len(c.fitting)
	} else {
		c.fragment, c.fitting = c.fits(line[:at])
		c.chosen = 0
	}
	if len(c.fitting) == 0 {
		return line, at, true // the key is eaten, or it would be typed
	}
	before := line[:c.fragment] + c.fitting[c.chosen] + " "
	c.line, c.at = before+after, len(before)
	return c.line, c.at, true
}

// fits finds what a line may go on with, and where in the line that begins. A name may be several words, so the longest
// end of the line that is the beginning of something counts.
func (c *completer) fits(line string) (from int, fitting []string) {
	name, _, argument := strings.Cut(line, " ")
	if !argument {
		return 0, beginning(c.commands, "/"+strings.TrimPrefix(line, "/"))
	}
	words := c.words[strings.ToLower(strings.TrimPrefix(name, "/"))]
	for from := range line {
		if from <= len(name) || line[from-1] != ' ' {
			continue
		}
		said := line[from:]
		if fitting := append(beginning(words, said), c.called(said)...); len(fitting) > 0 {
			return from, fitting
		}
	}
	if strings.HasSuffix(line, " ") {
		return len(line), words
	}
	return 0, nil
}

func beginning(list []string, with string) (fitting []string) {
	for _, s := range list {
		if strings.HasPrefix(folded(s), folded(with)) {
			fitting = append(fitting, s)
		}
	}
	return fitting
}

// called are the names of which one word, and those after it, begin with what was said.
func (c *completer) called(said string) (fitting []string) {
	if strings.TrimSpace(said) == "" {
		return nil
	}
	for _, name := range c.names {
		words := strings.Fields(name)
		for i := range words {
			if strings.HasPrefix(folded(strings.Join(words[i:], " ")), folded(said)) && !slices.Contains(fitting, name) {
				fitting = append(fitting, name)
			}
		}
	}
	return fitting
}

// folded makes words comparable: no case, and ё is е.
func folded(s string) string {
	return strings.ReplaceAll(strings.ToLower(s), "ё", "е")
}
