package people

import (
	"cmp"
	"slices"
)

// Index is what is known of all people, ready to be searched. It does not change, and may be used by many at once.
type Index struct {
	people     []Person
	entries    []entry // of people, in their order
	vocabulary *vocabulary
}

// An entry is what is searched of one person.
type entry struct {
	slots   []slot // first those of the name, then those of the position
	names   int    // where the name ends
	titles  int    // where the position ends
	email   string
	numbers []string
}

// A slot is one word of a person.
type slot struct {
	word  int32
	field field
}

type field uint8

const (
	ofName field = iota
	ofPosition
	ofEmail
	ofPhone
)

// weight is what a word has of its points in a field, in hundredths.
func (f field) weight() int {
	switch f {
	case ofPosition:
		return 80
	case ofEmail:
		return 90
	default:
		return 100
	}
}

// NewIndex makes an index of all. The order of all does not matter.
func NewIndex(all []Person) *Index {
	x := &Index{people: slices.Clone(all)}
	slices.SortStableFunc(x.people, func(a, b Person) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	x.entries = make([]entry, len(x.people))
	b := newBuilder()
	for i, p := range x.people {
		x.entries[i] = b.enter(p)
	}
	x.vocabulary = b.vocabulary
	return x
}
