package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// guide is a page of docs that somebody follows, block by block.
type guide struct {
	t      *testing.T
	blocks []guideBlock // not followed yet
}

// guideBlock is what stands between two fences.
type guideBlock struct {
	kind string // go, toml, console or text
	file string // that the paragraph before it names; "": none
	text string
}

var (
	fenced   = regexp.MustCompile("(?ms)(?:^([^\n]*)\n\n)?^```([a-z]*)\n(.*?)^```$")
	pathName = regexp.MustCompile("`([a-z0-9_./-]+\\.(?:go|toml|md))`")
)

// openGuide reads the part of a page between two texts; "" is its beginning or its end.
func openGuide(t *testing.T, page, from, to string) *guide {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", page))
	if err != nil {
		t.Fatal(err)
	}
	_, part, found := strings.Cut(string(data), from)
	if to != "" && found {
		part, _, found = strings.Cut(part, to)
	}
	g := &guide{t: t}
	for _, m := range fenced.FindAllStringSubmatch(part, -1) {
		b := guideBlock{kind: m[2], text: m[3]}
		if names := pathName.FindAllStringSubmatch(m[1], -1); names != nil {
			b.file = names[len(names)-1][1]
		}
		g.blocks = append(g.blocks, b)
	}
	if fences := strings.Count(part, "```"); !found || fences != 2*len(g.blocks) {
		t.Fatalf("%s: found %v, %d fences and %d blocks", page, found, fences, len(g.blocks))
	}
	return g
}

// next is the block that is followed next.
func (g *guide) next(kind string) guideBlock {
	g.t.Helper()
	if len(g.blocks) == 0 || g.blocks[0].kind != kind {
		g.t.Fatalf("the page goes on with %+v, not with a block of %s", g.blocks, kind)
	}
	b := g.blocks[0]
	g.blocks = g.blocks[1:]
	return b
}

// save does what a block says to a file of the sources: a Go file is all of it, texts are a section or a line of the section
// birthday.
func (g *guide) save(s clone, kind string) guideBlock {
	g.t.Helper()
	b := g.next(kind)
	before, err := s.read(b.file)
	if err != nil {
		g.t.Fatal(err)
	}
	after := b.text
	if kind == "toml" {
		replaced := regexp.MustCompile(`(?ms)^\[birthday\]$[^\[]*`)
		if key, _, line := strings.Cut(b.text, " = "); line && !strings.HasPrefix(key, "[") {
			replaced = regexp.MustCompile(`(?m)(^\[birthday\]\n(?:.*\n)*?)^` + key + ` = .*\n`)
			after = "${1}" + b.text
		}
		if !replaced.Match(before) {
			g.t.Fatalf("%s has nothing that becomes\n%s", b.file, b.text)
		}
		after = replaced.ReplaceAllString(string(before), after)
	}
	if err := os.WriteFile(s.file(b.file), []byte(after), 0o600); err != nil {
		g.t.Fatal(err)
	}
	return b
}

// console does what a block shows of a terminal: lines after $ are run, those after > are typed, and all others are printed.
func (g *guide) console(s clone) {
	g.t.Helper()
	for entry := range strings.SplitSeq(strings.TrimPrefix(g.next("console").text, "$ "), "\n$ ") {
		command, rest, _ := strings.Cut(entry, "\n")
		var typed, printed string
		for line := range strings.Lines(rest) {
			if said, ok := strings.CutPrefix(line, "> "); ok {
				typed += said
			} else {
				printed += line
			}
		}
		g.same(command, s.shell(g.t, command, typed), printed, s)
	}
}

// shell runs a command in the sources, with nobody's settings.
func (s clone) shell(t *testing.T, command, stdin string) string {
	t.Helper()
	words := strings.Fields(command)
	c := exec.CommandContext(t.Context(), words[0], words[1:]...)
	c.Dir, c.Env, c.Stdin = s.root, append(os.Environ(), plainBuild+" -count=1"), strings.NewReader(stdin)
	var stderr strings.Builder
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", command, err, out, stderr.String())
	}
	return string(out)
}

var (
	spaces    = regexp.MustCompile(`[ \t]+`)
	seconds   = regexp.MustCompile(`\d+\.\d+( ?s)\b`)
	addresses = regexp.MustCompile(`127\.0\.0\.1:\d+`)
)

// same compares what was printed with what the page shows, but for times, addresses and the place of the sources.
func (g *guide) same(what, printed, shown string, s clone) {
	g.t.Helper()
	alike := func(text string) string {
		text = strings.ReplaceAll(text, s.root, "…")
		text = spaces.ReplaceAllString(strings.TrimSpace(text), " ")
		return addresses.ReplaceAllString(seconds.ReplaceAllString(text, "0.0$1"), "address")
	}
	if printed, shown = alike(printed), alike(shown); printed != shown {
		g.t.Errorf("%s prints\n%s\nand the page shows\n%s", what, printed, shown)
	}
}
