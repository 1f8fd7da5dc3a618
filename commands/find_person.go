package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands/people"
)

const (
	// longestSearch is how much of what was said is looked for, in characters. No name is longer.
	longestSearch = 100
	// shortestPhone is from how many digits on a number is a phone's rather than a person's, if somebody has that phone: a city's
	// own have seven.
	shortestPhone = 7
	// mostNear is how many people are offered who are only near: the one meant is among the first five, or not at all.
	mostNear = 5
)

// search is what was looked for and found.
type search struct {
	find    string
	people  []bitrix.FoundUser // best first
	verdict people.Verdict
	cut     bool // there may be more people
}

// findPerson finds whom a query means: among the staff, and on the portal if nobody there fits. Several people are a
// manyPeople, of which it is to show a page.
func findPerson(ctx context.Context, c Call, query string, page int) (any, error) {
	s := search{find: strings.TrimLeft(strings.Trim(query, ` .,:;!?()"'«»“”„‘’`), "@")}
	contact := contactLike(s.find)
	data := Data{"Query": asTyped(query), "Command": c.Name}
	switch {
	case contact && c.Staff == nil:
		return findOwner(ctx, c, s, query, Sorry("person.contact", data))
	case !contact && !nameLike(s.find):
		return nil, Sorry("person.unclear", data)
	}
	if c.Staff != nil {
		s.amongStaff(c.Staff)
	}
	if s.verdict < people.Several && !contact && searchable(s.find) {
		if err := s.onPortal(ctx, c.People); err != nil {
			return nil, err
		}
	}
	switch s.verdict {
	case people.One:
		return s.one(ctx, c, Sorry("person.none", data))
	case people.Several, people.Near:
		return nil, manyPeople{search: s, query: asTyped(query), page: page}
	}
	if contact || searchable(s.find) {
		return nil, Sorry("person.none", data)
	}
	return nil, Sorry("person.unclear", data)
}

// one reads the person found: what was found may have changed since. Whom the portal finds works here, or nobody is found; of the
// staff somebody may have left meanwhile, and the card says so.
func (s search) one(ctx context.Context, c Call, nobody error) (any, error) {
	id := s.people[0].ID
	user, err := lookUp(ctx, c, id, nobody)
	if err != nil {
		return nil, err
	}
	_, known := c.Staff.person(id)
	if user.Bot || !user.Active && !known {
		return nil, nobody
	}
	return Person{user}, nil
}

// amongStaff looks in the index. People who do not have all that was said are worth showing only if nobody has.
func (s *search) amongStaff(staff *Staff) {
	found := staff.Index.Find(s.find, mostPicked+1)
	s.verdict = found.Verdict
	for _, m := range found.Matches {
		if m.Fits || s.verdict == people.Near && len(s.people) < mostNear {
			s.people = append(s.people, bitrix.FoundUser{ID: bitrix.UserID(m.ID), Name: m.Name, WorkPosition: m.Position})
		}
	}
	if s.verdict == people.Several && len(s.people) == 1 {
		s.verdict = people.One
	}
	if s.cut = len(s.people) > mostPicked; s.cut {
		s.people = s.people[:mostPicked]
	}
}

// reaches reports whether a bare number of so many digits or more is the phone or the extension of somebody.
func (s *Staff) reaches(query string, digits int) bool {
	number := trimSentence(query)
	if s == nil || len(number) < digits || strings.Trim(number, "0123456789") != "" || !contactLike(number) {
		return false
	}
	return s.Index.Find(number, 1).Verdict >= people.Several
}

// hasExactly reports whether all of a query is words of somebody's name or work.
func (s *Staff) hasExactly(query string) bool {
	if s == nil {
		return false
	}
	found := s.Index.Find(query, 1).Matches
	return len(found) > 0 && found[0].Exact
}

