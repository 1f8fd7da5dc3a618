package people

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

const (
	// mostWords is how many words of a query count, and of each field of a person.
	mostWords = 8
	// mostSlots is how many words of a person count, those of the name first.
	mostSlots = 32
)

// initials in e-mail addresses are everybody's.
var initials = regexp.MustCompile(`\b[a-z]\b`)

// A builder makes the entries and the vocabulary of an index.
type builder struct {
	vocabulary *vocabulary
	isGiven    map[string]bool    // fields of first names
	seen       map[string][]int32 // the words between two spaces, most of which come again
}

func newBuilder() *builder {
	return &builder{newVocabulary(), map[string]bool{}, map[string][]int32{}}
}

// enter takes in what is searched of p.
func (b *builder) enter(p Person) entry {
	var e entry
	b.addGiven(cmp.Or(p.FirstName, p.Name))
	e.add(ofName, b.words(p.FirstName))
	e.add(ofName, b.words(p.LastName))
	e.add(ofName, b.words(p.Name))
	e.names = len(e.slots)
	e.add(ofPosition, b.words(p.Position))
	e.titles = len(e.slots)
	e.email = address(tidy(p.Email, longestField))
	e.add(ofEmail, b.words(initials.ReplaceAllString(localPart(e.email), "")))
	for _, phone := range p.Phones[:min(len(p.Phones), mostPhones)] {
		number, extension := parsePhone(tidy(phone, longestField))
		if number != "" {
			e.numbers = append(e.numbers, number)
		}
		e.add(ofPhone, b.words(extension))
	}
	return e
}

// words are the places of the words of a field.
func (b *builder) words(field string) []int32 {
	var all []int32
	for chunk := range strings.FieldsSeq(tidy(field, longestField)) {
		words, ok := b.seen[chunk]
		if !ok {
			for _, text := range split(chunk) {
				words = append(words, b.vocabulary.add(text))
			}
			b.seen[chunk] = words
		}
		all = append(all, words...)
	}
	return all[:min(len(all), mostWords)]
}

// addGiven adds the other names that the first names of a field go by.
func (b *builder) addGiven(field string) {
	if b.isGiven[field] {
		return
	}
	b.isGiven[field] = true
	for _, text := range split(tidy(field, longestField)) {
		name := b.vocabulary.add(text)
		for _, n := range everywhere().of(text) {
			b.vocabulary.addMeaning(n.name, meaning{name, n.points})
		}
	}
}

// add adds the words that e does not have.
func (e *entry) add(f field, words []int32) {
	for _, w := range words {
		known := slices.ContainsFunc(e.slots, func(s slot) bool { return s.word == w })
		if !known && len(e.slots) < mostSlots {
			e.slots = append(e.slots, slot{w, f})
		}
	}
}
