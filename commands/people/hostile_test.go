package people_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/commands/people"
)

// hostile is what nobody types in good faith, or with a broken keyboard.
var hostile = []string{
	"а", "%", "*", "\x00", "\xff\xfe", "Мария\x00Иванова", "\u202eИванова Мария\u202c", "\u2066\u2069", "'; DROP TABLE x; --",
	"М" + strings.Repeat("\u0301", 200) + "ария", strings.Repeat("\u0301", 10_000), strings.Repeat("а", 10_000),
	strings.Repeat("а ", 10_000), strings.Repeat("q w e r t y ", 1_000), strings.Repeat("a.b-c_d@", 1_000),
	strings.Repeat("@", 10_000), strings.Repeat("9", 10_000), strings.Repeat("преображенскому ", 1_000),
	strings.Repeat("\u200d", 20_000) + "Мария", "😀👨‍👩‍👧",
	strings.Repeat("[", 10_000), "[user=5]Мария[/user]", "ﷺ", "İstanbul", "ß", "ǆ", "ab'", "''''", "@", "a@", "@a", "-", "+", "+7", "доб.",
}

// The work for a query is bounded by what is read of it. Time would say so only on a machine without company; what is
// allocated says it everywhere.
func TestHostileQueriesCostLittle(t *testing.T) {
	const most = 5_000
	x := people.NewIndex(staff)
	for _, q := range hostile {
		if n := testing.AllocsPerRun(1, func() { x.Find(q, 3) }); n > most {
			t.Errorf("%.40q: %v allocations, want at most %v", q, n, most)
		}
		checkFound(t, q, x.Find(q, 3), 3)
	}
}

// checkFound is what holds for any query.
func checkFound(t *testing.T, query string, f people.Found, limit int) {
	t.Helper()
	if len(f.Matches) > max(limit, 0) {
		t.Errorf("%.40q: %d matches, want at most %d", query, len(f.Matches), limit)
	}
	if f.Verdict == people.Nobody && len(f.Matches) > 0 {
		t.Errorf("%.40q: nobody, and %s", query, briefly(f))
	}
	seen := map[int64]bool{}
	for i, m := range f.Matches {
		if i > 0 && m.Score > f.Matches[i-1].Score || m.Score <= 0 || seen[m.ID] {
			t.Errorf("%.40q: not best first, or twice: %s", query, briefly(f))
		}
		seen[m.ID] = true
	}
	for _, m := range f.Matches {
		if m.Exact && !m.Fits {
			t.Errorf("%.40q: exact, but does not fit: %s", query, briefly(f))
		}
	}
	if len(f.Matches) > 0 && f.Matches[0].Fits != (f.Verdict >= people.Several) {
		t.Errorf("%.40q: the first fits: %v; verdict %v", query, f.Matches[0].Fits, f.Verdict)
	}
}

// What hides in a name or is too much of it does not keep the person from being found.
func TestHostilePeople(t *testing.T) {
	x := people.NewIndex([]people.Person{
		{ID: 1, Name: "М" + strings.Repeat("\u0301", 200) + "ария\u202e Зайцева"},
		{ID: 2, Name: "Волков " + strings.Repeat("Ё", 20_000)},
		{ID: 3, Name: strings.Repeat("Лисицын ", 5_000)},
		{ID: 4, Name: "[url=https://example.com]Медведев[/url]"},
		{ID: 5, Name: "\x00\xff", Email: strings.Repeat("@", 1_000), Phones: []string{strings.Repeat("1", 1_000), "доб."}},
		{ID: 6},
		{ID: 7, Name: "Кабанов", Phones: make([]string, 1_000)},
	})
	for query, want := range map[string]int64{
		"Мария Зайцева": 1, "Зайцева": 1, "Волков": 2, "Лисицын": 3, "Медведев": 4, "Кабанов": 7,
	} {
		found := x.Find(query, 1)
		if len(found.Matches) != 1 || found.Matches[0].ID != want {
			t.Errorf("%q finds %s; want %d", query, briefly(found), want)
		}
	}
}

func TestNoPeople(t *testing.T) {
	if got := people.NewIndex(nil).Find("Мария", 5); got.Verdict != people.Nobody || got.Matches != nil {
		t.Errorf("found %s", briefly(got))
	}
}

// The limit is on what is shown, not on what is judged.
func TestLimit(t *testing.T) {
	x := people.NewIndex(staff)
	for limit, want := range map[int]int{-1: 0, 0: 0, 1: 1, 2: 2, 100: 3} {
		found := x.Find("Алекс", limit)
		if len(found.Matches) != want || found.Verdict != people.Several {
			t.Errorf("limit %d: %s", limit, briefly(found))
		}
	}
}

// The order of the list that an index is made of changes nothing: pages of an answer stay what they were.
func TestOrderOfEquals(t *testing.T) {
	var all, back []people.Person
	for i := range 20 {
		p := people.Person{ID: int64(i % 7 * 3), Name: fmt.Sprint("Иван ", []string{"Орлов", "Титов"}[i%2])}
		all, back = append(all, p), append([]people.Person{p}, back...)
	}
	if diff := cmp.Diff(people.NewIndex(all).Find("Иван", 20), people.NewIndex(back).Find("Иван", 20)); diff != "" {
		t.Error(diff)
	}
}

func TestManyAtOnce(t *testing.T) {
	x := people.NewIndex(staff)
	want := x.Find("Саша Петров", 5)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for _, q := range hostile {
				x.Find(q, 5)
			}
			if diff := cmp.Diff(want, x.Find("Саша Петров", 5)); diff != "" {
				t.Error(diff)
			}
		})
	}
	all.Wait()
}
