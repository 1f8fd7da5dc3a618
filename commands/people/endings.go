package people

import (
	"strings"
	"unicode/utf8"
)

// ending is how a case of a Russian name ends, and how the nominative may, folded: й is written и, ё е.
type ending struct {
	oblique     string
	nominatives []string
}

// endings are of names, positions and departments. They come of the ending alone, so most of what they propose is no word;
// nothing is lost by that, for only words of the index count.
var endings = []ending{
	{"а", []string{""}},                     // Шеленкова, Александра, Петра
	{"я", []string{"ь", "и"}},               // Игоря, Сергея, Евгения
	{"у", []string{"", "а"}},                // Шеленкову, Машу
	{"ю", []string{"ь", "и", "я"}},          // Игорю, Сергею, Марию
	{"е", []string{"", "а", "ь", "и", "я"}}, // Шеленкове, Маше, Игоре, Сергее, Жене
	{"и", []string{"а", "я", "ь"}},          // Ольги, Марии, Любови
	{"ы", []string{"а"}},                    // Анны
	{"ом", []string{"", "ии", "ыи", "ои"}},  // Иваном, Достоевском
	{"ем", []string{"", "ь", "и"}},          // Мальцевичем, Игорем, Сергеем
	{"ым", []string{"", "ыи", "ои"}},        // Шеленковым, Белым, Толстым
	{"им", []string{"ии", "ои"}},            // Достоевским, Чужим
	{"ои", []string{"а", "ая"}},             // Ивановой, Достоевской
	{"ою", []string{"а", "ая"}},             // Ивановою
	{"еи", []string{"а", "я"}},              // Машей, Марией
	{"ью", []string{"ь"}},                   // Любовью
	{"ого", []string{"ии", "ыи", "ои"}},     // Достоевского, Белого, Толстого
	{"его", []string{"ии"}},                 // Младшего
	{"ому", []string{"ии", "ыи", "ои"}},
	{"ему", []string{"ии"}},
	{"ую", []string{"ая"}}, // Достоевскую

	// Of more than one: у Шеленковых is a surname too, в продажах a department.
	{"ах", []string{"", "а", "и", "ы"}},
	{"ам", []string{"", "а", "и", "ы"}},
	{"ами", []string{"", "а", "и", "ы"}},
	{"ях", []string{"ь", "и", "я"}},
	{"ям", []string{"ь", "и", "я"}},
	{"ями", []string{"ь", "и", "я"}},
}

// ofMany is how things of which there are many end in the names of departments: Отдел кадров. In names of people it is how half of
// the surnames end.
var ofMany = ending{"ов", []string{"ы", ""}}

// shortestStem is how many letters are left of a name without its ending: Аня has two.
const shortestStem = 2

// nominatives are the words that a folded Russian word may be a case of.
func nominatives(w string) []string {
	return casesOf(w, endings)
}

func casesOf(w string, endings []ending) []string {
	var all []string
	for _, e := range endings {
		stem, ok := strings.CutSuffix(w, e.oblique)
		if !ok || utf8.RuneCountInString(stem) < shortestStem {
			continue
		}
		for _, n := range e.nominatives {
			if n == "а" && e.oblique != "ои" && e.oblique != "у" && possessive(stem) {
				continue // of Иванова it is "Ивановой", never "Ивановы"
			}
			all = append(all, stem+n)
			if n == "" {
				all = append(all, fleeting(stem)...)
			}
		}
	}
	return all
}

// Nominatives are the words that those of a text may be a case of, most of them no words. They are for what is called by another
// case than it is written in: who writes "поддержка" means "Служба поддержки".
func Nominatives(text string) string {
	var all []string
	for _, w := range split(tidy(text, longestField)) {
		all = append(all, nominatives(w)...)
		all = append(all, casesOf(w, []ending{ofMany})...)
	}
	return strings.Join(all, " ")
}

// possessive reports whether stem is of a surname like Иванова.
func possessive(stem string) bool {
	return len(stem) > len("ев") && (strings.HasSuffix(stem, "ов") || strings.HasSuffix(stem, "ев"))
}

// fleeting puts back the vowel that cases drop: Павл-а is of Павел, Кравц-у of Кравец, Льв-а of Лев.
func fleeting(stem string) []string {
	letters := []rune(stem)
	n := len(letters) - 1
	head, before, last := string(letters[:n]), letters[n-1], string(letters[n])
	switch {
	case before == 'ь' && strings.Contains("вц", last):
		return []string{string(letters[:n-1]) + "е" + last}
	case strings.ContainsRune("аеиоуыэюя", before) || !strings.Contains("лцк", last):
		return nil
	default:
		return []string{head + "е" + last, head + "о" + last}
	}
}

// patronymic reports whether a folded word is one, in any case. People who call somebody by it know more than a portal
// tells, so not finding it says little.
func patronymic(w string) bool {
	for _, mark := range []string{"ович", "евич", "овн", "евн", "ичн"} {
		if i := strings.LastIndex(w, mark); i > 2 && len(w)-i-len(mark) <= len("ем") {
			return true
		}
	}
	return false
}
