package commands

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// durationKind reads a time.Duration: 90m, 1h30m, "1 h", 2 дня. It is never negative.
type durationKind struct{}

// longestDuration is what an argument may be at most. Longer is a typing mistake.
const longestDuration = 10 * 366 * day

var (
	amounts   = regexp.MustCompile(`^(?:\d{1,9}\pL+)+$`)
	amount    = regexp.MustCompile(`(\d{1,9})(\pL+)`)
	digits    = regexp.MustCompile(`^\d{1,9}$`)
	unitWords = []string{"word.seconds", "word.minutes", "word.hours", "word.days", "word.weeks"}
	units     = []time.Duration{time.Second, time.Minute, time.Hour, day, 7 * day}
)

func (durationKind) name() string { return "duration" }

func (durationKind) hint(t *catalogue, lang Language) string {
	return t.text(lang, "arg.duration", nil)
}

func (durationKind) accepted(t *catalogue, lang Language) string {
	return t.text(lang, "accepts.duration", nil)
}

// take is one word, or a number and its unit.
func (durationKind) take(c Call, list []word) int {
	t := c.catalogue()
	if _, ok := readDuration(t, bare(list[0])); ok {
		return 1
	}
	if len(list) > 1 && digits.MatchString(list[0].text) {
		if _, ok := readDuration(t, list[0].text+bare(list[1])); ok {
			return 2
		}
	}
	return 0
}

func readDuration(t *catalogue, s string) (time.Duration, bool) {
	if !amounts.MatchString(s) {
		return 0, false
	}
	var sum time.Duration
	for _, m := range amount.FindAllStringSubmatch(s, -1) {
		n, err := strconv.Atoi(m[1])
		unit := t.meaning(unitWords, m[2])
		if err != nil || unit < 0 || time.Duration(n) > longestDuration/units[unit] {
			return 0, false
		}
		if sum += time.Duration(n) * units[unit]; sum > longestDuration {
			return 0, false
		}
	}
	return sum, true
}

func (durationKind) value(_ context.Context, c Call, s said) (any, error) {
	var text strings.Builder
	for _, w := range s.words {
		text.WriteString(bare(w))
	}
	d, _ := readDuration(c.catalogue(), text.String())
	return d, nil
}

// write needs units that every portal's words have: those of seconds are Latin ones.
func (durationKind) write(v any) string {
	return strconv.FormatInt(int64(max(v.(time.Duration), 0)/time.Second), 10) + "s"
}
