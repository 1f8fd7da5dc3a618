package commands

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/whois24/whois24/bitrix"
)

const (
	// birthdaysAhead is how many days ahead birthdays are told: enough to find a present. The texts say "two weeks".
	birthdaysAhead = 14
	// mostCongratulated is how many buttons to write to somebody there are under a list.
	mostCongratulated = 5
)

// birthdaysOn are the arguments of /birthdays.
type birthdaysOn struct {
	Day   Day    `arg:"optional"`
	Month string `arg:"optional" hint:"birthdays.which" choice:"january february march april may june july august september october november december"`
}

// Birthdays tells whose birthday it is today and in the two weeks to come, on one day, or in a month: /birthdays, /birthdays 14.02,
// /birthdays may.
func Birthdays() Command {
	return New("birthdays", func(_ context.Context, c Call, a birthdaysOn) (Reply, error) {
		if reply, withheld := c.withheld(FieldBirthday, a); withheld {
			return reply, nil
		}
		asked := a.span(c)
		found := celebrations(c.Staff.People, asked.first, asked.days)
		if len(found) == 0 {
			return c.Say(asked.none, asked.data)
		}
		lines := listed(c, found, func(f celebration) string { return birthdayLine(c, f) })
		lines = append([]string{c.Text(asked.some, asked.data)}, lines...)
		return Reply{Text: strings.Join(lines, "\n"), Keyboard: congratulate(c, found)}, nil
	})
}

// birthdaySpan is the days that are asked about: the first one and so many more, and what they are called.
type birthdaySpan struct {
	first      Day
	days       int
	some, none string // the ids of the texts above a list, and in its place
	data       Data
}

func (a birthdaysOn) span(c Call) birthdaySpan {
	switch {
	case a.Day != (Day{}):
		return birthdaySpan{a.Day, 0, "birthdays.on", "birthdays.none_on", Data{"Day": c.Date(a.Day)}}
	case a.Month != "":
		named, _ := time.Parse("January", a.Month) // it is one of the choices, and case does not matter
		first, days := nextMonth(c.Today(), named.Month())
		month := Data{"Month": c.catalogue().shown(c.Lang, "birthdays.month."+a.Month)}
		return birthdaySpan{first, days, "birthdays.in", "birthdays.none_in", month}
	}
	return birthdaySpan{c.Today(), birthdaysAhead, "birthdays.ahead", "birthdays.none_ahead", nil}
}

// nextMonth is the first day of a month that is not over, and how many more it has.
func nextMonth(today Day, month time.Month) (first Day, days int) {
	first = Day{today.Year, month, 1}
	if month < today.Month {
		first.Year++
	}
	last := first.Start(time.UTC).AddDate(0, 1, -1)
	return first, last.Day() - 1
}

// celebration is somebody's next birthday.
type celebration struct {
	bitrix.User
	on Day
}

// celebrations are the birthdays from the first day on, and so many days more, the nearest first.
func celebrations(people []bitrix.User, first Day, days int) []celebration {
	last := first.plus(days)
	var found []celebration
	for _, u := range people {
		if on, ok := nextBirthday(u, first); ok && !last.before(on) {
			found = append(found, celebration{u, on})
		}
	}
	slices.SortStableFunc(found, func(a, b celebration) int {
		return cmp.Or(a.on.Start(time.UTC).Compare(b.on.Start(time.UTC)), cmp.Compare(a.Name, b.Name))
	})
	return found
}

// nextBirthday is the first one from a day on. One of 29 February is on 1 March where the year has no such day: nobody is
// congratulated in advance.
func nextBirthday(u bitrix.User, from Day) (Day, bool) {
	month, day, ok := birthdayOf(u)
	if !ok {
		return Day{}, false
	}
	for year := from.Year; ; year++ {
		if on := dayAt(time.Date(year, month, day, 0, 0, 0, 0, time.UTC)); !on.before(from) {
			return on, true
		}
	}
}

func birthdayLine(c Call, found celebration) string {
	month, day, _ := birthdayOf(found.User)
	data := Data{"Who": whoLink(c, found.User), "Day": dayOf(c, month, day)}
	switch found.on {
	case c.Today():
		return c.Text("birthdays.today", data)
	case c.Today().plus(1):
		return c.Text("birthdays.tomorrow", data)
	}
	return c.Text("birthdays.person", data)
}

// congratulate offers to write to those whose birthday is today, the asker excepted; nil: there are none.
func congratulate(c Call, found []celebration) *bitrix.Keyboard {
	var buttons []bitrix.Button
	for _, f := range found {
		if f.on != c.Today() || f.ID == c.Asker.ID || len(buttons) == mostCongratulated {
			continue
		}
		buttons = append(buttons, bitrix.Button{
			Text:   c.Text("birthdays.congratulate", Data{"Name": shorten(bitrix.Plain(f.Name))}),
			Action: bitrix.ActionDialog,
			Value:  strconv.FormatInt(int64(f.ID), 10),
		})
	}
	if buttons == nil {
		return nil
	}
	return &bitrix.Keyboard{Buttons: buttons}
}
