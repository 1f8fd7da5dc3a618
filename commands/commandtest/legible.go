package commandtest

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestShown is how much of a text a failed test shows, in characters.
const longestShown = 2000

// legible is a text as a failed test shows it: in quotes where something in it would not be seen.
func legible(text string) string {
	if n := utf8.RuneCountInString(text); n > longestShown {
		return legible(string([]rune(text)[:longestShown])) + fmt.Sprintf("… (%d characters)", n)
	}
	if text == "" || strings.TrimSpace(text) != text || strings.ContainsFunc(text, unseen) {
		return fmt.Sprintf("%q", text)
	}
	return text
}

func unseen(c rune) bool {
	return c != '\n' && c != ' ' && !unicode.IsGraphic(c) || c != ' ' && unicode.Is(unicode.Z, c)
}

// listed shows texts one after the other.
func listed(texts []string) string {
	if len(texts) == 0 {
		return "nothing"
	}
	var all []string
	for _, text := range texts {
		all = append(all, legible(text))
	}
	return strings.Join(all, ", then ")
}
