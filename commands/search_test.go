package commands_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/commandtest"
)

// crowdNames are of those nobody asks for by name.
var (
	crowdFirst = strings.Fields("Алексей Андрей Борис Вадим Виктор Глеб Денис Егор Иван Игорь Кирилл Максим Никита Павел Роман Сергей Фёдор Юрий James Peter")
	crowdLast  = strings.Fields(`Абрамов Белов Волков Громов Давыдов Ершов Жуков Зайцев Ильин Козлов Лебедев Морозов Новиков Орлов Поляков Рябов
		Соколов Тарасов Уваров Филиппов Хромов Цветков Чистяков Широков Щербаков Юдин Яковлев Brown Cooper Fisher`)
)

// largeOffice is an office of 5,000 in 50 departments, some of whom are asked for. Oleg, who asks, is returned.
func largeOffice(t testing.TB) (*commandtest.Office, bitrix.UserID) {
	t.Helper()
	office := commandtest.New(t, commands.Whois(), commands.Help())
	var units []int64
	for i := range 50 {
		units = append(units, int64(office.Department(fmt.Sprint("Отдел ", i+1), 0)))
	}
	for i := range 4990 {
		first, last := crowdFirst[i%len(crowdFirst)], crowdLast[i/len(crowdFirst)%len(crowdLast)]
		office.Portal.Hire(portal.Person{
			ID: bitrix.UserID(1001 + i), First: first, Last: last, Active: true, Departments: []int64{units[i%50]},
			Phones: bitrix.Phones{Inner: fmt.Sprint(20_000 + i)}, Position: "Инженер",
		})
	}
	known := []bitrix.User{
		{ID: 20, Name: "Oleg Petrov"},
		{
			ID: 21, Name: "Евгений Шеленков", WorkPosition: "Архитектор", Email: "eugene@demo.example",
			Phones: bitrix.Phones{Mobile: "+7 (916) 123-45-67", Inner: "105"},
		},
		{ID: 22, Name: "Мария Чернышёва", WorkPosition: "Директор"},
		{ID: 23, Name: "Thomas O’Brien", WorkPosition: "Counsel"},
		{ID: 24, Name: "Анна Смирнова", WorkPosition: "Бухгалтер"},
		{ID: 25, Name: "Анна Смирнова", WorkPosition: "Юрист"},
		{ID: 105, Name: "Сто Пятый"},
	}
	for _, u := range known {
		u.Departments = units[:1]
		office.Hire(u)
	}
	office.Speak(ru)
	return office, 20
}

// requests are made of the portal while a question is answered, the message included.
func requests(office *commandtest.Office, ask func() *commandtest.Answer) (*commandtest.Answer, int) {
	office.Sleep(2 * time.Minute) // the portal remembers the calls of one
	answer := ask()
	return answer, len(office.Portal.Calls())
}

