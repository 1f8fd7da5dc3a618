package commands

import (
	"context"
	"strings"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands/people"
)

// mostOwners is how many people a portal finds by a contact are read to see whose it is. More have something else in common.
const mostOwners = 10

// findOwner finds whose a phone or an e-mail address is where nobody has read who works here. Portals search names, and some of them
// contacts as well: whoever they find is believed to be the owner only if the profile says so. Nobody is what to say otherwise.
func findOwner(ctx context.Context, c Call, s search, query string, nobody error) (any, error) {
	candidates, err := s.owners(ctx, c.People)
	if err != nil {
		return nil, err
	}
	read, err := c.now(ctx, candidates)
	if err != nil {
		return nil, err
	}
	for _, u := range candidates {
		if u, works := read[u.ID]; works && !u.Bot && owns(u, s.find) {
			s.people = append(s.people, bitrix.FoundUser{ID: u.ID, Name: u.Name, WorkPosition: u.WorkPosition})
		}
	}
	switch len(s.people) {
	case 0:
		return nil, nobody
	case 1:
		return Person{read[s.people[0].ID]}, nil
	}
	s.verdict = people.Several
	return nil, manyPeople{search: s, query: asTyped(query), page: 1}
}

// owns reports whether a contact is somebody's. What they are called does not matter.
func owns(u bitrix.User, contact string) bool {
	owner := people.Person{Email: u.Email, Phones: phonesOf(u)}
	return people.NewIndex([]people.Person{owner}).Find(contact, 1).Verdict == people.One
}

// owners are whom the portal finds by a contact as it was typed, or by nothing but its digits.
func (s search) owners(ctx context.Context, p People) ([]bitrix.User, error) {
	finds := []string{s.find}
	digits := strings.Map(dialled, s.find)
	if !strings.Contains(s.find, "@") && digits != s.find && len(digits) >= bitrix.ShortestSearch {
		finds = append(finds, digits)
	}
	found, _, err := searchAll(ctx, p, finds)
	var all []bitrix.User
	for _, f := range found[:min(len(found), mostOwners)] {
		all = append(all, bitrix.User{ID: f.ID})
	}
	return all, err
}
