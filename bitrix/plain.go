package bitrix

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// PlainLimit is how many runes Plain leaves.
const PlainLimit = 200

const (
	// A run of 54 hyphens begins a quote. Far fewer, so that the text around cannot fill it up.
	longestHyphens = 10
	// Enough for every living script; more are there to spill over neighbouring lines.
	longestMarks = 3
)

// Plain makes a text from outside, such as a name or a position, harmless inside a message: one line of at
// most PlainLimit runes, in NFC, where no BB-code is live, nothing begins a command or a quote, and no
// invisible character hides or turns round what is next to it. BB-code has no escapes and the portal turns
// HTML entities back, so brackets are replaced by look-alikes. It may leave nothing at all.
//
// The joiners of emoji and of some scripts count as invisible: they fall apart and stay readable.
func Plain(s string) string {
	var p plainer
	for _, r := range norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD")) {
		p.add(r)
	}
	return shorten(norm.NFC.String(harmlessStart(strings.TrimRight(p.String(), " "))))
}

// plainer collects what is left of a text, rune by rune.
type plainer struct {
	strings.Builder
	last           rune // 0 at the beginning
	marks, hyphens int  // how many in a row so far
}

func (p *plainer) add(r rune) {
	switch {
	case hidden(r):
		return
	case empty(r):
		r = ' '
	case r == '[':
		r = '［'
	}
	if !p.fits(r) {
		return
	}
	p.WriteRune(r)
	p.last = r
}

// fits counts runs: one space, a few hyphens, and a few marks on something they can stand on.
func (p *plainer) fits(r rune) bool {
	if r != '-' {
		p.hyphens = 0
	}
	if !unicode.IsMark(r) {
		p.marks = 0
	}
	nothing := p.last == 0 || p.last == ' '
	switch {
	case r == ' ':
		return !nothing
	case r == '-':
		p.hyphens++
		return p.hyphens <= longestHyphens
	case unicode.IsMark(r):
		p.marks++
		return !nothing && p.marks <= longestMarks
	}
	return true
}

// hidden is what has no width or changes the direction of what follows: soft hyphens, joiners, bidirectional
// controls, tags.
func hidden(r rune) bool { return unicode.Is(unicode.Cf, r) }

// empty is what shows as nothing but has a width: spaces, line breaks, other controls, and letters drawn blank.
func empty(r rune) bool {
	switch r {
	case '\u115F', '\u1160', '\u3164', '\uFFA0', '\u2800': // Hangul fillers, empty Braille
		return true
	}
	return unicode.IsControl(r) || unicode.IsSpace(r) || unicode.Is(unicode.Z, r)
}

// harmlessStart replaces a beginning that means something to the portal at the start of a line.
func harmlessStart(s string) string {
	switch {
	case strings.HasPrefix(s, "/"):
		return "／" + s[1:]
	case strings.HasPrefix(s, ">"):
		return "＞" + s[1:]
	}
	return s
}

func shorten(s string) string {
	runes := []rune(s)
	if len(runes) <= PlainLimit {
		return s
	}
	return strings.TrimRight(string(runes[:PlainLimit-1]), " ") + "…"
}
