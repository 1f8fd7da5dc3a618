package people_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A slip of somebody who types: what becomes of a text.
type slip func(r *rand.Rand, text string) string

// The keys of the keyboard, as seen: a finger lands beside the key it means. Also the two layouts.
var keyRows = [][2]string{
	{"qwertyuiop[]", "йцукенгшщзхъ"},
	{"asdfghjkl;'", "фывапролджэ"},
	{"zxcvbnm,.", "ячсмитьбю"},
	{"QWERTYUIOP{}", "ЙЦУКЕНГШЩЗХЪ"},
	{`ASDFGHJKL:"`, "ФЫВАПРОЛДЖЭ"},
	{"ZXCVBNM<>", "ЯЧСМИТЬБЮ"},
	{"`~", "ёЁ"},
}

// otherLayout types text on the same keys in the other layout.
func otherLayout(_ *rand.Rand, text string) string {
	return strings.Map(func(c rune) rune {
		for _, row := range keyRows {
			a, b := []rune(row[0]), []rune(row[1])
			if i := slices.Index(a, c); i >= 0 {
				return b[i]
			}
			if i := slices.Index(b, c); i >= 0 {
				return a[i]
			}
		}
		return c
	}, text)
}

// typo makes one mistake at any letter: a neighbouring key or any letter instead, a letter missed, doubled or put in, two
// letters changed. Letters in front of a text are as likely as others.
func typo(r *rand.Rand, text string) string {
	w := []rune(text)
	at := r.IntN(len(w))
	for !unicode.IsLetter(w[at]) {
		at = r.IntN(len(w))
	}
	switch n := r.IntN(100); {
	case n < 30:
		w[at] = beside(r, w[at])
	case n < 40:
		w[at] = anyLetter(r, w[at])
	case n < 65:
		w = slices.Delete(w, at, at+1)
	case n < 75:
		w = slices.Insert(w, at, w[at])
	case n < 85:
		w = slices.Insert(w, at, beside(r, w[at]))
	case at > 0 && unicode.IsLetter(w[at-1]):
		w[at-1], w[at] = w[at], w[at-1]
	default:
		w = slices.Delete(w, at, at+1)
	}
	return string(w)
}

func anyLetter(r *rand.Rand, like rune) rune {
	if like < 0x80 {
		return 'a' + r.Int32N(26)
	}
	return 'а' + r.Int32N(32)
}

// beside is a letter on a key next to that of c, in its row.
func beside(r *rand.Rand, c rune) rune {
	for _, row := range keyRows {
		for _, keys := range row {
			k := []rune(keys)
			if i := slices.Index(k, c); i >= 0 {
				return k[min(max(i+2*r.IntN(2)-1, 0), len(k)-1)]
			}
		}
	}
	return c
}

// mess writes the same otherwise: in capitals, decomposed, е for ё, in quotes, between no-break spaces and tabs, with an
// invisible mark, a letter of the other alphabet that looks the same.
func mess(r *rand.Rand, text string) string {
	switch r.IntN(9) {
	case 0:
		return strings.ToUpper(text)
	case 1:
		return strings.ToLower(text)
	case 2:
		return norm.NFD.String(text)
	case 3:
		return "«" + text + "»?"
	case 4:
		return "  " + strings.ReplaceAll(text, " ", "\u00a0\t") + "\n"
	case 5:
		return "\u202e" + strings.ReplaceAll(text, " ", "\u200b ") + "\u2069!"
	case 6:
		return strings.ReplaceAll(text, " ", ", ")
	case 7:
		return strings.NewReplacer("ё", "е", "й", "и").Replace(strings.ToLower(text))
	default:
		return strings.NewReplacer("а", "a", "о", "o", "С", "C").Replace(text)
	}
}
