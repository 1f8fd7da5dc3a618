package commands

import (
	"slices"
	"strings"
	"unicode"
)

// gap stands in a saying of the catalogue for whom or what it is about: "who is …".
const gap = "…"

// token is a word of what somebody said in plain words.
type token struct {
	bare string // to compare: folded, without punctuation around it; "" of a mention, and of what is in quotes
	raw  string // as typed
}

// straight makes apostrophes those of a keyboard: word processors and phones write others.
var straight = strings.NewReplacer("’", "'", "‘", "'", "ʼ", "'", "′", "'")

// tokens are the words of a line. What has no letters and no digits says nothing.
func tokens(line string) []token {
	line = straight.Replace(line)
	var all []token
	for _, w := range split(line) {
		t := token{raw: line[w.from:w.to]}
		if !strings.ContainsFunc(t.raw, tells) {
			continue
		}
		if !w.mention && !w.quoted {
			t.bare = fold(strings.TrimFunc(t.raw, func(c rune) bool { return !tells(c) }))
		}
		all = append(all, t)
	}
	return all
}

func tells(c rune) bool { return unicode.IsLetter(c) || unicode.IsNumber(c) }

// typed is the words as they were written. What closes a quotation is no mark of the sentence.
func typed(list []token) string {
	var all []string
	for _, t := range list {
		all = append(all, t.raw)
	}
	words := strings.Join(all, " ")
	if n := len(list); n > 0 && list[n-1].bare == "" {
		return words
	}
	return trimSentence(words)
}

// saying is one way to say something: "кто в отпуске", "who is …", "…'s phone".
type saying struct {
	before, after []string // the words around the gap; without a gap all are before
	open          bool     // there is a gap
	ending        string   // what the last word in the gap ends with
}

// readSaying takes a spelling of the catalogue apart.
func readSaying(s string) saying {
	var p saying
	for w := range strings.FieldsSeq(s) {
		ending, isGap := strings.CutPrefix(w, gap)
		switch {
		case isGap:
			p.open, p.ending = true, ending
		case p.open:
			p.after = append(p.after, w)
		default:
			p.before = append(p.before, w)
		}
	}
	return p
}

// weight is how many words of its own a saying has. Of two that are said the one with more is meant.
func (p saying) weight() int {
	n := len(p.before) + len(p.after)
	if p.ending != "" {
		n++
	}
	return n
}

// fits reports whether the words are the saying, and what stands in its gap.
func (p saying) fits(list []token) (about []token, ok bool) {
	n := len(list) - len(p.before) - len(p.after)
	if n < 0 || p.open != (n > 0) || !begins(list, p.before) || !begins(list[len(p.before)+n:], p.after) {
		return nil, false
	}
	about = slices.Clone(list[len(p.before) : len(p.before)+n])
	if p.ending == "" {
		return about, true
	}
	last := &about[n-1]
	last.bare, ok = strings.CutSuffix(last.bare, p.ending)
	last.raw, _ = strings.CutSuffix(last.raw, p.ending)
	return about, ok && last.bare != ""
}

// begins reports whether the first words are these.
func begins(list []token, words []string) bool {
	if len(words) > len(list) {
		return false
	}
	for i, w := range words {
		if list[i].bare != w {
			return false
		}
	}
	return true
}

// ends reports whether the last words are these.
func ends(list []token, words []string) bool {
	return len(words) <= len(list) && begins(list[len(list)-len(words):], words)
}
