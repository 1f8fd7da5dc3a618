package bitrix_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/whois24/whois24/bitrix"
)

func TestPlain(t *testing.T) {
	for _, row := range []struct{ name, given, want string }{
		{"ordinary", "Евгений О'Нил-Шеленков", "Евгений О'Нил-Шеленков"},
		{"BB-code", "[B]Злой[/B] [USER=1]админ[/USER]", "［B]Злой［/B] ［USER=1]админ［/USER]"},
		{"lines", "директор\r\n/whois 1\n\tи ещё", "директор /whois 1 и ещё"},
		{"line separators", "a\u2028b\u2029c\u0085d\u00a0e", "a b c d e"},
		{"controls", "a\x00b\x1b[31mc\x7fd", "a b ［31mc d"},
		{"spaces around", "  \n a \t ", "a"},
		{"command", "/whois 5", "／whois 5"},
		{"command after blanks", " \u200b\n/whois 5", "／whois 5"},
		{"quote", ">>сказал", "＞>сказал"},
		{"half a quote", ">сказал", "＞сказал"},
		{"quote line", strings.Repeat("-", 54), strings.Repeat("-", 10)},
		{"hidden quote line", strings.Repeat("-\u200b", 54), strings.Repeat("-", 10)},
		{"dash", "Нью - Йорк---", "Нью - Йорк---"},
		{"turned round", "a\u202efdp.exe\u202c\u2066x\u2069\u200f", "afdp.exex"},
		{"invisible", "a\u200b\u2060\ufeff\u00ad\U000e0041b", "ab"},
		{"drawn blank", "\u3164\u2800\uffa0", ""},
		{"marks", "Z" + strings.Repeat("\u0335", 100) + "x", "Z\u0335\u0335\u0335x"},
		{"marks on nothing", "\u0301\u0301 \u0301a", "a"},
		{"composed", "И\u0306 e\u200b\u0301", "Й é"},
		{"flags and faces", "👍🏽 🇰🇿", "👍🏽 🇰🇿"},
		{"not UTF-8", "a\xffb", "a\ufffdb"},
		{"empty", "", ""},
		{"just short", strings.Repeat("я", 200), strings.Repeat("я", 200)},
		{"long", strings.Repeat("я", 201), strings.Repeat("я", 199) + "…"},
		{"long with a gap", strings.Repeat("я", 198) + "  конец", strings.Repeat("я", 198) + "…"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := bitrix.Plain(row.given); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func FuzzPlain(f *testing.F) {
	for _, seed := range []string{
		"Евгений", "[B]x[/B]", "a\n/whois", ">>q", strings.Repeat("-", 60), "\u202eabc", "Z\u0335\u0344\u0335\u0335",
		"e\u200b\u0301", "\u0958\u0344\u0344", "\u1100\u1161\u11a8", "a\xff", strings.Repeat("я ", 150), "/\u0338", ">\u0338",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, given string) {
		got := bitrix.Plain(given)
		if !utf8.ValidString(got) || !norm.NFC.IsNormalString(got) {
			t.Errorf("%q is not normal UTF-8", got)
		}
		if utf8.RuneCountInString(got) > bitrix.PlainLimit {
			t.Errorf("%q is too long", got)
		}
		if got != strings.TrimSpace(got) || strings.Contains(got, "  ") {
			t.Errorf("%q has loose spaces", got)
		}
		if strings.Contains(got, "[") || strings.Contains(got, strings.Repeat("-", 54)) {
			t.Errorf("%q has a live tag or a quote", got)
		}
		if strings.HasPrefix(got, "/") || strings.HasPrefix(got, ">") {
			t.Errorf("%q begins as a command or a quote", got)
		}
		harmlessRunes(t, got)
		if again := bitrix.Plain(got); again != got {
			t.Errorf("%q becomes %q the second time", got, again)
		}
	})
}

// harmlessRunes expects no control, nothing invisible, and few marks in a row, none at the beginning.
func harmlessRunes(t *testing.T, got string) {
	t.Helper()
	marks := 3
	for _, r := range got {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || unicode.IsSpace(r) && r != ' ' {
			t.Errorf("%q has %U", got, r)
		}
		if !unicode.IsMark(r) {
			marks = 0
			continue
		}
		if marks++; marks > 3 {
			t.Errorf("%q has too many marks", got)
		}
	}
}
