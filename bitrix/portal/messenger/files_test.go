package messenger_test

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func (s *site) get(path string) (*http.Response, string) {
	s.t.Helper()
	resp, err := http.Get(s.url + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return resp, string(body)
}

func TestPageMayDoLittle(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/", "/messenger/main.js", "/messenger/missing.js"} {
		resp, _ := s.get(path)
		policy := resp.Header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'", "require-trusted-types-for 'script'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("%s: policy %q lacks %q", path, policy, want)
			}
		}
		if resp.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s may be sniffed", path)
		}
	}
}

func TestFiles(t *testing.T) {
	s := newSite(t)
	for path, want := range map[string]struct {
		status int
		kind   string
	}{
		"/":                      {200, "text/html"},
		"/messenger/main.js":     {200, "text/javascript"},
		"/messenger/style.css":   {200, "text/css"},
		"/messenger/icon.svg":    {200, "image/svg+xml"},
		"/messenger/":            {404, "text/plain"},
		"/messenger/missing.js":  {404, "text/plain"},
		"/messenger/../files.go": {404, "text/plain"},
		"/elsewhere":             {404, "text/plain"},
	} {
		resp, _ := s.get(path)
		if resp.StatusCode != want.status || !strings.HasPrefix(resp.Header.Get("Content-Type"), want.kind) {
			t.Errorf("%s: %d %s, want %d %s", path, resp.StatusCode, resp.Header.Get("Content-Type"), want.status, want.kind)
		}
	}
}

func TestUnchangedFileIsNotSentAgain(t *testing.T) {
	s := newSite(t)
	resp, _ := s.get("/messenger/main.js")
	r, err := http.NewRequest(http.MethodGet, s.url+"/messenger/main.js", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("If-None-Match", resp.Header.Get("ETag"))
	again, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	again.Body.Close()
	if again.StatusCode != http.StatusNotModified {
		t.Errorf("%d, want 304", again.StatusCode)
	}
}

// The page asks nothing of other hosts and makes no markup from text.
func TestPageKeepsToItself(t *testing.T) {
	forbidden := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|` +
		`(?:src|href|import|url)[=(\s]+["']?(?:https?:)?//`)
	entries, err := os.ReadDir("static")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		content, err := os.ReadFile("static/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		if found := forbidden.Find(content); found != nil {
			t.Errorf("%s has %q", e.Name(), found)
		}
	}
}

// A text nobody shows is left over from something that is gone.
func TestTextsAreUsed(t *testing.T) {
	key := regexp.MustCompile(`(?m)^    (\w+):`)
	texts, err := os.ReadFile("static/texts.js")
	if err != nil {
		t.Fatal(err)
	}
	var page strings.Builder
	files, err := filepath.Glob("static/*.[jh]*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Base(name) != "texts.js" {
			page.Write(content)
		}
	}
	for _, m := range key.FindAllSubmatch(texts, -1) {
		name := string(m[1])
		if !strings.Contains(page.String(), `"`+name+`"`) && !strings.HasPrefix(name, "status_") {
			t.Errorf("%q is never shown", name)
		}
	}
}
