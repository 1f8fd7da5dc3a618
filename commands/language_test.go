package commands_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/commands"
)

func TestMatch(t *testing.T) {
	tests := []struct {
		tags []string
		want commands.Language
	}{
		{nil, en},
		{[]string{""}, en},
		{[]string{"ru"}, ru},
		{[]string{" RU "}, ru},
		{[]string{"ru-RU"}, ru},
		{[]string{"ru_RU.UTF-8"}, ru},
		{[]string{"en-GB"}, en},
		{[]string{"ua"}, en},
		{[]string{"run"}, en},
		{[]string{"auto", "ru"}, ru},
		{[]string{"", "de", "ru", "en"}, de},
		{[]string{"en", "ru"}, en},
	}
	for _, tt := range tests {
		if got := commands.Match(tt.tags...); got != tt.want {
			t.Errorf("Match(%q) = %q, want %q", tt.tags, got, tt.want)
		}
	}
}

func TestLanguages(t *testing.T) {
	if diff := cmp.Diff([]commands.Language{en, de, ru}, commands.Languages()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
