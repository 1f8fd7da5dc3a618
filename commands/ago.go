package commands

import "time"

const day = 24 * time.Hour

// ago says in words how long before r.Now t was. Days are counted in r.Zone; an hour has passed when sixty minutes have.
func ago(r Request, t time.Time) string {
	passed := r.Now.Sub(t)
	switch {
	case passed < time.Minute:
		return r.Text("ago.now", nil)
	case passed < time.Hour:
		return r.Text("ago.minutes", Data{"N": int(passed / time.Minute)})
	case passed < day:
		return r.Text("ago.hours", Data{"N": int(passed / time.Hour)})
	}
	if months := monthsBetween(r, t); months >= 12 {
		return r.Text("ago.years", Data{"N": months / 12})
	} else if months > 0 {
		return r.Text("ago.months", Data{"N": months})
	}
	if days := daysBetween(r, t); days > 1 {
		return r.Text("ago.days", Data{"N": days})
	}
	return r.Text("ago.yesterday", nil)
}

// dates are those of t and of now, at midnight, where the reader is.
func dates(r Request, t time.Time) (then, today time.Time) {
	zone := r.Zone
	if zone == nil {
		zone = t.Location()
	}
	midnight := func(t time.Time) time.Time {
		y, m, d := t.In(zone).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) // UTC: each day has 24 hours
	}
	return midnight(t), midnight(r.Now)
}

func daysBetween(r Request, t time.Time) int {
	then, today := dates(r, t)
	return int(today.Sub(then) / day)
}

// monthsBetween counts whole calendar months.
func monthsBetween(r Request, t time.Time) int {
	then, today := dates(r, t)
	months := 12*(today.Year()-then.Year()) + int(today.Month()-then.Month())
	if today.Day() < then.Day() {
		months--
	}
	return months
}