// TestSearchAmongThousands: what people type finds who is meant, and costs one look-up and one message. A list costs no look-up.
func TestSearchAmongThousands(t *testing.T) {
	office, oleg := largeOffice(t)
	const (
		eugene = "[b]Евгений Шеленков[/b]"
		maria  = "[b]Мария Чернышёва[/b]"
		anna   = "нашлось несколько человек"
		near   = "никого не нашлось. Может быть, вам нужен"
		nobody = "никого не нашлось. Проверьте"
	)
	for _, tt := range []struct {
		said, first string
		requests    int // at most
	}{
		{"/whois Шеленков", eugene, 2},
		{"/whois евгений шеленков", eugene, 2},
		{"/whois Шеленков Евгений", eugene, 2},
		{"/whois шелен", eugene, 2},
		{"/whois Шеленкову", eugene, 2},
		{"/whois Женя Шеленков", eugene, 2},
		{"/whois шелинков", eugene, 2},
		{"/whois Shelenkov", eugene, 2},
		{"/whois Itktyrjd", eugene, 2},
		{"/whois eugene@demo.example", eugene, 2},
		{"/whois <EUGENE@demo.example>", eugene, 2},
		{"/whois +7 916 123-45-67", eugene, 2},
		{"/whois 8 (916) 123 45 67", eugene, 2},
		{"/whois 89161234567", eugene, 2},
		{"/whois доб. 105", eugene, 2},
		{"/whois 20003", "[b]Вадим Абрамов[/b]", 3}, // nobody has the number, somebody the extension
		{"/whois 105", "[b]Сто Пятый[/b]", 2},       // a number of a person comes first
		{"/whois чернышева", maria, 2},
		{"/whois Chernyshova Maria", maria, 2},
		{"/whois O'Brien", "[b]Thomas O’Brien[/b]", 2},
		{"/whois O’Brien", "[b]Thomas O’Brien[/b]", 2},
		{"/whois директор", maria, 2},

		// However it is written.
		{"/whois\u00a0шеленков", eugene, 2},
		{"/whois\tЕвгений\t\tШеленков", eugene, 2},
		{"/whois «Шеленков»", eugene, 2},
		{"/whois “Шеленков”", eugene, 2},
		{"/whois „Шеленков“", eugene, 2},
		{"/whois \"Евгений\u00a0Шеленков\"", eugene, 2},
		{"/whois @Шеленков", eugene, 2},
		{"/whois ШЕЛЕНКОВ!", eugene, 2},
		{"/Whois шеленков", eugene, 2},
		{"/whois [USER=22]Евгений Шеленков[/USER]", maria, 2}, // the mention wins over the shown name
		{"/whois шеленков [USER=22]Евгений Шеленков[/USER]", maria, 2},

		{"/whois анна смирнова", anna, 1},
		{"/whois иван", anna, 1},
		{"/whois и", anna, 1},
		{"/whois ш", anna, 1},
		{"/whois Пётр Шеленков", near, 2}, // nobody has both
		{"/whois неведомый", nobody, 2},
		{"/whois nobody@demo.example", nobody, 1},
		{"/whois +7 999 000-00-00", nobody, 1},
		{"/whois ъ", "Не понимаю", 1},
		{"/whois %", "Не понимаю", 1},
		{"/whois _", "Не понимаю", 1},
		{"/whois " + strings.Repeat("ы", 10_000), "Не понимаю", 1},
		{"/whois " + strings.Repeat("9", 10_000), "Не понимаю", 1},
	} {
		answer, n := requests(office, func() *commandtest.Answer { return office.Say(oleg, tt.said) })
		first, _, _ := strings.Cut(answer.Contains("").Message().Text, "\n")
		if !strings.Contains(first, tt.first) || n > tt.requests {
			t.Errorf("%.60q: %d requests, %s", tt.said, n, first)
		}
	}
}

// knownStaff is the staff as the bot has read it.
func knownStaff(p people) *commands.Staff {
	var read bitrix.Staff
	for _, id := range slices.Sorted(maps.Keys(p)) {
		read.People = append(read.People, p[id])
	}
	return commands.NewStaff(now, read)
}

// asks is a question about somebody, where the staff is known.
func asks(args string, portal commands.People, staff *commands.Staff) commands.Request {
	return commands.Request{Name: "whois", Args: args, Asker: commands.Asker{ID: 7}, Lang: en, Now: now, People: portal, Staff: staff}
}

