package people

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	// longestQuery is how many characters of a query are read: more than any name or e-mail address has.
	longestQuery = 256
	// longestField bounds a field of a person in the same way; a position may be a sentence.
	longestField = 512
	// rawBytes is how many bytes are looked at to find so many characters: marks and invisible signs do not count.
	rawBytes = 16 * longestField
)

// quotes are what word processors and phones put for ' and ".
var quotes = strings.NewReplacer("‘", "'", "’", "'", "ʼ", "'", "′", "'", "“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`)

// tidy leaves of s at most n characters in their composed form, without what is not seen: marks that compose with
// nothing, signs of direction, joiners. Anything that separates becomes a space.
func tidy(s string, n int) string {
	if len(s) <= n && plain(s) {
		return s
	}
	s = strings.ToValidUTF8(s[:min(len(s), rawBytes)], " ")
	var b strings.Builder
	for _, c := range norm.NFKC.String(quotes.Replace(s)) {
		switch {
		case unicode.IsSpace(c), unicode.IsControl(c):
			b.WriteByte(' ')
		case unicode.In(c, unicode.Mn, unicode.Me, unicode.Cf):
			continue
		default:
			b.WriteRune(c)
		}
		if n--; n == 0 {
			break
		}
	}
	return b.String()
}

// plain reports whether tidy would change nothing: s has only ASCII that is seen, and Russian letters.
func plain(s string) bool {
	for _, c := range s {
		if (c < ' ' || c > '~') && (c < 'А' || c > 'я') {
			return false
		}
	}
	return true
}

// letters are those that decomposition leaves as they are, though people type plain ones for them.
var letters = strings.NewReplacer(
	"ß", "ss", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "æ", "ae", "œ", "oe", "ı", "i", "ə", "a",
	"і", "и", "є", "е", "ґ", "г", "ә", "а", "ғ", "г", "қ", "к", "ң", "н", "ө", "о", "ұ", "у", "ү", "у", "һ", "х", "ҳ", "х",
)

// fold makes alike what people take for the same letters: case, ё and е, й and и, é and e, and the letters of Ukrainian,
// Belarusian, Kazakh and Uzbek that have a Russian look-alike.
func fold(s string) string {
	var b strings.Builder
	for _, c := range norm.NFD.String(strings.ToLower(s)) {
		if !unicode.Is(unicode.Mn, c) {
			b.WriteRune(c)
		}
	}
	return letters.Replace(b.String())
}

// split cuts tidied text into folded words of letters and digits. An apostrophe joins: O'Brien is one word.
func split(s string) []string {
	s = strings.ReplaceAll(fold(s), "'", "")
	found := strings.FieldsFunc(s, func(c rune) bool { return !wordy(c) })
	for i, w := range found {
		found[i] = oneScript(w)
	}
	return found
}

// The same shapes in two alphabets; of some letters only the capitals look alike.
const (
	cyrillicShapes = "авсенкмортхуи"
	latinShapes    = "abcehkmoptxyi"
)

func wordy(c rune) bool    { return unicode.IsLetter(c) || unicode.IsNumber(c) }
func cyrillic(c rune) bool { return unicode.Is(unicode.Cyrillic, c) }
func latin(c rune) bool    { return unicode.Is(unicode.Latin, c) }

func count(s string, is func(rune) bool) (n int) {
	for _, c := range s {
		if is(c) {
			n++
		}
	}
	return n
}

// oneScript mends a word of two alphabets, as come of copying and of half-switched keyboards: letters that look the same
// go over to the alphabet with more letters in the word.
func oneScript(w string) string {
	c, l := count(w, cyrillic), count(w, latin)
	if c == 0 || l == 0 {
		return w
	}
	from, to := []rune(latinShapes), []rune(cyrillicShapes)
	if l > c {
		from, to = to, from
	}
	return translate(w, from, to)
}
