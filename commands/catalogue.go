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
	files, err := fs.Sub(locales, "locales")
	if err != nil {
		return nil, fmt.Errorf("open texts: %w", err)
	}
	c := newCatalogue()
	return c, c.load(files)
}

// catalogueFor is the package's catalogue and the texts that commands bring along. A text that is not there in every
// language is an error that says where.
func catalogueFor(list []Command) (*catalogue, error) {
	c, err := loadBuiltin()
	if err != nil {
		return nil, err
	}
	for _, command := range list {
		if command.Texts == nil {
			continue
		}
		if err := c.load(command.Texts); err != nil {
			return nil, fmt.Errorf("command %q: %w", command.Name, err)
		}
	}
	return c, c.complete()
}

// catalogue holds every text in every language. It is not changed after loading, so many may read it at once.
type catalogue struct {
	bundle    *i18n.Bundle
	languages []Language // English first, then by name
	readers   map[Language]*i18n.Localizer
	ids       map[Language]map[string]bool
}

func newCatalogue() *catalogue {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	return &catalogue{
		bundle:  bundle,
		readers: map[Language]*i18n.Localizer{},
		ids:     map[Language]map[string]bool{},
	}
}

// load adds the texts of every <language>.toml in files. An id that is taken and a template that cannot be read are
// errors that name file and id.
func (c *catalogue) load(files fs.FS) error {
	names, err := fs.Glob(files, "*.toml")
	if err != nil {
		return fmt.Errorf("list texts: %w", err)
	}
	for _, name := range names {
		file, err := c.bundle.LoadMessageFileFS(files, name)
		if err != nil {
			return fmt.Errorf("texts in %s: %w", name, err)
		}
		lang := Language(strings.TrimSuffix(path.Base(name), ".toml"))
		if err := c.note(lang, file.Messages); err != nil {
			return fmt.Errorf("texts in %s: %w", name, err)
		}
	}
	return nil
}

// note remembers which ids a language has and checks them.
func (c *catalogue) note(lang Language, messages []*i18n.Message) error {
	if c.ids[lang] == nil {
		c.ids[lang] = map[string]bool{}
		c.readers[lang] = i18n.NewLocalizer(c.bundle, string(lang))
		c.languages = withLanguage(c.languages, lang)
	}
	for _, m := range messages {
		if c.ids[lang][m.ID] {
			return fmt.Errorf("%q is there already", m.ID)
		}
		if err := checkTemplates(m); err != nil {
			return fmt.Errorf("%q: %w", m.ID, err)
		}
		c.ids[lang][m.ID] = true
	}
	return nil
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

// complete tells of each text that is missing in a language.
func (c *catalogue) complete() error {
	gaps := map[string][]Language{}
	for _, ids := range c.ids {
		for id := range ids {
			if missing := c.lacks(id); len(missing) > 0 {
				gaps[id] = missing
			}
		}
	}
	var errs []error
	for _, id := range slices.Sorted(maps.Keys(gaps)) {
		errs = append(errs, fmt.Errorf("text %q is missing in %v", id, gaps[id]))
	}
	return errors.Join(errs...)
}

// lacks tells in which of the languages the id is missing.
func (c *catalogue) lacks(id string) []Language {
	return slices.DeleteFunc(slices.Clone(c.languages), func(lang Language) bool { return c.ids[lang][id] })
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
