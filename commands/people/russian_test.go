package people_test

import (
	"slices"
	"strings"
)

// How Russians write a name otherwise, written from grammar and from the transliteration standards, forwards: from the
// name to its forms. The package goes backwards and shares nothing with this.

// ofWoman is a surname as women bear it.
func ofWoman(s string) string {
	for _, end := range [][2]string{{"ский", "ская"}, {"цкий", "цкая"}, {"ый", "ая"}, {"ой", "ая"}} {
		if stem, ok := strings.CutSuffix(s, end[0]); ok && s != "Цой" {
			return stem + end[1]
		}
	}
	if endsIn(s, "ов", "ев", "ёв", "ин", "ын") {
		return s + "а"
	}
	return s
}

func endsIn(s string, ends ...string) bool {
	return slices.ContainsFunc(ends, func(end string) bool { return strings.HasSuffix(s, end) })
}

// Cases are of whom, to whom, whom, by whom, about whom.
type cases [5]string

func with(stem string, ends ...string) (c cases) {
	for i := range c {
		c[i] = stem + ends[i]
	}
	return c
}

func same(s string) cases { return cases{s, s, s, s, s} }

// casesOfLast declines a surname.
func casesOfLast(s string, man bool) cases {
	runes := []rune(s)
	stem, stem2 := string(runes[:len(runes)-1]), string(runes[:max(len(runes)-2, 0)])
	switch {
	case endsIn(s, "ова", "ева", "ёва", "ина", "ына") && !man:
		return with(stem, "ой", "ой", "у", "ой", "ой")
	case endsIn(s, "ая") && !man:
		return with(stem2, "ой", "ой", "ую", "ой", "ой")
	case endsIn(s, "а"):
		return with(stem, softly(stem), "е", "у", "ой", "е")
	case endsIn(s, "о", "е", "и", "их", "ых") || !man:
		return same(s)
	case endsIn(s, "ский", "цкий"):
		return with(stem2, "ого", "ому", "ого", "им", "ом")
	case endsIn(s, "ый", "ой") && s != "Цой":
		return with(stem2, "ого", "ому", "ого", "ым", "ом")
	case endsIn(s, "ец"):
		return with(stem2+"ц", "а", "у", "а", "ом", "е")
	case endsIn(s, "й"):
		return with(stem, "я", "ю", "я", "ем", "е")
	case endsIn(s, "ов", "ев", "ёв", "ин", "ын"):
		return with(s, "а", "у", "а", "ым", "е")
	default:
		return with(s, "а", "у", "а", "ом", "е")
	}
}

// softly is the ending of the genitive after a hard stem.
func softly(stem string) string {
	if endsIn(stem, "г", "к", "х", "ж", "ш", "ч", "щ") {
		return "и"
	}
	return "ы"
}

// casesOfFirst declines a first name.
func casesOfFirst(s string) cases {
	runes := []rune(s)
	stem := string(runes[:len(runes)-1])
	switch {
	case s == "Павел":
		return casesOfFirst("Павл")
	case s == "Лев":
		return casesOfFirst("Льв")
	case s == "Любовь":
		return with(stem, "и", "и", "ь", "ью", "и")
	case endsIn(s, "ия"):
		return with(stem, "и", "и", "ю", "ей", "и")
	case endsIn(s, "я"):
		return with(stem, "и", "е", "ю", "ей", "е")
	case endsIn(s, "ша", "ча", "жа"):
		return with(stem, "и", "е", "у", "ей", "е")
	case endsIn(s, "а"):
		return with(stem, softly(stem), "е", "у", "ой", "е")
	case endsIn(s, "ий"):
		return with(stem, "я", "ю", "я", "ем", "и")
	case endsIn(s, "й", "ь"):
		return with(stem, "я", "ю", "я", "ем", "е")
	default:
		return with(s, "а", "у", "а", "ом", "е")
	}
}

// A scheme spells Russian in Latin letters.
type scheme []string

// In each: ё ж й х ц ч ш щ ъ ы ь э ю я, then the ends ий and ый, then ye for an е that begins a word, or nothing.
var schemes = []scheme{
	// Passports since 2014 (ICAO 9303).
	{"e", "zh", "i", "kh", "ts", "ch", "sh", "shch", "ie", "y", "", "e", "iu", "ia", "ii", "yi", "e"},
	// BGN, as newspapers write it.
	{"e", "zh", "y", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya", "y", "y", "ye"},
	// The same with ё kept and nothing at the beginning.
	{"yo", "zh", "y", "h", "ts", "ch", "sh", "sch", "", "y", "", "e", "yu", "ya", "iy", "yi", "e"},
	// ISO 9 without its marks, as in e-mail addresses of universities.
	{"e", "zh", "j", "h", "c", "ch", "sh", "shh", "", "y", "", "e", "ju", "ja", "ij", "yj", "e"},
}

const sameLetters, latinLetters = "абвгдезиклмнопрстуф", "abvgdeziklmnoprstuf"

// spell writes one word, its first letter large.
func (s scheme) spell(word string) string {
	w := []rune(strings.ToLower(word))
	var b strings.Builder
	for i, c := range w {
		at := slices.Index([]rune("ёжйхцчшщъыьэюя"), c)
		switch rest := string(w[i:]); {
		case i == 0 && c == 'е':
			b.WriteString(s[16])
		case rest == "ий":
			b.WriteString(s[14])
		case rest == "ый":
			b.WriteString(s[15])
		case i > 0 && rest == "й" && (w[i-1] == 'и' || w[i-1] == 'ы'):
		case at >= 0:
			b.WriteString(s[at])
		case strings.ContainsRune(sameLetters, c):
			b.WriteByte(latinLetters[slices.Index([]rune(sameLetters), c)])
		default:
			b.WriteRune(c)
		}
	}
	spelled := b.String()
	return strings.ToUpper(spelled[:1]) + spelled[1:]
}
