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

// backOn is the first day back from leave. It is a day of the portal, not an instant, so no zone moves it.
func backOn(r Request, back time.Time) string {
	words := dayOf(r, back.Month(), back.Day())
	if back.Year() == r.Now.In(back.Location()).Year() {
		return words
	}
	return r.Text("day.year", Data{"Day": words, "Year": back.Year()})
}

// Birthday is the day of u's birthday in words. False when the profile has none, and where outsiders read along.
func (r Request) Birthday(u bitrix.User) (string, bool) {
	// A leap year, so that 29 February is a day.
	t, err := time.Parse("02-01-2006", u.Birthday+"-2000")
	if err != nil || r.Chat.Outsiders {
		return "", false
	}
	return dayOf(r, t.Month(), t.Day()), true
}

// dayOf is a day of the year in words: 5 October.
func dayOf(r Request, month time.Month, day int) string {
	ids := [...]string{
		"day.january", "day.february", "day.march", "day.april", "day.may", "day.june",
		"day.july", "day.august", "day.september", "day.october", "day.november", "day.december",
	}
	return r.Text(ids[month-1], Data{"Day": day})
}
