package people_test

import (
	"fmt"
	"testing"

	"github.com/whois24/whois24/commands/people"
)

var sizes = []int{5_000, 50_000}

func BenchmarkNewIndex(b *testing.B) {
	for _, n := range sizes {
		all := persons(newCrowd(seed).draw(n))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				people.NewIndex(all)
			}
		})
	}
}

// BenchmarkFind has what people type, and the worst: words that nobody has are compared once more for suggestions.
func BenchmarkFind(b *testing.B) {
	queries := []string{
		"Шеленков", "Иванова Мария", "Vfhbz Bdfyjdf", "Shelenkov Evgeny", "Женя Шиленков", "а", "+7 912 345-67-89",
		"абракадабра бракадабра", "q w e r t y u i", "преображенскому константинопольскому александровскому владимировскому",
	}
	for _, n := range sizes {
		x := people.NewIndex(persons(newCrowd(seed).draw(n)))
		for _, q := range queries {
			b.Run(fmt.Sprint(n, "/", q), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					x.Find(q, 10)
				}
			})
		}
	}
}
