package messenger

import (
	"fmt"
	"slices"
	"time"

	"github.com/whois24/whois24/bitrix/portal"
)

// change is what happens to a person; what is not set stays as it is.
type change struct {
	Online      bool    `json:"online"`      // at the computer from now on
	SeenAgo     *int64  `json:"seenAgo"`     // signed off so many seconds ago
	Never       bool    `json:"never"`       // has never signed in
	Status      string  `json:"status"`      // online, away, dnd or break
	AbsentUntil *string `json:"absentUntil"` // on leave, back on this day (2026-12-31); "" is not on leave
	Active      *bool   `json:"active"`      // false: dismissed
}

// longestAgo is how far back somebody may be said to have signed off, in seconds: ten years.
const longestAgo = 10 * 365 * 24 * 60 * 60

// on checks the change and returns it ready to be made.
func (c change) on(who portal.Person, now time.Time) (func(*portal.Person), error) {
	if c.Status != "" && !slices.Contains([]string{"online", "away", "dnd", "break"}, c.Status) {
		return nil, fmt.Errorf("unknown status %.20q", c.Status)
	}
	if c.SeenAgo != nil && (*c.SeenAgo < 0 || *c.SeenAgo > longestAgo) {
		return nil, fmt.Errorf("%d seconds ago is out of range", *c.SeenAgo)
	}
	absent, err := c.absent(who)
	if err != nil {
		return nil, err
	}
	return func(p *portal.Person) {
		p.AbsentUntil = absent
		c.presence(p, now)
	}, nil
}

// absent is the first moment back from leave: midnight where the person lives.
func (c change) absent(who portal.Person) (time.Time, error) {
	if c.AbsentUntil == nil {
		return who.AbsentUntil, nil
	}
	if *c.AbsentUntil == "" {
		return time.Time{}, nil
	}
	zone, err := time.LoadLocation(who.Zone)
	if err != nil {
		zone = time.UTC
	}
	day, err := time.ParseInLocation(time.DateOnly, *c.AbsentUntil, zone)
	if err != nil {
		return time.Time{}, fmt.Errorf("%.20q is not a day", *c.AbsentUntil)
	}
	return day, nil
}

func (c change) presence(p *portal.Person, now time.Time) {
	if c.Status != "" {
		p.Status = c.Status
	}
	if c.Active != nil {
		p.Active = *c.Active
	}
	switch {
	case c.Online:
		p.Online, p.LastSeen, p.Idle = true, now, time.Time{}
	case c.SeenAgo != nil:
		p.Online, p.LastSeen = false, now.Add(-time.Duration(*c.SeenAgo)*time.Second)
	case c.Never:
		p.Online, p.LastSeen, p.Mobile = false, time.Time{}, false
	}
}
