package commands

import (
	"slices"
	"strings"
	"unicode"
)

// Language names a catalogue: "ru", "en".
type Language string

// English is what is spoken where nothing better is known.
const English Language = "en"

// obligatory are the languages that every command brings its texts in. In others a text that is missing is said in English.
var obligatory = [...]Language{English, "ru"}

// Automatic is no language: the one the portal says is spoken.
const Automatic Language = "auto"

// Languages are the languages of the catalogue, English first.
func Languages() []Language {
	return slices.Clone(builtin().languages)
}

// Match chooses the first of tags that the catalogue speaks, or English. A tag is what portals, browsers and systems
// write, "ru", "ru-RU", "ru_RU.UTF-8", in any case; region and script are ignored, and an empty tag is no wish.
func Match(tags ...string) Language {
	for _, tag := range tags {
		if lang := primary(tag); slices.Contains(builtin().languages, lang) {
			return lang
		}
	}
	return English
}

// primary is the part of a tag that names the language.
func primary(tag string) Language {
	tag = strings.ToLower(strings.TrimSpace(tag))
	if end := strings.IndexFunc(tag, func(c rune) bool { return !unicode.IsLetter(c) }); end >= 0 {
		tag = tag[:end]
	}
	return Language(tag)
}
