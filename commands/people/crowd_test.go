package people_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/whois24/whois24/commands/people"
)

// A citizen is a person of the crowd, with what else is known of the name.
type citizen struct {
	people.Person
	// first and last are as people say them; the portal may write е for ё.
	first, last string
	// full is the same for those whom nothing but the full name could tell apart.
	full    string
	russian bool
	man     bool
	shorts  []string // of the first name
	// heard is the name of somebody with Latin letters as a Russian writes it: first, last.
	heard [2]string
}

func fullOf(p people.Person) string { return key(p.FirstName + " " + p.LastName) }

// A crowd draws people the way companies have them: four of five with Russian names, few surnames for many and many for
// few (the n-th of a list comes up like 1/(n+20)), so there are namesakes.
type crowd struct {
	rand                *rand.Rand
	men, women, english []named
	russianLast         []string
	englishLast         [][]string
	positions           []string
	emails              map[string]int
}

type named struct {
	name   string
	weight int
	heard  string
	shorts []string
}

func newCrowd(seed uint64) *crowd {
	c := &crowd{
		rand: rand.New(rand.NewPCG(seed, 24)), emails: map[string]int{},
		russianLast: strings.Fields(russianLast),
		positions:   strings.Split(strings.ReplaceAll(strings.TrimSpace(positions), "\n", "|"), "|"),
	}
	for _, f := range fields(russianMen) {
		weight, _ := strconv.Atoi(f[1])
		c.men = append(c.men, named{name: f[0], weight: weight, shorts: f[2:]})
	}
	for _, f := range fields(russianWomen) {
		weight, _ := strconv.Atoi(f[1])
		c.women = append(c.women, named{name: f[0], weight: weight, shorts: f[2:]})
	}
	for _, f := range fields(englishFirst) {
		c.english = append(c.english, named{name: f[0], weight: 10, heard: f[1], shorts: f[2:]})
	}
	c.englishLast = fields(englishLast)
	return c
}

func fields(lines string) (all [][]string) {
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		all = append(all, strings.Fields(line))
	}
	return all
}

// draw makes n people.
func (c *crowd) draw(n int) []citizen {
	all := make([]citizen, n)
	for i := range all {
		all[i] = c.citizen()
		all[i].ID = int64(i + 1)
		all[i].Phones = []string{c.phone(), strconv.Itoa(10000 + i)}
	}
	return all
}

func (c *crowd) citizen() citizen {
	if c.rand.IntN(5) == 0 {
		first, last := c.oneOf(c.english), c.englishLast[c.ranked(len(c.englishLast))]
		return c.employed(citizen{
			Person: people.Person{FirstName: first.name, LastName: last[0]},
			shorts: first.shorts, heard: [2]string{first.heard, last[1]},
		})
	}
	last := c.russianLast[c.ranked(len(c.russianLast))]
	if c.rand.IntN(2) == 0 {
		first := c.oneOf(c.men)
		return c.employed(citizen{
			Person: people.Person{FirstName: first.name, LastName: last}, russian: true, man: true, shorts: first.shorts,
		})
	}
	first := c.oneOf(c.women)
	return c.employed(citizen{
		Person: people.Person{FirstName: first.name, LastName: ofWoman(last)}, russian: true, shorts: first.shorts,
	})
}

// employed adds what a company gives. Portals show the first name first or the last; some write е for ё.
func (c *crowd) employed(p citizen) citizen {
	p.first, p.last = p.FirstName, p.LastName
	if c.rand.IntN(2) == 0 {
		p.FirstName, p.LastName = yo.Replace(p.FirstName), yo.Replace(p.LastName)
	}
	p.full = fullOf(p.Person)
	p.Name = p.FirstName + " " + p.LastName
	if c.rand.IntN(3) == 0 {
		p.Name = p.LastName + " " + p.FirstName
	}
	p.Position = c.positions[c.rand.IntN(len(c.positions))]
	p.Email = c.email(p)
	return p
}

var yo = strings.NewReplacer("ё", "е", "Ё", "Е")

func (c *crowd) email(p citizen) string {
	first, last := p.FirstName, strings.ReplaceAll(p.LastName, "'", "")
	if p.russian {
		first, last = schemes[0].spell(first), schemes[0].spell(last)
	}
	local := strings.ToLower([]string{last, first[:1] + "." + last, first + "." + last, first[:1] + last}[c.rand.IntN(4)])
	c.emails[local]++
	if n := c.emails[local]; n > 1 {
		local += strconv.Itoa(n)
	}
	return local + "@example.com"
}

func (c *crowd) phone() string {
	n := fmt.Sprintf("%010d", 9_000_000_000+c.rand.Int64N(1_000_000_000))
	return fmt.Sprintf([]string{"+7%s%s%s%s", "8 (%s) %s-%s-%s", "+7 %s %s %s %s"}[c.rand.IntN(3)], n[:3], n[3:6], n[6:8], n[8:])
}

// ranked draws a place in a list of n, the first likelier.
func (c *crowd) ranked(n int) int {
	for {
		if i := c.rand.IntN(n); c.rand.IntN(i+20) < 20 {
			return i
		}
	}
}

func (c *crowd) oneOf(names []named) named {
	total := 0
	for _, n := range names {
		total += n.weight
	}
	left := c.rand.IntN(total)
	for _, n := range names {
		if left -= n.weight; left < 0 {
			return n
		}
	}
	return names[0]
}
