package commands_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/commandtest"
)

// The files specification_*_test.go say what the bot is: what people say to it, and what it answers. Who reads their tables knows
// the product. This one says who is there, how the tables are read, and runs them on both kinds of portal.

// exchange is a line of a table: somebody says something somewhere and reads an answer.
type exchange struct {
	point string // what it shows
	by    string // who speaks: one of the askers
	in    chat
	said  string // or something done: see hear

	// says is what the answer must say, in this order, as it is seen in the messenger; " … " stands for anything between. It begins
	// with the first part, and ends with its buttons: "(Message) (Call)". Of several messages each but the first begins with "✉ ",
	// and what went to the private chat instead with "🔒 ". Empty: there is no answer.
	says string

	// hides is what the answer must not say; " … " stands between several things.
	hides string
}

// chat is where something is said.
type chat string

const (
	alone  chat = "in private"
	inTeam chat = "among colleagues" // Мария, Tom and the bot
	guests chat = "with guests"      // Мария, Tom, the guests Пётр and Lada, and the bot
)

var members = map[chat][]bitrix.UserID{inTeam: {21, 31}, guests: {21, 31, 40, 41}}

// askers are who speaks. The bot answers each in the language of their portal.
var askers = map[string]struct {
	id   bitrix.UserID
	lang commands.Language
}{
	"Мария": {21, ru}, "Тимур": {28, ru}, "Новиков": {26, ru}, "Пётр": {40, ru},
	"Tom": {31, en}, "Emma": {30, en}, "Lada": {41, en},
}

// lighthouse is the company Mayak, where it is ten o'clock on Monday, 21 September 2026.
type lighthouse struct {
	*commandtest.Office
	chats map[chat]*commandtest.Chat
	last  *commandtest.Answer // to press its buttons
}

