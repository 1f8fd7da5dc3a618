package commands_test

import "testing"

// TestSpecificationOfManagersAndTeams: who reports to whom, and who works together.
func TestSpecificationOfManagersAndTeams(t *testing.T) {
	specify(t, []exchange{
		{
			"my manager, with all it takes to reach them", "Мария", alone, "/manager",
			"Ваш руководитель:\nЕвгений Шеленков … (Написать) (Позвонить)", "",
		},
		{
			"in English", "Tom", alone, "/manager",
			"Your manager:\nEmma Clarke\nHead of Sales … Heads: Sales / Маяк … (Message)", "",
		},
		{"somebody's, by name", "Tom", alone, "/manager миронов олег", "The manager of Олег Миронов:\nЕвгений Шеленков", ""},
		{"by number", "Мария", alone, "/manager 31", "Thomas O'Brien подчиняется:\nEmma Clarke", ""},
		{"by mention", "Мария", alone, "/manager [USER=22]Олег[/USER]", "Олег Миронов подчиняется:\nЕвгений Шеленков", ""},
		{
			"the head of a department reports to the one above", "Tom", alone, "/manager Clarke",
			"The manager of Emma Clarke:\nГалина Громова", "",
		},
		{"so do those whose department has no head", "Новиков", alone, "/manager", "Ваш руководитель:\nГалина Громова", ""},
		{"nobody is above the director", "Tom", alone, "/manager 10", "The portal names no manager of Галина Громова.", ""},
		{"nor of who is in no department", "Тимур", alone, "/manager", "Кто ваш руководитель, на портале не указано.", ""},
		{"nor of a guest", "Tom", alone, "/manager 40", "The portal names no manager of Пётр Внешний.", ""},
		{
			"nobody is called so", "Мария", alone, "/manager неведомый",
			"По запросу «неведомый» никого не нашлось. … /manager @имя", "",
		},

		{
			"my team, as each is now", "Мария", alone, "/team",
			"Разработка: 4 человека\nВо главе: Евгений Шеленков, Руководитель разработки · 🟢 В сети\n" +
				"• Мария Чернышёва, Разработчик · ⚪ Не в сети\n" +
				"• Олег Миронов, Тестировщик · 🏖 В отпуске, вернётся 5 октября\n" +
				"• Ольга Миронова, Разработчик · 🏖 В отпуске, вернётся 24 сентября, но сейчас в сети\n(Обновить)", "",
		},
		{"refreshed where it is", "Мария", alone, "(Обновить)", "Разработка: 4 человека", ""},
		{
			"in English", "Tom", alone, "/team",
			"Sales: 7 people\nHead: Emma Clarke, Head of Sales · … \n• Ada Long, Analyst · ⚪ Offline … " +
				"• Thomas O'Brien, Sales Manager · 🟢 Online", "Мария",
		},
		{"somebody's, by name", "Tom", alone, "/team Shelenkov", "Разработка: 4 people\nHead: Евгений Шеленков", ""},
		{
			"by number", "Мария", alone, "/team 10",
			"Маяк: 2 человека\nВо главе: Галина Громова, Генеральный директор · 🟢 В сети\n• Анна Смирнова, Юрист", "Шеленков",
		},
		{
			"without a head", "Новиков", alone, "/team",
			"Бухгалтерия: 3 человека\n• Анна Смирнова, Бухгалтер · 🟢 В сети", "Во главе",
		},
		{"in no department", "Тимур", alone, "/team", "В каком вы отделе, на портале не указано.", ""},
		{"somebody in none", "Tom", alone, "/team 28", "The portal does not say which department Тимур Ахметов is in.", ""},
		{"nobody with the number", "Tom", alone, "/team 777", "There is nobody with the number 777 on the portal.", ""},
	})
}

