package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
)

// clone is the sources of this program on this machine.
type clone struct{ root string }

// itsModule is the first line of the go.mod of this repository.
var itsModule = regexp.MustCompile(`(?m)^module github\.com/whois24/whois24\s*$`)

// findClone goes up from a directory.
func findClone(dir string) (clone, error) {
	for from := dir; ; from = filepath.Dir(from) {
		data, err := os.ReadFile(filepath.Join(from, "go.mod"))
		if err == nil && itsModule.Match(data) {
			return clone{from}, nil
		}
		if from == filepath.Dir(from) {
			return clone{}, usagef("%s is not in the sources of whois24; accepted is a directory of a clone of them", dir)
		}
	}
}

func (s clone) file(path string) string { return filepath.Join(s.root, filepath.FromSlash(path)) }

func (s clone) has(path string) bool {
	_, err := os.Lstat(s.file(path))
	return err == nil
}

func (s clone) read(path string) ([]byte, error) { return os.ReadFile(s.file(path)) }

// write never replaces a file that was not there when the draft was made.
func (s clone) write(f drafted) error {
	flags := os.O_WRONLY | os.O_TRUNC
	if f.fresh {
		flags = os.O_WRONLY | os.O_CREATE | os.O_EXCL
	}
	file, err := os.OpenFile(s.file(f.path), flags, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(f.content)
	return errors.Join(err, file.Close())
}

// glob finds files, as paths from the root with slashes.
func (s clone) glob(pattern string) ([]string, error) { return fs.Glob(os.DirFS(s.root), pattern) }