// TestWhoIsNotOnTheStaff is found by the portal's search: who has no department, and who began after the staff was read.
func TestWhoIsNotOnTheStaff(t *testing.T) {
	staff := people{5: {ID: 5, Active: true, Name: "Анна Смирнова"}}
	portal := people{
		5: staff[5], 31: {ID: 31, Active: true, Name: "Анна Смирновская"}, 32: {ID: 32, Active: true, Name: "Яна"},
	}
	for args, want := range map[string]string{
		"смирнова":       "[b]Анна Смирнова[/b]",
		"смирновская":    "[b]Анна Смирновская[/b]",
		"Smirnovskaya":   "[b]Анна Смирновская[/b]",
		"яна":            "[b]Яна[/b]",
		"zyf":            "[b]Яна[/b]",
		"Ольга Смирнова": "I found nobody for “Ольга Смирнова”. Did you mean this person?\n• Анна Смирнова (No. 5)",
		"Ольга":          "I found nobody for “Ольга”.",
	} {
		if got := run(t, setOf(t), asks(args, portal, knownStaff(staff))).Text; !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s", args, got)
		}
	}
}

// TestWhoLeftMeanwhile: the staff is an hour old, the card is of now.
func TestWhoLeftMeanwhile(t *testing.T) {
	staff := people{5: {ID: 5, Active: true, Name: "Анна Смирнова"}, 6: {ID: 6, Active: true, Name: "Олег Удалённый"}}
	portal := people{5: {ID: 5, Name: "Анна Смирнова", WorkPosition: "Юрист"}}
	got := run(t, setOf(t), asks("смирнова", portal, knownStaff(staff))).Text
	if !strings.HasPrefix(got, "[b]Анна Смирнова[/b]\nЮрист") || strings.Contains(got, "nobody") {
		t.Errorf("dismissed: %s", got)
	}
	if got := run(t, setOf(t), asks("удалённый", portal, knownStaff(staff))).Text; !strings.HasPrefix(got, "I found nobody") {
		t.Errorf("gone: %s", got)
	}
}

// searchesContacts is a portal whose search knows contacts too, as those of some companies do.
type searchesContacts struct {
	people
	asked *atomic.Int64 // searches and look-ups
}

func (p searchesContacts) User(ctx context.Context, id bitrix.UserID) (bitrix.User, error) {
	p.asked.Add(1)
	return p.people.User(ctx, id)
}

func (p searchesContacts) SearchUsers(_ context.Context, find string, _ int) (found []bitrix.FoundUser, _ error) {
	p.asked.Add(1)
	for _, id := range slices.Sorted(maps.Keys(p.people)) {
		if u := p.people[id]; strings.Contains(u.Name+u.WorkPosition+u.Email+u.Phones.Mobile, find) {
			found = append(found, bitrix.FoundUser{ID: id, Name: u.Name})
		}
	}
	return found, nil
}

// TestContactsWithoutStaff: whoever the portal finds by a contact has to have it.
func TestContactsWithoutStaff(t *testing.T) {
	const mine, nobody = "[b]Евгений Шеленков[/b]", "I cannot look for phones and e-mail addresses here"
	portal := people{
		5: {ID: 5, Active: true, Name: "Евгений Шеленков", Email: "eugene@demo.example", Phones: bitrix.Phones{Mobile: "+79161234567"}},
		6: {ID: 6, Active: true, Name: "Спам 89161234567", WorkPosition: "+79161234567 eugene@demo.example"},
		8: {ID: 8, Active: true, Name: "Олег", Email: "both@demo.example"},
		9: {ID: 9, Active: true, Name: "Ольга", Email: "both@demo.example"},
	}
	for said, want := range map[string]string{
		"eugene@demo.example": mine,
		"+7 (916) 123-45-67":  mine,
		"+79161234567":        mine,
		"79161234567":         mine,
		"79160000000":         "There is nobody with the number 79160000000",
		"both@demo.example":   "Several people match “both@demo.example”.",
		"nobody@demo.example": nobody,
		"+7 916 000-00-00":    nobody,
	} {
		var asked atomic.Int64
		if got := run(t, setOf(t), asks(said, searchesContacts{portal, &asked}, nil)).Text; !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s", said, got)
		}
		if n := asked.Load(); n > 4 {
			t.Errorf("%s: the portal was asked %d things", said, n)
		}
	}
	var asked atomic.Int64
	guests := asks("eugene@demo.example", searchesContacts{portal, &asked}, nil)
	guests.Chat.Outsiders = true
	if got := run(t, setOf(t), guests).Text; strings.Contains(got, "Шеленков") {
		t.Errorf("where contacts may not be told: %s", got)
	}
}

