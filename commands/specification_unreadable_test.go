package commands_test

import (
	"strings"
	"testing"
)

// TestSpecificationUnreadable: who writes the page is told what is wrong, and in which line.
func TestSpecificationUnreadable(t *testing.T) {
	const begin = "# Conversations\n\n## Cards\n\n```text\n" // five lines
	for name, tt := range map[string]struct{ page, want string }{
		"empty":                    {"", ":1: there is no conversation on the page"},
		"prose alone":              {"# Conversations\n\n## Cards\n", ":4: there is no conversation on the page"},
		"no heading":               {"# Conversations\n```text\n", ":2: conversations stand under a heading"},
		"another fence":            {"## Cards\n```\n", ":2: a fence with conversations begins with ```text"},
		"no fence":                 {"## Cards\n\n# a number\nTom, with guests: /whois 5\n", ":4: Tom speaks outside a fence"},
		"no end":                   {begin + "# a number\nTom: 5\n  Anna\n", ":5: this fence has no end"},
		"unknown asker":            {begin + "# a number\nMike: 5\n", ":7: no Mike speaks here, only Emma, Lada, Tom, "},
		"unknown chat":             {begin + "# a number\nTom, at home: 5\n", `:7: there is no chat "at home", only "among colleagues" and`},
		"unknown escape":           {begin + "# a number\nTom: \\x\n", `:7: after \ only t, n and u00a0 are known`},
		"no point":                 {begin + "Tom: 5\n", ":6: say what this shows"},
		"nothing shows it":         {begin + "# a number\n# a name\n", ":7: nothing shows this: # a number"},
		"nobody speaks":            {begin + "# a number\nwho is it?\n", ":7: nobody speaks here"},
		"no question":              {begin + "  Anna\n", ":6: an answer, and nobody asked"},
		"a question left alone":    {begin + "# a number\nTom: 5\n\n# a name\n", ":7: say what is answered, or (no answer)"},
		"a line before the answer": {begin + "# a number\nTom: 5\n\n  Anna\n", ":9: an answer, and nobody asked"},
		"never says first":         {begin + "# a number\nTom: 5\n  Anna\n  never: Boris\n  Anna\n", ":10: what an answer says stands before"},
		"only never":               {begin + "# a number\nTom: 5\n  never: Boris\n```\n", ":7: say what is answered, or (no answer)"},
		"tab":                      {begin + "# a number\nTom: 5\n\tAnna\n", ":8: an answer is indented by two spaces, not by a tab"},
		"one space":                {begin + "# a number\nTom: 5\n Anna\n", ":8: nobody speaks here"},
		"spaces nobody sees":       {begin + "# a number\nTom: 5\n  Anna \n", ":8: nobody sees that there are spaces at the end"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := readSections(tt.page)
			if err == nil || !strings.HasPrefix(err.Error(), conversationsPage+tt.want) {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
}
