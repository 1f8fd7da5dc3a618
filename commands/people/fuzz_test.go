package people_test

import (
	"testing"

	"github.com/whois24/whois24/commands/people"
)

// FuzzFind is what strangers ask.
func FuzzFind(f *testing.F) {
	for i, q := range hostile {
		f.Add(q, i)
	}
	for _, p := range staff {
		f.Add(p.Name, 1)
	}
	x := people.NewIndex(staff)
	f.Fuzz(func(t *testing.T, query string, limit int) {
		checkFound(t, query, x.Find(query, limit), limit)
	})
}

// FuzzNewIndex is what strangers call themselves.
func FuzzNewIndex(f *testing.F) {
	for i, q := range hostile {
		f.Add(q, hostile[len(hostile)-1-i])
	}
	f.Fuzz(func(t *testing.T, name, other string) {
		x := people.NewIndex([]people.Person{
			{ID: 1, Name: name, Position: other, Email: name, Phones: []string{name, other}},
			{ID: 2, FirstName: other, LastName: name, Email: other + "@" + name},
		})
		checkFound(t, name, x.Find(name, 2), 2)
		checkFound(t, other, x.Find(other, 2), 2)
	})
}
