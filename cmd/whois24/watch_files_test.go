package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWhatCountsAsSaved does what editors and people do to files, and looks at what a build is made for.
func TestWhatCountsAsSaved(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(folder) // before somebody saves z.go, which ends each case
		want []string
	}{
		"nothing":            {func(folder) {}, nil},
		"Go and texts":       {func(f folder) { f.write("commands/a.go", "commands/en.toml") }, []string{"commands/a.go", "commands/en.toml"}},
		"a page":             {func(f folder) { f.write("main.html") }, []string{"main.html"}},
		"other modules":      {func(f folder) { f.write("go.mod", "go.sum") }, []string{"go.mod", "go.sum"}},
		"twice":              {func(f folder) { f.write("a.go", "a.go") }, []string{"a.go"}},
		"by another name":    {func(f folder) { f.write("a.go.tmp"); f.rename("a.go.tmp", "a.go") }, []string{"a.go"}},
		"deleted":            {func(f folder) { f.remove("commands/old.go") }, []string{"commands/old.go"}},
		"a new folder":       {func(f folder) { f.write("new/deep/a.go") }, []string{"new/deep/a.go"}},
		"later in it":        {func(f folder) { f.write("new/a.txt"); f.write("new/b.go") }, []string{"new/b.go"}},
		"a test":             {func(f folder) { f.write("a_test.go") }, nil},
		"words for people":   {func(f folder) { f.write("README.md") }, nil},
		"what Vim writes":    {func(f folder) { f.write(".a.go.swp", "4913", "a.go~") }, nil},
		"what Emacs writes":  {func(f folder) { f.write(".#a.go", "#a.go#") }, nil},
		"what GoLand writes": {func(f folder) { f.write("a.go___jb_tmp___", ".idea/x.toml") }, nil},
		"what Git writes":    {func(f folder) { f.write(".git/a.go", ".git/refs/b.go") }, nil},
		"what npm installs":  {func(f folder) { f.write("node_modules/a/index.js") }, nil},
		"what tests read":    {func(f folder) { f.write("testdata/a.go") }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := folder{t, t.TempDir()}
			f.write("commands/old.go", ".git/config", "testdata/x")
			s, err := watchSaves(f.root)
			if err != nil {
				t.Fatal(err)
			}
			defer s.close()
			c.do(f)
			f.write("z.go")
			var got []string
			for len(got) == 0 || got[len(got)-1] != "z.go" { // a slow machine may tell in parts
				saved, err := s.next(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, saved...)
			}
			if diff := cmp.Diff(append(c.want, "z.go"), slices.Compact(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// folder is where a test writes. Paths have slashes.
type folder struct {
	t    *testing.T
	root string
}

func (f folder) path(name string) string { return filepath.Join(f.root, filepath.FromSlash(name)) }

func (f folder) write(names ...string) {
	f.t.Helper()
	for _, name := range names {
		if err := os.MkdirAll(filepath.Dir(f.path(name)), 0o700); err != nil {
			f.t.Fatal(err)
		}
		if err := os.WriteFile(f.path(name), []byte(name), 0o600); err != nil {
			f.t.Fatal(err)
		}
	}
}

func (f folder) rename(from, to string) {
	f.t.Helper()
	if err := os.Rename(f.path(from), f.path(to)); err != nil {
		f.t.Fatal(err)
	}
}

func (f folder) remove(name string) {
	f.t.Helper()
	if err := os.Remove(f.path(name)); err != nil {
		f.t.Fatal(err)
	}
}

// TestWorkerThatEnds is told of: until something is saved nobody answers.
func TestWorkerThatEnds(t *testing.T) {
	script := program(filepath.Join(t.TempDir(), "worker"))
	if err := os.WriteFile(string(script), []byte("#!/bin/sh\nexit 3\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	var told strings.Builder
	w, err := script.start(nil, &told, &told)
	if err != nil {
		t.Fatal(err)
	}
	<-w.ended
	if w.runs() || !strings.Contains(told.String(), "exit status 3") {
		t.Errorf("runs: %t, told: %q", w.runs(), told.String())
	}
}

// TestWatchWantsSources: there is nothing to build anywhere else.
func TestWatchWantsSources(t *testing.T) {
	t.Chdir(t.TempDir())
	got := invoke(t, nil, "demo", "--watch", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0")
	if got.code != 2 || !strings.Contains(got.stderr, "sources") {
		t.Errorf("code %d, stderr %q", got.code, got.stderr)
	}
}
