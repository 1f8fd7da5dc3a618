package commands_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

const (
	ru commands.Language = "ru"
	en commands.Language = "en"
)

// The exact instants of the fixtures' dates.
const (
	at1705     = "([timestamp=1789999531 format=SHORT_DATE_FORMAT] [timestamp=1789999531 format=SHORT_TIME_FORMAT])"
	at1630     = "([timestamp=1789997400 format=SHORT_DATE_FORMAT] [timestamp=1789997400 format=SHORT_TIME_FORMAT])"
	onFriday   = "([timestamp=1789747140 format=SHORT_DATE_FORMAT] [timestamp=1789747140 format=SHORT_TIME_FORMAT])"
	inJune     = "([timestamp=1780297200 format=SHORT_DATE_FORMAT] [timestamp=1780297200 format=SHORT_TIME_FORMAT])"
	inMarch    = "([timestamp=1709283600 format=SHORT_DATE_FORMAT] [timestamp=1709283600 format=SHORT_TIME_FORMAT])"
	longAgo    = "([timestamp=1517236531 format=SHORT_DATE_FORMAT] [timestamp=1517236531 format=SHORT_TIME_FORMAT])"
	workRU     = "\n\nПодразделение: Отдел разработки\nРуководитель: Мария Тестова"
	workEN     = "\n\nDepartment: Отдел разработки\nManager: Мария Тестова"
	contactsRU = "\nМобильный: 79990000005\nРабочий: 74950000005, доб. 105\nПочта: eugene@demo.example\nДень рождения: 14 февраля"
	contactsEN = "\nMobile: 79990000005\nWork: 74950000005, ext. 105\nE-mail: eugene@demo.example\nBirthday: 14 February"
	helpRU     = "\n• [put=/whois ]/whois (имя, номер или @упоминание)[/put] — Кто это и на месте ли; без имени — о вас" +
		"\n• [put=/help ]/help (команда)[/put] — Что умеет бот"
	helpEN = "\n• [put=/whois ]/whois (name, number or @mention)[/put] — Who somebody is and whether they are in; no name: you" +
		"\n• [put=/help ]/help (command)[/put] — What the bot can do"
)

// A conversation is a line said to the bot and the text it answers.
type conversation struct {
	said string
	lang commands.Language
	want string
}

