package portal

import (
	"fmt"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// role is one invented person in a line.
type role struct {
	id          bitrix.UserID
	first, last string
	login       string // of the e-mail address
	gender      bitrix.Gender
	position    string
	departments []int64
	zone        string
	now         presence
}

// presence is what somebody is up to when the portal starts.
type presence func(who *Person, now time.Time)

func online(who *Person, _ time.Time) { who.Online = true }

func onPhone(who *Person, _ time.Time) { who.Online, who.Mobile = true, true }

// choice is somebody online with a status of their own.
func choice(status string) presence {
	return func(who *Person, now time.Time) {
		who.Online, who.Status = true, status
		if status == "away" {
			who.Idle = now.Add(-25 * time.Minute)
		}
	}
}

// ago is somebody last seen some time ago.
func ago(d time.Duration) presence {
	return func(who *Person, now time.Time) { who.LastSeen = now.Add(-d) }
}

// leave is somebody away for some days yet, last seen some days ago.
func leave(seen, back int) presence {
	return func(who *Person, now time.Time) {
		who.LastSeen = now.AddDate(0, 0, -seen)
		y, m, d := now.In(zone).AddDate(0, 0, back).Date()
		who.AbsentUntil = time.Date(y, m, d, 0, 0, 0, 0, zone)
	}
}

func never(*Person, time.Time) {}

func dismissed(who *Person, now time.Time) {
	who.Active = false
	who.LastSeen = now.AddDate(-1, -2, 0)
}

func guest(who *Person, now time.Time) {
	who.Extranet = true
	who.LastSeen = now.Add(-3 * time.Hour)
}

func collaber(who *Person, _ time.Time) { who.Extranet, who.Collaber, who.Online = true, true, true }

func connector(who *Person, _ time.Time) { who.Extranet, who.Connector = true, true }

// settle brings the people in, and some of them into a first group.
func (p *Portal) settle() {
	if p.options.Empty {
		p.people[admin] = &Person{ID: admin, Active: true, Zone: moscow}
		return
	}
	p.departments = departments()
	now := p.now().Truncate(time.Second)
	for _, r := range cast() {
		p.people[r.id] = r.person(now)
	}
	p.chats[trainingChat] = &chat{
		id:      trainingChat,
		title:   "Учебный чат",
		owner:   7,
		members: []bitrix.UserID{7, admin, 5, 6, 8, 20, 45, 52, 64},
	}
}

func (r role) person(now time.Time) *Person {
	who := &Person{
		ID:          r.id,
		First:       r.first,
		Last:        r.last,
		Position:    r.position,
		Gender:      r.gender,
		Departments: r.departments,
		Birthday:    fmt.Sprintf("%02d-%02d", r.id*11%28+1, r.id*5%12+1),
		Color:       colour(r.id),
		Active:      true,
		Zone:        r.zone,
		Status:      "online",
	}
	r.now(who, now)
	r.contacts(who)
	return who
}

// contacts gives numbers nobody has: to employees an extension, to most a mobile, to some a line of their own.
func (r role) contacts(who *Person) {
	if r.login != "" {
		who.Email = r.login + "@demo.example"
	}
	if who.outsider() {
		who.Birthday = ""
		return
	}
	who.Phones.Inner = fmt.Sprint(100 + r.id)
	if r.id%4 != 0 {
		who.Phones.Mobile = fmt.Sprintf("7999%07d", r.id)
	}
	if r.id%5 == 0 {
		who.Phones.Work = fmt.Sprintf("7495%07d", r.id)
	}
}

// colour is one of the portal's own for avatars.
func colour(id bitrix.UserID) string {
	colours := []string{
		"#df532d", "#64a513", "#4ba984", "#4ba5c3", "#3e99ce", "#8474c8", "#1eb4aa", "#f76187", "#58cc47", "#ab7761",
		"#29619b", "#728f7a", "#ba9c7b", "#e8a441", "#556574", "#909090", "#5e5f5e",
	}
	return colours[int(id)%len(colours)]
}
