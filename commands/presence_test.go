package commands_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// before is a date of the portal so long before now.
func before(d time.Duration) bitrix.OptTime { return bitrix.OptTime{Time: now.Add(-d)} }

// TestPresence reads the status line of the card, in Russian and in English.
func TestPresence(t *testing.T) {
	online := [2]string{"🟢 В сети", "🟢 Online"}
	offline := [2]string{"⚪ Не в сети", "⚪ Offline"}
	away := [2]string{"🟡 Нет на месте", "🟡 Away"}
	mobile := [2]string{"🟢 В сети, с телефона", "🟢 Online, on the phone app"}
	tests := []struct {
		name string
		user bitrix.User
		want [2]string
	}{
		{"active this second", bitrix.User{Status: "online", LastActivity: before(0)}, online},
		{"active 15 minutes ago", bitrix.User{Status: "online", LastActivity: before(15 * time.Minute)}, online},
		{"active longer ago", bitrix.User{Status: "online", LastActivity: before(15*time.Minute + time.Second)}, offline},
		{"no status at all", bitrix.User{LastActivity: before(time.Minute)}, online},
		{"portal's clock ahead", bitrix.User{LastActivity: before(-4 * time.Minute)}, online},
		{"a date in the future", bitrix.User{LastActivity: before(-time.Hour)}, [2]string{
			"⚪ Портал не сообщает, в сети ли этот человек", "⚪ The portal does not say whether this person is online",
		}},
		{"a future date beside a true one", bitrix.User{LastActivity: before(-time.Hour), DesktopLast: before(time.Hour)}, offline},
		{"only the desktop is recent", bitrix.User{LastActivity: before(time.Hour), DesktopLast: before(time.Minute)}, online},
		{"only the phone is recent", bitrix.User{LastActivity: before(time.Hour), MobileLast: before(time.Minute)}, mobile},
		{"the phone was used earlier", bitrix.User{LastActivity: before(0), MobileLast: before(6 * time.Minute)}, online},
		{"the phone is the only date", bitrix.User{MobileLast: before(time.Minute)}, mobile},
		{"mobile by status", bitrix.User{Status: "mobile", LastActivity: before(time.Minute)}, mobile},
		{"idle", bitrix.User{Status: "online", Idle: before(5 * time.Minute), LastActivity: before(10 * time.Minute)}, away},
		{"idle but on the phone", bitrix.User{Idle: before(time.Hour), LastActivity: before(0), MobileLast: before(0)}, mobile},
		{"idle by status", bitrix.User{Status: "idle", LastActivity: before(time.Minute)}, away},
		{"away", bitrix.User{Status: "away", LastActivity: before(time.Minute)}, away},
		{"away, long ago", bitrix.User{Status: "away", LastActivity: before(time.Hour)}, offline},
		{"dnd comes before idle", bitrix.User{Status: "dnd", Idle: before(time.Minute), LastActivity: before(time.Minute)}, [2]string{"🔴 Просит не беспокоить", "🔴 Do not disturb"}},
		{"break", bitrix.User{Status: "break", LastActivity: before(time.Minute)}, [2]string{"🟡 На перерыве", "🟡 On a break"}},
		{"on a call", bitrix.User{Status: "call", LastActivity: before(time.Minute)}, [2]string{"🔴 Говорит по телефону", "🔴 On a call"}},
		{"birthday is no status", bitrix.User{Status: "birthday", LastActivity: before(time.Minute)}, online},
		{"offline by status", bitrix.User{Status: "offline", LastActivity: before(time.Minute)}, offline},
		{"vacation by status", bitrix.User{Status: "vacation", LastActivity: before(time.Minute)}, [2]string{"🏖 В отпуске", "🏖 On leave"}},
		{"a status nobody told us of", bitrix.User{Status: "на [b]даче[/b]", LastActivity: before(time.Minute)}, [2]string{"🟢 В сети, статус «на ［b]даче［/b]»", "🟢 Online, status “на ［b]даче［/b]”"}},
		{"on leave", bitrix.User{Absent: day(2026, 9, 22), LastActivity: before(time.Hour)}, [2]string{"🏖 В отпуске, вернётся 22 сентября", "🏖 On leave, back on 22 September"}},
		{"on leave though active", bitrix.User{Absent: day(2026, 9, 22), LastActivity: before(0)}, [2]string{"🏖 В отпуске, вернётся 22 сентября, но сейчас в сети", "🏖 On leave, back on 22 September, but online right now"}},
		{"back next year", bitrix.User{Absent: day(2027, 1, 11)}, [2]string{"🏖 В отпуске, вернётся 11 января 2027 года", "🏖 On leave, back on 11 January 2027"}},
		{"back today", bitrix.User{Absent: day(2026, 9, 21), LastActivity: before(0)}, online},
		{"never", bitrix.User{Gender: "M"}, [2]string{"⚪ Входов на портал ещё не было", "⚪ Has never signed in"}},
		{"never, she", bitrix.User{Gender: "F"}, [2]string{"⚪ Ещё ни разу не заходила на портал", "⚪ Has never signed in"}},
		{"a guest without dates", bitrix.User{Extranet: true}, [2]string{"⚪ Портал не сообщает, в сети ли этот человек", "⚪ The portal does not say whether this person is online"}},
		{"bot", bitrix.User{Bot: true, LastActivity: before(0)}, [2]string{"🤖 Это чат-бот, а не человек", "🤖 A chat bot, not a person"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.user.Active = true
			got := [2]string{line(t, tt.user, ru, 2), line(t, tt.user, en, 2)}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestDismissed is for accounts that are switched off: only staff can leave the company.
func TestDismissed(t *testing.T) {
	tests := []struct {
		name string
		user bitrix.User
		want string
	}{
		{"staff", bitrix.User{LastActivity: before(0), Absent: before(-time.Hour)}, "⚫ Больше не работает в компании"},
		{"bot", bitrix.User{Bot: true}, "⚫ Учётная запись отключена"},
		{"guest", bitrix.User{Type: "collaber"}, "⚫ Учётная запись отключена"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := line(t, tt.user, ru, 2); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestLeaveKeepsItsDay: the first day back is a day of the portal, wherever the reader is.
func TestLeaveKeepsItsDay(t *testing.T) {
	users := people{5: {ID: 5, Active: true, Absent: day(2026, 10, 5)}}
	for _, zone := range []string{"America/Los_Angeles", "Pacific/Auckland"} {
		reply := run(t, setOf(t), commands.Request{Name: "whois", Args: "5", Lang: en, Now: now, Zone: load(t, zone), People: users})
		if !strings.Contains(reply.Text, "back on 5 October\n") {
			t.Errorf("in %s: %s", zone, reply.Text)
		}
	}
}

// day is midnight on the portal, as it writes the first day back.
func day(year int, month time.Month, d int) bitrix.OptTime {
	return bitrix.OptTime{Time: time.Date(year, month, d, 0, 0, 0, 0, now.Location())}
}

func load(t testing.TB, zone string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Skip(err) // a machine without zone files
	}
	return loc
}

// line is one line of the card of u: 0 name, 1 position, 2 status, 3 last activity.
func line(t testing.TB, u bitrix.User, lang commands.Language, n int) string {
	t.Helper()
	u.ID = 5
	reply := run(t, setOf(t), commands.Request{Name: "whois", Args: "5", Lang: lang, Now: now, People: people{5: u}})
	lines := strings.Split(reply.Text, "\n")
	if len(lines) <= n {
		t.Fatalf("no line %d in %q", n, reply.Text)
	}
	return lines[n]
}
