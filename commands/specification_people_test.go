package commands_test

import "testing"

// TestSpecificationOfFinding: whoever is meant, however they are named, one line is enough.
func TestSpecificationOfFinding(t *testing.T) {
	specify(t, []exchange{
		// What people know of each other.
		{
			"nothing said is oneself", "Мария", alone, "/whois",
			"Мария Чернышёва\nРазработчик\n⚪ Не в сети\nЗаходила 43 минуты назад", "(Написать)",
		},
		{
			"me", "Tom", alone, "/whois ME",
			"Thomas O'Brien\nSales Manager\n🟢 Online … Department: Sales / Маяк\nManager: Emma Clarke", "(Message)",
		},
		{"me in the other language too", "Tom", alone, "/whois я", "Thomas O'Brien", ""},
		{"a number", "Мария", alone, "/whois 20", "Евгений Шеленков\nРуководитель разработки\n🟢 В сети", ""},
		{"a number with №", "Мария", alone, "/whois № 20", "Евгений Шеленков", ""},
		{"a number with #", "Tom", alone, "/whois #20", "Евгений Шеленков", ""},
		{"a number with id", "Tom", alone, "/whois id 20", "Евгений Шеленков", ""},
		{"a mention", "Tom", alone, "/whois [USER=20]Евгений Шеленков[/USER]", "Евгений Шеленков", ""},
		{
			"a mention wins over the name that is shown", "Мария", alone, "/whois [USER=22]Евгений Шеленков[/USER]",
			"Олег Миронов", "Шеленков\nРук",
		},
		{
			"a mention wins over words beside it", "Мария", alone, "/whois шеленков [USER=22]Шеленков[/USER]",
			"Олег Миронов", "",
		},
		{"first and last name", "Мария", alone, "/whois Евгений Шеленков", "Евгений Шеленков", ""},
		{"the other way round", "Мария", alone, "/whois шеленков евгений", "Евгений Шеленков", ""},
		{"the beginning of a name", "Мария", alone, "/whois шелен", "Евгений Шеленков", ""},
		{"a short name", "Мария", alone, "/whois Женя Шеленков", "Евгений Шеленков", ""},
		{"in another case", "Мария", alone, "/whois Шеленкову", "Евгений Шеленков", ""},
		{"capitals", "Мария", alone, "/whois ШЕЛЕНКОВ", "Евгений Шеленков", ""},
		{"е for ё", "Мария", alone, "/whois чернышева", "Мария Чернышёва", ""},
		{"in Latin letters", "Tom", alone, "/whois Galina Gromova", "Галина Громова\nГенеральный директор", ""},
		{"with the keyboard in the other layout", "Мария", alone, "/whois itktyrjd", "Евгений Шеленков", ""},
		{"a typo", "Мария", alone, "/whois шелинков", "Евгений Шеленков", ""},
		{"a typo in English", "Tom", alone, "/whois clarck", "Emma Clarke\nHead of Sales", ""},
		{"another apostrophe", "Tom", alone, "/whois o’brien", "Thomas O'Brien", ""},
		{"what somebody does", "Tom", alone, "/whois директор", "Галина Громова", ""},
		{"a mobile number as it is written", "Мария", alone, "/whois +7 (916) 123-45-67", "Евгений Шеленков", ""},
		{"with 8 for +7", "Мария", alone, "/whois 8 916 123 45 67", "Евгений Шеленков", ""},
		{"without the country, in one piece", "Tom", alone, "/whois 9161234567", "Евгений Шеленков", ""},
		{"a number at work", "Мария", alone, "/whois 84950000020", "Евгений Шеленков", ""},
		{"one from abroad", "Tom", alone, "/whois +442079460131", "Thomas O'Brien", ""},
		{
			"bots are known to be none of us", "Tom", alone, "/whois 456",
			"Bot\n … 🤖 A chat bot, not a person", "Last active … (Message)",
		},

		// However it is typed.
		{"the command in capitals", "Tom", alone, "/WHOIS 20", "Евгений Шеленков", ""},
		{"as a phone begins a sentence", "Мария", alone, "/Whois 20", "Евгений Шеленков", ""},
		{"the command in the other layout", "Мария", alone, "/црщшы 20", "Евгений Шеленков", ""},
		{"even its slash", "Мария", alone, ".црщшы 20", "Евгений Шеленков", ""},
		{"without a slash", "Tom", alone, "whois 20", "Евгений Шеленков", ""},
		{"after other words", "Мария", alone, "Подскажи, /whois 20", "Евгений Шеленков", ""},
		{"a space that does not break", "Мария", alone, "/whois\u00a0шеленков", "Евгений Шеленков", ""},
		{"tabs", "Мария", alone, "/whois\tевгений\t\tшеленков", "Евгений Шеленков", ""},
		{"quotes", "Мария", alone, "/whois «Шеленков»", "Евгений Шеленков", ""},
		{"smart quotes", "Tom", alone, "/whois “Emma Clarke”", "Emma Clarke", ""},
		{"a mark at the end", "Tom", alone, "/whois emma?", "Emma Clarke", ""},
		{"two questions in one message", "Мария", alone, "/whois 20\n/whois 22", "Евгений Шеленков … ✉ Олег Миронов", ""},
		{"what is quoted was not asked", "Мария", alone, ">>/whois 20", "", ""},

		// Several, or nobody.
		{
			"namesakes: whom do you mean?", "Мария", alone, "/whois анна смирнова",
			"По запросу «анна смирнова» нашлось несколько человек." +
				" Кого вы имеете в виду?\n• Анна Смирнова, Бухгалтер (№ 24)\n• Анна Смирнова, Юрист (№ 25)\n" +
				"(Анна Смирнова · Бухгалтер) (Анна Смирнова · Юрист)", "",
		},
		{
			"and one tap answers", "Мария", alone, "(Анна Смирнова · Юрист)",
			"Анна Смирнова\nЮрист\n🟢 В сети\nЗаходила только что\n🎂 День рождения сегодня!", "",
		},
		{
			"a part that several share", "Tom", alone, "/whois мирон",
			"Several people match “мирон”. Whom do you mean?\n• Олег Миронов, Тестировщик (No. 22)\n" +
				"• Ольга Миронова, Разработчик (No. 23)", "",
		},
		{"one tap again", "Tom", alone, "(Ольга Миронова · Разработчик)", "Ольга Миронова\nРазработчик", ""},
		{
			"every command asks so", "Tom", alone, "/manager смирнова",
			"Several people match “смирнова”. Whom do you mean?", "",
		},
		{
			"and goes on with the answer", "Tom", alone, "(Анна Смирнова · Бухгалтер)",
			"The manager of Анна Смирнова:\nГалина Громова", "",
		},
		{
			"nobody has both names: somebody near", "Мария", alone, "/whois Пётр Шеленков",
			"По запросу «Пётр Шеленков» никого не нашлось. Может быть, вам нужен этот человек?\n" +
				"• Евгений Шеленков", "Мобильный",
		},
		{
			"nobody: what to try", "Мария", alone, "/whois неведомый",
			"По запросу «неведомый» никого не нашлось. " +
				"Проверьте, как пишется имя, сократите его или упомяните человека: /whois @имя.", "",
		},
		{
			"nobody, in English", "Tom", alone, "/whois xyzzy",
			"I found nobody for “xyzzy”. Check the spelling, use fewer letters, or mention the person", "",
		},
		{
			"nobody with the number", "Мария", alone, "/whois 777",
			"Человека с номером 777 на портале нет. Проверьте номер", "",
		},
		{"nobody with the phone", "Tom", alone, "/whois +7 999 111-22-33", "I found nobody for “+7 999 111-22-33”.", ""},
		{
			"nobody with the address", "Tom", alone, "/whois nobody@mayak.example",
			"I found nobody for “nobody@mayak.example”.", "",
		},
		{"outsiders are not found by name", "Tom", alone, "/whois Lada", "I found nobody for “Lada”.", ""},
		{
			"but by number, and said to be outsiders", "Tom", alone, "/whois 41",
			"Lada Guest\nNot from our company, position not given", "Department",
		},
		{
			"customers of the website", "Tom", alone, "/whois 42",
			"Гость сайта\nNot from our company, position not given\n💬 Open Channel user", "(Message)",
		},

		// What is none of it.
		{
			"a sign", "Мария", alone, "/whois %",
			"Не понимаю, о ком речь: «%». Укажите имя, номер сотрудника или упомяните его", "",
		},
		{
			"zero", "Tom", alone, "/whois 0",
			"I cannot tell whom you mean by “0”. Give a name, a person's number or mention them", "",
		},
		{"a negative number", "Tom", alone, "/whois -1", "I cannot tell whom you mean by “-1”.", ""},
		{"a fraction", "Tom", alone, "/whois 5.5", "I cannot tell whom you mean by “5.5”.", ""},
		{"everybody at once", "Мария", alone, "/whois [USER=all]Все[/USER]", "Не понимаю, о ком речь: «Все».", "[USER"},
		{
			"a link is a text", "Мария", alone, "/whois [url=https://evil.example]жми[/url]",
			"Не понимаю, о ком речь: «［url=https://evil.example]жми［/url]».", "[url",
		},
	})
}

