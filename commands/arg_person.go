package commands

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// Person is an argument: somebody on the portal, found by mention, by number (5, #5, @5, №5, id5), by "me", or by a name or
// a part of it; where the staff is known also by e-mail address, by phone, and by internal extension, unless somebody has that
// number. Nothing said is who asks.
type Person struct{ bitrix.User }

// maxID is the largest number JSON carries exactly; no portal has as many people.
const maxID = 1 << 53

// numbered matches 5, #5, @5, №5, id5, ID 5, id: 5.
var numbered = regexp.MustCompile(`^(?i:id\s?:?|[#@№])?\s?(\d+)$`)

type personKind struct{}

func (personKind) name() string { return "person" }

func (personKind) hint(t *catalogue, lang Language) string { return t.text(lang, "arg.person", nil) }

func (personKind) accepted(t *catalogue, lang Language) string {
	return t.text(lang, "accepts.person", nil)
}

// take knows mentions, numbers, "me" and what is in quotes. Any other words may be a name or not.
func (personKind) take(c Call, list []word) int {
	if list[0].mention || list[0].quoted || me(c.catalogue(), bare(list[0])) {
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

// value looks the person up: by id at once, by anything else with a search and, where that finds one, by the id found.
func (personKind) value(ctx context.Context, c Call, s said) (any, error) {
	if c.People == nil {
		return nil, errors.New("look up a person: the request brings no People")
	}
	query, page := cutPage(s.text())
	query = c.meant(query)
	id, ok := whose(c, query)
	if !ok || page > 1 || c.Staff.reaches(query, shortestPhone) {
		return findPerson(ctx, c, query, page)
	}
	nobody := Sorry("person.nobody", Data{"ID": int64(id), "Command": c.Name})
	user, err := lookUp(ctx, c, id, nobody)
	switch {
	case errors.Is(err, nobody) && c.Staff.reaches(query, 1):
		return findPerson(ctx, c, query, page)
	case errors.Is(err, nobody) && c.Staff == nil && longNumber(query):
		return findOwner(ctx, c, search{find: trimSentence(query)}, query, nobody)
	case err != nil:
		return nil, err
	}
	return Person{user}, nil
}

// meant is what was said less "please" and the like, unless somebody here is called so.
func (c Call) meant(query string) string {
	bare := c.catalogue().withoutManners(query)
	if bare == "" || bare == query || c.Staff.hasExactly(query) {
		return query
	}
	return bare
}

// longNumber reports whether a number is a phone's sooner than a person's.
func longNumber(query string) bool {
	number := trimSentence(query)
	return len(number) >= shortestPhone && contactLike(number)
}

// lookUp reads a person; where there is none the error is that of nobody.
func lookUp(ctx context.Context, c Call, id bitrix.UserID, nobody error) (bitrix.User, error) {
	user, err := c.People.User(ctx, id)
	switch {
	case errors.Is(err, bitrix.ErrUserNotExists), errors.Is(err, bitrix.ErrIDEmpty):
		return user, nobody
	case errors.Is(err, bitrix.ErrAccessDenied):
		return user, Sorry("person.hidden", nil)
	case err != nil:
		return user, fmt.Errorf("look up user %d: %w", id, err)
	}
	return user, nil
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

func (personKind) write(v any) string {
	if id := v.(Person).ID; id > 0 {
		return fmt.Sprint(id)
	}
	return ""
}
