package people

import (
	"slices"
	"strings"
)

// A vocabulary holds each different word once, however many people bear it. Words are known by their place in it.
type vocabulary struct {
	byText        map[string]int32
	bySound       map[string][]int32
	looks, sounds forms
	// foreign are words of other alphabets, which are compared as they are.
	foreign map[string]int32
	// standsFor are the first names that another may mean: for Саша, Александр and Александра.
	standsFor map[int32][]meaning
}

// A meaning is a first name with how many hundredths of its points another name passes on to it.
type meaning struct {
	name   int32
	points int
}

func newVocabulary() *vocabulary {
	return &vocabulary{
		byText: map[string]int32{}, bySound: map[string][]int32{},
		foreign: map[string]int32{}, standsFor: map[int32][]meaning{},
	}
}

// add returns the place of a folded word.
func (v *vocabulary) add(text string) int32 {
	if at, ok := v.byText[text]; ok {
		return at
	}
	at := int32(len(v.byText))
	v.byText[text] = at
	w := newWord(text)
	v.looks.add(w.look, at)
	for _, s := range w.sounds {
		v.sounds.add(s, at)
		v.bySound[string(s.code)] = append(v.bySound[string(s.code)], at)
	}
	if code(text) == nil {
		v.foreign[text] = at
	}
	return at
}

// addMeaning makes of text another name for m.
func (v *vocabulary) addMeaning(text string, m meaning) {
	at := v.add(text)
	if !slices.Contains(v.standsFor[at], m) {
		v.standsFor[at] = append(v.standsFor[at], m)
	}
}

// unborne reports whether q is a first name, and not the beginning of a word here.
func (v *vocabulary) unborne(q word) bool {
	if q.letters < fewestWidened || !slices.ContainsFunc(append(nominatives(q.text), q.text), everywhere().has) {
		return false
	}
	for text := range v.byText {
		if strings.HasPrefix(text, q.text) {
			return false
		}
	}
	return true
}

// points are what each word of a vocabulary gets for a word of a query.
type points []uint8

func (p points) raise(at int32, to int) { p[at] = max(p[at], uint8(max(to, 0))) }

// compare gives points to every word.
func (v *vocabulary) compare(q word) points {
	p := make(points, len(v.byText))
	v.alike(q, likeness{parts: true, mistakes: mistakes(q.letters)}, p)
	for _, n := range nominatives(q.text) {
		v.recognize(newWord(n), p, declined, declinedFar)
	}
	v.recognize(q, p, same, sameSound)
	if q.letters >= insideLetter {
		v.passOn(p)
	}
	return p
}

// alike gives points to words that look or sound like q.
func (v *vocabulary) alike(q word, how likeness, p points) {
	v.looks.compare(q.look, how, p.raise)
	for _, s := range q.sounds {
		v.sounds.compare(s, how, func(at int32, to int) { p.raise(at, to-onlyHeard) })
	}
	if q.look.code != nil || !how.parts {
		return
	}
	for text, at := range v.foreign {
		if strings.HasPrefix(text, q.text) {
			p.raise(at, starts(len(q.text), len(text)))
		}
	}
}

// recognize gives points to the words that are the same as q or sound so.
func (v *vocabulary) recognize(q word, p points, looks, sounds int) {
	for _, s := range q.sounds {
		for _, at := range v.bySound[string(s.code)] {
			p.raise(at, sounds)
		}
	}
	if at, ok := v.byText[q.text]; ok {
		p.raise(at, looks)
	}
}

// passOn gives the points of customary names to what they stand for.
func (v *vocabulary) passOn(p points) {
	was := slices.Clone(p)
	for other, names := range v.standsFor {
		for _, m := range names {
			p.raise(m.name, int(was[other])*m.points/same)
		}
	}
}

// widen raises the points of q for more mistakes than are good to take a word for another, and for mistakes in a declined
// word. Such words are for suggestions only, and never fit.
func (v *vocabulary) widen(q word, p points) {
	far := make(points, len(p))
	v.alike(q, likeness{mistakes: mistakes(q.letters) + 1, start: true}, far)
	for _, n := range nominatives(q.text) {
		w := newWord(n)
		v.looks.compare(w.look, likeness{mistakes: mistakes(w.letters), start: true}, func(at int32, to int) {
			far.raise(at, to*declined/same)
		})
	}
	v.passOn(far)
	for at, to := range far {
		p.raise(int32(at), min(int(to), fitting-1))
	}
}