// TestSpecificationOfTheCard: who somebody is, whether they can be reached, where they belong, and the next step.
func TestSpecificationOfTheCard(t *testing.T) {
	specify(t, []exchange{
		{
			"all there is to know", "Мария", alone, "/whois 20",
			"Евгений Шеленков\nРуководитель разработки\n🟢 В сети\nПоследняя активность: только что\n" +
				"🎂 День рождения завтра, 22 сентября\n\nВо главе: Разработка / Маяк\nРуководитель: Галина Громова\n" +
				"Мобильный: +7 (916) 123-45-67\nРабочий: 8 495 000-00-20 … " +
				"(Написать) (Позвонить) (Скопировать номер) (Руководитель) (Команда) (Обновить)", "",
		},
		{
			"the same in English", "Tom", alone, "/whois 20",
			"Евгений Шеленков\nРуководитель разработки\n🟢 Online\nLast active just now\n" +
				"🎂 Birthday tomorrow, 22 September\n\nHeads: Разработка / Маяк\nManager: Галина Громова\n" +
				"Mobile: +7 (916) 123-45-67\nWork: 8 495 000-00-20 … " +
				"(Message) (Call) (Copy number) (Manager) (Team) (Refresh)", "",
		},
		{"a button leads to the manager", "Tom", alone, "(Manager)", "Галина Громова\nГенеральный директор", ""},
		{"and on to the team", "Tom", alone, "(Team)", "Маяк: 2 people\nHead: Галина Громова", ""},
		{"which is refreshed where it is", "Tom", alone, "(Refresh)", "Маяк: 2 people", ""},
		{
			"seen a while ago", "Tom", alone, "/whois 21",
			"Мария Чернышёва\nРазработчик\n⚪ Offline\nLast active 43 minutes ago", "",
		},
		{
			"then the bot offers to watch out", "Tom", alone, "(Tell me when they are back)",
			"I will tell you when Мария Чернышёва is online.", "",
		},
		{"seen yesterday", "Tom", alone, "/whois 36", "Ada Long\nAnalyst\n⚪ Offline\nLast active yesterday", ""},
		{
			"seen years ago, of a woman", "Мария", alone, "/whois 35",
			"Зоя Давняя\nКонсультант\n⚪ Не в сети\nЗаходила больше 2 лет назад", "",
		},
		{
			"on leave: when they are back", "Мария", alone, "/whois 22",
			"Олег Миронов\nТестировщик\n🏖 В отпуске, вернётся 5 октября\nПоследняя активность: 3 дня назад", "🟢",
		},
		{
			"on leave, in English", "Tom", alone, "/whois 22",
			"Олег Миронов\nТестировщик\n🏖 On leave, back on 5 October\nLast active 3 days ago", "🟢",
		},
		{
			"on leave and about all the same", "Мария", alone, "/whois 23",
			"Ольга Миронова\nРазработчик\n🏖 В отпуске, вернётся 24 сентября, но сейчас в сети\nЗаходила только что", "",
		},
		{
			"has never signed in", "Мария", alone, "/whois 26",
			"Иван Новиков\nСтажёр\n⚪ Входов на портал ещё не было\nПоследняя активность: ещё не было", "🟢",
		},
		{
			"never, in English", "Tom", alone, "/whois 26",
			"Иван Новиков\nСтажёр\n⚪ Has never signed in\nLast activity: none yet", "",
		},
		{
			"a department without a head belongs to the one above", "Tom", alone, "/whois 24",
			"Анна Смирнова\nБухгалтер … Department: Бухгалтерия / Маяк\nManager: Галина Громова", "",
		},
		{
			"nothing known but the name", "Мария", alone, "/whois 28",
			"Тимур Ахметов\nДолжность не указана\n🟢 В сети … (Написать) (Обновить)",
			"Подразделение … (Позвонить) … (Команда)",
		},
		{"a birthday that is near", "Tom", alone, "/whois 21", "Мария … 🎂 Birthday in 12 days, on 3 October", "\nBirthday:"},
		{"one that is not", "Tom", alone, "/whois 22", "Олег … Birthday: 14 February", "🎂"},
		{
			"a guest of the company", "Мария", alone, "/whois 40",
			"Пётр Внешний\nНе из нашей компании, должность не указана\n🟢 В сети", "Подразделение",
		},
	})
}

// TestSpecificationOfHostileNames: whatever people call themselves is a text, and nothing else.
func TestSpecificationOfHostileNames(t *testing.T) {
	const live = "[b] … [send= … [USER= … [/send]"
	specify(t, []exchange{
		{
			"markup in a profile", "Мария", alone, "/whois 98",
			"Захар［b] ［send=/whois 1]Кавычкин［/send]\n［USER=all]Все［/USER] /whois 1 <b>\n🟢 В сети", live,
		},
		{"found by what is a name in it", "Tom", alone, "/whois Zahar", "Захар［b]", live},
		{
			"among colleagues", "Новиков", alone, "/team",
			"Бухгалтерия: 3 человека\n … • Захар［b] ［send=/whois 1]Кавычкин［/send], ［USER=all]Все［/USER] /whois 1 <b> · ",
			live,
		},
		{"in what was asked", "Tom", alone, "/whois [send=/whois 1]tap[/send] zzz", "I ", live},
		{"as a language", "Tom", alone, "/lang [b]x", "I do not speak “［b]x” yet.", live},
	})
}
