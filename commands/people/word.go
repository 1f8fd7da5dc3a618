package people

import (
	"strings"
	"unicode/utf8"
)

// A word is a word of the index or of a query, with what comparing needs.
type word struct {
	text    string // folded
	letters int    // in text
	look    form   // text itself
	sounds  []form
}

// newWord takes a folded word. Numbers have no forms: two are the same or not, never alike.
func newWord(text string) word {
	w := word{text: text, letters: utf8.RuneCountInString(text)}
	if strings.Trim(text, "0123456789") == "" {
		return w
	}
	w.look = newForm(code(text))
	for _, s := range sounds(text) {
		if len(s)*2 >= w.letters { // "аааа" is no name that sounds like А
			w.sounds = append(w.sounds, newForm([]byte(s)))
		}
	}
	return w
}
