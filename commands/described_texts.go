package commands

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"github.com/whois24/whois24/bitrix"
)

// Bounds of the texts in a schema.
const (
	maxTexts = 32 << 10 // bytes of a language's file
	maxIDs   = 200      // texts in it
	maxDepth = 8        // tables within tables
)

// plain reports whether a text can stand anywhere as it is: one line with nothing live or hidden in it, not too long.
func plain(s string) bool { return bitrix.Plain(s) == s && !strings.Contains(s, "{{") }

var errNotPlain = fmt.Errorf("it is not a line of at most %d plain characters, without BB-code and {{", bitrix.PlainLimit)

// hintID is no id that a schema's own texts or choices can have.
func hintID(command, argument string) string { return command + "." + argument + " hint" }

// spokenHere leaves out the languages the bot does not speak.
func spokenHere(all map[string]json.RawMessage) map[string]json.RawMessage {
	var some map[string]json.RawMessage
	for _, lang := range Languages() {
		if data := all[string(lang)]; len(data) > 0 {
			if some == nil {
				some = map[string]json.RawMessage{}
			}
			some[string(lang)] = data
		}
	}
	return some
}

// files are the words of the command, by language.
func (s Schema) files() (files []file, mistakes []error) {
	for _, lang := range Languages() {
		f := file{name: "the schema", lang: lang}
		for _, w := range s.words(lang) {
			switch {
			case w.text == "":
				continue // the set tells what is missing
			case !plain(w.text):
				mistakes = append(mistakes, fmt.Errorf("%s in %s: %w", w.what, lang, errNotPlain))
			}
			f.messages = append(f.messages, &i18n.Message{ID: w.id, Other: w.text})
		}
		said, err := s.said(lang)
		if err != nil {
			mistakes = append(mistakes, fmt.Errorf("texts in %s: %w", lang, err))
		}
		f.messages = append(f.messages, said...)
		files = append(files, f)
	}
	return files, mistakes
}

// caption is a text the command cannot do without.
type caption struct{ id, what, text string }

// words are the title, the hints and the choices.
func (s Schema) words(lang Language) []caption {
	all := []caption{{s.Name + ".title", "the title", s.Title[string(lang)]}}
	for _, a := range s.Arguments {
		if a.hasHint() {
			all = append(all, caption{hintID(s.Name, a.Name), "the hint of " + a.Name, a.Hint[string(lang)]})
		}
		for _, c := range a.Choices {
			all = append(all, caption{s.Name + "." + a.Name + "." + c.Key, "the words of " + c.Key, c.Words[string(lang)]})
		}
	}
	return all
}

// hasHint reports whether there is a hint in place of the type's own, which for choices is made of their words.
func (s ArgumentSchema) hasHint() bool {
	return slices.ContainsFunc(Languages(), func(lang Language) bool {
		hint := s.Hint[string(lang)]
		return hint != "" && hint != s.shownChoices(string(lang))
	})
}

func (s ArgumentSchema) shownChoices(lang string) string {
	var all []string
	for _, c := range s.Choices {
		first, _, _ := strings.Cut(c.Words[lang], ",")
		all = append(all, first)
	}
	return strings.Join(all, "|")
}

// said are the texts of replies. Whoever sent them may not reach into those of others, nor run a template.
func (s Schema) said(lang Language) ([]*i18n.Message, error) {
	data := s.Texts[string(lang)]
	if len(data) > maxTexts {
		return nil, fmt.Errorf("they have %d bytes; at most %d can be", len(data), maxTexts)
	}
	if depth(data) > maxDepth {
		return nil, fmt.Errorf("tables are more than %d deep", maxDepth)
	}
	messages, err := i18n.ParseMessageBytes(data, json.Unmarshal)
	if err != nil {
		return nil, fmt.Errorf("%.200s", err)
	}
	if len(messages) > maxIDs {
		return nil, fmt.Errorf("there are %d; at most %d can be", len(messages), maxIDs)
	}
	slices.SortFunc(messages, func(a, b *i18n.Message) int { return strings.Compare(a.ID, b.ID) })
	for _, m := range messages {
		if err := s.checkText(m); err != nil {
			return nil, fmt.Errorf("%q: %w", shorten(m.ID), err)
		}
	}
	return messages, nil
}

// depth is how many tables are open at once, at most.
func depth(data []byte) int {
	open, most := 0, 0
	tokens := json.NewDecoder(bytes.NewReader(data))
	for {
		token, err := tokens.Token()
		if err != nil {
			return most // whoever reads it all will tell
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			open++
			most = max(most, open)
		case json.Delim('}'), json.Delim(']'):
			open--
		}
	}
}

var (
	goodID = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,100}$`)
	// insertion is all of a template that a stranger may write.
	insertion = regexp.MustCompile(`\{\{ ?\.[A-Za-z][A-Za-z0-9_]* ?\}\}`)
)

func (s Schema) checkText(m *i18n.Message) error {
	switch {
	case !goodID.MatchString(m.ID) || !strings.HasPrefix(m.ID, s.Name+"."):
		return fmt.Errorf("an id is %q, then letters, digits, _, - and dots, at most 100", shorten(s.Name)+".")
	case m.LeftDelim != "" || m.RightDelim != "":
		return errors.New("values are in {{ and }}, nothing else")
	case m.Other == "":
		return errors.New("the form other is missing")
	}
	for _, form := range forms(m) {
		switch {
		case strings.Contains(insertion.ReplaceAllString(form, "_"), "{{"):
			return errors.New("between {{ and }} only .Word can be")
		case strings.ContainsFunc(form, func(c rune) bool { return unicode.IsControl(c) && c != '\n' }):
			return errors.New("it holds a control character")
		}
	}
	return nil
}
