package commands_test

import "testing"

// TestSpecificationOfGroups: in a group the bot hears what is meant for it, and answers where it was asked.
func TestSpecificationOfGroups(t *testing.T) {
	specify(t, []exchange{
		{"a command", "Мария", inTeam, "/whois 20", "Евгений Шеленков … Мобильный: +7 (916) 123-45-67", "🔒"},
		{"talk among people is not for the bot", "Tom", inTeam, "Who is Emma?", "", ""},
		{"nor is a name", "Мария", inTeam, "шеленков", "", ""},
		{"nor who only speaks of it", "Tom", inTeam, "I asked @Bot who Emma is", "", ""},
		{"a mention and a question", "Мария", inTeam, "@Bot кто такой Олег Миронов?", "Олег Миронов\nТестировщик", ""},
		{"a mention and a name", "Tom", inTeam, "@Bot emma", "Emma Clarke", ""},
		{"a mention and a number", "Tom", inTeam, "@Bot 20", "Евгений Шеленков", ""},
		{"a mention and a command later on", "Мария", inTeam, "спроси у @Bot /whois 20", "Евгений Шеленков", ""},
		{"a mention alone: what it can do", "Tom", inTeam, "@Bot", "Hello! … /whois … /help", ""},
		{
			"a greeting", "Tom", inTeam, "@Bot hello",
			"Hello! I know who is who in the company.\nMention me and say a name … (Who am I?)", "",
		},
		{"birthdays are for colleagues", "Мария", inTeam, "/birthdays", "Дни рождения … 🎂 Анна Смирнова: сегодня!", ""},
		{
			"several match, and another may press", "Мария", inTeam, "/whois смирнова",
			"По запросу «смирнова» нашлось несколько человек.", "",
		},
		{"in their own language", "Tom", inTeam, "(Анна Смирнова · Юрист)", "Анна Смирнова\nЮрист\n🟢 Online", ""},
		{
			"who is back is told in private", "Tom", inTeam, "/notify 22",
			"I will tell you in our private chat when Олег Миронов is back.", "",
		},
	})
}

// TestSpecificationWithGuests: where people from outside read along, there are no contacts and no birthdays. Who asks may have
// them in private.
func TestSpecificationWithGuests(t *testing.T) {
	const contacts = "916 … 495 … @ … (Call) … (Позвонить) … 🎂 … irthday … рождения"
	specify(t, []exchange{
		{
			"a card without contacts", "Мария", guests, "/whois 20",
			"Евгений Шеленков\nРуководитель разработки\n🟢 В сети … Во главе: Разработка / Маяк … " +
				"Контакты покажу в личном чате: здесь читают и люди не из компании.\n(Написать) … " +
				"(Прислать мне лично)", contacts,
		},
		{
			"in full, where only Мария reads", "Мария", guests, "(Прислать мне лично)",
			"🔒 Евгений Шеленков … 🎂 … Мобильный: +7 (916) 123-45-67", "",
		},
		{
			"in English", "Tom", guests, "/whois 20",
			"Евгений Шеленков … I will show contacts in a private chat: " +
				"people from outside the company read along here.\n(Message) … (Send it to me privately)", contacts,
		},
		{
			"privately in so many words", "Tom", guests, "/whois 20 privately",
			"🔒 Евгений Шеленков … Mobile: +7 (916) 123-45-67", "",
		},
		{
			"and in Russian", "Мария", guests, "/whois шеленков в личку",
			"🔒 Евгений Шеленков … Мобильный: +7 (916) 123-45-67", "",
		},
		{
			"not of oneself either", "Tom", guests, "/whois me",
			"Thomas O'Brien … I will show contacts in a private chat", "7946",
		},
		{
			"a phone finds nobody, or it would tell whose it is", "Tom", guests, "/whois 8 916 123 45 67",
			"I found nobody for “8 916 123 45 67”.", "Шеленков",
		},
		{
			"no contacts of a manager", "Мария", guests, "/manager 22",
			"Олег Миронов подчиняется:\nЕвгений Шеленков … Контакты покажу в личном чате", contacts,
		},
		{"who works together", "Мария", guests, "/team", "Разработка: 4 человека", contacts},
		{"who is away", "Tom", guests, "@Bot who's out?", "2 people are on leave today:", contacts},
		{
			"no birthdays, but a way to them", "Мария", guests, "/birthdays",
			"Здесь читают и люди не из компании, поэтому об этом не расскажу. Спросите меня в личном чате.\n" +
				"(Прислать мне лично)", "Анна … Евгений",
		},
		{
			"which is taken", "Мария", guests, "(Прислать мне лично)",
			"🔒 Дни рождения в ближайшие две недели:\n🎂 Анна Смирнова", "",
		},
		{"birthdays privately", "Tom", guests, "/birthdays privately", "🔒 Birthdays in the next two weeks:", ""},
		{"the help", "Tom", guests, "/help", "Here is what I can do … /whois", ""},
	})
}

// TestSpecificationOfOutsiders: guests of the company learn nothing about who works there, whatever they ask.
func TestSpecificationOfOutsiders(t *testing.T) {
	const (
		sorryRU = "Извините, я отвечаю только сотрудникам компании. Спросите о человеке того, с кем вы здесь работаете."
		sorryEN = "Sorry, I answer only people of the company. Please ask whoever you work with here."
		staff   = "Шеленков … Emma … Миронов … Анна … /whosout"
	)
	specify(t, []exchange{
		{"a number", "Пётр", alone, "/whois 20", sorryRU, staff},
		{"oneself", "Пётр", alone, "/whois", sorryRU, staff},
		{"in private, in so many words", "Пётр", alone, "/whois 20 лично", sorryRU, staff},
		{"a plain question", "Пётр", alone, "кто такой Шеленков?", sorryRU, staff},
		{"a bare name", "Пётр", alone, "Шеленков", sorryRU, staff},
		{"a team", "Пётр", alone, "/team 20", sorryRU, staff},
		{"a manager", "Пётр", alone, "/manager 20", sorryRU, staff},
		{"what the bot can do", "Пётр", alone, "/help", sorryRU, staff},
		{"a language", "Пётр", alone, "/lang en", sorryRU, staff},
		{"a collaborator", "Lada", alone, "/whois Emma", sorryEN, staff},
		{"who is away", "Lada", alone, "/whosout", sorryEN, staff},
		{"birthdays", "Lada", alone, "/birthdays", sorryEN, staff},
		{"when somebody is back", "Lada", alone, "/notify 22", sorryEN, staff},
		{"a command there is not", "Lada", alone, "/salary", sorryEN, staff},
		{"a greeting", "Lada", alone, "hi", sorryEN, staff},
		{"in a group, with a mention", "Lada", guests, "@Bot who is Emma Clarke", sorryEN, staff},
		{"in a group the portal gives guests no commands", "Пётр", guests, "/whois 20", "", ""},
		{"what a colleague asks", "Мария", guests, "/whois анна", "По запросу «анна» нашлось несколько человек.", ""},
		{"is not theirs to press", "Lada", guests, "(Анна Смирнова · Юрист)", sorryEN, "Анна"},
	})
}
