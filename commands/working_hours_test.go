package commands_test

import (
	"strings"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

func TestWorkingHours(t *testing.T) {
	for said, want := range map[string]string{
		"mon-fri 9:00-18:00":      "mon-fri 9:00-18:00",
		" Sun-Thu,sat  8-17:30 ":  "mon-thu,sat-sun 8:00-17:30",
		"fri-mon 0:00-24:00":      "mon,fri-sun 0:00-24:00",
		"mon,wed,fri 10:00-10:01": "mon,wed,fri 10:00-10:01",
		"sun-sat 07-19":           "mon-sun 7:00-19:00",
	} {
		h, err := commands.ParseWorkingHours(said)
		if err != nil || h.String() != want {
			t.Errorf("%q: %v, %v, want %s", said, h, err, want)
			continue
		}
		if again, err := commands.ParseWorkingHours(h.String()); err != nil || *again != *h {
			t.Errorf("%q is not read again: %v", h, err)
		}
	}
}

func TestWrongWorkingHours(t *testing.T) {
	for said, want := range map[string]string{
		"":                   `"" are no days; accepted are days like mon-fri`,
		"9-18":               `"9-18" are no days`,
		"mon-someday 9-18":   `"mon-someday" are no days`,
		"mon, tue 9-18":      `"" are no days`,
		"mon-fri":            `"" are no hours; accepted are hours like 9:00-18:00`,
		"mon-fri 9":          `"9" are no hours`,
		"mon-fri 9:60-18:00": `"9:60-18:00" are no hours`,
		"mon-fri 18-9":       "the hours end before they begin",
		"mon-fri 9-25":       "or after midnight",
	} {
		if _, err := commands.ParseWorkingHours(said); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", said, err, want)
		}
	}
}

// TestCardClock: what time it is where somebody lives, where anybody knows. It is 17:13 on Monday in Moscow.
func TestCardClock(t *testing.T) {
	away := bitrix.OptTime{Time: now.AddDate(0, 0, 5)}
	sunday, err := commands.ParseWorkingHours("sun-thu 8:00-16:00")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		user  bitrix.User
		hours *commands.WorkingHours
		shown []commands.Field
		want  string // empty: no such line
	}{
		"at work":              {bitrix.User{TimeZone: "Europe/Kaliningrad"}, nil, nil, "Local time: 16:13, working hours"},
		"in the evening":       {bitrix.User{TimeZone: "Asia/Vladivostok"}, nil, nil, "Local time: 00:13, outside working hours"},
		"a quarter of an hour": {bitrix.User{TimeZone: "Asia/Kathmandu"}, nil, nil, "Local time: 19:58, outside working hours"},
		"other hours":          {bitrix.User{TimeZone: "Europe/Kaliningrad"}, sunday, nil, "Local time: 16:13, outside working hours"},
		"on leave":             {bitrix.User{TimeZone: "Europe/Kaliningrad", Absent: away}, nil, nil, "Local time: 16:13\n"},
		"automatic":            {bitrix.User{}, nil, nil, ""},
		"no such zone":         {bitrix.User{TimeZone: "Europe/Atlantis"}, nil, nil, ""},
		"that of the machine":  {bitrix.User{TimeZone: "Local"}, nil, nil, ""},
		"may not be told": {
			bitrix.User{TimeZone: "Europe/Kaliningrad"}, nil, []commands.Field{commands.FieldName, commands.FieldContacts}, "",
		},
	} {
		u := c.user
		u.ID, u.Active, u.Name, u.LastActivity = 5, true, "Anna", before(time.Hour)
		known := u
		u.TimeZone = "" // im.user.get does not tell it
		got := whois(t, people{5: u}, "5", func(r *commands.Request) {
			r.Staff, r.WorkingHours = commands.NewStaff(now, bitrix.Staff{People: []bitrix.User{known}}), c.hours
			if c.shown != nil {
				r.Privacy = commands.Only(c.shown...)
			}
		}).Text + "\n"
		if c.want == "" && strings.Contains(got, "Local time") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
