package main

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settled is how long nothing more may be saved before a build begins: editors write in several steps.
const settled = 100 * time.Millisecond

// saves are what somebody saves in the sources of a program.
type saves struct {
	root    string
	changes *fsnotify.Watcher
}

func watchSaves(root string) (*saves, error) {
	changes, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	s := &saves{root, changes}
	if err := s.add(root, map[string]bool{}); err != nil {
		_ = changes.Close()
		return nil, err
	}
	return s, nil
}

// add looks at a folder and those in it, and notes the files there. What is gone already is no error.
func (s *saves) add(folder string, files map[string]bool) error {
	return filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case !d.IsDir():
			s.note(path, files)
			return nil
		case path != s.root && !builtFrom(d.Name()):
			return fs.SkipDir
		}
		return s.changes.Add(path)
	})
}

// next waits until files are saved and returns their names from the root. It ends with ctx.
func (s *saves) next(ctx context.Context) ([]string, error) {
	files := map[string]bool{}
	var quiet <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-quiet:
			return slices.Sorted(maps.Keys(files)), nil
		case err := <-s.changes.Errors:
			return nil, err
		case e := <-s.changes.Events:
			if err := s.take(e, files); err != nil {
				return nil, err
			}
		}
		if len(files) > 0 {
			quiet = time.After(settled)
		}
	}
}

// take notes what an event is about: a file, or a folder with all it came with.
func (s *saves) take(e fsnotify.Event, files map[string]bool) error {
	if e.Op == fsnotify.Chmod {
		return nil
	}
	if info, err := os.Stat(e.Name); err == nil && info.IsDir() {
		if e.Has(fsnotify.Create) && builtFrom(info.Name()) {
			return s.add(e.Name, files)
		}
		return nil
	}
	s.note(e.Name, files)
	return nil
}

func (s *saves) note(path string, files map[string]bool) {
	if name, err := filepath.Rel(s.root, path); err == nil && ofProgram(filepath.Base(path)) {
		files[filepath.ToSlash(name)] = true
	}
}

func (s *saves) close() { _ = s.changes.Close() }

// builtFrom reports whether a folder may hold files of a program.
func builtFrom(folder string) bool {
	return !strings.HasPrefix(folder, ".") && !strings.HasPrefix(folder, "_") && folder != "testdata" && folder != "node_modules"
}

// ofProgram reports whether a file may be part of a program: Go, texts, what is embedded. Tests are none, and what
// editors write beside a file has other endings, or a name that begins with a dot.
func ofProgram(file string) bool {
	endings := []string{".go", ".toml", ".mod", ".sum", ".html", ".css", ".js", ".svg", ".png", ".tmpl"}
	return slices.Contains(endings, filepath.Ext(file)) && !strings.HasPrefix(file, ".") && !strings.HasSuffix(file, "_test.go")
}
