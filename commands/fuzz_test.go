package commands_test

import (
	"context"
	"regexp"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

var lineSeeds = []string{
	"", "/whois 5", "whois 5", "Подскажи, /whois 5", "/", "/ /", "/whois\t5\u00a0", "/help\n/whois 5\r\n/x[br]/y",
	"[USER=456]Справочник[/USER], /whois [USER=5 REPLACE]Евгений[/USER]", "[user=456][/user] привет",
	rule + "\nАнна [сегодня, 12:40] #7:456/89990\n/whois 99\n" + rule + "\nа /whois 5?",
	">>/whois 9", "[CODE]/whois 9[/CODE]", "[code]", "[b]/whois[/b] 5", "[CHAT=1]/whois 9[/CHAT]",
	"[USER=18]x [CODE] /whois 9[/USER] /whois 5", "\xff/whois\x00 5", "/e\u0301\u200b", "[u\x94ser=456][/user]", "[USER=5]" + rule + "[/USER]/whois 5",
}

// FuzzLines is what strangers write to the bot.
func FuzzLines(f *testing.F) {
	for _, seed := range lineSeeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		private := commands.Message{Text: text, Private: true, Bot: 456}
		for _, line := range checkLines(t, private) {
			if line.Args != commands.Args(line.Args) {
				t.Errorf("%q is not what Args leaves", line.Args)
			}
		}
		checkLines(t, commands.Message{Text: text, Bot: 456})
		checkQuiet(t, text)
	})
}

func checkLines(t *testing.T, m commands.Message) []commands.Line {
	t.Helper()
	lines := commands.Lines(m, known)
	if len(lines) > 10 {
		t.Errorf("%d lines", len(lines))
	}
	for _, line := range lines {
		if line.Name != strings.ToLower(line.Name) || strings.ContainsAny(line.Name, "/ \n[") || utf8.RuneCountInString(line.Name) > 64 {
			t.Errorf("name %q", line.Name)
		}
		// Plain may write a bracket of a shown name with three bytes.
		if len(line.Args) > 4*len(m.Text) || !utf8.ValidString(line.Args) || strings.ContainsAny(line.Args, "\r\n\t\x00") {
			t.Errorf("arguments %q", line.Args)
		}
	}
	return lines
}

// checkQuiet puts text where nothing is ever run.
func checkQuiet(t *testing.T, text string) {
	t.Helper()
	quiet := map[string]commands.Message{"forwarded": {Text: text, Private: true, Bot: 456, Forwarded: true}}
	if !strings.Contains(text, "[") {
		quiet["in a group without a mention"] = commands.Message{Text: text, Bot: 456}
	}
	// Hyphens and brackets could end the quote or the code, or hide where it begins.
	if !strings.ContainsAny(text, "-[") {
		quiet["quoted"] = commands.Message{Text: rule + "\n" + text + "\n" + rule, Private: true, Bot: 456}
		quiet["code"] = commands.Message{Text: "[CODE]" + text + "[/CODE]", Private: true, Bot: 456}
	}
	if !strings.ContainsAny(text, "\r\n\u2028\u2029[") {
		quiet["quoted line"] = commands.Message{Text: ">>" + text, Private: true, Bot: 456}
	}
	for where, m := range quiet {
		if lines := commands.Lines(m, known); len(lines) > 0 {
			t.Errorf("%s: %q", where, lines)
		}
	}
	for _, line := range commands.Lines(commands.Message{Text: "[USER=9]" + text + "[/USER]", Private: true, Bot: 456}, known) {
		if line.Name != "" && !strings.ContainsAny(text, "[\n\r\u2028\u2029") {
			t.Errorf("a shown name ran: %q", line)
		}
	}
}

// looked remembers who was looked up.
type looked struct {
	mu       sync.Mutex // guards ids: several people may be read at once
	ids      []bitrix.UserID
	searched int
}

func (l *looked) User(_ context.Context, id bitrix.UserID) (bitrix.User, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ids = append(l.ids, id)
	return bitrix.User{ID: id, Active: true, Name: "Анна"}, nil
}

func (l *looked) Profile(ctx context.Context, id bitrix.UserID) (bitrix.Profile, error) {
	u, err := l.User(ctx, id)
	return bitrix.Profile{User: u}, err
}

func (l *looked) SearchUsers(_ context.Context, find string, _ int) ([]bitrix.FoundUser, error) {
	l.searched++
	return l.found(find), nil
}

// SearchUsersEach is one look-up, however many searches.
func (l *looked) SearchUsersEach(_ context.Context, finds []string, _ int) ([][]bitrix.FoundUser, error) {
	l.searched++
	var lists [][]bitrix.FoundUser
	for _, find := range finds {
		lists = append(lists, l.found(find))
	}
	return lists, nil
}

func (l *looked) found(find string) []bitrix.FoundUser {
	if strings.Contains(find, "а") {
		return []bitrix.FoundUser{{ID: 8, Name: find}, {ID: 9, Name: find, WorkPosition: find}}
	}
	return []bitrix.FoundUser{{ID: 7, Name: find}}
}

func (l *looked) Department(context.Context, bitrix.DepartmentID) (bitrix.Department, bool, error) {
	return bitrix.Department{}, false, nil
}

// FuzzWhois is what follows /whois, said to a portal where everybody exists.
func FuzzWhois(f *testing.F) {
	for _, seed := range []string{
		"", "5", "#5", "@5", "id5", "ID: 5", "№ 5", "me", "Я", "-1", "0", "abc", "9007199254740993", "5.5", "５",
		"[USER=5]Анна[/USER]", "[USER=all]Все[/USER]", "[user=99999999999999999999]x[/user]", "/whois [send=/whois 1]",
		strings.Repeat("9", 10_000), "\n/whois 1", "\u202e5", "Анна", "\"Анна Смирнова\"", "анна\\ [USER=5", "- 5", "«а",
	} {
		f.Add(seed)
	}
	digits := regexp.MustCompile(`[0-9]`)
	portal := &looked{}
	set := setOf(f)
	f.Fuzz(func(t *testing.T, args string) {
		portal.ids, portal.searched = nil, 0
		for _, lang := range commands.Languages() {
			r := commands.Request{Name: "whois", Args: commands.Args(args), Asker: commands.Asker{ID: 7}, Lang: lang, Now: now, People: portal}
			harmless(t, run(t, set, r).Text)
		}
		n := len(commands.Languages())
		most := n
		if strings.Contains(args, "@") || digits.MatchString(args) { // perhaps a contact
			most += 2 * n // whom the portal finds is read, in one request, to see whose it is
		}
		if len(portal.ids) > most || portal.searched > n {
			t.Errorf("%d look-ups and %d searches for %d questions", len(portal.ids), portal.searched, n)
		}
		for _, id := range portal.ids {
			if id < 1 || id > 1<<53 {
				t.Errorf("looked up %d", id)
			}
			if (id < 7 || id > 9) && !digits.MatchString(args) {
				t.Errorf("looked up %d for %q", id, args)
			}
		}
	})
}