// mayak are the people of the company, but for what cannot be hired: see openMayak. Who has no last activity is online.
func mayak(now time.Time) []bitrix.User {
	ago := func(d time.Duration) bitrix.OptTime { return bitrix.OptTime{Time: now.Add(-d)} }
	until := func(month time.Month, day int) bitrix.OptTime {
		return bitrix.OptTime{Time: time.Date(2026, month, day, 0, 0, 0, 0, now.Location())}
	}
	const (
		whole, development, sales, books = 1, 2, 3, 4
		minutes, hours, days             = time.Minute, time.Hour, 24 * time.Hour
	)
	return []bitrix.User{
		{ID: 10, Name: "Галина Громова", Gender: "F", WorkPosition: "Генеральный директор", Departments: []int64{whole}},
		{
			ID: 20, Name: "Евгений Шеленков", WorkPosition: "Руководитель разработки", Departments: []int64{development},
			Phones: bitrix.Phones{Mobile: "+7 (916) 123-45-67", Work: "8 495 000-00-20", Inner: "120"}, Birthday: "22-09",
			Email: "eugene@mayak.example",
		},
		{
			ID: 21, Name: "Мария Чернышёва", Gender: "F", WorkPosition: "Разработчик", Departments: []int64{development},
			Birthday: "03-10", LastActivity: ago(43 * minutes), Email: "maria@mayak.example",
		},
		{
			ID: 22, Name: "Олег Миронов", WorkPosition: "Тестировщик", Departments: []int64{development}, Birthday: "14-02",
			LastActivity: ago(3 * days), Absent: until(time.October, 5),
		},
		{
			ID: 23, Name: "Ольга Миронова", Gender: "F", WorkPosition: "Разработчик", Departments: []int64{development},
			Absent: until(time.September, 24),
		},
		{ID: 24, Name: "Анна Смирнова", Gender: "F", WorkPosition: "Бухгалтер", Departments: []int64{books}},
		{ID: 25, Name: "Анна Смирнова", Gender: "F", WorkPosition: "Юрист", Departments: []int64{whole}, Birthday: "21-09"},
		{ID: 26, Name: "Иван Новиков", WorkPosition: "Стажёр", Departments: []int64{books}},
		{
			ID: 27, Name: "Борис Уваров", WorkPosition: "Кладовщик",
			Phones: bitrix.Phones{Mobile: "+7 999 000-00-27"}, LastActivity: ago(100 * days),
		},
		{ID: 28, Name: "Тимур Ахметов"},
		{
			ID: 30, Name: "Emma Clarke", Gender: "F", WorkPosition: "Head of Sales", Departments: []int64{sales},
			Status: "dnd", Email: "zz99@mayak.example",
		},
		{
			ID: 31, Name: "Thomas O'Brien", WorkPosition: "Sales Manager", Departments: []int64{sales}, Birthday: "25-12",
			Phones: bitrix.Phones{Work: "+44 20 7946 0131"},
		},
		{
			ID: 32, Name: "Jack Nolan", WorkPosition: "Sales Manager", Departments: []int64{sales}, Status: "away",
			LastActivity: ago(2 * minutes),
		},
		{
			ID: 33, Name: "Lucy Adams", Gender: "F", WorkPosition: "Designer", Departments: []int64{sales}, Status: "break",
			LastActivity: ago(2 * minutes), Phones: bitrix.Phones{Inner: "133"},
		},
		{
			ID: 34, Name: "Rosa Field", Gender: "F", WorkPosition: "Courier", Departments: []int64{sales},
			LastActivity: ago(3 * minutes), MobileLast: ago(3 * minutes),
		},
		{
			ID: 35, Name: "Зоя Давняя", Gender: "F", WorkPosition: "Консультант", Departments: []int64{sales},
			LastActivity: ago(800 * days),
		},
		{ID: 36, Name: "Ada Long", WorkPosition: "Analyst", Departments: []int64{sales}, LastActivity: ago(30 * hours)},
		{ID: 40, Name: "Пётр Внешний", Extranet: true, Email: "petr@partner.example"},
		{ID: 41, Name: "Lada Guest", Extranet: true, Type: "collaber"},
		{ID: 42, Name: "Гость сайта", Connector: true},
		{
			ID: 98, Name: "Захар[b] [send=/whois 1]Кавычкин[/send]", WorkPosition: "[USER=all]Все[/USER]\n/whois 1 <b>",
			Departments: []int64{books},
		},
	}
}

func openMayak(t *testing.T, profile portal.Profile) *lighthouse {
	t.Helper()
	c := &lighthouse{Office: commandtest.With(t, defaults(t))}
	c.Portal.SetProfile(profile)
	for _, u := range mayak(c.Now()) {
		c.Hire(u)
	}
	c.Portal.SetPerson(26, func(p *portal.Person) { p.Online, p.LastSeen = false, time.Time{} }) // has never signed in
	c.Portal.SetPerson(27, func(p *portal.Person) { p.Active = false })                          // has left
	for _, d := range []portal.Department{
		{Name: "Маяк", Head: 10},
		{Name: "Разработка", Parent: 1, Head: 20},
		{Name: "Sales", Parent: 1, Head: 30},
		{Name: "Бухгалтерия", Parent: 1}, // without a head
	} {
		c.Portal.AddDepartment(d)
	}
	c.chats = map[chat]*commandtest.Chat{inTeam: c.Group(members[inTeam]...), guests: c.Group(members[guests]...)}
	return c
}

// specify holds the conversations on both kinds of portal: today's, which say "online" of everybody, and old ones.
func specify(t *testing.T, table []exchange) {
	for name, profile := range map[string]portal.Profile{"current portal": portal.Current, "old portal": portal.Old} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			openMayak(t, profile).converse(t, table)
		})
	}
}

func (c *lighthouse) converse(t *testing.T, table []exchange) {
	t.Helper()
	for _, e := range table {
		answer := c.hear(e)
		if wrong := e.wrong(answer); wrong != "" {
			t.Errorf("%s: %s, %s: %.200q\nanswered: %s\n%s", e.point, e.by, e.in, e.said, answer, wrong)
		}
	}
}

