package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"go/build"
	"io"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"text/template"
	"unicode"

	"github.com/pelletier/go-toml/v2"
)

//go:embed templates/*.tmpl
var templateFiles embed.FS

// draft is a command that is not written yet.
type draft struct {
	Name  string // birthday, due_date
	Func  string // Birthday, DueDate: what makes the command
	Test  string // TestBirthday
	files []drafted
}

// drafted is a file as it is going to be.
type drafted struct {
	path    string // from the root of the sources
	what    string // for the report
	content []byte
	fresh   bool // there is no such file yet
}

// draft makes all files of a command. The errors are for whoever typed its name, and nothing is written.
func (s clone) draft(name string) (draft, error) {
	if err := checkCommandName(name); err != nil {
		return draft{}, usageError{err}
	}
	d := draft{Name: name, Func: camel(name), Test: "Test" + camel(name)}
	for _, add := range []func(clone) error{d.checkNames, d.addCode, d.addTexts, d.addToList} {
		if err := add(s); err != nil {
			return d, err
		}
	}
	return d, nil
}

// checkNames finds names that mean nothing else yet.
func (d *draft) checkNames(s clone) error {
	taken, err := s.identifiers("commands")
	if err != nil {
		return err
	}
	for _, path := range []string{d.code(), d.test()} {
		if s.has(path) {
			return usagef("%s is there already; accepted is another name than %s", path, d.Name)
		}
	}
	if taken["commands"][d.Func] {
		return usagef("there is a %s in package commands already; accepted is another name than %s", d.Func, d.Name)
	}
	for n := 2; taken["commands_test"][d.Test]; n++ {
		d.Test = fmt.Sprintf("Test%s%d", d.Func, n)
	}
	return nil
}

// commandNames are those that NewSet takes.
var commandNames = regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`)

// checkCommandName also refuses names whose files Go would take for tests, or for those of one system only: x_test, x_linux.
func checkCommandName(name string) error {
	if !commandNames.MatchString(name) {
		return fmt.Errorf("a command cannot be called %q; accepted is a lower-case Latin letter, then letters, digits or _, at most 32", name)
	}
	nowhere := build.Context{GOOS: "nowhere", GOARCH: "nowhere", OpenFile: func(string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("package commands\n")), nil
	}}
	compiled, err := nowhere.MatchFile("commands", name+".go")
	if err != nil || !compiled || strings.HasSuffix(name, "_test") {
		return fmt.Errorf("a command cannot be called %q: Go has a meaning of its own for files named %s.go; accepted is another ending", name, name)
	}
	return nil
}

// camel writes due_date as DueDate.
func camel(name string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(name, "_") {
		for i, c := range part {
			if i == 0 {
				c = unicode.ToUpper(c)
			}
			b.WriteRune(c)
		}
	}
	return b.String()
}

func (d *draft) code() string { return "commands/" + d.Name + ".go" }
func (d *draft) test() string { return "commands/" + d.Name + "_test.go" }

func (d *draft) addCode(clone) error {
	code, err := d.fill("command.go")
	if err != nil {
		return err
	}
	test, err := d.fill("command_test.go")
	d.files = append(d.files, drafted{d.code(), "what it does", code, true}, drafted{d.test(), "its test", test, true})
	return err
}

// addTexts adds a section to the texts of each language. Where there are no words for a language they are English, for
// somebody to translate.
func (d *draft) addTexts(s clone) error {
	paths, err := s.glob("commands/locales/*.toml")
	if err != nil || len(paths) == 0 {
		return errors.Join(err, errors.New("commands/locales holds no texts"))
	}
	for _, p := range paths {
		content, err := d.textsWith(s, p)
		if err != nil {
			return err
		}
		d.files = append(d.files, drafted{p, "its words: [" + d.Name + "]", content, false})
	}
	return nil
}

// textsWith is a file of texts with a section for the command.
func (d *draft) textsWith(s clone, path string) ([]byte, error) {
	texts, err := s.read(path)
	if err != nil {
		return nil, err
	}
	var sections map[string]any
	if err := toml.Unmarshal(texts, &sections); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if sections[d.Name] != nil {
		return nil, usagef("%s has texts for %s already; accepted is another name", path, d.Name)
	}
	words, err := d.words(strings.TrimSuffix(filepath.Base(path), ".toml"))
	if err != nil {
		return nil, err
	}
	return append(append(bytes.TrimRight(texts, "\n"), '\n'), words...), nil
}

// words are the section of a language.
func (d *draft) words(language string) ([]byte, error) {
	if _, err := fs.Stat(templateFiles, "templates/"+language+".toml.tmpl"); err != nil {
		language = "en"
	}
	return d.fill(language + ".toml")
}

func (d *draft) addToList(s clone) error {
	const list = "commands/set.go"
	code, err := s.read(list)
	if err != nil {
		return err
	}
	content, err := enlist(code, d.Func)
	if err != nil {
		return fmt.Errorf("%s: %w", list, err)
	}
	d.files = append(d.files, drafted{list, "its place in the list", content, false})
	return nil
}

// fill makes a file from its template.
func (d *draft) fill(name string) ([]byte, error) {
	t, err := template.ParseFS(templateFiles, "templates/"+name+".tmpl")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, d)
	return b.Bytes(), err
}
