package commands

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// WorkingHours are when people of the company usually work, wherever they are: days of the week, and a time of the day.
type WorkingHours struct {
	days     [7]bool // by [time.Weekday]
	from, to int     // minutes after midnight
}

// DefaultWorkingHours are from nine to six, from Monday to Friday.
func DefaultWorkingHours() *WorkingHours {
	hours, err := ParseWorkingHours("mon-fri 9:00-18:00")
	if err != nil {
		panic(err) // it is a constant
	}
	return hours
}

var (
	weekdayNames = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
	spans        = regexp.MustCompile(`^([0-2]?\d)(?::([0-5]\d))?-([0-2]?\d)(?::([0-5]\d))?$`)
)

// ParseWorkingHours reads days and hours like "mon-fri 9:00-18:00" or "sun-thu,sat 8-17". Errors name the word and what is accepted.
func ParseWorkingHours(s string) (*WorkingHours, error) {
	days, span, _ := strings.Cut(strings.ToLower(strings.TrimSpace(s)), " ")
	var h WorkingHours
	for part := range strings.SplitSeq(days, ",") {
		if err := h.addDays(part); err != nil {
			return nil, err
		}
	}
	return &h, h.setHours(strings.TrimSpace(span))
}

// addDays reads "mon" or "sun-thu". A week goes round: "sat-mon" are three days.
func (h *WorkingHours) addDays(part string) error {
	first, last, several := strings.Cut(part, "-")
	if !several {
		last = first
	}
	from, to := slices.Index(weekdayNames, first), slices.Index(weekdayNames, last)
	if from < 0 || to < 0 {
		return fmt.Errorf("%q are no days; accepted are days like mon-fri or sun-thu,sat, then hours like 9:00-18:00", part)
	}
	for day := from; ; day = (day + 1) % len(h.days) {
		h.days[day] = true
		if day == to {
			return nil
		}
	}
}

func (h *WorkingHours) setHours(span string) error {
	m := spans.FindStringSubmatch(span)
	if m == nil {
		return fmt.Errorf("%q are no hours; accepted are hours like 9:00-18:00, after days like mon-fri", span)
	}
	minutes := func(hour, minute string) int {
		a, _ := strconv.Atoi(hour)
		b, _ := strconv.Atoi("0" + minute)
		return a*60 + b
	}
	h.from, h.to = minutes(m[1], m[2]), minutes(m[3], m[4])
	if h.from >= h.to || h.to > 24*60 {
		return errors.New("the hours end before they begin, or after midnight; accepted are hours of one day, like 9:00-18:00")
	}
	return nil
}

// String is what [ParseWorkingHours] reads.
func (h *WorkingHours) String() string {
	var days []string
	for i := 1; i <= len(h.days); i++ { // from Monday on
		first := i
		for i < len(h.days) && h.days[i%7] && h.days[(i+1)%7] {
			i++
		}
		switch {
		case i > first:
			days = append(days, weekdayNames[first]+"-"+weekdayNames[i%7])
		case h.days[i%7]:
			days = append(days, weekdayNames[i%7])
		}
	}
	return fmt.Sprintf("%s %d:%02d-%d:%02d", strings.Join(days, ","), h.from/60, h.from%60, h.to/60, h.to%60)
}

// at reports whether people work at a time, where its zone is.
func (h *WorkingHours) at(t time.Time) bool {
	minute := t.Hour()*60 + t.Minute()
	return h.days[t.Weekday()] && h.from <= minute && minute < h.to
}
