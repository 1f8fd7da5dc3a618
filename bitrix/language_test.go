package bitrix_test

import (
	"testing"

	"github.com/whois24/whois24/bitrix"
)

// TestLanguages: a portal in Ukrainian says "ua", and takes texts under that name only.
func TestLanguages(t *testing.T) {
	for code, tag := range map[string]string{"ua": "uk", "la": "es", "kz": "kk", "de": "de", "en": "en", "": ""} {
		if got := bitrix.LanguageTag(code); got != tag {
			t.Errorf("the portal's %q is %q, want %q", code, got, tag)
		}
		if got := bitrix.LanguageCode(tag); got != code {
			t.Errorf("%q is the portal's %q, want %q", tag, got, code)
		}
	}
}