// onPortal searches there, in all readings of what was said at once. Who is found takes the place of who is only near.
func (s *search) onPortal(ctx context.Context, p People) error {
	var readings []string
	for _, r := range people.Readings(s.find) {
		if searchable(r) {
			readings = append(readings, r)
		}
	}
	found, cut, err := searchAll(ctx, p, readings)
	if err != nil {
		return err
	}
	s.cut = s.cut || cut
	if len(found) > 0 {
		s.rank(found)
	}
	return nil
}

// searchAll is whom several searches find: everybody once, and no bots. Cut: there may be more.
func searchAll(ctx context.Context, p People, finds []string) (found []bitrix.FoundUser, cut bool, err error) {
	lists, err := searchEach(ctx, p, finds)
	if err != nil && !errors.Is(err, bitrix.ErrFindShort) { // the portal may count letters its own way
		return nil, false, fmt.Errorf("search people: %w", err)
	}
	for _, list := range lists {
		cut = cut || len(list) >= bitrix.SearchLimit
		for _, f := range list {
			if !f.Bot && !slices.ContainsFunc(found, func(known bitrix.FoundUser) bool { return known.ID == f.ID }) {
				found = append(found, f)
			}
		}
	}
	return found, cut, nil
}

// rank puts who was found in order. The portal's search also knows departments: those it found by one come last.
func (s *search) rank(found []bitrix.FoundUser) {
	byID := map[int64]bitrix.FoundUser{}
	var all []people.Person
	for _, f := range found {
		byID[int64(f.ID)] = f
		all = append(all, people.Person{ID: int64(f.ID), Name: f.Name, Position: f.WorkPosition})
	}
	ranked := people.NewIndex(all).Find(s.find, len(all))
	s.people, s.verdict = nil, people.Several
	if len(found) == 1 || ranked.Verdict == people.One && !s.cut {
		s.verdict = people.One
	}
	for _, m := range ranked.Matches {
		s.people = append(s.people, byID[m.ID])
		delete(byID, m.ID)
	}
	for _, f := range found {
		if _, left := byID[int64(f.ID)]; left {
			s.people = append(s.people, f)
		}
	}
}

// eachSearcher is a directory that makes several searches in one request. *bitrix.Client is one.
type eachSearcher interface {
	SearchUsersEach(ctx context.Context, finds []string, limit int) ([][]bitrix.FoundUser, error)
}

// searchEach makes searches in as few requests as the directory can.
func searchEach(ctx context.Context, p People, finds []string) ([][]bitrix.FoundUser, error) {
	switch of := p.(type) {
	case *whole:
		return searchEach(ctx, of.People, finds)
	case discreet:
		lists, err := searchEach(ctx, of.of, finds)
		for i := range lists {
			lists[i] = of.told(lists[i], finds[i])
		}
		return lists, err
	case eachSearcher:
		return of.SearchUsersEach(ctx, finds, bitrix.SearchLimit)
	}
	var lists [][]bitrix.FoundUser
	for _, find := range finds {
		found, err := p.SearchUsers(ctx, find, bitrix.SearchLimit)
		if err != nil {
			return nil, err
		}
		lists = append(lists, found)
	}
	return lists, nil
}

// nameLike reports whether s can be a name: a letter, not too much, and no markup.
func nameLike(s string) bool {
	return utf8.RuneCountInString(s) <= longestSearch && strings.ContainsFunc(s, unicode.IsLetter) && !strings.Contains(s, "[")
}

// searchable reports whether the portal searches for s.
func searchable(s string) bool {
	return nameLike(s) && utf8.RuneCountInString(s) >= bitrix.ShortestSearch
}

// contactLike reports whether s is a phone, an extension or an e-mail address. With less than three digits it is neither of the
// first two, and with more than fifteen there is no such phone.
func contactLike(s string) bool {
	digits := 0
	for _, c := range s {
		if c >= '0' && c <= '9' {
			digits++
		}
	}
	return people.Contact(s) && !strings.Contains(s, "[") && (strings.Contains(s, "@") || digits >= 3 && digits <= 15)
}
