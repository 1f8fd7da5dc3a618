package people_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/whois24/whois24/commands/people"
)

const (
	crowdSize = 5000
	perKind   = 84 // 2,016 queries in all
	seed      = 2024
	// firstBar and fiveBar are the least parts of the queries that find the right person first, and among the first five.
	firstBar, fiveBar = 0.95, 0.99
	// wrongBar is the greatest part of queries with the verdict One and a wrong person: the worst that can happen.
	wrongBar = 0.01
	// absentBar is the same of queries for people who are not there. It is greater, for it holds what is no mistake: Elizabeth
	// Williams is found by "Lisa Williams", Евгений Романов by "Евгения Романова", which is also of him.
	absentBar = 0.03
)

// A kind of query: what of a person it names, and what happens while it is typed.
type kind struct {
	name  string
	names func(citizen) []string // all ways to say it
	slips []slip
}

var kinds = []kind{
	{"full name", fullName, nil},
	{"full name, typo", fullName, []slip{typo}},
	{"full name, two typos", fullName, []slip{typo, typo}},
	{"full name, other layout", fullName, []slip{otherLayout}},
	{"full name, layout and typo", fullName, []slip{otherLayout, typo}},
	{"full name, messy", fullName, []slip{mess}},
	{"full name, other script", otherScript(fullName), nil},
	{"full name, script and typo", otherScript(fullName), []slip{typo}},
	{"full name, script and layout", otherScript(fullName), []slip{otherLayout}},
	{"surname", lastName, nil},
	{"surname, typo", longLastName, []slip{typo}},
	{"surname, other layout", lastName, []slip{otherLayout}},
	{"surname, other script", otherScript(lastName), nil},
	{"surname and initial", initials, nil},
	{"initial, other script", otherScript(initials), nil},
	{"beginnings", beginnings, nil},
	{"short name", shortName, nil},
	{"short name, other script", otherScript(shortName), nil},
	{"full name, declined", declined, nil},
	{"full name, declined, typo", declined, []slip{typo}},
	{"surname, declined", declinedLast, nil},
	{"short name, declined", declinedShort, nil},
	{"position and surname", positionAndLast, nil},
	{"contacts", contacts, nil},
}

// TestQuality is what "forgiving" means in figures. Run it with -v to see them by kind of query.
//
// A query is asked only if it tells who is meant: if the same text may name people of two full names ("Петров И." of Иван
// and of Игорь; "Александра Иванова" of her and, declined, of Александр Иванов; a typo that makes another's name of it), it
// is drawn again. Somebody with exactly the full name of the person asked for is as right: nothing in the query tells
// namesakes apart, and of 5,000 people one in four has one. Addresses and numbers have a single owner.
//
// "Sure" is for how many of those without a namesake the verdict is One, so that the answer comes at once; "wrong" is One
// for somebody else. Few surnames alone are sure, for "Петрова" may be a woman or of Петров.
func TestQuality(t *testing.T) {
	crowd := newCrowd(seed)
	all := crowd.draw(crowdSize)
	x := people.NewIndex(persons(all))
	names := meanings(all, func(c citizen) []string { return append(fullName(c), c.last, c.first) })
	t.Logf("%-30s %5s %7s %7s %7s %7s", "kind of query", "n", "first", "five", "sure", "wrong")
	tallies := make([]tally, len(kinds))
	var done sync.WaitGroup
	for i, k := range kinds {
		done.Go(func() {
			for _, a := range k.ask(rand.New(rand.NewPCG(seed, uint64(i))), all, names) {
				tallies[i].count(t, x, a)
			}
		})
	}
	done.Wait()
	var total tally
	for i, of := range tallies {
		t.Log(of.line(kinds[i].name))
		total.add(of)
	}
	t.Log(total.line("all"))
	if total.first < total.bar(firstBar) || total.five < total.bar(fiveBar) || total.wrong > total.bar(wrongBar) {
		t.Errorf("want first in %v, among the first five in %v, wrongly sure in at most %v of all", firstBar, fiveBar, wrongBar)
	}
}

