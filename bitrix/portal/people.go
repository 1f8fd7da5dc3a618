package portal

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// Person is somebody on the portal: an employee, a guest, a customer of an open line, or a bot.
type Person struct {
	ID          bitrix.UserID
	First, Last string
	Position    string
	Gender      bitrix.Gender
	Departments []int64
	Phones      bitrix.Phones
	Email       string
	Birthday    string // DD-MM
	Color       string // #rrggbb

	Active    bool // false: dismissed
	Extranet  bool // a guest of the company
	Collaber  bool // a guest of one collab; Extranet too
	Connector bool // a customer in an open line; Extranet too
	Bot       bool

	Zone string // IANA name of the zone the person lives in

	Status      string    // what the person chose: online, dnd, away, break. Only the Old profile tells it
	LastSeen    time.Time // zero: never signed in
	Online      bool      // LastSeen follows the clock
	AbsentUntil time.Time // the first day back from leave; zero: not on leave
	Mobile      bool      // last seen from a phone
	Idle        time.Time // away from the keyboard since; zero: not
}

// Name is the first and the last name.
func (p Person) Name() string { return strings.TrimSpace(p.First + " " + p.Last) }

func (p Person) outsider() bool { return p.Extranet || p.Collaber || p.Connector }

// People returns everybody by id, bots included.
func (p *Portal) People() []Person {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := make([]Person, 0, len(p.people))
	for _, who := range p.everybody() {
		all = append(all, p.seen(who))
	}
	return all
}

// Person finds one.
func (p *Portal) Person(id bitrix.UserID) (Person, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	who, ok := p.people[id]
	if !ok {
		return Person{}, false
	}
	return p.seen(who), true
}

// SetPerson changes somebody: puts on leave, signs off, dismisses. It reports false for an unknown id.
// The id itself cannot change. The function must not call the portal.
func (p *Portal) SetPerson(id bitrix.UserID, change func(*Person)) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	who, ok := p.people[id]
	if !ok {
		return false
	}
	now := p.seen(who)
	change(&now)
	now.ID = id
	*who = now
	shown := p.seen(who)
	p.feed.publish(Change{Kind: KindPerson, Person: &shown})
	return true
}

func (p *Portal) everybody() []*Person { return byNumber(p.people) }

func byNumber(people map[bitrix.UserID]*Person) []*Person {
	return slices.SortedFunc(maps.Values(people), func(a, b *Person) int { return cmp.Compare(a.ID, b.ID) })
}

// seen is a person as of now. The portal notes activity about once a minute, so who is online was last seen
// some seconds ago, each at a different moment.
func (p *Portal) seen(who *Person) Person {
	now := *who
	now.Departments = slices.Clone(who.Departments)
	if who.Online {
		now.LastSeen = p.now().Add(-time.Duration(who.ID*7%60) * time.Second).Truncate(time.Second)
	}
	return now
}

// Department is a unit of the company.
type Department struct {
	ID     int64
	Name   string
	Parent int64         // 0 for the company itself
	Head   bitrix.UserID // 0: nobody
}

// Departments returns the company's units, those it began with first.
func (p *Portal) Departments() []Department {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.departments)
}
