package bot

import (
	"strings"
	"testing"
)

// TestTemplateID is a UUID v4 in lower case, the same for the same words and no other.
func TestTemplateID(t *testing.T) {
	p, q := &Portal{TemplateKey: "k1"}, &Portal{TemplateKey: "k2"}
	first := p.templateID("reply 0")
	if len(first) != 36 || first[14] != '4' || !strings.ContainsRune("89ab", rune(first[19])) || first != strings.ToLower(first) {
		t.Errorf("%s is no UUID v4", first)
	}
	if p.templateID("reply 0") != first {
		t.Error("the same reply has two ids")
	}
	for _, other := range []string{p.templateID("reply 1"), q.templateID("reply 0")} {
		if other == first {
			t.Error("two replies have one id")
		}
	}
}
