package portal

import "github.com/whois24/whois24/bitrix"

// firstHired is the number of the first person hired on an empty portal: 1 is its owner.
const firstHired bitrix.UserID = 2

// Hire brings somebody in under the ID given, which is nobody's yet, or under the next free one. It returns the ID; 0: it is
// taken, or a number of bots.
func (p *Portal) Hire(who Person) bitrix.UserID {
	p.mu.Lock()
	defer p.mu.Unlock()
	if who.ID == 0 {
		who.ID = p.freeID()
	}
	if who.ID < 1 || botNumber(who.ID) || p.people[who.ID] != nil {
		return 0
	}
	p.people[who.ID] = &who
	shown := p.seen(&who)
	p.feed.publish(Change{Kind: KindPerson, Person: &shown})
	return who.ID
}

func (p *Portal) freeID() bitrix.UserID {
	id := firstHired
	for p.people[id] != nil || botNumber(id) {
		id++
	}
	return id
}

func botNumber(id bitrix.UserID) bool {
	return id >= bitrix.UserID(firstBot) && id <= bitrix.UserID(lastBot)
}

// AddDepartment adds a unit of the company under the next free number, which it returns.
func (p *Portal) AddDepartment(d Department) int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	d.ID = 1
	for _, known := range p.departments {
		d.ID = max(d.ID, known.ID+1)
	}
	p.departments = append(p.departments, d)
	return d.ID
}
