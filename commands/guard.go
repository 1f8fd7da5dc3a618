package commands

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// maxReply is the longest text we send, in characters. The portal cuts at 20,000; a reply that long is a mistake, and
// a push or a phone is no place for a tenth of it.
const maxReply = 10_000

// maxEcho is how much of what a person wrote is repeated to them, in characters.
const maxEcho = 40

var commandAtLineStart = regexp.MustCompile(`(?i)(^|\n|\[br\])[\s\p{Z}]*/`)

// tame keeps a reply from being taken for a question: the portal runs commands at the start of a line in messages of
// bots too, so a slash there is moved behind an invisible word joiner. A text that is too long is cut.
func tame(text string) string {
	text = commandAtLineStart.ReplaceAllString(text, "$1\u2060/")
	if utf8.RuneCountInString(text) > maxReply {
		text = string([]rune(text)[:maxReply]) + "…"
	}
	return text
}

// shorten makes what a person wrote short enough to repeat.
func shorten(s string) string {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) <= maxEcho {
		return s
	}
	return string([]rune(s)[:maxEcho]) + "…"
}
