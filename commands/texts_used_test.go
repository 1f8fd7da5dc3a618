package commands_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var textID = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$`)

// TestTextsAreUsed: the code asks for each text there is, and each text it asks for is there.
func TestTextsAreUsed(t *testing.T) {
	texts, asked := translations(t)[en], idsAskedFor(t)
	for id := range texts {
		if !asked[id] {
			t.Errorf("%s is a text nobody asks for; ids are written whole in the code", id)
		}
	}
	for id := range asked {
		if texts[id] == nil {
			t.Errorf("the code asks for %s, and there is no such text", id)
		}
	}
}

// idsAskedFor are the literals of the package that look like ids, those of hints, and those made of the names of commands and
// choices.
func idsAskedFor(t *testing.T) map[string]bool {
	t.Helper()
	asked := map[string]bool{}
	for _, literal := range literals(t) {
		if textID.MatchString(literal) {
			asked[literal] = true
		}
		if hint := reflect.StructTag(literal).Get("hint"); hint != "" {
			asked[hint] = true
		}
	}
	for _, cmd := range defaults(t).Schemas() {
		asked[cmd.Name+".title"] = true
		for _, a := range cmd.Arguments {
			for _, choice := range a.Choices {
				asked[cmd.Name+"."+a.Name+"."+choice.Key] = true
			}
		}
	}
	return asked
}

// literals are the strings in the code of the package, less its tests.
func literals(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil {
					all = append(all, s)
				}
			}
			return true
		})
	}
	return all
}
