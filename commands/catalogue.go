package commands

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"

	"github.com/whois24/whois24/bitrix"
)

//go:embed locales/*.toml
var locales embed.FS

// builtin is the catalogue of this package. Its files are part of the program, so one that cannot be read is a mistake
// of ours that no test lets through: it panics.
var builtin = sync.OnceValue(func() *catalogue {
	c, err := loadBuiltin()
	if err != nil {
		panic(fmt.Errorf("embedded texts: %w", err))
	}
	return c
})

func loadBuiltin() (*catalogue, error) {
	c := newCatalogue()
	return c, c.load(locales)
}

// catalogueFor is the package's catalogue and the texts that commands bring along. A text that is not there in every
// language is a mistake that says where; those that commands name are looked after by the set.
func catalogueFor(list []Command) (*catalogue, []error) {
	c, err := loadBuiltin()
	if err != nil {
		return c, []error{err}
	}
	var mistakes []error
	named := map[string]bool{}
	for _, cmd := range list {
		for _, id := range append(textsOf(cmd.arguments), cmd.title()) {
			named[id] = true
		}
		for _, texts := range cmd.texts {
			if err := c.load(texts); err != nil {
				mistakes = append(mistakes, fmt.Errorf("command %q: %w", cmd.name, err))
			}
		}
	}
	return c, append(mistakes, c.gaps(named)...)
}

// catalogue holds every text in every language. Its texts do not change after loading, so many may read it at once.
type catalogue struct {
	bundle    *i18n.Bundle
	languages []Language // English first, then by name
	readers   map[Language]*i18n.Localizer
	ids       map[Language]map[string]*i18n.Message
	spelled   sync.Map // what spellings has found: ids to []string
}

func newCatalogue() *catalogue {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	return &catalogue{
		bundle:  bundle,
		readers: map[Language]*i18n.Localizer{},
		ids:     map[Language]map[string]*i18n.Message{},
	}
}

// load adds the texts of every <language>.toml in files, at the top and in directories there. A template that cannot
// be read, and an id that has another text already, are errors that name file and id. The same text may come again: two
// commands may bring the same files.
func (c *catalogue) load(files fs.FS) error {
	var names []string
	for _, pattern := range []string{"*.toml", "*/*.toml"} {
		found, err := fs.Glob(files, pattern)
		if err != nil {
			return fmt.Errorf("list texts: %w", err)
		}
		names = append(names, found...)
	}
	var errs []error
	for _, name := range names {
		if err := c.loadFile(files, name); err != nil {
			errs = append(errs, fmt.Errorf("texts in %s: %w", name, err))
		}
	}
	return errors.Join(errs...)
}

func (c *catalogue) loadFile(files fs.FS, name string) error {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	file, err := i18n.ParseMessageFileBytes(data, name, map[string]i18n.UnmarshalFunc{"toml": toml.Unmarshal})
	if err != nil {
		return err
	}
	if err := c.note(Language(strings.TrimSuffix(path.Base(name), ".toml")), file.Messages); err != nil {
		return err
	}
	return c.bundle.AddMessages(file.Tag, file.Messages...)
}

// note remembers the texts of a language and checks them.
func (c *catalogue) note(lang Language, messages []*i18n.Message) error {
	if c.ids[lang] == nil {
		c.ids[lang] = map[string]*i18n.Message{}
		c.readers[lang] = i18n.NewLocalizer(c.bundle, string(lang))
		c.languages = withLanguage(c.languages, lang)
	}
	var errs []error
	for _, m := range messages {
		if there := c.ids[lang][m.ID]; there != nil && *there != *m {
			errs = append(errs, fmt.Errorf("%q is there already", m.ID))
		}
		if err := checkTemplates(m); err != nil {
			errs = append(errs, fmt.Errorf("%q: %w", m.ID, err))
		}
		c.ids[lang][m.ID] = m
	}
	return errors.Join(errs...)
}

// withLanguage keeps English first; files come by name.
func withLanguage(list []Language, lang Language) []Language {
	if lang == English {
		return slices.Insert(list, 0, lang)
	}
	return append(list, lang)
}

func checkTemplates(m *i18n.Message) error {
	var errs []error
	for _, form := range []string{m.Zero, m.One, m.Two, m.Few, m.Many, m.Other} {
		_, err := parser().Parse(form, "", "")
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// parser makes a value that a text names and nobody gave an error instead of "<no value>".
func parser() *template.TextParser {
	return &template.TextParser{Option: "missingkey=error"}
}

// gaps tells of each text that is missing in a language, except for those it is asked not to.
func (c *catalogue) gaps(except map[string]bool) []error {
	missing := map[string][]Language{}
	for _, ids := range c.ids {
		for id := range ids {
			if lacking := c.lacks(id); len(lacking) > 0 && !except[id] {
				missing[id] = lacking
			}
		}
	}
	var mistakes []error
	for _, id := range slices.Sorted(maps.Keys(missing)) {
		mistakes = append(mistakes, fmt.Errorf("text %q is missing in %v", id, missing[id]))
	}
	return mistakes
}

// lacks tells in which of the languages the id is missing.
func (c *catalogue) lacks(id string) []Language {
	return slices.DeleteFunc(slices.Clone(c.languages), func(lang Language) bool { return c.ids[lang][id] != nil })
}

// text is the text with its values put in, in English where lang is unknown, or the id when there is no such text.
func (c *catalogue) text(lang Language, id string, data Data) string {
	reader, ok := c.readers[lang]
	if !ok {
		reader = c.readers[English]
	}
	text, err := reader.Localize(&i18n.LocalizeConfig{
		MessageID:      id,
		TemplateData:   harmless(data),
		PluralCount:    data["N"],
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
	texts := make(map[string]string, len(c.languages))
	for _, lang := range c.languages {
		texts[string(lang)] = text(lang)
	}
	return texts
}

// harmless prepares values for a template: what could hold BB-code is neutralised, Markup excepted.
func harmless(data Data) map[string]any {
	safe := make(map[string]any, len(data))
	for name, value := range data {
		switch v := value.(type) {
		case Markup, bool, int, int64:
			safe[name] = v
		default:
			safe[name] = bitrix.Plain(fmt.Sprint(v))
		}
	}
	return safe
}
