package commands

import "testing"

// FuzzSplit is a command line from strangers: words stand in their order and what is said is all there.
func FuzzSplit(f *testing.F) {
	for _, seed := range []string{
		"", "a b", `"a b" c`, "«a «b» c»", `\" \\ \x`, `"a`, "[USER=5]a b[/USER], c", "x[user=all]", `"a", b`, "“a”b ”", "\xff\" \"",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = Args(text)
		at := 0
		for _, w := range split(text) {
			if w.from < at || w.to <= w.from || w.to > len(text) {
				t.Fatalf("%q: word %+v after %d", text, w, at)
			}
			for _, c := range text[at:w.from] {
				if c != ' ' {
					t.Fatalf("%q: %q belongs to no word", text, text[at:w.from])
				}
			}
			at = w.to
		}
		again := split(quote(text))
		if len(again) != 1 || again[0].text != text {
			t.Errorf("%q is quoted as %s, which reads %+v", text, quote(text), again)
		}
	})
}