// TestSpecificationOfLeave: who is on leave, and when they are back.
func TestSpecificationOfLeave(t *testing.T) {
	specify(t, []exchange{
		{
			"today, first who is back first", "Мария", alone, "/whosout",
			"Сегодня в отпуске 2 человека:\n• Ольга Миронова: вернётся 24 сентября\n• Олег Миронов: " +
				"вернётся 5 октября\n(Мой отдел) (На неделе)", "",
		},
		{
			"this week, as far as it can be known", "Tom", alone, "/whosout week",
			"2 people are on leave now.\nBack within a week:\n• Ольга Миронова: back on 24 September\n" +
				"Back after that:\n• Олег Миронов: back on 5 October\nI cannot see leave that has not begun yet.\n" +
				"(My department) (Today)", "",
		},
		{"a button goes back to today", "Tom", alone, "(Today)", "2 people are on leave today:", "Back within"},
		{
			"one's own department", "Мария", alone, "/whosout отдел",
			"Сегодня в отпуске 2 человека из вашего отдела:\n• Ольга Миронова", "",
		},
		{
			"both words, in any language", "Мария", alone, "/whosout team неделя",
			"Сейчас в отпуске 2 человека из вашего отдела.\nВернутся в течение недели:\n• Ольга", "",
		},
		{
			"nobody is away", "Tom", alone, "/whosout team",
			"Nobody in your department is on leave today.\n(Everyone) (This week)", "Миронов",
		},
		{"a button asks of everyone", "Tom", alone, "(Everyone)", "2 people are on leave today:", ""},
		{"everyone, in so many words", "Tom", alone, "/whosout everyone today", "2 people are on leave today:", ""},
		{"in no department", "Тимур", alone, "/whosout отдел", "Я не знаю, в каком вы отделе. Обо всех: /whosout", "Миронов"},
		{
			"a word it does not know is named", "Tom", alone, "/whosout team tomorrow",
			"I do not understand “tomorrow”. Here I expect: today, week. Write it like this: " +
				"/whosout ［team|everyone］ ［today|week］", "",
		},
		{
			"in Russian", "Мария", alone, "/whosout чепуха",
			"Не понимаю «чепуха». … Напишите так: /whosout ［отдел|все］ ［сегодня|неделя］", "",
		},
	})
}

// TestSpecificationOfBirthdays: whose birthday is soon, or on a day.
func TestSpecificationOfBirthdays(t *testing.T) {
	specify(t, []exchange{
		{
			"the next two weeks, without the year", "Мария", alone, "/birthdays",
			"Дни рождения в ближайшие две недели:\n🎂 Анна Смирнова: сегодня!\n" +
				"• Евгений Шеленков: завтра, 22 сентября\n• Мария Чернышёва: 3 октября\n(Поздравить: " +
				"Анна Смирнова)", "Олег … лет",
		},
		{
			"in English", "Tom", alone, "/birthdays", "Birthdays in the next two weeks:\n🎂 Анна Смирнова: today!\n" +
				"• Евгений Шеленков: tomorrow, 22 September\n• Мария Чернышёва: 3 October\n(Congratulate Анна Смирнова)", "",
		},
		{"today", "Tom", alone, "/birthdays today", "Birthdays on 21 September:\n🎂 Анна Смирнова: today!", "Евгений"},
		{"tomorrow", "Мария", alone, "/birthdays завтра", "Дни рождения 22 сентября:\n• Евгений Шеленков: завтра", "Анна"},
		{"a date", "Tom", alone, "/birthdays 25.12", "Birthdays on 25 December:\n• Thomas O'Brien: 25 December", ""},
		{
			"one that is next year", "Tom", alone, "/birthdays 14.02",
			"Birthdays on 14 February 2027:\n• Олег Миронов: 14 February", "",
		},
		{"as computers write it", "Tom", alone, "/birthdays 2026-10-03", "Birthdays on 3 October:\n• Мария Чернышёва", ""},
		{"a weekday", "Мария", alone, "/birthdays вторник", "Дни рождения 22 сентября:\n• Евгений Шеленков", ""},
		{
			"nobody's, as far as is known", "Мария", alone, "/birthdays пт",
			"Ни у кого из тех, о ком я знаю, нет дня рождения 25 сентября.", "",
		},
		{
			"a day there is not", "Мария", alone, "/birthdays 30.02",
			"Не понимаю «30.02». Здесь подойдёт: сегодня, завтра, день недели, 14.02 или 2026-02-14.", "",
		},
		{
			"a word that is no day", "Tom", alone, "/birthdays someday",
			"I do not understand “someday”. Here I expect: today, tomorrow, a weekday", "",
		},
		{
			"a word too many", "Tom", alone, "/birthdays 14.02 please",
			"I do not know what to do with “please”. Write it like this: /birthdays ［day］", "",
		},
	})
}
