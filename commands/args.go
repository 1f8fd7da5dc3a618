package commands

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxText is as long as a message can be on a portal, in bytes of four to the character. More is cut.
const maxText = 4 * 20_000

// Args makes what followed a command fit for [Request.Args]: the first line of s with single spaces between words,
// accents composed (NFC), and no control or invisible characters. Mentions, [USER=5]…[/USER], stay as they are.
func Args(s string) string {
	s = strings.TrimLeftFunc(cut(s), unicode.IsSpace)
	if end := strings.IndexAny(s, "\r\n\u2028\u2029"); end >= 0 {
		s = s[:end]
	}
	return norm.NFC.String(strings.Join(strings.FieldsFunc(strings.Map(visible, s), unicode.IsSpace), " "))
}

// visible drops characters that show nothing: zero-width ones, text direction marks, controls other than spaces.
func visible(c rune) rune {
	switch {
	case unicode.IsSpace(c):
		return ' '
	case unicode.Is(unicode.Cf, c), unicode.IsControl(c):
		return -1
	}
	return c
}

// cut bounds a text from a stranger and makes it valid UTF-8. What is not keeps its place, so that nothing new comes
// together around it.
func cut(s string) string {
	if len(s) > maxText {
		s = s[:maxText]
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}
