package commands

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// Day is an argument: a day of the calendar where the asker is. Understood are today and its neighbours, a weekday (the
// next one, today counts), 14.02 (the next such day, today counts), 14.02.2026 and 2026-02-14. The zero Day is none.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// Start is when the day begins in a zone.
func (d Day) Start(zone *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zone)
}

// String is as in 2026-02-14.
func (d Day) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

func dayAt(t time.Time) Day {
	y, m, d := t.Date()
	return Day{y, m, d}
}

// Today is the day it is for the asker.
func (c Call) Today() Day {
	if c.Zone == nil {
		return dayAt(c.Now)
	}
	return dayAt(c.Now.In(c.Zone))
}

var (
	nearDays = []string{"word.yesterday", "word.today", "word.tomorrow", "word.after_tomorrow"}
	weekdays = []string{
		"word.sunday", "word.monday", "word.tuesday", "word.wednesday", "word.thursday", "word.friday", "word.saturday",
	}
	dayMonth = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?$`)
)

// dayReader finds a day when today is known.
type dayReader func(today Day) Day

// readDay understands one word; nil if it is no day.
func readDay(t *catalogue, s string) dayReader {
	if i := t.meaning(nearDays, s); i >= 0 {
		return func(today Day) Day { return today.plus(i - 1) }
	}
	if i := t.meaning(weekdays, s); i >= 0 {
		return func(today Day) Day {
			return today.plus((i - int(today.Start(time.UTC).Weekday()) + 7) % 7)
		}
	}
	if at, err := time.Parse(time.DateOnly, s); err == nil {
		return fixed(dayAt(at))
	}
	m := dayMonth.FindStringSubmatch(s)
	if m == nil {
		return nil
	}
	day, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2])
	year, err := strconv.Atoi(m[3])
	d := Day{year, time.Month(month), day}
	if err != nil {
		return next(d)
	}
	return fixed(d)
}

func fixed(d Day) dayReader {
	if !d.exists() || d.Year == 0 {
		return nil
	}
	return func(Day) Day { return d }
}

// next is the first such day from today on. 29 February may be years away.
func next(d Day) dayReader {
	d.Year = 2000 // a leap year
	if !d.exists() {
		return nil
	}
	return func(today Day) Day {
		for d.Year = today.Year; !d.exists() || d.before(today); d.Year++ {
			continue
		}
		return d
	}
}

func (d Day) exists() bool { return dayAt(d.Start(time.UTC)) == d }

func (d Day) before(other Day) bool { return d.Start(time.UTC).Before(other.Start(time.UTC)) }

func (d Day) plus(days int) Day { return dayAt(d.Start(time.UTC).AddDate(0, 0, days)) }

type dayKind struct{}

func (dayKind) name() string { return "day" }

func (dayKind) hint(t *catalogue, lang Language) string { return t.text(lang, "arg.day", nil) }

func (dayKind) accepted(t *catalogue, lang Language) string { return t.text(lang, "accepts.day", nil) }

func (dayKind) take(c Call, list []word) int {
	if readDay(c.catalogue(), bare(list[0])) == nil {
		return 0
	}
	return 1
}

func (dayKind) value(_ context.Context, c Call, s said) (any, error) {
	return readDay(c.catalogue(), bare(s.words[0]))(c.Today()), nil
}

func (dayKind) write(v any) string {
	if d := v.(Day); d != (Day{}) {
		return d.String()
	}
	return ""
}
