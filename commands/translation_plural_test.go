package commands_test

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"github.com/whois24/whois24/commands"
)

// needed are the plural forms that whole numbers have in a language, by CLDR. Nobody counts further here than to thousands.
func needed(lang commands.Language) []string {
	names := map[plural.Form]string{
		plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other",
	}
	found := map[string]bool{}
	for n := range 10_000 {
		found[names[plural.Cardinal.MatchPlural(language.Make(string(lang)), n, 0, 0, 0, 0)]] = true
	}
	return slices.Sorted(maps.Keys(found))
}

// TestTranslationHasPluralForms: a text that a number is in has exactly the forms its language needs for whole numbers.
func TestTranslationHasPluralForms(t *testing.T) {
	counts := map[string]bool{}
	eachText(t, func(_ commands.Language, id string, is, _ *i18n.Message) {
		counts[id] = counts[id] || len(byForm(is)) > 1
	})
	eachText(t, func(lang commands.Language, id string, is, _ *i18n.Message) {
		if got := slices.Sorted(maps.Keys(byForm(is))); counts[id] && !slices.Equal(got, needed(lang)) {
			t.Errorf("%s.toml: %s has the plural forms %v, but needs %v", lang, id, got, needed(lang))
		}
	})
}

// largest is how far texts count that do not count far: after eleven months it is a year.
var largest = map[string]int{"ago.months": 11}

var number = regexp.MustCompile(`\{\{[^}]*\.N\b`)

// TestTranslationTellsNumbersApart: where English tells the number, 1, 21 and 22 read differently. So the form for 1 names the
// number too where it is not only for 1.
func TestTranslationTellsNumbersApart(t *testing.T) {
	eachText(t, func(lang commands.Language, id string, is, english *i18n.Message) {
		if len(byForm(english)) < 2 || !number.MatchString(english.Other) {
			return
		}
		for _, value := range []string{"", "x"} { // of all that is asked in {{if}}
			said := map[string]int{}
			for n := 1; n <= cmp.Or(largest[id], 120); n++ {
				text := in(lang).Text(id, data(is, n, value))
				if before, ok := said[text]; ok {
					t.Errorf("%s.toml: %s says %q of %d and of %d", lang, id, text, before, n)
					return
				}
				said[text] = n
			}
		}
	})
}

// data has a value for all that a text names.
func data(m *i18n.Message, n int, value string) commands.Data {
	all := commands.Data{"N": n}
	for _, name := range append(values(m), "Feminine") {
		all[name] = value
	}
	return all
}