// hear has somebody say something, and gives what they read. These are not said but done: a button of the answer before is pressed,
// "(Team)"; somebody opens the chat with the bot for the first time, or brings the bot into a group of these people; and time
// passes, in which somebody may sign in: "⏰ 20m, 21 is here".
func (c *lighthouse) hear(e exchange) string {
	asker := askers[e.by]
	c.Speak(asker.lang)
	said := strings.ReplaceAll(e.said, "@Bot", c.Mention(c.Bot()))
	button := strings.TrimSuffix(strings.TrimPrefix(said, "("), ")")
	wait, isWait := strings.CutPrefix(said, "⏰ ")
	switch {
	case said == opens:
		c.last = c.Open(asker.id)
	case said == invites:
		c.last = c.Invite(members[e.in]...)
	case "("+button+")" == said:
		c.last = c.last.Press(asker.id, button)
	case isWait:
		c.last = c.pass(wait)
	case e.in == alone:
		c.last = c.Say(asker.id, said)
	default:
		c.last = c.chats[e.in].Say(asker.id, said)
	}
	return c.read(e)
}

const (
	opens   = "(opens the chat)"
	invites = "(brings the bot into a group)"
)

// pass lets time pass, in which somebody may sign in.
func (c *lighthouse) pass(wait string) *commandtest.Answer {
	length, who, _ := strings.Cut(wait, ", ")
	if id, err := strconv.Atoi(strings.TrimSuffix(who, " is here")); err == nil {
		c.Portal.SetPerson(bitrix.UserID(id), func(p *portal.Person) { p.Online, p.AbsentUntil = true, time.Time{} })
	}
	d, _ := time.ParseDuration(length)
	return c.Sleep(d)
}

// read is what is answered, as many messages as there have to be.
func (c *lighthouse) read(e exchange) string {
	if e.says == "" {
		c.last.Nothing()
		return ""
	}
	var all []string
	for range strings.Count(e.says, "✉ ") + 1 {
		all = append(all, c.seen(e, c.last.Contains().Message()))
	}
	return strings.Join(all, "\n✉ ")
}

// markup is what is not seen of a message: commands to tap look like words, and moments are shown to everybody in their own zone.
var markup = regexp.MustCompile(`\[/?(b|send|put|timestamp)[ =][^]]*]|\[/?(b|send|put)]| \(\[timestamp[^)]*\)`)

// seen is a message as people see it, with its buttons.
func (c *lighthouse) seen(e exchange, m portal.Message) string {
	text := markup.ReplaceAllString(m.Text, "")
	if e.in != alone && slices.ContainsFunc(c.Portal.Dialogs(askers[e.by].id), func(d portal.Dialog) bool {
		return d.Kind == "private" && d.ChatID == m.ChatID
	}) {
		text = "🔒 " + text
	}
	var buttons []struct {
		Text string `json:"TEXT"`
	}
	_ = json.Unmarshal(m.Keyboard, &buttons) // the portal wrote it; a message without has none
	var labels []string
	for _, b := range buttons {
		if b.Text != "" {
			labels = append(labels, "("+b.Text+")")
		}
	}
	return strings.TrimSpace(text + "\n" + strings.Join(labels, " "))
}

// wrong says what is wrong with an answer; empty: it is as it should be.
func (e exchange) wrong(answer string) string {
	rest := answer
	for i, part := range strings.Split(e.says, " … ") {
		at := strings.Index(rest, part)
		if at < 0 || i == 0 && at > 0 {
			return "it does not say, in this place: " + part
		}
		rest = rest[at+len(part):]
	}
	for part := range strings.SplitSeq(e.hides, " … ") {
		if part != "" && strings.Contains(answer, part) {
			return "it must not say: " + part
		}
	}
	return ""
}
