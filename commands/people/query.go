package people

import (
	"cmp"
	"slices"
	"strings"
)

// A query is what somebody typed, read in the ways it may be meant.
type query struct {
	tokens   []token
	readings []reading
	letters  int // and digits
	phone    string
	emails   []string
	touched  []bool // words of the vocabulary that a token has points for
}

// A token is a word of a query with what it gets for each word of the vocabulary.
type token struct {
	word     word
	points   points
	best     int  // of points
	address  bool // from an e-mail address
	optional bool // the right person may lack it: a patronymic or its initial
	stranger bool // a first name that nobody here has: whoever is like it is somebody else
}

// A reading is one way to read a query: the places of its tokens.
type reading struct {
	tokens []int
	weight int // hundredths
}

// otherLayout is the weight of a reading with keys taken for the other layout.
const otherLayout = 96

// fewestWidened is how many letters a word must have for more mistakes to be looked for.
const fewestWidened = 3

// particles stand before names in a question.
var particles = []string{
	"у", "к", "ко", "с", "со", "о", "об", "от", "для", "про", "за", "на", "и", "the", "of", "to", "about", "for", "with",
}

// newQuery reads what somebody typed and compares its words with those of the vocabulary.
func newQuery(s string, v *vocabulary) *query {
	q := &query{}
	s = tidy(s, longestQuery)
	q.letters = count(s, wordy)
	chunks := withoutParticle(strings.Fields(s))
	if number, extension := parsePhone(s); number+extension != "" {
		q.phone, chunks = cmp.Or(number, extension), strings.Fields(extension)
	}
	if len(chunks) == 1 && address(chunks[0]) == "" {
		q.emails = append(q.emails, fold(chunks[0])+"@") // it may be all there is before the @
	}
	q.read(chunks[:min(len(chunks), mostWords)], v)
	q.touch(v)
	return q
}

func withoutParticle(chunks []string) []string {
	if len(chunks) > 1 && slices.Contains(particles, strings.ToLower(chunks[0])) {
		return chunks[1:]
	}
	return chunks
}

// read adds the readings of chunks, which are what stands between spaces: as typed, in the other layout, and each in the
// layout that fits better, for a layout may change between two words.
func (q *query) read(chunks []string, v *vocabulary) {
	var typed, other, mixed []int
	for _, chunk := range chunks {
		if max(len(typed), len(other)) >= mostWords {
			break
		}
		a := q.tokenize(chunk, v)
		b := a
		if r := retype(chunk); r != "" {
			b = q.tokenize(r, v)
		}
		typed, other = append(typed, a...), append(other, b...)
		if q.fit(b) > q.fit(a) {
			a = b
		}
		mixed = append(mixed, a...)
	}
	q.addReading(typed, same)
	if q.fit(other) > 0 {
		q.addReading(other, otherLayout)
		q.addReading(mixed, otherLayout)
	}
}

func (q *query) addReading(tokens []int, weight int) {
	tokens = tokens[:min(len(tokens), mostWords)]
	known := func(r reading) bool { return slices.Equal(r.tokens, tokens) }
	if len(tokens) > 0 && !slices.ContainsFunc(q.readings, known) {
		q.readings = append(q.readings, reading{tokens, weight})
	}
}

// fit is how well the tokens fit the vocabulary.
func (q *query) fit(tokens []int) int {
	best := 0
	for _, t := range tokens {
		best = max(best, q.tokens[t].best)
	}
	return best
}

// tokenize cuts a chunk into words and returns their places among the tokens of q.
func (q *query) tokenize(chunk string, v *vocabulary) []int {
	mail := address(chunk)
	if mail != "" {
		q.emails = append(q.emails, mail)
		chunk = localPart(mail)
	}
	var places []int
	for _, text := range split(chunk) {
		if len(places) < mostWords {
			places = append(places, q.place(text, mail != "", v))
		}
	}
	return places
}

func (q *query) place(text string, address bool, v *vocabulary) int {
	known := func(t token) bool { return t.word.text == text && t.address == address }
	if i := slices.IndexFunc(q.tokens, known); i >= 0 {
		return i
	}
	t := token{word: newWord(text), address: address}
	t.optional = t.word.letters == 1 || patronymic(text)
	t.points = v.compare(t.word)
	t.best = int(slices.Max(append(t.points, 0)))
	t.stranger = t.best < whole && v.unborne(t.word)
	q.tokens = append(q.tokens, t)
	return len(q.tokens) - 1
}

// namesStranger reports whether a word is, as it was typed, a first name of nobody here.
func (q *query) namesStranger() bool {
	return len(q.readings) > 0 && slices.ContainsFunc(q.readings[0].tokens, func(place int) bool { return q.tokens[place].stranger })
}

// widen raises points for more distant likenesses. It reports whether there is anything to be had from that.
func (q *query) widen(v *vocabulary) bool {
	some := false
	for _, t := range q.tokens {
		if t.word.letters >= fewestWidened {
			v.widen(t.word, t.points)
			some = true
		}
	}
	if some {
		q.touch(v)
	}
	return some
}

// touch notes which words of the vocabulary have points.
func (q *query) touch(v *vocabulary) {
	q.touched = make([]bool, len(v.byText))
	for _, t := range q.tokens {
		for i, p := range t.points {
			q.touched[i] = q.touched[i] || p > 0
		}
	}
}
