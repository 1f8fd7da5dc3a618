package commands

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"strconv"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"

	"github.com/whois24/whois24/bitrix"
)

//go:embed locales/*.toml
var locales embed.FS

// builtin is the catalogue of this package. Its files are part of the program, so one that cannot be read is a mistake
// of ours that no test lets through: it panics.
var builtin = sync.OnceValue(func() *catalogue {
	c, err := catalogueIn(locales)
	if err != nil {
		panic(fmt.Errorf("embedded texts: %w", err))
	}
	return c
})

// catalogueIn reads a catalogue: a file is a language.
func catalogueIn(from fs.FS) (*catalogue, error) {
	files, mistakes := filesIn(from)
	all := texts{}
	for _, f := range files {
		all[f.lang] = map[string]*i18n.Message{}
	}
	_, clashes := all.add(files)
	c, err := newCatalogue(all)
	return c, errors.Join(append(append(mistakes, clashes...), err)...)
}

// catalogue speaks the texts of every language. They do not change, so many may read it at once.
type catalogue struct {
	texts     texts
	languages []Language
	readers   map[Language]*i18n.Localizer
	spelled   sync.Map // what spellings has found: ids to []string
}

// newCatalogue fails on a language whose plural forms nobody knows.
func newCatalogue(all texts) (*catalogue, error) {
	c := &catalogue{texts: all, languages: all.languages(), readers: map[Language]*i18n.Localizer{}}
	bundle := i18n.NewBundle(language.English)
	var errs []error
	for _, lang := range c.languages {
		for _, m := range all[lang] {
			if err := bundle.AddMessages(language.Make(string(lang)), m); err != nil {
				errs = append(errs, fmt.Errorf("texts in %s: %w", lang, err))
				break
			}
		}
		c.readers[lang] = i18n.NewLocalizer(bundle, string(lang))
	}
	return c, errors.Join(errs...)
}

// parser makes a value that a text names and nobody gave an error instead of "<no value>".
func parser() *template.TextParser {
	return &template.TextParser{Option: "missingkey=error"}
}

// text is the text with its values put in, in English where lang is unknown or lacks it, or the id when there is no such text.
func (c *catalogue) text(lang Language, id string, data Data) string {
	reader, ok := c.readers[lang]
	if !ok {
		reader = c.readers[English]
	}
	text, err := reader.Localize(&i18n.LocalizeConfig{
		MessageID:      id,
		TemplateData:   harmless(data),
		PluralCount:    count(data["N"]),
		TemplateParser: parser(),
	})
	if err != nil && text == "" {
		return id
	}
	return text
}

// inAll is a text in every language.
func (c *catalogue) inAll(id string) map[string]string {
	return c.byLanguage(func(lang Language) string { return c.text(lang, id, nil) })
}

func (c *catalogue) byLanguage(text func(Language) string) map[string]string {
	all := make(map[string]string, len(c.languages))
	for _, lang := range c.languages {
		all[string(lang)] = text(lang)
	}
	return all
}

// harmless prepares values for a template: what could hold BB-code is neutralised, Markup excepted. What JSON has beyond
// strings, numbers and truth is no value.
func harmless(data Data) map[string]any {
	safe := make(map[string]any, len(data))
	for name, value := range data {
		switch v := value.(type) {
		case Markup, bool, int, int64:
			safe[name] = v
		case float64:
			safe[name] = strconv.FormatFloat(v, 'f', -1, 64)
		case nil, map[string]any, []any:
		default:
			safe[name] = bitrix.Plain(fmt.Sprint(v))
		}
	}
	return safe
}

// count is the number that chooses the plural form; nil: none does. Numbers of JSON are float64, and those that are not
// whole have the form of none.
func count(n any) any {
	switch v := n.(type) {
	case int, int64:
		return v
	case float64:
		if v == math.Trunc(v) && math.Abs(v) <= maxID {
			return int64(v)
		}
	}
	return nil
}
