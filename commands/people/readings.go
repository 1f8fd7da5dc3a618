package people

import (
	"regexp"
	"slices"
	"strings"
)

// Readings are what a query may have been meant as, for a search that compares letter by letter, as a portal's own does: as
// typed, with the keyboard in the other layout, and spelled in the other script. There are three at most; blank ones are left
// out.
func Readings(query string) []string {
	typed := tidy(query, longestQuery)
	var all []string
	for _, reading := range []string{typed, retype(typed), respell(typed)} {
		if reading = strings.TrimSpace(reading); reading != "" && !slices.Contains(all, reading) {
			all = append(all, reading)
		}
	}
	return all
}

// cyrillicOf is names in Latin letters as Russian writes them. First match wins.
var cyrillicOf = strings.NewReplacer(
	"shch", "щ", "sch", "ш", "sh", "ш", "zh", "ж", "kh", "х", "ch", "ч", "ts", "ц", "tz", "ц", "ph", "ф", "ck", "к",
	"aya", "ая", "eya", "ея", "iya", "ия", "oya", "оя", "yu", "ю", "iu", "ю", "ju", "ю", "ya", "я", "ia", "я", "ja", "я", "yo", "е", "jo", "е", "ye", "е", "je", "е",
	"ey", "ей", "ay", "ай", "oy", "ой", "uy", "уй", "iy", "ий", "ij", "ий", "ej", "ей", "aj", "ай", "oj", "ой",
	"a", "а", "b", "б", "c", "к", "d", "д", "e", "е", "f", "ф", "g", "г", "h", "х", "i", "и", "j", "й", "k", "к", "l", "л",
	"m", "м", "n", "н", "o", "о", "p", "п", "q", "к", "r", "р", "s", "с", "t", "т", "u", "у", "v", "в", "w", "в", "x", "кс",
	"y", "ы", "z", "з", "'", "ь",
)

// lastY is the end of Dmitry and Petrovsky.
var lastY = regexp.MustCompile(`([^aeiouy])y\b`)

// respell is s in the other script; "" where it has letters of both or of neither.
func respell(s string) string {
	switch c, l := count(s, cyrillic), count(s, latin); {
	case (c > 0) == (l > 0):
		return ""
	case l > 0:
		return cyrillicOf.Replace(lastY.ReplaceAllString(strings.ToLower(s), "${1}iy"))
	}
	return spelled.Replace(fold(s))
}

// Contact reports whether a query is a phone number, an internal extension or an e-mail address, and not a name.
func Contact(query string) bool {
	s := tidy(query, longestQuery)
	number, extension := parsePhone(s)
	return number+extension != "" || !strings.Contains(s, " ") && address(s) != ""
}
