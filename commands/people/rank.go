package people

import (
	"math/bits"
	"slices"
)

// A rank is how well a person fits a query.
type rank struct {
	score   int  // thousandths: the mean of the words' points, and a little for how much of the name was said
	matched int  // how many words of the query the person answers
	fits    bool // nothing that was asked for is missing
	whole   bool // and all of it is whole words, not parts or slips
}

const (
	// scale makes thousandths of hundredths.
	scale = 10
	// fitting is how many points each word needs for its person to fit.
	fitting = 62
	// spare is what a word counts that the right person may lack.
	spare = 55
	// least is the score below which somebody is not worth showing.
	least = 330
)

// rank tells how well the person of e fits q, in the reading that fits best.
func (q *query) rank(e *entry) rank {
	var best rank
	if q.touches(e) {
		for _, r := range q.readings {
			if got := q.rankWords(e, r); got.score > best.score {
				best = got
			}
		}
	}
	return best.and(q.rankAddress(e))
}

// and is the better of two, a little better yet for the other. One that is whole is not spoilt by the other.
func (k rank) and(other rank) rank {
	if other.score > k.score {
		k, other = other, k
	}
	k.score += other.score / same
	if other.whole {
		k.matched += other.matched
		k.fits, k.whole = true, true
	}
	return k
}

// touches reports whether any word of e has points: few people's have.
func (q *query) touches(e *entry) bool {
	return slices.ContainsFunc(e.slots, func(s slot) bool { return q.touched[s.word] })
}

// rankAddress is by phone and e-mail, where the query has one.
func (q *query) rankAddress(e *entry) rank {
	points := 0
	if q.phone != "" {
		for _, number := range e.numbers {
			points = max(points, samePhone(number, q.phone))
		}
	}
	for _, asked := range q.emails {
		points = max(points, sameEmail(e.email, asked))
	}
	if points == 0 {
		return rank{}
	}
	return rank{score: points * scale, matched: 1, fits: true, whole: points >= whole}
}

// rankWords is by the words of a reading.
func (q *query) rankWords(e *entry, r reading) rank {
	got, covered := q.assign(e, r.tokens)
	k := rank{fits: true, whole: true}
	sum, required := 0, 0
	for i, place := range r.tokens {
		t := &q.tokens[place]
		k.matched += min(got[i].points, 1)
		sum += got[i].points
		switch {
		case !t.optional:
			required++
			k.fits = k.fits && t.fits(got[i], r)
			k.whole = k.whole && got[i].raw >= whole
		case got[i].points == 0:
			sum += spare
		}
	}
	if k.matched == 0 {
		return rank{}
	}
	if required == 0 {
		k.fits, k.whole = k.matched == len(r.tokens), false
	}
	k.score = sum * scale / len(r.tokens) * r.weight / same
	k.score += (scale - 1) * bits.OnesCount32(covered) / e.said(covered)
	return k
}

// said is how many words of e there are to be said, where those covered were: the name, and the position if any word is of it.
func (e *entry) said(covered uint32) int {
	if covered>>e.names&(1<<(e.titles-e.names)-1) != 0 {
		return e.titles
	}
	return max(e.names, bits.OnesCount32(covered))
}

// fits reports whether an answer is one to t. A word that somebody has as it is was hardly meant for another one, and in
// the other layout any word comes out somehow.
func (t *token) fits(a answer, r reading) bool {
	switch {
	case a.raw >= whole:
		return true
	case t.best >= whole:
		return false
	default:
		return a.raw >= fitting+same-r.weight
	}
}

// An answer of a slot to a token: the points of its word, and what they are worth in its field.
type answer struct{ raw, points int }

// assign lets each token be answered by another slot, the best pair first. It returns the answer to each token, and the
// slots that answer, one bit each.
func (q *query) assign(e *entry, tokens []int) (got [mostWords]answer, used uint32) {
	var offers [mostWords][mostSlots]answer
	for i, place := range tokens {
		for j, s := range e.slots {
			offers[i][j] = q.tokens[place].answer(s, len(tokens))
		}
	}
	for range tokens {
		token, at, most := 0, 0, answer{}
		for i := range tokens {
			for j := range e.slots {
				if offers[i][j].points > most.points && got[i].points == 0 && used&(1<<j) == 0 {
					token, at, most = i, j, offers[i][j]
				}
			}
		}
		if most.points == 0 {
			break
		}
		got[token] = most
		used |= 1 << at
	}
	return got, used
}

// answer is what a slot gives for t in a query of n words. E-mail addresses repeat the name, so among other words they
// would count it twice; and parts of them are parts of other words: "так" begins takimova.
func (t *token) answer(s slot, n int) answer {
	raw := int(t.points[s.word])
	if s.field == ofEmail && !t.address && (n > 1 || raw < whole) {
		return answer{}
	}
	return answer{raw, raw * s.field.weight() / same}
}