// TestWithoutStaff: what the portal does not find is said. Names are looked for in three ways.
func TestWithoutStaff(t *testing.T) {
	portal := people{5: {ID: 5, Active: true, Name: "Евгений Шеленков"}}
	const contact = "I cannot look for phones and e-mail addresses here"
	for args, want := range map[string]string{
		"eugene@demo.example": contact,
		"+7 916 123-45-67":    contact,
		"доб. 105":            contact,
		"89161234567":         "There is nobody with the number 89161234567",
		"Itktyrjd":            "[b]Евгений Шеленков[/b]",
		"Shelenkov":           "[b]Евгений Шеленков[/b]",
		"Tdutybq Itktyrjd":    "[b]Евгений Шеленков[/b]",
	} {
		if got := run(t, setOf(t), asks(args, portal, nil)).Text; !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s", args, got)
		}
	}
}

// TestPickListGoesOn: further people are on further pages, five at most, in the place of the one before.
func TestPickListGoesOn(t *testing.T) {
	office := commandtest.New(t, commands.Whois())
	oleg := office.Hire(bitrix.User{Name: "Oleg"})
	for i := range 60 {
		office.Hire(bitrix.User{FirstName: "Ivan", LastName: fmt.Sprintf("Petrov %02d", i)})
	}
	page := func(first int, buttons ...string) []string {
		var names []string
		for i := range 10 {
			names = append(names, fmt.Sprintf("Ivan Petrov %02d", first+i))
		}
		return append(names, buttons...)
	}
	const left = "And at least 40 more: please be more precise."
	list := office.Say(oleg, "/whois ivan").Contains("Several people match “ivan”. Whom do you mean?", left).Offers(page(0, "More")...)
	for first := 10; first < 40; first += 10 {
		list = list.Press(oleg, "More").Contains("“ivan”").Offers(page(first, "Back", "More")...)
	}
	list = list.Press(oleg, "More").Contains("“ivan”").Offers(page(40, "Back")...)
	list.Press(oleg, "Back").Contains("• Ivan Petrov 30").Press(oleg, "Ivan Petrov 37").Contains("[b]Ivan Petrov 37[/b]")
}

// TestMannersInAName: "please" is nobody, unless somebody is called so. It costs no search more.
func TestMannersInAName(t *testing.T) {
	portal := people{5: {ID: 5, Active: true, Name: "Анна Смирнова"}, 6: {ID: 6, Active: true, Name: "Анна Бот"}}
	for said, want := range map[string]string{
		"смирнова, пожалуйста":             "[b]Анна Смирнова[/b]",
		"пожалуйста анна смирнова спасибо": "[b]Анна Смирнова[/b]",
		"5 please":                    "[b]Анна Смирнова[/b]",
		"[USER=5]Анна[/USER] спасибо": "[b]Анна Смирнова[/b]",
		"анна бот":                    "[b]Анна Бот[/b]",
		"бот":                         "[b]Анна Бот[/b]",
		"анна бот, пожалуйста":        "Several people match “анна”.", // no part of the name is left
		"неведомый, пожалуйста":       "I found nobody for “неведомый”.",
		"пожалуйста":                  "I found nobody for “пожалуйста”.",
	} {
		var asked atomic.Int64
		got := run(t, setOf(t), asks(said, searchesContacts{portal, &asked}, knownStaff(portal))).Text
		if !strings.HasPrefix(got, want) || asked.Load() > 3 { // a search in three readings
			t.Errorf("%s: %d things asked of the portal, %s", said, asked.Load(), got)
		}
	}
}
