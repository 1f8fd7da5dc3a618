package people

import (
	"cmp"
	"slices"
)

// A Verdict says what to do with what was found.
type Verdict int

const (
	// Nobody is even near.
	Nobody Verdict = iota
	// Near: nobody fits all that was typed. Did they mean one of these?
	Near
	// Several fit, and nothing tells which is meant: ask back.
	Several
	// One person is meant and no other: the first. Answer at once.
	One
)

// Match is somebody found.
type Match struct {
	Person
	// Score is how well the person fits, from 0 to 1000 and a few more. It orders the matches of one query; those of two
	// do not compare.
	Score int
	// Fits tells people who have all that was typed from those who are only near.
	Fits bool
	// Exact is Fits by whole words only, however spelled, and no beginnings or slips. Words that were not meant as a name
	// rarely are exact, unless they are one: Вера, Роман, Белый.
	Exact bool
}

// Found is what a query finds.
type Found struct {
	// Matches are the best, best first. Equals come in the order of their names, then their numbers.
	Matches []Match
	// Verdict is about all who were found, also those beyond the limit.
	Verdict Verdict
}

type candidate struct {
	rank
	at int // in the index
}

func better(a, b candidate) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.at, b.at))
}

// Find returns up to limit people whom query may mean. Any query is fine; a blank one finds nobody.
func (x *Index) Find(query string, limit int) Found {
	q := newQuery(query, x.vocabulary)
	all := x.candidates(q)
	if (len(all) == 0 || !all[0].fits) && q.widen(x.vocabulary) {
		all = x.candidates(q)
	}
	found := Found{Verdict: q.judge(all)}
	for _, c := range all[:min(len(all), max(limit, 0))] {
		fits := c.fits && found.Verdict != Near
		found.Matches = append(found.Matches, Match{x.people[c.at], c.score, fits, fits && c.whole})
	}
	return found
}

// candidates are all worth showing, best first.
func (x *Index) candidates(q *query) []candidate {
	var all []candidate
	for i := range x.entries {
		if r := q.rank(&x.entries[i]); r.score >= least {
			all = append(all, candidate{r, i})
		}
	}
	slices.SortFunc(all, better)
	return all
}

const (
	// lead is by how much the first must be better if parts and slips are all there is to go by.
	lead = 100
	// telling is how many letters must be typed for a part of a word to mean one person.
	telling = 3
)

// judge says what the candidates, best first, amount to. Among those who have every word as a whole only that counts,
// and how many words: "Иванова" may be Иванова or of Иванов, however much likelier one is. Otherwise the score decides. Who asks
// for Мария where only Марина works made no slip.
func (q *query) judge(all []candidate) Verdict {
	if len(all) == 0 {
		return Nobody
	}
	first := all[0]
	if !first.fits || !first.whole && q.namesStranger() {
		return Near
	}
	if !first.whole && q.letters < telling {
		return Several
	}
	for _, c := range all[1:] {
		if c.rivals(first) {
			return Several
		}
	}
	return One
}

func (c candidate) rivals(first candidate) bool {
	if first.whole {
		return c.whole && c.matched >= first.matched
	}
	return c.fits && c.score > first.score-lead
}
