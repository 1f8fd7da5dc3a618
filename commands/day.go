package commands

import (
	"fmt"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// exactly is the instant itself. The messenger shows it in the zone of whoever reads it.
func exactly(t time.Time) Markup {
	return Markup(fmt.Sprintf("[timestamp=%[1]d format=SHORT_DATE_FORMAT] [timestamp=%[1]d format=SHORT_TIME_FORMAT]", t.Unix()))
}

// Date is a day in words: 5 October, with the year if it is another one; "" for the zero Day.
func (c Call) Date(d Day) string {
	if !d.exists() {
		return ""
	}
	words := dayOf(c, d.Month, d.Day)
	if d.Year == c.Today().Year {
		return words
	}
	return c.Text("day.year", Data{"Day": words, "Year": d.Year})
}

// Birthday is the day of u's birthday in words. False when the profile has none, and where outsiders read along.
func (c Call) Birthday(u bitrix.User) (string, bool) {
	month, day, ok := birthdayOf(u)
	if !ok || c.Chat.Outsiders {
		return "", false
	}
	return dayOf(c, month, day), true
}

// birthdayOf is what the profile says, which has no year. False when it says nothing.
func birthdayOf(u bitrix.User) (time.Month, int, bool) {
	t, err := time.Parse("02-01-2006", u.Birthday+"-2000") // a leap year, so that 29 February is a day
	return t.Month(), t.Day(), err == nil
}

// dayOf is a day of the year in words: 5 October.
func dayOf(c Call, month time.Month, day int) string {
	ids := [...]string{
		"day.january", "day.february", "day.march", "day.april", "day.may", "day.june",
		"day.july", "day.august", "day.september", "day.october", "day.november", "day.december",
	}
	return c.Text(ids[month-1], Data{"Day": day})
}
