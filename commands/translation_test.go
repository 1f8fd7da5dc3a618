package commands_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"

	"github.com/whois24/whois24/commands"
)

// The tests whose names begin with TestTranslation are for translators: docs/translating.md tells how to run them. What they
// say names the file and the text.

// translation is a file of texts, by id.
type translation map[string]*i18n.Message

// translations are those of all languages, as their files have them.
func translations(t *testing.T) map[commands.Language]translation {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("locales", "*.toml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no files of texts", err)
	}
	all := map[commands.Language]translation{}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		messages, err := i18n.ParseMessageBytes(data, toml.Unmarshal)
		if err != nil {
			t.Fatalf("%s cannot be read: %v", name, err)
		}
		texts := translation{}
		for _, m := range messages {
			texts[m.ID] = m
		}
		all[commands.Language(strings.TrimSuffix(filepath.Base(name), ".toml"))] = texts
	}
	return all
}

// eachText calls do with every text there is in every language and in English.
func eachText(t *testing.T, do func(lang commands.Language, id string, is, english *i18n.Message)) {
	t.Helper()
	all := translations(t)
	for _, lang := range slices.Sorted(maps.Keys(all)) {
		for _, id := range slices.Sorted(maps.Keys(all[lang])) {
			if english := all[en][id]; english != nil {
				do(lang, id, all[lang][id], english)
			}
		}
	}
}

// TestTranslationIsComplete: each language has all texts, and none that is not there in English.
func TestTranslationIsComplete(t *testing.T) {
	all := translations(t)
	for lang, texts := range all {
		for _, id := range slices.Sorted(maps.Keys(all[en])) {
			if texts[id] == nil {
				t.Errorf("%s.toml: %s is missing. In English: %q", lang, id, forms(all[en][id]))
			}
		}
		for id := range texts {
			if all[en][id] == nil {
				t.Errorf("%s.toml: %s is a text that English does not have (any more)", lang, id)
			}
		}
	}
}

// sameAsEnglish are the texts that are no other in a language, and why.
var sameAsEnglish = map[commands.Language]map[string]string{
	"de": {
		"card.team":        "Germans say Team",
		"card.website":     "Germans say Website, as Bitrix24 does",
		"presence.online":  "Germans say online",
		"presence.offline": "Germans say offline",
	},
}

var (
	placeholder = regexp.MustCompile(`\.([A-Z]\w*)`)
	action      = regexp.MustCompile(`\{\{.*?\}\}`)
	bbCode      = regexp.MustCompile(`\[/?[a-z][^\]]*\]`)
	command     = regexp.MustCompile(`/[a-z]+`)
	someWord    = regexp.MustCompile(`\pL{2}`)
)

// TestTranslationIsNotEnglish: a text with words in it differs from the English one, or it is known why not.
func TestTranslationIsNotEnglish(t *testing.T) {
	same := map[commands.Language]map[string]bool{}
	eachText(t, func(lang commands.Language, id string, is, english *i18n.Message) {
		if lang == en || !slices.Equal(forms(is), forms(english)) || !someWord.MatchString(wordsOf(strings.Join(forms(is), " "))) {
			return
		}
		if same[lang] == nil {
			same[lang] = map[string]bool{}
		}
		same[lang][id] = true
		if sameAsEnglish[lang][id] == "" {
			t.Errorf("%s.toml: %s is English: %q. If it has to be, say why in sameAsEnglish", lang, id, forms(is))
		}
	})
	for lang, known := range sameAsEnglish {
		for id := range known {
			if !same[lang][id] {
				t.Errorf("sameAsEnglish: %s in %s is not English any more", id, lang)
			}
		}
	}
}

// wordsOf is a text without values, markup and what is typed as it is.
func wordsOf(text string) string {
	for _, other := range []*regexp.Regexp{action, bbCode, command} {
		text = other.ReplaceAllString(text, "")
	}
	return text
}

