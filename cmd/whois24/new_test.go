package main

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/whois24/whois24/commands"
)

// copyOfSources is this repository in a directory of its own.
func copyOfSources(t *testing.T) string {
	t.Helper()
	from, to := filepath.Join("..", ".."), t.TempDir()
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{".git", "node_modules"}, d.Name()) {
			return fs.SkipDir
		}
		rel, err := filepath.Rel(from, path)
		if err != nil || d.IsDir() {
			return err
		}
		return copyFile(path, filepath.Join(to, rel))
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}

// TestNewCommand writes a command into a copy of the sources. It is formatted, and passes its test, and after the reference page
// is written anew all others that are about the commands there are.
func TestNewCommand(t *testing.T) {
	root := copyOfSources(t)
	t.Chdir(filepath.Join(root, "bot")) // anywhere in it
	got := invoke(t, nil, "new", "command", "birthday")
	appear(t, got.stdout, "commands/birthday.go", "commands/birthday_test.go", "commands/locales/en.toml", "commands/locales/ru.toml",
		"commands/set.go", "go test ./commands -run TestBirthday", "go test ./commands -run Reference -update", "go run ./cmd/whois24 chat")
	if got.code != 0 || got.stderr != "" {
		t.Fatalf("code %d, stderr %q", got.code, got.stderr)
	}
	t.Chdir(root)
	if unformatted := goTool(t, "tool", "gofumpt", "-l", "commands"); unformatted != "" {
		t.Errorf("not formatted: %s", unformatted)
	}
	goTool(t, "test", "./commands", "-run", "Reference", "-update")
	goTool(t, "test", "-timeout", "3m", "./commands", "./commands/commandtest", "./commands/examples/birthday")
	goTool(t, "test", "-timeout", "3m", "-run", "Plan|Inspect|Ask|Chat", "./bot", "./cmd/whois24")
	page, err := os.ReadFile("docs/commands.md")
	if err != nil || !strings.Contains(string(page), "## /birthday\n") {
		t.Errorf("the reference page does not tell of it: %v", err)
	}

	again := invoke(t, nil, "new", "command", "birthday")
	if again.code != 2 || !strings.Contains(again.stderr, "commands/birthday.go is there already") {
		t.Errorf("once more: code %d, stderr %q", again.code, again.stderr)
	}
}

// plainBuild has copies of the sources built without the race detector, which the tests of this tree are run with already. Without
// paths in it, what is built of one copy serves the others.
const plainBuild = "GOFLAGS=-trimpath"

// goTool runs go, which has to succeed, and returns what it prints.
func goTool(t *testing.T, args ...string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), "go", args...)
	c.Env = append(os.Environ(), plainBuild)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// defaultList is set.go as far as it matters here.
const defaultList = `package commands

// Default is the bot's table of contents.
func Default() (*Set, error) {
	return NewSet(
		Whois(), // who is who
		Help(),
	)
}
`

