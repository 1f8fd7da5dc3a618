package people

import (
	"regexp"
	"strings"
)

// A sound is how a name sounds, roughly, in small ASCII letters and digits: the ways of writing one name in two alphabets,
// and the several ways of writing Russian in Latin letters, come out the same. Шеленков, Shelenkov and Schelenkow are
// "shelenkov"; Юлия, Yulia, Iuliia and Julia are "iulia"; Чернышёв, Chernyshev and Chernyshov are "chernishev".

// spelled is Russian in Latin letters. Which scheme it is does not matter: what schemes differ in, level makes the same.
var spelled = strings.NewReplacer(
	"а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ж", "zh", "з", "z", "и", "i", "к", "k", "л", "l",
	"м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "х", "kh", "ц", "ts",
	"ч", "ch", "ш", "sh", "щ", "shch", "ъ", "", "ы", "y", "ь", "", "э", "e", "ю", "yu", "я", "ya",
)

// level levels what schemes and languages differ in: kh and h, ts and tz, w and v, y, j and i. First match wins.
var level = strings.NewReplacer(
	"shch", "sh", "tsch", "ch", "sch", "sh", "tch", "ch", "dzh", "zh", "kh", "h", "ph", "f", "th", "t", "ck", "k",
	"ts", "c", "tz", "c", "x", "ks", "w", "v", "qu", "kv", "q", "k", "y", "i", "j", "i",
)

// soften goes last, over single letters: Evgenij and Yevgeny, Fyodor and Fedor, Chernyshov and Chernyshev.
var soften = strings.NewReplacer(
	"ie", "e", "io", "e", "shov", "shev", "chov", "chev", "zhov", "zhev",
)

// english is how English spells what Russian writes by ear: John is Джон, Wright is Райт, Cook is Кук.
var english = strings.NewReplacer(
	"augh", "o", "igh", "ai", "wr", "r", "wh", "u", "woo", "vu", "ow", "au", "w", "u", "chr", "kr", "ch", "ch", "ck", "k",
	"ce", "se", "ci", "si", "cy", "si", "c", "k", "j", "zh", "oo", "u", "ee", "i", "ea", "i", "ay", "ei", "sh", "sh",
	"th", "t", "ph", "f", "ahn", "an", "ohn", "on", "ehn", "en",
)

// silentE is at the end of Moore, Jane and Wayne, but not of Lee and Joe.
var silentE = regexp.MustCompile(`([aeiouy][^aeiou]+)e$`)

// sounds are the ways a folded word may sound: one for Russian letters, two for Latin ones, which may be English. There
// are none for letters of other scripts.
func sounds(w string) []string {
	s := spelled.Replace(w)
	if s == "" || !ascii(s) {
		return nil
	}
	all := []string{leveled(s)}
	if s == w {
		if e := leveled(english.Replace(silentE.ReplaceAllString(s, "$1"))); e != all[0] {
			all = append(all, e)
		}
	}
	return all
}

func leveled(s string) string { return squeeze(soften.Replace(squeeze(level.Replace(s)))) }

// squeeze leaves one of letters that repeat.
func squeeze(s string) string {
	out := []byte(s[:min(len(s), 1)])
	for i := 1; i < len(s); i++ {
		if s[i] != s[i-1] {
			out = append(out, s[i])
		}
	}
	return string(out)
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
