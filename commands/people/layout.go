package people

import (
	"slices"
	"strings"
)

// The keys of a keyboard, row by row, in the American and in the Russian layout of Windows and Linux: plain, then with
// Shift.
const (
	american = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./" + `~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?` + "@#$^&"
	russian  = "ёйцукенгшщзхъфывапролджэячсмитьбю." + "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ," + `"№;:?`
)

// unnamely are the signs on keys of Russian letters: what has them in the American layout was not meant so.
const unnamely = "[]{};:'\"<>,`~"

// retype is what s would be, had the keyboard been in the other layout. It is "" where s has letters of both alphabets or
// of neither, and where no name or address would come out: then nobody missed the layout.
func retype(s string) string {
	switch c, l := count(s, cyrillic), count(s, latin); {
	case (c > 0) == (l > 0):
		return ""
	case l > 0:
		return translate(s, []rune(american), []rune(russian))
	}
	if s = translate(s, []rune(russian), []rune(american)); strings.ContainsAny(s, unnamely) {
		return ""
	}
	return s
}

// translate puts to[i] for from[i].
func translate(s string, from, to []rune) string {
	return strings.Map(func(c rune) rune {
		if i := slices.Index(from, c); i >= 0 {
			return to[i]
		}
		return c
	}, s)
}

// OtherLayout is what s would be, had the keyboard been in the other layout: /whois for /црщшы. It is "" where that cannot have
// been.
func OtherLayout(s string) string { return retype(s) }
