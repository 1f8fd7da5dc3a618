package commands

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/whois24/whois24/bitrix"
)

var (
	lineBreaks = regexp.MustCompile(`(?i)\r\n?|\[br\]|[\x{2028}\x{2029}]`)
	// foreign is code, a quote between two runs of 54 hyphens, and a quoted line. The one that opens first wins. Code
	// and quotes may be left open, by the cut of a long message for one; then nothing that follows is trusted.
	foreign = regexp.MustCompile(`(?ims)\[code\].*?(?:\[/code\]|\z)|-{54,}.*?(?:-{54,}|\z)|^[\t\p{Z}]*>>[^\n]*`)
	// titles are of chats and messages: somebody else's words.
	titles = regexp.MustCompile(`(?is)\[(chat|context)=[^\]]*\].*?\[/(chat|context)\]`)
	markup = regexp.MustCompile(`(?i)\[/?(?:b|i|u|s|url|color|size|put|send|call|chat|context|rating|attach|disk|icon|img|timestamp)(?:[ =][^\]\n]*)?\]`)
)

// ownWords leaves of a message what its author typed: no quotes, no code, no titles, no formatting. Mentions stay, with
// shown names that can hold no BB-code.
func ownWords(text string) string {
	text = lineBreaks.ReplaceAllString(cut(text), "\n")
	text = mentions.ReplaceAllStringFunc(text, tameMention)
	text = foreign.ReplaceAllString(text, "\n")
	text = titles.ReplaceAllString(text, " ")
	text = markup.ReplaceAllString(text, "")
	return strings.TrimFunc(text, unicode.IsSpace)
}

func tameMention(mention string) string {
	m := mentions.FindStringSubmatch(mention)
	return m[1] + bitrix.Plain(m[3]) + mention[len(m[1])+len(m[3]):]
}

func blank(s string) bool { return strings.TrimFunc(s, separates) == "" }

// separates reports whether c may stand between a mention and what is said.
func separates(c rune) bool {
	return unicode.IsSpace(c) || unicode.Is(unicode.Cf, c) || strings.ContainsRune(",:;!", c)
}
