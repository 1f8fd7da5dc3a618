package bitrix_test

import (
	"bytes"
	"errors"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/whois24/whois24/bitrix"
)

func TestParseFormReadsWhatPHPWrites(t *testing.T) {
	form, err := bitrix.ParseForm([]byte("event=ONAPPTEST&data%5BQUERY%5D%5Ba%5D=x+y%26%D1%91&ts=1&auth[application_token]=outer&data[bot][auth][application_token]=inner"))
	if err != nil {
		t.Fatal(err)
	}
	if got := form.Text("data[QUERY][a]"); got != "x y&ё" {
		t.Errorf("value is %q", got)
	}
	if got := form.ApplicationToken().Reveal(); got != "outer" {
		t.Errorf("application token is %q, want the outer one", got)
	}
}

func TestParseFormRefuses(t *testing.T) {
	for name, body := range map[string]string{
		"100,000 keys":             strings.Repeat("a=1&", 100_000),
		"10,000 levels":            "data" + strings.Repeat("[x]", 10_000) + "=1",
		"17 levels":                "data" + strings.Repeat("[x]", 17) + "=1",
		"a key of 1 kB":            strings.Repeat("k", 1024) + "=1",
		"broken percent-encoding":  "event=%zz",
		"percent at the end":       "event=%",
		"not UTF-8":                "event=%ff%fe",
		"raw bytes, not UTF-8":     "event=\xff\xfe",
		"the same key twice":       "auth[application_token]=a&auth[application_token]=b",
		"the same key, other form": "auth[application_token]=a&auth%5Bapplication_token%5D=b",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := bitrix.ParseForm([]byte(body)); !errors.Is(err, bitrix.ErrForm) {
				t.Errorf("error is %v, want ErrForm", err)
			}
		})
	}
}

func TestParseFormErrorsDoNotRepeatTheForm(t *testing.T) {
	_, err := bitrix.ParseForm([]byte("auth[application_token]=canary%zz"))
	if err == nil || strings.Contains(err.Error(), "canary") {
		t.Errorf("error is %v", err)
	}
}

func TestFormWithoutNameIsNoEvent(t *testing.T) {
	form, err := bitrix.ParseForm([]byte("data[bot][id]=1"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := form.Events(); !errors.Is(err, bitrix.ErrNotEvent) {
		t.Errorf("error is %v, want ErrNotEvent", err)
	}
}

// FuzzForm posts anything: it must be refused or read the way net/url reads it, and never make more
// events than a portal could mean.
func FuzzForm(f *testing.F) {
	for _, name := range []string{
		"v2-command-add-group.form", "v2-command-add-keyboard.form", "v2-message-add-special-chars.form",
		"v1-command-add-two-commands.form", "v1-message-add-two-bots.form", "v1-delete.form", "app-uninstall.form",
	} {
		f.Add(capturedBody(f, name))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		form, err := bitrix.ParseForm(body)
		if err != nil {
			if !errors.Is(err, bitrix.ErrForm) {
				t.Errorf("error is %v, want ErrForm", err)
			}
			return
		}
		sameAsNetURL(t, form, body)
		list, err := form.Events()
		if err != nil && !errors.Is(err, bitrix.ErrNotEvent) {
			t.Errorf("error is %v, want ErrNotEvent", err)
		}
		if len(list) > 10 {
			t.Errorf("%d events in one form", len(list))
		}
		for _, e := range list {
			if e.User.ID < 0 || e.Bot.ID < 0 || e.Message.ID < 0 || !utf8.ValidString(e.Message.Text) {
				t.Errorf("implausible event %+v", e)
			}
		}
	})
}

// sameAsNetURL compares with the standard library, which refuses semicolons where PHP does not.
func sameAsNetURL(t *testing.T, form bitrix.Form, body []byte) {
	t.Helper()
	if bytes.Contains(body, []byte(";")) {
		return
	}
	want, err := url.ParseQuery(string(body))
	if err != nil {
		t.Fatalf("net/url refuses what was accepted: %v", err)
	}
	for key := range want {
		if got := form.Text(key); got != want.Get(key) {
			t.Errorf("%q is %q, net/url says %q", key, got, want.Get(key))
		}
	}
}

func BenchmarkParseForm(b *testing.B) {
	body := capturedBody(b, "v2-command-add-group.form")
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		form, err := bitrix.ParseForm(body)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := form.Events(); err != nil {
			b.Fatal(err)
		}
	}
}
