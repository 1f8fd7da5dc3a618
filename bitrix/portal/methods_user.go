package portal

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/whois24/whois24/bitrix"
)

// userGet is im.user.get. Without an ID it tells the caller's own data; an array for an ID counts as 1.
func (p *Portal) userGet(c call) (any, error) {
	params := c.params.upper()
	id := c.caller
	if given := params.get("ID"); given != nil {
		id = bitrix.UserID(intval(given))
		if id <= 0 {
			return nil, errIDEmpty
		}
	}
	who, ok := p.people[id]
	if !ok {
		return nil, errNoUser
	}
	return p.restUser(who, params.get("AVATAR_HR") == "Y"), nil
}

// userList is im.user.list.get: an object by id, or a list; null for whom there is not.
func (p *Portal) userList(c call) (any, error) {
	params := c.params.upper()
	ids, ok := readIDs(params.get("ID"))
	if !ok {
		return nil, errListFormat
	}
	found := array{}
	for _, id := range ids {
		var user any
		if who, ok := p.people[bitrix.UserID(id)]; ok {
			user = p.restUser(who, params.get("AVATAR_HR") == "Y")
		}
		found = found.set(text(id), user)
	}
	if params.get("RESULT_TYPE") == "array" {
		return relist(found), nil
	}
	return found, nil
}

// readIDs reads an array of ids, or a text holding one in JSON.
func readIDs(v any) ([]int64, bool) {
	if s, ok := v.(string); ok {
		v, _ = parseJSON([]byte(s))
	}
	a, ok := v.(array)
	ids := make([]int64, 0, len(a))
	for _, e := range a {
		ids = append(ids, intval(e.value))
	}
	return ids, ok
}

func relist(a array) array {
	var l array
	for _, e := range a {
		l = append(l, entry{text(len(l)), e.value})
	}
	return l
}

const (
	findDefault = 10
	findMax     = 50
	findShort   = 2 // letters a search needs
)

// userSearch is im.search.user.list. As on the portal, guests drop out of a page that is already cut, so that
// it may be short and the total too big.
func (p *Portal) userSearch(c call) (any, error) {
	params := c.params.upper()
	find := strings.TrimSpace(text(params.get("FIND")))
	if utf8.RuneCountInString(find) < findShort {
		return nil, errFindShort
	}
	limit := min(cmp.Or(max(intval(params.get("LIMIT")), 0), findDefault), findMax)
	hits := p.matching(find)
	part, next := pageOf(hits, params.get("OFFSET"), limit)
	found := array{}
	for _, who := range part {
		if !who.outsider() {
			found = append(found, entry{text(who.ID), p.foundUser(p.seen(who))})
		}
	}
	return page{items: found, total: len(hits), next: next}, nil
}

// matching finds active people each word of the search begins a word of: in the name, position or department.
func (p *Portal) matching(find string) []*Person {
	words := strings.Fields(fold(find))
	var hits []*Person
	for _, who := range p.everybody() {
		if who.Active && containsAll(p.searchWords(who), words) {
			hits = append(hits, who)
		}
	}
	slices.SortStableFunc(hits, func(a, b *Person) int { return strings.Compare(a.Last, b.Last) })
	return hits
}

func (p *Portal) searchWords(who *Person) []string {
	words := strings.Fields(fold(who.Name() + " " + who.Position))
	for _, id := range who.Departments {
		if d, ok := p.department(id); ok {
			words = append(words, strings.Fields(fold(d.Name))...)
		}
	}
	return words
}

// fold makes texts comparable the way the portal's database does: no case, and ё is е.
func fold(s string) string { return strings.ReplaceAll(strings.ToLower(s), "ё", "е") }

func containsAll(words, prefixes []string) bool {
	for _, prefix := range prefixes {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, prefix) }) {
			return false
		}
	}
	return true
}

// foundUser is a person as the search shows one: fewer fields, and, as on the portal, the last activity and the
// last mobile activity in each other's place.
func (p *Portal) foundUser(who Person) array {
	u := append(array{{"id", who.ID}}, p.names(who)...)
	u = append(u, traits(who).set("birthday", false)...)
	var status any
	if who.Status != "" {
		status = who.Status
	}
	u = append(
		u,
		entry{"status", status},
		entry{"idle", atomOrFalse(who.Idle)},
		entry{"last_activity_date", mobile(who)},
		entry{"mobile_last_date", atomOrFalse(who.LastSeen)},
		entry{"departments", list(who.Departments...)},
		entry{"absent", p.absent(who)},
	)
	if ph, ok := phones(who.Phones).(array); ok {
		u = append(u, entry{"phones", ph})
	}
	return u
}
