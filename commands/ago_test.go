package commands_test

import (
	"strings"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// TestAgo covers each CLDR form of Russian: 1 and 21, 2 to 4, 5 to 20.
func TestAgo(t *testing.T) {
	const hour, days = time.Hour, 24 * time.Hour
	tests := []struct {
		passed time.Duration
		ru, en string
	}{
		{-4 * time.Minute, "только что", "just now"},
		{0, "только что", "just now"},
		{59 * time.Second, "только что", "just now"},
		{time.Minute, "минуту назад", "a minute ago"},
		{2 * time.Minute, "2 минуты назад", "2 minutes ago"},
		{5 * time.Minute, "5 минут назад", "5 minutes ago"},
		{11 * time.Minute, "11 минут назад", "11 minutes ago"},
		{21 * time.Minute, "21 минуту назад", "21 minutes ago"},
		{22 * time.Minute, "22 минуты назад", "22 minutes ago"},
		{59*time.Minute + 59*time.Second, "59 минут назад", "59 minutes ago"},
		{hour, "час назад", "an hour ago"},
		{2 * hour, "2 часа назад", "2 hours ago"},
		{5 * hour, "5 часов назад", "5 hours ago"},
		{11 * hour, "11 часов назад", "11 hours ago"},
		{21 * hour, "21 час назад", "21 hours ago"},
		{23*hour + 59*time.Minute, "23 часа назад", "23 hours ago"},
		{days, "вчера", "yesterday"},
		{41 * hour, "вчера", "yesterday"},
		{42 * hour, "2 дня назад", "2 days ago"}, // 23:13 the day before yesterday
		{5 * days, "5 дней назад", "5 days ago"},
		{11 * days, "11 дней назад", "11 days ago"},
		{21 * days, "21 день назад", "21 days ago"},
		{30 * days, "30 дней назад", "30 days ago"},
		{31 * days, "месяц назад", "a month ago"}, // August has 31
		{62 * days, "2 месяца назад", "2 months ago"},
		{153 * days, "5 месяцев назад", "5 months ago"},
		{364 * days, "11 месяцев назад", "11 months ago"},
		{365 * days, "больше года назад", "over a year ago"},
		{731 * days, "больше 2 лет назад", "over 2 years ago"},
		{5 * 366 * days, "больше 5 лет назад", "over 5 years ago"},
		{21 * 366 * days, "больше 21 года назад", "over 21 years ago"},
	}
	for _, tt := range tests {
		t.Run(tt.en, func(t *testing.T) {
			u := bitrix.User{Active: true, LastActivity: before(tt.passed)}
			wantRU := "Последняя активность: " + tt.ru + " " + exact(u.LastActivity.Time)
			if got := line(t, u, ru, 3); got != wantRU {
				t.Errorf("got %q, want %q", got, wantRU)
			}
			wantEN := "Last active " + tt.en + " " + exact(u.LastActivity.Time)
			if got := line(t, u, en, 3); got != wantEN {
				t.Errorf("got %q, want %q", got, wantEN)
			}
		})
	}
}

// TestAgoWhereTheReaderIs: 42 hours are one midnight or two.
func TestAgoWhereTheReaderIs(t *testing.T) {
	users := people{5: {ID: 5, Active: true, LastActivity: before(42 * time.Hour)}}
	tests := []struct{ zone, want string }{
		{"Europe/Moscow", "Last active 2 days ago"},
		{"Asia/Novosibirsk", "Last active yesterday"}, // from 03:13 on Sunday
	}
	for _, tt := range tests {
		r := commands.Request{Name: "whois", Args: "5", Lang: en, Now: now, Zone: load(t, tt.zone), People: users}
		if reply := run(t, setOf(t), r); !strings.Contains(reply.Text, tt.want) {
			t.Errorf("in %s: %s", tt.zone, reply.Text)
		}
	}
}

func TestGender(t *testing.T) {
	for gender, want := range map[bitrix.Gender]string{"F": "Заходила только что", "M": "Последняя активность: только что", "": "Последняя активность: только что"} {
		u := bitrix.User{Active: true, Gender: gender, LastActivity: before(0)}
		if got := line(t, u, ru, 3); !strings.HasPrefix(got, want) {
			t.Errorf("gender %q: got %q, want %q", gender, got, want)
		}
	}
}

func TestBirthdayInWords(t *testing.T) {
	tests := []struct{ birthday, ru, en string }{
		{"01-01", "1 января", "1 January"},
		{"29-02", "29 февраля", "29 February"},
		{"03-03", "3 марта", "3 March"},
		{"04-04", "4 апреля", "4 April"},
		{"05-05", "5 мая", "5 May"},
		{"06-06", "6 июня", "6 June"},
		{"07-07", "7 июля", "7 July"},
		{"08-08", "8 августа", "8 August"},
		{"09-09", "9 сентября", "9 September"},
		{"10-10", "10 октября", "10 October"},
		{"11-11", "11 ноября", "11 November"},
		{"31-12", "31 декабря", "31 December"},
	}
	for _, tt := range tests {
		u := bitrix.User{Active: true, Birthday: tt.birthday}
		if got, want := line(t, u, ru, 5), "День рождения: "+tt.ru; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if got, want := line(t, u, en, 5), "Birthday: "+tt.en; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	for _, none := range []string{"", "30-02", "1-1", "00-00", "14-02-1990", "[b]"} {
		reply := run(t, setOf(t), commands.Request{
			Name: "whois", Args: "5", Lang: en, Now: now, People: people{5: {ID: 5, Active: true, Birthday: none}},
		})
		if strings.Contains(reply.Text, "Birthday") {
			t.Errorf("%q made a birthday: %s", none, reply.Text)
		}
	}
}
