package commands

import (
	"time"

	"github.com/whois24/whois24/bitrix"
)

const (
	// fresh is how long a sign of life means that somebody is there. The portal asks for its session lifetime, 24
	// minutes as a rule, which it does not tell; its own clients take 15 minutes where they do not know it.
	fresh = 15 * time.Minute
	// together is how far the last use of a phone may be from the last activity to be the same one.
	together = 5 * time.Minute
	// skew is how far ahead of ours the portal's clock may be. Later dates are no evidence.
	skew = 5 * time.Minute
)

// state is the one thing to know about whether somebody can be reached.
type state int

const (
	dismissed state = iota + 1
	robot
	customer // of an open line
	onLeave
	here   // a sign of life is fresh
	gone   // seen, but not of late
	never  // has not signed in
	untold // the portal gives no dates, as for people from outside
)

// presence is what is true of a person at one moment.
type presence struct {
	state state
	seen  time.Time // the last sign of life; zero when there is none
}

// presenceOf judges by the dates: current portals say "online" of everybody, whatever the truth.
func presenceOf(u bitrix.User, now time.Time) presence {
	p := presence{seen: lastSign(u, now)}
	switch {
	case !u.Active:
		p.state = dismissed
	case u.Bot:
		p.state = robot
	case u.Connector:
		p.state = customer
	case u.Absent.After(now):
		p.state = onLeave
	case p.recent(u, now):
		p.state = here
	case !p.seen.IsZero():
		p.state = gone
	case u.Outsider() || hasDates(u):
		p.state = untold
	default:
		p.state = never
	}
	return p
}

// recent reports whether the last sign of life means that the person is there.
func (p presence) recent(u bitrix.User, now time.Time) bool {
	return !p.seen.IsZero() && now.Sub(p.seen) <= fresh && u.Status != "offline"
}

// lastSign is the latest date that can be true.
func lastSign(u bitrix.User, now time.Time) time.Time {
	var last time.Time
	for _, t := range []bitrix.OptTime{u.LastActivity, u.MobileLast, u.DesktopLast} {
		if t.After(last) && t.Before(now.Add(skew)) {
			last = t.Time
		}
	}
	return last
}

func hasDates(u bitrix.User) bool {
	return !u.LastActivity.IsZero() || !u.MobileLast.IsZero() || !u.DesktopLast.IsZero()
}

// chosen is the catalogue id for the status of somebody who is here; "" for a status we do not know. What a person
// chose comes before what the portal worked out. Only older portals tell any of it.
func chosen(u bitrix.User, now time.Time) string {
	switch u.Status {
	case "dnd":
		return "presence.dnd"
	case "break":
		return "presence.pause"
	case "call":
		return "presence.call"
	case "vacation":
		return "presence.leave"
	case "away":
		return "presence.away"
	case "", "online", "birthday", "mobile", "idle":
		return computed(u, now)
	}
	return ""
}

func computed(u bitrix.User, now time.Time) string {
	switch {
	case u.Status == "mobile" || onPhone(u, now):
		return "presence.mobile"
	case u.Status == "idle" || !u.Idle.IsZero():
		return "presence.away"
	}
	return "presence.online"
}

// onPhone is the portal's own rule.
func onPhone(u bitrix.User, now time.Time) bool {
	return !u.MobileLast.IsZero() && now.Sub(u.MobileLast.Time) < fresh &&
		u.LastActivity.Sub(u.MobileLast.Time) < together
}