// talk checks conversations of person 7 with the bot 456 in a private chat.
func talk(t *testing.T, portal commands.People, r commands.Request, all []conversation) {
	t.Helper()
	set := setOf(t)
	r.Now, r.People = now, portal
	for _, c := range all {
		t.Run(string(c.lang)+" "+c.said, func(t *testing.T) {
			r.Lang = c.lang
			replies := say(t, set, commands.Message{Text: c.said, Private: true, Bot: 456}, r)
			var texts []string
			for _, reply := range replies {
				texts = append(texts, reply.Text)
			}
			if diff := cmp.Diff(c.want, strings.Join(texts, "\n\n")); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

var employee = commands.Request{Asker: commands.Asker{ID: 7}, Chat: commands.Chat{Private: true}}

// TestPeople asks for every kind of person there is.
func TestPeople(t *testing.T) {
	portal := people{}
	for _, fixture := range []string{
		"current", "female-away", "dnd", "break", "mobile", "online-but-stale", "on-leave", "bot", "extranet", "collaber",
		"connector", "inactive", "phones-false", "phones-partial", "all-dates-false", "nulls", "loose-types",
	} {
		u := person(t, fixture)
		portal[u.ID] = u
	}
	seed := person(t, "seed") // user 5 again, on a portal of 2018
	seed.ID = 2018
	portal[2018] = seed

	talk(t, portal, employee, []conversation{
		{"/whois 5", ru, "[b]Евгений Шеленков[/b]\nВедущий разработчик\n🟢 В сети\nПоследняя активность: 7 минут назад " + at1705 + workRU + contactsRU},
		{"/whois 5", en, "[b]Евгений Шеленков[/b]\nВедущий разработчик\n🟢 Online\nLast active 7 minutes ago " + at1705 + workEN + contactsEN},

		{"/whois 6", ru, "[b]Мария Тестова[/b]\nАналитик\n⚪ Не в сети\nЗаходила 43 минуты назад " + at1630 + "\n\nВо главе: Отдел разработки" + strings.Replace(contactsRU, "eugene", "maria", 1)},
		{"/whois 6", en, "[b]Мария Тестова[/b]\nАналитик\n⚪ Offline\nLast active 43 minutes ago " + at1630 + "\n\nHeads: Отдел разработки" + strings.Replace(contactsEN, "eugene", "maria", 1)},

		{"/whois 8", ru, "[b]Олег Проверкин[/b]\nВедущий разработчик\n🔴 Просит не беспокоить\nПоследняя активность: 7 минут назад " + at1705 + workRU + contactsRU},
		{"/whois 8", en, "[b]Олег Проверкин[/b]\nВедущий разработчик\n🔴 Do not disturb\nLast active 7 minutes ago " + at1705 + workEN + contactsEN},

		{"/whois 9", ru, "[b]Ольга Примерова[/b]\nВедущий разработчик\n🟡 На перерыве\nЗаходила 7 минут назад " + at1705 + workRU + contactsRU},
		{"/whois 9", en, "[b]Ольга Примерова[/b]\nВедущий разработчик\n🟡 On a break\nLast active 7 minutes ago " + at1705 + workEN + contactsEN},

		{"/whois 10", ru, "[b]Иван Мобильный[/b]\nВедущий разработчик\n🟢 В сети, с телефона\nПоследняя активность: 7 минут назад " + at1705 + workRU + contactsRU},
		{"/whois 10", en, "[b]Иван Мобильный[/b]\nВедущий разработчик\n🟢 Online, on the phone app\nLast active 7 minutes ago " + at1705 + workEN + contactsEN},

		{"/whois 11", ru, "[b]Сергей Давний[/b]\nВедущий разработчик\n⚪ Не в сети\nПоследняя активность: 3 месяца назад " + inJune + workRU + contactsRU},
		{"/whois 11", en, "[b]Сергей Давний[/b]\nВедущий разработчик\n⚪ Offline\nLast active 3 months ago " + inJune + workEN + contactsEN},

		{"/whois 12", ru, "[b]Ирина Отпускова[/b]\nВедущий разработчик\n🏖 В отпуске, вернётся 5 октября\nЗаходила 3 дня назад " + onFriday + workRU + contactsRU},
		{"/whois 12", en, "[b]Ирина Отпускова[/b]\nВедущий разработчик\n🏖 On leave, back on 5 October\nLast active 3 days ago " + onFriday + workEN + contactsEN},

		{"/whois 13", ru, "[b]Бывший Сотрудник[/b]\nВедущий разработчик\n⚫ Больше не работает в компании\nПоследняя активность: больше 2 лет назад " + inMarch},
		{"/whois 13", en, "[b]Бывший Сотрудник[/b]\nВедущий разработчик\n⚫ No longer with the company\nLast active over 2 years ago " + inMarch},

		{"/whois 14", ru, "[b]Без Телефонов[/b]\nВедущий разработчик\n🟢 В сети\nПоследняя активность: 7 минут назад " + at1705 + workRU + "\nПочта: eugene@demo.example\nДень рождения: 14 февраля"},
		{"/whois 14", en, "[b]Без Телефонов[/b]\nВедущий разработчик\n🟢 Online\nLast active 7 minutes ago " + at1705 + workEN + "\nE-mail: eugene@demo.example\nBirthday: 14 February"},

		{"/whois 15", ru, "[b]Евгений Шеленков[/b]\nВедущий разработчик\n🟢 В сети\nПоследняя активность: 7 минут назад " + at1705 + workRU + "\nВнутренний: 115\nПочта: eugene@demo.example\nДень рождения: 14 февраля"},
		{"/whois 15", en, "[b]Евгений Шеленков[/b]\nВедущий разработчик\n🟢 Online\nLast active 7 minutes ago " + at1705 + workEN + "\nExtension: 115\nE-mail: eugene@demo.example\nBirthday: 14 February"},

		{"/whois 16", ru, "[b]Ни Разу[/b]\nВедущий разработчик\n⚪ Входов на портал ещё не было\nПоследняя активность: ещё не было" + workRU + contactsRU},
		{"/whois 16", en, "[b]Ни Разу[/b]\nВедущий разработчик\n⚪ Has never signed in\nLast activity: none yet" + workEN + contactsEN},

		{"/whois 17", ru, "[b]Логин17[/b]\nДолжность не указана\n🟢 В сети\nПоследняя активность: 7 минут назад " + at1705 + "\n\nПочта: eugene@demo.example"},
		{"/whois 17", en, "[b]Логин17[/b]\nPosition not given\n🟢 Online\nLast active 7 minutes ago " + at1705 + "\n\nE-mail: eugene@demo.example"},

		{"/whois 19", ru, "[b]Евгений Шеленков[/b]\nВедущий разработчик\n🟢 В сети\nПоследняя активность: 7 минут назад " + at1705 + workRU + "\nПочта: eugene@demo.example\nДень рождения: 14 февраля"},

		{"/whois 31", ru, "[b]Пётр Внешний[/b]\nНе из нашей компании, должность не указана\n🟢 В сети\nПоследняя активность: 7 минут назад " + at1705 + "\n\nПочта: petr@partner.example"},
		{"/whois 31", en, "[b]Пётр Внешний[/b]\nNot from our company, position not given\n🟢 Online\nLast active 7 minutes ago " + at1705 + "\n\nE-mail: petr@partner.example"},

		{"/whois 32", ru, "[b]Гость Коллабов[/b]\nНе из нашей компании, должность не указана\n🟢 В сети\nПоследняя активность: 7 минут назад " + at1705 + "\n\nПочта: guest@partner.example"},
		{"/whois 88", ru, "[b]Гость 88[/b]\nНе из нашей компании, должность не указана\n💬 Пользователь Открытой линии\nПоследняя активность: нет данных"},
		{"/whois 88", en, "[b]Гость 88[/b]\nNot from our company, position not given\n💬 Open Channel user\nLast activity: no data"},

		{"/whois 456", ru, "[b]Справочник[/b]\nЧат-бот\n🤖 Это чат-бот, а не человек"},
		{"/whois 456", en, "[b]Справочник[/b]\nЧат-бот\n🤖 A chat bot, not a person"},

		{"/whois 2018", ru, "[b]Евгений Шеленков[/b]\nДолжность не указана\n⚪ Не в сети\nПоследняя активность: больше 8 лет назад " + longAgo + workRU},
		{"/whois 2018", en, "[b]Евгений Шеленков[/b]\nPosition not given\n⚪ Offline\nLast active over 8 years ago " + longAgo + workEN},
	})
}

// TestWordings asks for the same people in every way that is understood.
func TestWordings(t *testing.T) {
	card := func(name string) string {
		return "[b]" + name + "[/b]\nДолжность не указана\n⚪ Входов на портал ещё не было\nПоследняя активность: ещё не было"
	}
	portal := people{
		5: {ID: 5, Active: true, Name: "Пятый"},
		6: {ID: 6, Active: true, Name: "Шестой"},
		7: {ID: 7, Active: true, Name: "Я Сам"},
	}
	talk(t, portal, employee, []conversation{
		{"/whois", ru, card("Я Сам")},
		{"/whois me", ru, card("Я Сам")},
		{"/whois Я", ru, card("Я Сам")},
		{"whois", ru, card("Я Сам")},
		{"/whois #5", ru, card("Пятый")},
		{"/whois @5", ru, card("Пятый")},
		{"/whois №5", ru, card("Пятый")},
		{"/whois № 5", ru, card("Пятый")},
		{"/whois id5", ru, card("Пятый")},
		{"/whois ID 5", ru, card("Пятый")},
		{"/whois id: 5", ru, card("Пятый")},
		{"/whois 005", ru, card("Пятый")},
		{"/whois 5?", ru, card("Пятый")},
		{"(/whois 5)", ru, card("Пятый")},
		{"/WHOIS 5", ru, card("Пятый")},
		{"/whois\t5", ru, card("Пятый")},
		{"/whois\u00a0\u200b5\u200f", ru, card("Пятый")},
		{"Whois 5", ru, card("Пятый")},
		{"/whois: 5", ru, card("Пятый")},
		{"Подскажи, /whois 5", ru, card("Пятый")},
		{"/whois [USER=5]Шестой 6[/USER]", ru, card("Пятый")},
		{"/whois [USER=5 REPLACE]Шестой[/USER], пожалуйста", ru, card("Пятый")},
		{"/whois 6 [user=5][/user]", ru, card("Пятый")},
		{"/whois [USER=5]Пятый[/USER] [USER=6]Шестой[/USER]", ru, card("Пятый")},
		{"/whois 5\n/whois 6", ru, card("Пятый") + "\n\n" + card("Шестой")},
		{"[b]/whois[/b] [i]5[/i]", ru, card("Пятый")},
	})
}

// TestMisunderstandings is for everything that cannot be answered: there are words for each.
func TestMisunderstandings(t *testing.T) {
	unclearRU := func(query string) string {
		return "Не понимаю, о ком речь: «" + query + "». Укажите имя, номер сотрудника или упомяните его: [put=/whois ]/whois Иванов[/put], [put=/whois ]/whois 5[/put] или [put=/whois ]/whois @имя[/put]."
	}
	unclearEN := func(query string) string {
		return "I cannot tell whom you mean by “" + query + "”. Give a name, a person's number or mention them: [put=/whois ]/whois Smith[/put], [put=/whois ]/whois 5[/put] or [put=/whois ]/whois @name[/put]."
	}
	noneRU := func(query string) string {
		return "По запросу «" + query + "» никого не нашлось. Проверьте, как пишется имя, сократите его или упомяните человека: [put=/whois ]/whois @имя[/put]."
	}
	talk(t, people{}, employee, []conversation{
		{"/whois 999999", ru, "Человека с номером 999999 на портале нет. Проверьте номер или упомяните человека: [put=/whois ]/whois @имя[/put]."},
		{"/whois 999999", en, "There is nobody with the number 999999 on the portal. Check the number or mention the person: [put=/whois ]/whois @name[/put]."},
		{"/whois 9007199254740992", en, "There is nobody with the number 9007199254740992 on the portal. Check the number or mention the person: [put=/whois ]/whois @name[/put]."},
		{"/whois 9007199254740993", en, unclearEN("9007199254740993")},
		{"/whois abc", ru, noneRU("abc")},
		{"/whois abc", en, "I found nobody for “abc”. Check the spelling, use fewer letters, or mention the person: [put=/whois ]/whois @name[/put]."},
		{"/whois я ", ru, "Человека с номером 7 на портале нет. Проверьте номер или упомяните человека: [put=/whois ]/whois @имя[/put]."},
		{"/whois ю", ru, unclearRU("ю")},
		{"/whois -1", ru, unclearRU("-1")},
		{"/whois 0", ru, unclearRU("0")},
		{"/whois 5.5", ru, unclearRU("5.5")},
		{"/whois 5abc", ru, noneRU("5abc")},
		{"/whois ５", ru, unclearRU("５")},
		{"/whois Евгений Шеленков", ru, noneRU("Евгений Шеленков")},
		{"/whois [USER=all]Все[/USER]", ru, unclearRU("Все")},
		{"/whois [USER=0]Никто[/USER]", ru, unclearRU("Никто")},
		{"/whois [send=/whois 1]жми[/send]", ru, noneRU("жми")},
		{"/whois /etc", ru, noneRU("／etc")},
		{"/whois [TEAM=1]", ru, unclearRU("［TEAM=1]")},
		{"/whois " + strings.Repeat("ы", 10_000), ru, unclearRU(strings.Repeat("ы", 40) + "…")},
		{"/whois " + strings.Repeat("9", 10_000), en, unclearEN(strings.Repeat("9", 40) + "…")},

		{"/help", ru, "[b]Вот что я умею[/b]" + helpRU},
		{"/help", en, "[b]Here is what I can do[/b]" + helpEN},
		{"/команда 5", ru, "Команды «/команда» я не знаю. [b]Вот что я умею:[/b]" + helpRU},
		{"/who 5", en, "I do not know the command “/who”. [b]Here is what I can do:[/b]" + helpEN},
		{"/who 5", "", "I do not know the command “/who”. [b]Here is what I can do:[/b]" + helpEN},

		{"", ru, ""},
		{" \n ", ru, ""},
	})
}

func TestPortalHidesAPerson(t *testing.T) {
	talk(t, failing{bitrix.ErrAccessDenied}, employee, []conversation{
		{"/whois 5", ru, "Портал не разрешает мне посмотреть этот профиль. Если он нужен для работы, обратитесь к администратору портала."},
		{"/whois 5", en, "The portal does not let me see this profile. If you need it for work, ask your portal's administrator."},
	})
}

func TestPortalKnowsNoSuchNumber(t *testing.T) {
	talk(t, failing{bitrix.ErrIDEmpty}, employee, []conversation{
		{"/whois 5", ru, "Человека с номером 5 на портале нет. Проверьте номер или упомяните человека: [put=/whois ]/whois @имя[/put]."},
	})
}

// TestOutsiderAsks: the bot reads with rights of staff, so it must not lend them to guests.
func TestOutsiderAsks(t *testing.T) {
	const (
		refusedRU = "Извините, я отвечаю только сотрудникам компании. Спросите о человеке того, с кем вы здесь работаете."
		refusedEN = "Sorry, I answer only people of the company. Please ask whoever you work with here."
	)
	guest := commands.Request{Asker: commands.Asker{ID: 31, Outsider: true}, Chat: commands.Chat{Private: true, Outsiders: true}}
	talk(t, failing{}, guest, []conversation{
		{"/whois 5", ru, refusedRU},
		{"/whois 5", en, refusedEN},
		{"/whois", ru, refusedRU},
		{"/help", ru, refusedRU},
		{"/other", ru, refusedRU},
		{"Привет", ru, refusedRU},
	})
}

// TestOutsidersReadAlong: a colleague asks where guests can read.
func TestOutsidersReadAlong(t *testing.T) {
	portal := people{5: person(t, "current"), 88: person(t, "connector")}
	asked := employee
	asked.Chat = commands.Chat{Outsiders: true}
	talk(t, portal, asked, []conversation{
		{"/whois 5", ru, "[b]Евгений Шеленков[/b]\nВедущий разработчик\n🟢 В сети\nПоследняя активность: 7 минут назад " + at1705 + "\n\nПодразделение: Отдел разработки\nКонтакты покажу в личном чате: здесь читают и люди не из компании."},
		{"/whois 5", en, "[b]Евгений Шеленков[/b]\nВедущий разработчик\n🟢 Online\nLast active 7 minutes ago " + at1705 + "\n\nDepartment: Отдел разработки\nI will show contacts in a private chat: people from outside the company read along here."},
		{"/whois 88", ru, "[b]Гость 88[/b]\nНе из нашей компании, должность не указана\n💬 Пользователь Открытой линии\nПоследняя активность: нет данных"},
	})
}

// TestContacts: each number has its own word, and an empty one none.
func TestContacts(t *testing.T) {
	portal := people{
		1: {Phones: bitrix.Phones{Mobile: "1", Work: "2", Inner: "3", Personal: "4"}},
		2: {Phones: bitrix.Phones{Work: "2", Personal: " "}},
		3: {Phones: bitrix.Phones{Inner: "3"}, Website: "https://example.org"},
		4: {WorkPosition: "Юрист", Type: "extranet"},
	}
	for id, u := range portal {
		u.ID, u.Active, u.Name, u.LastActivity = id, true, "Анна", before(0)
		portal[id] = u
	}
	justNow := "\n🟢 В сети\nПоследняя активность: только что " + exact(now)
	talk(t, portal, employee, []conversation{
		{"/whois 1", ru, "[b]Анна[/b]\nДолжность не указана" + justNow + "\n\nМобильный: 1\nРабочий: 2, доб. 3\nЛичный телефон: 4"},
		{"/whois 2", ru, "[b]Анна[/b]\nДолжность не указана" + justNow + "\n\nРабочий: 2"},
		{"/whois 3", ru, "[b]Анна[/b]\nДолжность не указана" + justNow + "\n\nВнутренний: 3\nСайт: https://example.org"},
		{"/whois 4", ru, "[b]Анна[/b]\nЮрист (не из нашей компании)" + justNow},
	})
}
