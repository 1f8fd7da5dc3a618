package people_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/commands/people"
)

// TestReadings are for searches that know no layouts and no transliteration.
func TestReadings(t *testing.T) {
	for query, want := range map[string][]string{
		"Шеленков":         {"Шеленков", "Itktyrjd", "shelenkov"},
		"Itktyrjd":         {"Itktyrjd", "Шеленков", "итктырйд"},
		"Shelenkov":        {"Shelenkov", "Ырудутлщм", "шеленков"},
		"Dmitry Medvedev":  {"Dmitry Medvedev", "Вьшекн Ьувмувум", "дмитрий медведев"},
		"Zoya Olshanskaya": {"Zoya Olshanskaya", "Ящнф Щдырфтылфнф", "зоя олшанская"},
		"Юлия Щукина":      {"Юлия Щукина", "yuliya shchukina"},
		"Anna Смирнова":    {"Anna Смирнова"},
		"  Ёж  ":           {"Ёж", "ezh"},
		"101":              {"101"},
		" ":                nil,
	} {
		if diff := cmp.Diff(want, people.Readings(query)); diff != "" {
			t.Errorf("%q (-want +got)\n%s", query, diff)
		}
	}
}

// TestContact tells what no name is.
func TestContact(t *testing.T) {
	for query, want := range map[string]bool{
		"101": true, "доб. 101": true, "+7 (916) 123-45-67": true, "8\u00a0916 1234567": true, "anna@example.com": true,
		"<anna@example.com>": true, "Анна": false, "Анна 5": false, "": false, "%": false, "@anna": false, "R2D2": false,
		"write to anna@example.com": false,
	} {
		if got := people.Contact(query); got != want {
			t.Errorf("%q: %v", query, got)
		}
	}
}
