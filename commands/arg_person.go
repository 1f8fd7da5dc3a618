package commands

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/whois24/whois24/bitrix"
)

// Person is an argument: somebody on the portal, found by mention, by number (5, #5, @5, №5, id5), by "me", or by a part
// of the name. Nothing said is who asks.
type Person struct{ bitrix.User }

const (
	// longestSearch is how much of what was said is looked for, in characters. No name is longer.
	longestSearch = 100
	// maxID is the largest number JSON carries exactly; no portal has as many people.
	maxID = 1 << 53
)

// numbered matches 5, #5, @5, №5, id5, ID 5, id: 5.
var numbered = regexp.MustCompile(`^(?i:id\s?:?|[#@№])?\s?(\d+)$`)

type personKind struct{}

func (personKind) name() string { return "person" }

func (personKind) hint(t *catalogue, lang Language) string { return t.text(lang, "arg.person", nil) }

func (personKind) accepted(t *catalogue, lang Language) string {
	return t.text(lang, "accepts.person", nil)
}

// take knows mentions, numbers, "me" and what is in quotes. Any other words may be a name or not.
func (personKind) take(t *catalogue, list []word) int {
	if list[0].mention || list[0].quoted || me(t, bare(list[0])) {
		return 1
	}
	return numberWords(list)
}

// numberWords is how many of the words are a number with what people write before it.
func numberWords(list []word) int {
	if list[0].quoted || list[0].mention {
		return 0
	}
	if numbered.MatchString(bare(list[0])) {
		return 1
	}
	if len(list) > 1 && numbered.MatchString(list[0].text+" "+bare(list[1])) {
		return 2
	}
	return 0
}

func me(t *catalogue, s string) bool { return t.meaning([]string{"word.me"}, s) == 0 }

// value looks the person up: by id at once, by name with one search and, where that finds one, by the id found.
func (personKind) value(ctx context.Context, c Call, s said) (any, error) {
	if c.People == nil {
		return nil, errors.New("look up a person: the request brings no People")
	}
	query := s.text()
	id, ok := whose(c, query)
	if !ok {
		return findPerson(ctx, c, query)
	}
	user, err := c.People.User(ctx, id)
	switch {
	case errors.Is(err, bitrix.ErrUserNotExists), errors.Is(err, bitrix.ErrIDEmpty):
		return nil, Sorry("person.nobody", Data{"ID": int64(id), "Command": c.Name})
	case errors.Is(err, bitrix.ErrAccessDenied):
		return nil, Sorry("person.hidden", nil)
	case err != nil:
		return nil, fmt.Errorf("look up user %d: %w", id, err)
	}
	return Person{user}, nil
}

// text is the words without quotes.
func (s said) text() string {
	var all []string
	for _, w := range s.words {
		all = append(all, w.text)
	}
	return strings.Join(all, " ")
}

// whose is the number of the person meant, if that needs no search. A mention wins over everything beside it.
func whose(c Call, query string) (bitrix.UserID, bool) {
	if id, ok := mentioned(query); ok {
		return id, true
	}
	query = trimSentence(query)
	if query == "" || me(c.catalogue(), query) {
		return c.Asker.ID, true
	}
	if m := numbered.FindStringSubmatch(query); m != nil {
		return parseID(m[1])
	}
	return 0, false
}

// findPerson searches by name.
func findPerson(ctx context.Context, c Call, query string) (any, error) {
	find := strings.Trim(query, ` .,:;!?()"'«»“”`)
	if !searchable(find) {
		return nil, Sorry("person.unclear", Data{"Query": asTyped(query), "Command": c.Name})
	}
	found, err := c.People.SearchUsers(ctx, find, bitrix.SearchLimit)
	if err != nil && !errors.Is(err, bitrix.ErrFindShort) {
		return nil, fmt.Errorf("search people: %w", err)
	}
	people := withoutBots(found)
	if len(people) > 1 {
		return nil, manyPeople{query: asTyped(query), people: people, cut: len(found) >= bitrix.SearchLimit}
	}
	nobody := Sorry("person.none", Data{"Query": asTyped(query), "Command": c.Name})
	if len(people) == 0 {
		return nil, nobody
	}
	user, err := c.People.User(ctx, people[0].ID)
	switch {
	case errors.Is(err, bitrix.ErrUserNotExists), err == nil && (user.Bot || !user.Active):
		return nil, nobody
	case errors.Is(err, bitrix.ErrAccessDenied):
		return nil, Sorry("person.hidden", nil)
	case err != nil:
		return nil, fmt.Errorf("look up user %d: %w", people[0].ID, err)
	}
	return Person{user}, nil
}

// searchable reports whether s can be a name: letters, not too many, and no markup.
func searchable(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= bitrix.ShortestSearch && n <= longestSearch && strings.ContainsFunc(s, unicode.IsLetter) && !strings.Contains(s, "[")
}

func withoutBots(found []bitrix.FoundUser) []bitrix.FoundUser {
	var people []bitrix.FoundUser
	for _, f := range found {
		if !f.Bot {
			people = append(people, f)
		}
	}
	return people
}

func (personKind) write(v any) string {
	if id := v.(Person).ID; id > 0 {
		return fmt.Sprint(id)
	}
	return ""
}
