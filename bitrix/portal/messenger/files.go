package messenger

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"time"
)

//go:embed static
var static embed.FS

// secure forbids the page everything it does not need: other hosts, inline scripts and styles, markup made
// from text, frames, forms.
func secure(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "+
		"connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "+
		"require-trusted-types-for 'script'; trusted-types 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// file is a part of the page with the tag by which a browser asks whether it has changed.
type file struct {
	content []byte
	etag    string
}

// files is the page's static parts by name.
type files map[string]file

func newFiles() files {
	entries, err := static.ReadDir("static")
	if err != nil {
		panic(err) // embedded at build time: cannot fail
	}
	found := files{}
	for _, e := range entries {
		content, err := fs.ReadFile(static, "static/"+e.Name())
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(content)
		found[e.Name()] = file{content: content, etag: `"` + hex.EncodeToString(sum[:8]) + `"`}
	}
	return found
}

// ServeHTTP serves the file named last in the path.
func (f files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.serve(w, r, r.PathValue("file"))
}

func (f files) page() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { f.serve(w, r, "index.html") })
}

func (f files) serve(w http.ResponseWriter, r *http.Request, name string) {
	found, ok := f[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("ETag", found.etag)
	w.Header().Set("Cache-Control", "no-cache") // ask each time: a new build shows at once
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(found.content))
}