// smallTree is a source tree with commands that hold nothing.
func smallTree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	all := map[string]string{
		"go.mod": "module github.com/whois24/whois24\n", "commands/set.go": defaultList, "commands/help.go": "package commands\n\nfunc Help() {}\n",
		"commands/types.go":        "package commands\n\ntype Person struct{}\n\nconst Yes, No = true, false\n",
		"commands/locales/en.toml": "[word]\nme = \"me\"\n", "commands/locales/fr.toml": "[word]\nme = \"moi\"\n\n",
	}
	maps.Copy(all, files)
	for path, text := range all {
		if err := os.MkdirAll(filepath.Join(root, filepath.Dir(path)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, path), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestNewCommandInsertsAndKeepsTheRest(t *testing.T) {
	root := smallTree(t, map[string]string{"commands/due_test.go": "package commands_test\n\nfunc TestDueDate() {}\n"})
	t.Chdir(root)
	if got := invoke(t, nil, "new", "command", "due_date"); got.code != 0 {
		t.Fatal(got.stderr)
	}
	for path, want := range map[string]string{
		"commands/set.go":           strings.Replace(defaultList, "\t\tHelp(),", "\t\tDueDate(),\n\t\tHelp(),", 1),
		"commands/locales/en.toml":  "[word]\nme = \"me\"\n\n[due_date]\ntitle = \"Greets somebody; no name: you\"\nanswer = \"Hello, {{.Name}}!\"\n",
		"commands/locales/fr.toml":  "[word]\nme = \"moi\"\n\n[due_date]\ntitle = \"Greets somebody; no name: you\"\nanswer = \"Hello, {{.Name}}!\"\n",
		"commands/due_date.go":      "func DueDate() Command {",
		"commands/due_date_test.go": "func TestDueDate2(", // TestDueDate is taken
	} {
		data, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(data), want) {
			t.Errorf("%s: %v\n%s", path, err, data)
		}
	}
}

// TestNewCommandRefuses: whoever typed it reads why, and nothing has changed.
func TestNewCommandRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		args  string
		files map[string]string
		code  int
		says  string
	}{
		"no name":               {"", nil, 2, "one name"},
		"two":                   {"due date", nil, 2, "one name"},
		"a capital letter":      {"Birthday", nil, 2, "lower-case"},
		"a path":                {"../birthday", nil, 2, "lower-case"},
		"another alphabet":      {"дни", nil, 2, "lower-case"},
		"a long one":            {strings.Repeat("a", 33), nil, 2, "at most 32"},
		"a test":                {"birthday_test", nil, 2, "birthday_test.go"},
		"for one system":        {"on_windows", nil, 2, "on_windows.go"},
		"for one processor":     {"on_arm64", nil, 2, "on_arm64.go"},
		"a command there is":    {"help", nil, 2, "commands/help.go is there already"},
		"a type there is":       {"person", nil, 2, "there is a Person"},
		"a function there is":   {"default", nil, 2, "there is a Default"},
		"a constant there is":   {"no", nil, 2, "there is a No"},
		"texts there are":       {"word", nil, 2, "has texts for word"},
		"texts nobody reads":    {"birthday", map[string]string{"commands/locales/en.toml": "x ="}, 1, "en.toml"},
		"a list made otherwise": {"birthday", map[string]string{"commands/set.go": "package commands\n\nfunc Default() (*Set, error) { return all() }\n"}, 1, "Birthday()"},
		"code that is broken":   {"birthday", map[string]string{"commands/a.go": "package"}, 1, "a.go"},
		"another module":        {"birthday", map[string]string{"go.mod": "module example.com/whois24\n"}, 2, "not in the sources"},
	} {
		t.Run(name, func(t *testing.T) {
			root := smallTree(t, tt.files)
			t.Chdir(root)
			before := contents(t, root)
			got := invoke(t, nil, append([]string{"new", "command"}, strings.Fields(tt.args)...)...)
			if got.code != tt.code || !strings.Contains(got.stderr, tt.says) || strings.Count(got.stderr, "\n") != 1 {
				t.Errorf("code %d, stderr %q", got.code, got.stderr)
			}
			if after := contents(t, root); after != before || got.stdout != "" {
				t.Errorf("something was written: %s%s", got.stdout, after)
			}
		})
	}
}

// contents are all files of a tree in one text.
func contents(t *testing.T, root string) string {
	t.Helper()
	var b strings.Builder
	err := fs.WalkDir(os.DirFS(root), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(root, path))
		b.WriteString(path + "\n" + string(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestNewCommandKnowsTheNames: a name is good here if a set takes it.
func TestNewCommandKnowsTheNames(t *testing.T) {
	for _, name := range []string{
		"a", "birthday", "due_date", "top10", "a_", strings.Repeat("a", 32),
		"", "A", "1a", "_a", "a-b", "a b", "ä", "a\n", strings.Repeat("a", 33),
	} {
		title := fstest.MapFS{}
		for _, lang := range commands.Languages() {
			title[string(lang)+".toml"] = &fstest.MapFile{Data: []byte("['" + strings.TrimSpace(name) + "']\ntitle = '" + string(lang) + "'\n")}
		}
		_, set := commands.NewSet(commands.New(name, greet, title))
		if here := checkCommandName(name); (here == nil) != (set == nil) {
			t.Errorf("%q: here %v, in a set %v", name, here, set)
		}
	}
}

func greet(context.Context, commands.Call, struct{}) (commands.Reply, error) {
	return commands.Reply{}, nil
}
