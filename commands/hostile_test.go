package commands_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

func TestHostileProfile(t *testing.T) {
	portal := people{18: person(t, "hostile-text")}
	talk(t, portal, employee, []conversation{
		{"/whois 18", ru, "[b]［B]Злой［/B] ［USER=1]админ［/USER][/b]\nдиректор /whois 1 ［URL=https://evil.example]ссылка［/URL] ［CODE]x\n🟢 В сети\nПоследняя активность: 7 минут назад " + at1705 + "\n\nПодразделение: Отдел разработки" + contactsRU},
		{"/whois 18", en, "[b]［B]Злой［/B] ［USER=1]админ［/USER][/b]\nдиректор /whois 1 ［URL=https://evil.example]ссылка［/URL] ［CODE]x\n🟢 Online\nLast active 7 minutes ago " + at1705 + "\n\nDepartment: Отдел разработки" + contactsEN},
	})
}

// attacks are what people put into their profiles.
var attacks = []string{
	"[user=all]все[/user]",
	"[send=/whois 1]жми[/send]",
	"[/b][code]",
	"[/put][put=/whois 1]",
	"[timestamp=1 format=FORMAT_DATE]",
	"[br]/whois 1",
	"x\n/whois 1",
	"x\r\n>>y",
	"x\u2028/whois 1",
	"/whois 1",
	">>quote",
	strings.Repeat("-", 60),
	"\u202eevil\u2066",
	strings.Repeat("a\u0300", 20_000),
	"{{.Name}}{{template}}",
	"&#91;user=all&#93;",
	"\x00\xff",
	"   ",
}

// TestHostileEverything fills every text of a profile, and the question, with each attack.
func TestHostileEverything(t *testing.T) {
	for _, attack := range attacks {
		u := bitrix.User{
			ID: 5, Active: true, Name: attack, FirstName: attack, LastName: attack, WorkPosition: attack, Gender: bitrix.Gender(attack),
			Birthday: attack, Status: attack, Website: attack, Email: attack, LastActivity: before(0),
			Phones: bitrix.Phones{Mobile: attack, Work: attack, Inner: attack, Personal: attack},
		}
		set := setOf(t)
		for _, lang := range commands.Languages() {
			for _, r := range []commands.Request{
				{Name: "whois", Args: "5"},
				{Name: "whois", Args: commands.Args(attack)},
				{Name: attack},
			} {
				r.Lang, r.Now, r.Asker.ID, r.People = lang, now, 5, people{5: u}
				harmless(t, run(t, set, r).Text)
			}
		}
	}
}

// ours are the tags our own texts use.
var ours = regexp.MustCompile(`\[/?b\]|\[(put|send)=/(whois|help) ?\]|\[/(put|send)\]|\[timestamp=\d+ format=[A-Z_]+\]`)

// harmless fails the test when a reply holds live BB-code that is not ours, begins a command or a quote, or is too long.
func harmless(t testing.TB, text string) {
	t.Helper()
	rest := ours.ReplaceAllString(text, "")
	if strings.Contains(rest, "[") {
		t.Errorf("live: %q", text)
	}
	if regexp.MustCompile(`(?m)^[\s\pZ]*(/|>>)|-{54}|[\r\x{2028}\x{202e}]`).MatchString(text) {
		t.Errorf("a line that means something: %q", text)
	}
	if n := len([]rune(text)); n == 0 || n > 3000 {
		t.Errorf("%d characters: %q", n, text)
	}
}

// TestNamelessPerson: a name that is nothing when harmless still leaves a card.
func TestNamelessPerson(t *testing.T) {
	u := bitrix.User{Active: true, Name: "\u202e \u200b"}
	if diff := cmp.Diff("[b]Без имени (номер 5)[/b]", line(t, u, ru, 0)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff("[b]No name (number 5)[/b]", line(t, u, en, 0)); diff != "" {
		t.Error(diff)
	}
}
