package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// allowed is the direction of the house: HTTP → events → stream → command → Bitrix24. A package imports of ours only
// what stands here.
var allowed = map[string][]string{
	"bitrix":                  {},
	"bitrix/portal":           {"bitrix"},
	"bitrix/portal/messenger": {"bitrix", "bitrix/portal"},
	"bitrix/portal/portaltest": {
		"bitrix", "bitrix/portal",
	},
	"events":          {"bitrix"},
	"events/stream":   {"bitrix", "events"},
	"commands":        {"bitrix", "commands/people"},
	"commands/people": {},
	"commands/remote": {"bitrix", "commands"},
	"commands/commandtest": {
		"bitrix", "bitrix/portal", "bot", "commands", "events", "events/stream",
	},
	"commands/examples/birthday": {"commands", "commands/remote"},
	"bot":                        {"bitrix", "commands", "commands/people", "commands/remote", "events", "events/stream"},
	"cmd/whois24": {
		"bitrix", "bitrix/portal", "bitrix/portal/messenger", "bot", "commands", "commands/remote",
		"events", "events/stream",
	},
}

// onTheBus are the packages that know NATS.
var onTheBus = []string{"events/stream", "commands/remote"}

const module = "github.com/whois24/whois24/"

func TestPackagesImportInOneDirection(t *testing.T) {
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		checkImports(t, filepath.ToSlash(dir), path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkImports(t *testing.T, dir, path string) {
	t.Helper()
	may, known := allowed[dir]
	if !known {
		t.Errorf("%s is in %s, a package the house does not have yet", path, dir)
		return
	}
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range file.Imports {
		name := strings.Trim(spec.Path.Value, `"`)
		if ours, ok := strings.CutPrefix(name, module); ok && !slices.Contains(may, ours) {
			t.Errorf("%s imports %s; %s may import %v", path, ours, dir, may)
		}
		if strings.HasPrefix(name, "github.com/nats-io/") && !slices.Contains(onTheBus, dir) {
			t.Errorf("%s imports NATS; only %v do", path, onTheBus)
		}
	}
}
