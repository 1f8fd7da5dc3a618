package commands_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/whois24/whois24/commands"
)

// families are the words people type that must not be taken for each other: their ways to write, by id and language.
func families(t *testing.T) map[string]map[string]map[commands.Language]string {
	t.Helper()
	all := map[string]map[string]map[commands.Language]string{}
	add := func(family, id string, lang commands.Language, words string) {
		if all[family] == nil {
			all[family] = map[string]map[commands.Language]string{}
		}
		if all[family][id] == nil {
			all[family][id] = map[commands.Language]string{}
		}
		all[family][id][lang] = words
	}
	for lang, texts := range translations(t) {
		for id, m := range texts {
			if strings.HasPrefix(id, "word.") {
				add(familyOf(id), id, lang, m.Other)
			}
		}
		if names := texts["lang.names"]; names != nil {
			add("languages", string(lang), lang, names.Other)
		}
	}
	for _, cmd := range defaults(t).Schemas() {
		for _, a := range cmd.Arguments {
			for _, choice := range a.Choices {
				for lang, words := range choice.Words {
					add("/"+cmd.Name+" "+a.Name, choice.Key, commands.Language(lang), words)
				}
			}
		}
	}
	return all
}

// familyOf tells days from units. Of all other words each stands alone.
func familyOf(id string) string {
	switch name := strings.TrimPrefix(id, "word."); {
	case strings.HasSuffix(name, "day"), strings.HasSuffix(name, "tomorrow"):
		return "days"
	case slices.Contains([]string{"seconds", "minutes", "hours", "days", "weeks"}, name):
		return "units"
	case name == "automatic":
		return "languages"
	}
	return id
}

// TestTranslationWordsMeanOneThing: the words of all languages are understood at once, so none may have two meanings.
func TestTranslationWordsMeanOneThing(t *testing.T) {
	for family, words := range families(t) {
		meaning := map[string]string{}
		for id, byLanguage := range words {
			for lang, list := range byLanguage {
				for one := range strings.SplitSeq(list, ",") {
					one = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(one)), "ё", "е")
					if one == "" {
						t.Errorf("%s.toml: between two commas in the words for %s is nothing: %q", lang, id, list)
					}
					if other, taken := meaning[one]; taken && other != id {
						t.Errorf("%s.toml: %q would mean both %s and %s (%s)", lang, one, id, other, family)
					}
					meaning[one] = id
				}
			}
		}
	}
}
