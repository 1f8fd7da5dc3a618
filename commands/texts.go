package commands

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
)

// texts are messages by language and id.
type texts map[Language]map[string]*i18n.Message

// file is what a file of texts holds.
type file struct {
	name     string // for whoever is told of a mistake in it
	lang     Language
	messages []*i18n.Message
}

// filesIn reads every <language>.toml at the top and in directories there.
func filesIn(from fs.FS) (files []file, mistakes []error) {
	for _, pattern := range []string{"*.toml", "*/*.toml"} {
		names, err := fs.Glob(from, pattern)
		if err != nil {
			return nil, []error{fmt.Errorf("list texts: %w", err)}
		}
		for _, name := range names {
			f, err := readTexts(from, name)
			if err != nil {
				mistakes = append(mistakes, fmt.Errorf("texts in %s: %w", name, err))
				continue
			}
			files = append(files, f)
		}
	}
	return files, mistakes
}

func readTexts(from fs.FS, name string) (file, error) {
	data, err := fs.ReadFile(from, name)
	if err != nil {
		return file{}, err
	}
	messages, err := i18n.ParseMessageBytes(data, toml.Unmarshal)
	if err != nil {
		return file{}, err
	}
	return file{name, Language(strings.TrimSuffix(path.Base(name), ".toml")), messages}, nil
}

// clone is a copy to add to.
func (t texts) clone() texts {
	all := make(texts, len(t))
	for lang, messages := range t {
		all[lang] = maps.Clone(messages)
	}
	return all
}

// add puts in what files hold, and returns what is new. A template that cannot be read, and an id that has another text
// already, are mistakes that name file and id. The same text may come again: two commands may bring the same files. What is in
// a language that nobody else speaks is left out.
func (t texts) add(files []file) (added texts, mistakes []error) {
	added = texts{}
	for _, f := range files {
		if t[f.lang] == nil {
			continue
		}
		if added[f.lang] == nil {
			added[f.lang] = map[string]*i18n.Message{}
		}
		for _, m := range f.messages {
			there := t[f.lang][m.ID]
			if there == nil {
				t[f.lang][m.ID], added[f.lang][m.ID] = m, m
			}
			if err := fits(m, there); err != nil {
				mistakes = append(mistakes, fmt.Errorf("texts in %s: %q %w", f.name, m.ID, err))
			}
		}
	}
	return added, mistakes
}

// fits tells what is wrong with a text; there is the one that has its id, if any.
func fits(m, there *i18n.Message) error {
	if there != nil && *there != *m {
		return errors.New("is there already")
	}
	for _, form := range forms(m) {
		if _, err := parser().Parse(form, "", ""); err != nil {
			return fmt.Errorf("is no template: %w", err)
		}
	}
	return nil
}

// cede takes out the texts of a command of this package, if cmd is another of that name that brings its own. Those of
// /help are said in every set and stay.
func (t texts) cede(cmd Command) (ceded texts) {
	ceded = texts{}
	if !cmd.bringsTexts() || cmd.name == "help" || builtin().texts[English][cmd.title()] == nil {
		return ceded
	}
	for lang, messages := range t {
		ceded[lang] = map[string]*i18n.Message{}
		for id, m := range messages {
			if strings.HasPrefix(id, cmd.name+".") {
				ceded[lang][id] = m
			}
		}
	}
	t.remove(ceded)
	return ceded
}

// remove takes out what was added.
func (t texts) remove(added texts) {
	for lang, messages := range added {
		for id := range messages {
			delete(t[lang], id)
		}
	}
}

// restore puts back what was ceded.
func (t texts) restore(ceded texts) {
	for lang, messages := range ceded {
		maps.Copy(t[lang], messages)
	}
}

// forms are the plural forms a text has.
func forms(m *i18n.Message) []string {
	all := []string{m.Zero, m.One, m.Two, m.Few, m.Many, m.Other}
	return slices.DeleteFunc(all, func(form string) bool { return form == "" })
}

// languages are English first, then the others by name.
func (t texts) languages() []Language {
	return slices.SortedFunc(maps.Keys(t), englishFirst)
}

func englishFirst(a, b Language) int {
	switch {
	case a == b:
		return 0
	case a == English:
		return -1
	case b == English:
		return 1
	}
	return strings.Compare(string(a), string(b))
}

// lacks tells in which of the obligatory languages the id is missing.
func (t texts) lacks(id string) []Language {
	var missing []Language
	for _, lang := range obligatory {
		if t[lang][id] == nil {
			missing = append(missing, lang)
		}
	}
	return missing
}

// gaps tells which of some texts are missing in an obligatory language, except for those it is asked not to.
func (t texts) gaps(some texts, except map[string]bool) []error {
	missing := map[string][]Language{}
	for _, messages := range some {
		for id := range messages {
			if lacking := t.lacks(id); len(lacking) > 0 && !except[id] {
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
