package commands_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"

	"github.com/whois24/whois24/commands"
)

// catalogues are the texts of each language by id.
func catalogues(t *testing.T) map[commands.Language]map[string]*i18n.Message {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("locales", "*.toml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no catalogues", err)
	}
	all := map[commands.Language]map[string]*i18n.Message{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		messages, err := i18n.ParseMessageBytes(data, toml.Unmarshal)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		texts := map[string]*i18n.Message{}
		for _, m := range messages {
			texts[m.ID] = m
		}
		all[commands.Language(strings.TrimSuffix(filepath.Base(file), ".toml"))] = texts
	}
	return all
}

var textID = regexp.MustCompile(`^[a-z_]+(\.[a-z_]+)+$`)

// idsInCode are the string literals of the package that look like ids.
func idsInCode(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil && textID.MatchString(s) {
					found[s] = true
				}
			}
			return true
		})
	}
	for _, d := range setOf(t).Descriptions() {
		found[d.Name+".title"] = true
	}
	return slices.Sorted(maps.Keys(found))
}

// TestTextsAreThereAndUsed: each language has exactly the texts the code asks for.
func TestTextsAreThereAndUsed(t *testing.T) {
	want := idsInCode(t)
	for lang, texts := range catalogues(t) {
		if diff := cmp.Diff(want, slices.Sorted(maps.Keys(texts))); diff != "" {
			t.Errorf("%s.toml (- the code asks for, + nobody asks for)\n%s", lang, diff)
		}
	}
}

// in is a call in a language.
func in(lang commands.Language) commands.Call {
	return commands.Call{Request: commands.Request{Lang: lang}}
}

func forms(m *i18n.Message) []string {
	return slices.DeleteFunc([]string{m.Zero, m.One, m.Two, m.Few, m.Many, m.Other}, func(s string) bool { return s == "" })
}

var (
	placeholder = regexp.MustCompile(`\.([A-Z]\w*)`)
	action      = regexp.MustCompile(`\{\{.*?\}\}`)
	bbCode      = regexp.MustCompile(`\[/?[a-z][^\]]*\]`)
)

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

func TestTextsNameTheSameValues(t *testing.T) {
	all := catalogues(t)
	for lang, texts := range all {
		for id, m := range texts {
			if diff := cmp.Diff(values(all[en][id]), values(m)); diff != "" {
				t.Errorf("%s in %s (-en +%s)\n%s", id, lang, lang, diff)
			}
		}
	}
}

// TestTextsAreTranslated: a text with words in it is not the English one.
func TestTextsAreTranslated(t *testing.T) {
	all := catalogues(t)
	words := regexp.MustCompile(`\pL{2}`)
	for lang, texts := range all {
		for id, m := range texts {
			plain := bbCode.ReplaceAllString(action.ReplaceAllString(m.Other, ""), "")
			if lang != en && words.MatchString(plain) && m.Other == all[en][id].Other {
				t.Errorf("%s in %s is English: %s", id, lang, m.Other)
			}
		}
	}
}

// TestTextsRunNothing: no line of a text may begin as a command or a quote, and tags are closed.
func TestTextsRunNothing(t *testing.T) {
	tags := regexp.MustCompile(`\[(/?)(b|put|send)\b[^\]]*\]`)
	for lang, texts := range catalogues(t) {
		for id, m := range texts {
			for _, form := range forms(m) {
				if regexp.MustCompile(`(?m)^\s*(/|>>|-{54})`).MatchString(form) {
					t.Errorf("%s in %s runs: %s", id, lang, form)
				}
				var open []string
				for _, tag := range tags.FindAllStringSubmatch(form, -1) {
					if tag[1] == "" {
						open = append(open, tag[2])
					} else if n := len(open); n > 0 && open[n-1] == tag[2] {
						open = open[:n-1]
					} else {
						t.Errorf("%s in %s closes what is not open: %s", id, lang, form)
					}
				}
				if len(open) > 0 {
					t.Errorf("%s in %s leaves %v open", id, lang, open)
				}
			}
		}
	}
}

// TestEveryNumberHasItsForm: plural texts have each form that whole numbers need in their language.
func TestEveryNumberHasItsForm(t *testing.T) {
	for lang, texts := range catalogues(t) {
		for id, m := range texts {
			if len(forms(m)) < 2 {
				continue
			}
			for n := range 120 {
				got := in(lang).Text(id, commands.Data{"N": n, "Cut": n%2 == 0})
				if got == id {
					t.Fatalf("%s in %s has no form for %d", id, lang, n)
				}
			}
		}
	}
}

// TestTextThatCannotBeMade comes back as its id for a test to see.
func TestTextThatCannotBeMade(t *testing.T) {
	for _, r := range []commands.Call{in(ru), in(en), {}} {
		if len(r.Commands()) > 0 {
			t.Error("there are commands outside a set")
		}
		if got := r.Text("no.such", nil); got != "no.such" {
			t.Errorf("an unknown id made %q", got)
		}
		if got := r.Text("card.name", commands.Data{"Nmae": "Anna"}); got != "card.name" {
			t.Errorf("a missing value made %q", got)
		}
	}
}

// TestTextNeutralisesValues: strings of any type are foreign, Markup is ours.
func TestTextNeutralisesValues(t *testing.T) {
	type title string
	tests := []struct {
		value any
		want  string
	}{
		{"[user=all]x[/user]", "［user=all]x［/user]"},
		{title("[b]"), "［b]"},
		{[]string{"[b]"}, "［［b]]"},
		{"a\n/whois 1", "a /whois 1"},
		{commands.Markup("[i]x[/i]"), "[i]x[/i]"},
		{5, "5"},
	}
	for _, tt := range tests {
		got := in(en).Text("card.position", commands.Data{"Position": tt.value})
		if got != tt.want {
			t.Errorf("%v made %q, want %q", tt.value, got, tt.want)
		}
	}
}
