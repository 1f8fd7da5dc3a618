package commands_test

import (
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/commandtest"
)

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
	t     *placed
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
			LastActivity: ago(3 * days), Absent: until(time.October, 5), TimeZone: "Asia/Novosibirsk",
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
			LastActivity: ago(3 * minutes), MobileLast: ago(3 * minutes), TimeZone: "Europe/London",
		},
		{
			ID: 35, Name: "Зоя Давняя", Gender: "F", WorkPosition: "Консультант", Departments: []int64{sales},
			LastActivity: ago(800 * days),
		},
		{
			ID: 36, Name: "Ada Long", WorkPosition: "Analyst", Departments: []int64{sales}, LastActivity: ago(30 * hours),
			TimeZone: "Asia/Yekaterinburg",
		},
		{ID: 40, Name: "Пётр Внешний", Extranet: true, Email: "petr@partner.example"},
		{ID: 41, Name: "Lada Guest", Extranet: true, Type: "collaber"},
		{ID: 42, Name: "Гость сайта", Connector: true},
		{
			ID: 98, Name: "Захар[b] [send=/whois 1]Кавычкин[/send]", WorkPosition: "[USER=all]Все[/USER]\n/whois 1 <b>",
			Departments: []int64{books},
		},
	}
}

var departments = []portal.Department{
	{Name: "Маяк", Head: 10},
	{Name: "Разработка", Parent: 1, Head: 20},
	{Name: "Sales", Parent: 1, Head: 30},
	{Name: "Бухгалтерия", Parent: 1}, // without a head
}

func openMayak(t *testing.T, profile portal.Profile) *lighthouse {
	t.Helper()
	p := &placed{TB: t}
	c := &lighthouse{Office: commandtest.With(p, defaults(t)), t: p}
	c.Portal.SetProfile(profile)
	for _, u := range mayak(c.Now()) {
		c.Hire(u)
	}
	c.Portal.SetPerson(26, func(p *portal.Person) { p.Online, p.LastSeen = false, time.Time{} }) // has never signed in
	c.Portal.SetPerson(27, func(p *portal.Person) { p.Active = false })                          // has left
	for _, d := range departments {
		c.Portal.AddDepartment(d)
	}
	c.chats = map[chat]*commandtest.Chat{inTeam: c.Group(members[inTeam]...), guests: c.Group(members[guests]...)}
	return c
}
