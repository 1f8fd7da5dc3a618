package commands_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSpecificationAnswer: what the page demands of an answer.
func TestSpecificationAnswer(t *testing.T) {
	for answer, says := range map[string][]string{
		"(no answer)":           nil,
		"Anna\nLawyer":          {"Anna\nLawyer"},
		"Anna\n\nOffice: 5":     {"Anna\n\nOffice: 5"}, // a line without text
		"Anna\n…\n(Message)":    {"Anna", "(Message)"},
		"Anna\n…":               {"Anna", ""},
		"Anna … is in":          {"Anna", "is in"},
		"Anna · …\nBoris":       {"Anna ·", "\nBoris"},
		"Anna\n… is in":         {"Anna\n", "is in"},
		"Anna\n…\n✉ Boris\n…":   {"Anna", "✉ Boris", ""},
		"Wait… I look around.…": {"Wait… I look around.…"}, // the bot says so itself
	} {
		lines := strings.ReplaceAll("  "+strings.ReplaceAll(answer, "\n", "\n  "), "\n  \n", "\n\n")
		sections, err := readSections("## Cards\n```text\n# a name\nTom: Anna\n" + lines + "\n  never: Carl · \\nDora\n```\n")
		if err != nil {
			t.Errorf("%q: %v", answer, err)
			continue
		}
		e := sections[0].exchanges[0]
		if diff := cmp.Diff(says, e.says); diff != "" {
			t.Errorf("%q (-want +got)\n%s", answer, diff)
		}
		if diff := cmp.Diff([]string{"Carl", "\nDora"}, e.hides); diff != "" {
			t.Errorf("%q must not say (-want +got)\n%s", answer, diff)
		}
	}
}
