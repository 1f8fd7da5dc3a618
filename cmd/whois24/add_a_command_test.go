package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/whois24/whois24/commands"
)

const (
	addACommand    = "add-a-command.md"
	stepsBegin     = "## 1. Begin"
	beyondTheSteps = "## More than a line"
)

// TestAddACommand follows the page in a copy of the sources, and sees what it shows.
func TestAddACommand(t *testing.T) {
	t.Parallel()
	g, s := openGuide(t, addACommand, stepsBegin, beyondTheSteps), clone{copyOfSources(t)}
	g.console(s) // new command
	g.save(s, "go")
	for g.blocks[0].kind == "toml" { // in each language
		g.save(s, "toml")
	}
	g.save(s, "go")
	if unformatted := s.shell(t, "go tool gofumpt -l commands/birthday.go commands/birthday_test.go commands/set.go", ""); unformatted != "" {
		t.Errorf("not formatted: %s", unformatted)
	}
	g.console(s) // its test
	g.console(s) // chat
	g.demo(s)
	g.console(s) // the reference page, and all tests of commands
	page, err := s.read("docs/commands.md")
	if err != nil || !strings.Contains(string(page), "## /birthday\n\n- en: `/birthday [name, number or @mention]` — When to bring a cake\n") {
		t.Errorf("the reference page does not tell of it: %v", err)
	}
	g.mistakes()
	if len(g.blocks) > 0 {
		t.Errorf("nobody tries %+v", g.blocks)
	}
}

// demo is the step in the browser.
func (g *guide) demo(s clone) {
	g.t.Helper()
	command, shown, _ := strings.Cut(g.next("console").text, "\n")
	if command != "$ go run ./cmd/whois24 demo --watch --lang en" {
		g.t.Fatalf("the page starts the demo with %s", command)
	}
	watched, url := s.watchedDemo(g.t)
	_, shown, _ = strings.Cut(shown, "\n") // of watchedDemo
	for line := range strings.Lines(shown) {
		begin, _, _ := strings.Cut(line, " ")
		g.same(command, watched.waitLong(g.t, begin), line, s)
	}
	anna := sit(g.t, url)
	anna.lists("birthday")
	if got := anna.ask("/birthday 5").Text; got != "Евгений Шеленков has a birthday on 28 February." {
		g.t.Errorf("/birthday 5 in the demo is answered with %q", got)
	}
	_, title, _ := strings.Cut(g.save(s, "toml").text, " = ")
	g.same("the demo", watched.waitLong(g.t, "saved"), g.next("console").text, s)
	if got := anna.ask("/help").Text; !strings.Contains(got, strings.Trim(title, "\"\n")) {
		g.t.Errorf("/help in the demo says %q, and nothing of %s", got, title)
	}
	watched.terminate(g.t)
}

// mistakes makes those that the page lists.
func (g *guide) mistakes() {
	g.t.Helper()
	title := func(name string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(name + ".title = 'x'")} }
	texts := fstest.MapFS{"en.toml": title("birthday"), "ru.toml": title("birthday")}
	birthday := commands.New("birthday", greet, texts)
	type wrong struct {
		Budget float64
		Who    commands.Person `arg:"optionl"`
	}
	gift := commands.New("gift", func(context.Context, commands.Call, wrong) (commands.Reply, error) {
		return commands.Reply{}, nil
	}, fstest.MapFS{"en.toml": title("gift")})
	if _, err := commands.NewSet(birthday, birthday, gift); err == nil || err.Error()+"\n" != g.next("text").text {
		g.t.Errorf("the mistakes are\n%v", err)
	}
}

// TestAddACommandQuotes: what the page shows beyond its steps stands in files that are compiled and tested.
func TestAddACommandQuotes(t *testing.T) {
	for _, b := range openGuide(t, addACommand, beyondTheSteps, "").blocks {
		if b.file == "" {
			b.file = "commands/example_gift_test.go"
		}
		if !strings.Contains(unqualified(sourceFile(t, b.file)), unqualified(b.text)) {
			t.Errorf("%s does not hold\n%s", b.file, b.text)
		}
	}
}

// TestBirthdayIsTheSameEverywhere: the command of the page is that of the examples, and as short as it is said to be.
func TestBirthdayIsTheSameEverywhere(t *testing.T) {
	g := openGuide(t, addACommand, stepsBegin, beyondTheSteps)
	g.next("console")
	code, en, ru := g.next("go").text, g.next("toml").text, g.next("toml").text
	for g.blocks[0].kind == "toml" { // the examples do without further languages
		g.next("toml")
	}
	test := g.next("go").text
	_, function, _ := strings.Cut(code, "\n// Birthday ")
	for _, path := range []string{"commands/example_test.go", "commands/examples/birthday/birthday.go", "commands/doc.go"} {
		if !strings.Contains(unqualified(sourceFile(t, path)), unqualified("// Birthday "+function)) {
			t.Errorf("%s has another /birthday than the page", path)
		}
	}
	example := sourceFile(t, "commands/example_test.go")
	for lang, texts := range map[string]string{"en": en, "ru": ru} {
		if texts != sourceFile(t, "commands/examples/birthday/locales/"+lang+".toml") || !strings.Contains(example, texts) {
			t.Errorf("the texts in %s are not those of the page", lang)
		}
	}
	_, test, _ = strings.Cut(test, "\nfunc ")
	if lines := strings.Count(strings.ReplaceAll(code, "\n\n", "\n"), "\n"); lines > 12 || strings.Count(test, "\n") >= 15 {
		t.Errorf("%d lines of command and %d of its test", lines, strings.Count(test, "\n"))
	}
}

func sourceFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// unqualified is code as it is in any package and at any depth, and without the texts that a command brings along.
func unqualified(code string) string {
	code = strings.NewReplacer("commands.", "", "\n//\t", "\n", "}, texts)", "})", "}, birthdayTexts)", "})").Replace("\n" + code)
	var b strings.Builder
	for line := range strings.Lines(code) {
		b.WriteString(strings.Join(strings.Fields(line), " ") + "\n")
	}
	return b.String()
}
