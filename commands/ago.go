package commands

import "time"

const day = 24 * time.Hour

// ago says in words how long before c.Now t was. Days are counted in c.Zone; an hour has passed when sixty minutes have.
func ago(c Call, t time.Time) string {
	passed := c.Now.Sub(t)
	switch {
	case passed < time.Minute:
		return c.Text("ago.now", nil)
	case passed < time.Hour:
		return c.Text("ago.minutes", Data{"N": int(passed / time.Minute)})
	case passed < day:
		return c.Text("ago.hours", Data{"N": int(passed / time.Hour)})
	}
	if months := monthsBetween(c, t); months >= 12 {
		return c.Text("ago.years", Data{"N": months / 12})
	} else if months > 0 {
		return c.Text("ago.months", Data{"N": months})
	}
	if days := daysBetween(c, t); days > 1 {
		return c.Text("ago.days", Data{"N": days})
	}
	return c.Text("ago.yesterday", nil)
}

// dates are those of t and of now, at midnight, where the reader is.
func dates(c Call, t time.Time) (then, today time.Time) {
	zone := c.Zone
	if zone == nil {
		zone = t.Location()
	}
	midnight := func(t time.Time) time.Time {
		y, m, d := t.In(zone).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) // UTC: each day has 24 hours
	}
	return midnight(t), midnight(c.Now)
}

func daysBetween(c Call, t time.Time) int {
	then, today := dates(c, t)
	return int(today.Sub(then) / day)
}

// monthsBetween counts whole calendar months.
func monthsBetween(c Call, t time.Time) int {
	then, today := dates(c, t)
	months := 12*(today.Year()-then.Year()) + int(today.Month()-then.Month())
	if today.Day() < then.Day() {
		months--
	}
	return months
}
