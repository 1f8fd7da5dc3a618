package commands

import (
	"io/fs"
	"sync"
	"testing"
)

// SpeakFrom has the catalogue be that of other files until the test ends, as if they had been in locales when the program was
// built.
func SpeakFrom(t *testing.T, files fs.FS) {
	t.Helper()
	c, err := catalogueIn(files)
	if err != nil {
		t.Fatal(err)
	}
	ours := builtin
	builtin = sync.OnceValue(func() *catalogue { return c })
	t.Cleanup(func() { builtin = ours })
}