// byForm are the forms a text has, by their names.
func byForm(m *i18n.Message) map[string]string {
	all := map[string]string{"zero": m.Zero, "one": m.One, "two": m.Two, "few": m.Few, "many": m.Many, "other": m.Other}
	maps.DeleteFunc(all, func(_, text string) bool { return text == "" })
	return all
}

func forms(m *i18n.Message) []string {
	all := byForm(m)
	var texts []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		texts = append(texts, all[name])
	}
	return texts
}

// values are what a text names, less what only some languages need: a number in words, the gender.
func values(m *i18n.Message) []string {
	found := map[string]bool{}
	for _, form := range forms(m) {
		for _, a := range action.FindAllString(form, -1) {
			for _, name := range placeholder.FindAllStringSubmatch(a, -1) {
				found[name[1]] = true
			}
		}
	}
	delete(found, "N")
	delete(found, "Feminine")
	return slices.Sorted(maps.Keys(found))
}

func TestTranslationNamesTheSameValues(t *testing.T) {
	eachText(t, func(lang commands.Language, id string, is, english *i18n.Message) {
		if got, want := values(is), values(english); !slices.Equal(got, want) {
			t.Errorf("%s.toml: %s names the values %v, in English %v", lang, id, got, want)
		}
	})
}

// TestTranslationKeepsMarkup: tags are closed, and are those of the English text.
func TestTranslationKeepsMarkup(t *testing.T) {
	eachText(t, func(lang commands.Language, id string, is, english *i18n.Message) {
		for _, form := range forms(is) {
			if mistake := unbalanced(form); mistake != "" {
				t.Errorf("%s.toml: %s %s: %q", lang, id, mistake, form)
			}
		}
		if got, want := tagsIn(is), tagsIn(english); !slices.Equal(got, want) {
			t.Errorf("%s.toml: %s has the tags %q, in English %q", lang, id, got, want)
		}
	})
}

// tagsIn are the tags of a text, each once: an order of its own is a translation's right.
func tagsIn(m *i18n.Message) []string {
	all := bbCode.FindAllString(strings.Join(forms(m), " "), -1)
	slices.Sort(all)
	return slices.Compact(all)
}

func unbalanced(text string) string {
	var open []string
	for _, tag := range bbCode.FindAllString(text, -1) {
		name, _, _ := strings.Cut(strings.Trim(tag, "[/]"), "=")
		switch n := len(open); {
		case !strings.HasPrefix(tag, "[/"):
			open = append(open, name)
		case n == 0 || open[n-1] != name:
			return "closes " + tag + ", which is not open"
		default:
			open = open[:n-1]
		}
	}
	if len(open) > 0 {
		return "leaves " + strings.Join(open, " ") + " open"
	}
	return ""
}

var runs = regexp.MustCompile(`(?m)^\s*(/|>>|-{54})`)

// TestTranslationRunsNothing: to the portal a line that begins with a slash is a command, and some others are a quote.
func TestTranslationRunsNothing(t *testing.T) {
	eachText(t, func(lang commands.Language, id string, is, _ *i18n.Message) {
		for _, form := range forms(is) {
			if runs.MatchString(form) {
				t.Errorf("%s.toml: a line of %s begins as a command or a quote: %q", lang, id, form)
			}
		}
	})
}

var mixed = regexp.MustCompile(`\p{Latin}\p{Cyrillic}|\p{Cyrillic}\p{Latin}`)

// TestTranslationMixesNoScripts: a Latin letter in a Russian word looks right, and no search finds it.
func TestTranslationMixesNoScripts(t *testing.T) {
	eachText(t, func(lang commands.Language, id string, is, _ *i18n.Message) {
		for _, form := range forms(is) {
			if bad := mixed.FindString(wordsOf(form)); bad != "" {
				t.Errorf("%s.toml: %s has Latin and Cyrillic letters in one word, %q: %q", lang, id, bad, form)
			}
		}
	})
}
