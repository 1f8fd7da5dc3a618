package commands_test

import (
	"os"
	"testing"

	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/commands"
)

// The bot is specified by what people say to it and what it answers, on a page for everybody. Here the page is held on both kinds
// of portal. How it is read is in specification_read_test.go, how somebody is heard in specification_hear_test.go.
const conversationsPage = "docs/conversations.md"

// kinds are today's portals, which say "online" of everybody, and old ones.
var kinds = map[string]portal.Profile{"current": portal.Current, "old": portal.Old}

// TestSpecification holds each section of the page in an office of its own.
func TestSpecification(t *testing.T) {
	for _, s := range readSpecification(t) {
		t.Run(s.title, func(t *testing.T) {
			for kind, profile := range kinds {
				if s.only != "" && s.only != kind {
					continue
				}
				t.Run(kind+" portal", func(t *testing.T) {
					t.Parallel()
					openMayak(t, profile).converse(s)
				})
			}
		})
	}
}

func readSpecification(t *testing.T) []section {
	t.Helper()
	sections, err := readSections(readPage(t))
	if err != nil {
		t.Fatal(err)
	}
	return sections
}

func readPage(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile("../" + conversationsPage)
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

// fewest is how many conversations it takes, held on both kinds of portal, for the page to tell of the whole product.
const fewest = 150

// TestSpecificationIsWhole: no part of the page is lost.
func TestSpecificationIsWhole(t *testing.T) {
	count, langs := 0, map[commands.Language]int{}
	for _, s := range readSpecification(t) {
		if s.only == "" {
			count += len(s.exchanges)
		}
		for _, e := range s.exchanges {
			langs[askers[e.by].lang]++
		}
	}
	if count < fewest {
		t.Errorf("%s: %d conversations are held on both kinds of portal, fewer than %d", conversationsPage, count, fewest)
	}
	if langs[ru] == 0 || langs[en] == 0 {
		t.Errorf("%s: both languages have to be spoken: %v", conversationsPage, langs)
	}
}
