package commands

import (
	"slices"
	"strings"
)

// spellings are the ways to write a word that commands understand, in all languages. A text of such a word has several, with
// commas between: "monday, mon".
func (c *catalogue) spellings(id string) []string {
	if known, ok := c.spelled.Load(id); ok {
		return known.([]string)
	}
	var all []string
	for _, lang := range c.languages {
		for one := range strings.SplitSeq(c.text(lang, id, nil), ",") {
			all = append(all, fold(one))
		}
	}
	c.spelled.Store(id, all)
	return all
}

// meaning is the place among ids of the text that s is a spelling of; -1: none.
func (c *catalogue) meaning(ids []string, s string) int {
	s = fold(s)
	for i, id := range ids {
		if slices.Contains(c.spellings(id), s) {
			return i
		}
	}
	return -1
}

// spells reports whether s is a spelling of the word in one language.
func (c *catalogue) spells(lang Language, id, s string) bool {
	return slices.ContainsFunc(strings.Split(c.text(lang, id, nil), ","), func(one string) bool { return fold(one) == fold(s) })
}

// shown is the first spelling in a language.
func (c *catalogue) shown(lang Language, id string) string {
	first, _, _ := strings.Cut(c.text(lang, id, nil), ",")
	return first
}

// fold makes words comparable: no case, and ё is е.
func fold(s string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), "ё", "е")
}

// bare is a word without the punctuation of a sentence at its end. What is in quotes is meant as it is.
func bare(w word) string {
	if w.quoted {
		return w.text
	}
	return trimSentence(w.text)
}

func trimSentence(s string) string { return strings.TrimRight(s, ` .,:;!?)"'»”`) }
