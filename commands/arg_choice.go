package commands

import (
	"context"
	"reflect"
	"slices"
	"strings"
)

// choiceKind reads a string that is one of a few: its key, or what it is called in a language. That is a text of the
// catalogue for each, command.field.key.
type choiceKind struct {
	keys   []string
	prefix string // of the texts' ids
}

// longestChoice is how many words a choice may be called by.
const longestChoice = 3

func (k choiceKind) name() string { return "choice" }

func (k choiceKind) hint(t *catalogue, lang Language) string {
	return strings.Join(k.shown(t, lang), "|")
}

func (k choiceKind) accepted(t *catalogue, lang Language) string {
	return strings.Join(k.shown(t, lang), ", ")
}

func (k choiceKind) shown(t *catalogue, lang Language) []string {
	var all []string
	for _, id := range k.ids() {
		all = append(all, t.shown(lang, id))
	}
	return all
}

// ids are those of the texts, in the order of the keys.
func (k choiceKind) ids() []string {
	var all []string
	for _, key := range k.keys {
		all = append(all, k.prefix+key)
	}
	return all
}

// take prefers a key, then the longest name.
func (k choiceKind) take(c Call, list []word) int {
	if slices.Contains(k.keys, bare(list[0])) {
		return 1
	}
	for n := min(len(list), longestChoice); n > 0; n-- {
		if c.catalogue().meaning(k.ids(), phrase(list[:n])) >= 0 {
			return n
		}
	}
	return 0
}

func phrase(list []word) string {
	return trimSentence(said{words: list}.text())
}

func (k choiceKind) value(_ context.Context, c Call, s said) (any, error) {
	if key := bare(s.words[0]); slices.Contains(k.keys, key) {
		return key, nil
	}
	return k.keys[c.catalogue().meaning(k.ids(), phrase(s.words))], nil
}

func (k choiceKind) write(v any) string { return reflect.ValueOf(v).String() }