// TestQualityOfAbsence asks for people who are not there, though others have their first names and their surnames.
func TestQualityOfAbsence(t *testing.T) {
	crowd := newCrowd(seed)
	all := crowd.draw(crowdSize)
	x := people.NewIndex(persons(all))
	names := meanings(all, fullName)
	var asked, sure int
	for asked < 300 {
		who := crowd.citizen()
		if names[key(who.first+" "+who.last)] != nil {
			continue
		}
		asked++
		if found := x.Find(who.first+" "+who.last, 5); found.Verdict == people.One {
			sure++
			t.Logf("%s %s is not there, found %s", who.first, who.last, briefly(found))
		}
	}
	t.Logf("somebody else in %d of %d", sure, asked)
	if float64(sure) > absentBar*float64(asked) {
		t.Errorf("want somebody else in at most %v", absentBar)
	}
}

func persons(all []citizen) []people.Person {
	var only []people.Person
	for _, c := range all {
		only = append(only, c.Person)
	}
	return only
}

// An asked query and who is meant.
type asked struct {
	text  string
	who   citizen
	alone bool // nobody else has the full name
}

// ask draws queries of a kind.
func (k kind) ask(r *rand.Rand, all []citizen, names owners) []asked {
	may := meanings(all, k.names)
	var queries []asked
	for len(queries) < perKind {
		who := all[r.IntN(len(all))]
		ways := k.names(who)
		if len(ways) == 0 {
			continue
		}
		text := ways[r.IntN(len(ways))]
		if len(may[key(text)]) > 1 {
			continue
		}
		for _, slip := range k.slips {
			text = slip(r, text)
		}
		if of := names[key(text)]; of == nil || of[who.full] > 0 {
			queries = append(queries, asked{text, who, names[key(fullName(who)[0])][who.full] == 1})
		}
	}
	return queries
}

// owners are the full names that a text may mean, and of how many people.
type owners map[string]map[string]int

func meanings(all []citizen, names func(citizen) []string) owners {
	may := owners{}
	for _, c := range all {
		for _, name := range names(c) {
			text := key(name)
			if may[text] == nil {
				may[text] = map[string]int{}
			}
			may[text][c.full]++
		}
	}
	return may
}

func key(s string) string { return yo.Replace(strings.ToLower(s)) }

// A tally counts what came of queries.
type tally struct {
	n, first, five     int
	alone, sure, wrong int // who have no namesake; for how many of them the verdict is One; One, but somebody else
}

func (of *tally) count(t *testing.T, x *people.Index, a asked) {
	found := x.Find(a.text, 5)
	of.n++
	at := slices.IndexFunc(found.Matches, func(m people.Match) bool { return fullOf(m.Person) == a.who.full })
	if at == 0 {
		of.first++
	}
	if at >= 0 {
		of.five++
	}
	if a.alone {
		of.alone++
	}
	switch sure := found.Verdict == people.One; {
	case sure && at != 0:
		of.wrong++
	case sure && a.alone:
		of.sure++
	}
	if at != 0 && testing.Verbose() {
		t.Logf("%q is %s, found %v", a.text, a.who.Name, briefly(found))
	}
}

func briefly(f people.Found) string {
	var all []string
	for _, m := range f.Matches {
		all = append(all, fmt.Sprintf("%s %d", m.Name, m.Score))
	}
	return fmt.Sprint(f.Verdict, " ", strings.Join(all, ", "))
}

func (of *tally) add(other tally) {
	of.n += other.n
	of.first += other.first
	of.five += other.five
	of.alone += other.alone
	of.sure += other.sure
	of.wrong += other.wrong
}

func (of *tally) line(name string) string {
	part := func(n, of int) float64 { return 100 * float64(n) / float64(of) }
	return fmt.Sprintf("%-30s %5d %6.1f%% %6.1f%% %6.1f%% %6.1f%%",
		name, of.n, part(of.first, of.n), part(of.five, of.n), part(of.sure, of.alone), part(of.wrong, of.n))
}

// bar is how many queries a part of them is.
func (of *tally) bar(part float64) int { return int(part * float64(of.n)) }
