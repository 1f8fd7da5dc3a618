package commands_test

import "testing"

// TestSpecificationOfPlainQuestions: in private nobody needs a command.
func TestSpecificationOfPlainQuestions(t *testing.T) {
	specify(t, []exchange{
		{"who is", "Мария", alone, "кто такой Шеленков", "Евгений Шеленков\nРуководитель разработки", ""},
		{
			"with a greeting before it", "Мария", alone, "Привет, подскажи, кто это Шеленков?",
			"Евгений Шеленков", "Здравствуйте",
		},
		{"where is", "Tom", alone, "Where's Emma Clarke?", "Emma Clarke\nHead of Sales", ""},
		{"is somebody in", "Tom", alone, "is Emma in?", "Emma Clarke", ""},
		{
			"when is somebody back", "Мария", alone, "когда вернётся Олег Миронов?",
			"Олег Миронов\nТестировщик\n🏖 В отпуске, вернётся 5 октября", "",
		},
		{"a phone", "Мария", alone, "телефон Шеленкова", "Евгений Шеленков … Мобильный: +7 (916) 123-45-67", ""},
		{
			"a phone in English", "Tom", alone, "what is Thomas O’Brien’s phone number?",
			"Thomas O'Brien … Work: +44 20 7946 0131", "",
		},
		{"a bare name", "Мария", alone, "шеленков", "Евгений Шеленков", ""},
		{"a bare number", "Мария", alone, "20", "Евгений Шеленков", ""},
		{"a bare phone", "Tom", alone, "8 916 123-45-67", "Евгений Шеленков", ""},
		{"a bare mention", "Tom", alone, "[USER=30]Emma[/USER]", "Emma Clarke", ""},
		{
			"a name in quotes", "Tom", alone, "\"Anna Smirnova\"",
			"Several people match “Anna Smirnova”. Whom do you mean?", "",
		},
		{
			"a name several have", "Мария", alone, "Анна",
			"По запросу «Анна» нашлось несколько человек. … (Анна Смирнова · Бухгалтер)", "",
		},
		{"oneself", "Tom", alone, "who am I?", "Thomas O'Brien", ""},
		{"my boss", "Мария", alone, "кто мой начальник?", "Ваш руководитель:\nЕвгений Шеленков", ""},
		{"somebody's boss", "Tom", alone, "who is Emma's boss", "The manager of Emma Clarke:\nГалина Громова", ""},
		{"where is my boss", "Tom", alone, "where is my boss?", "Your manager:\nEmma Clarke", ""},
		{
			"when is a birthday", "Мария", alone, "когда у Шеленкова день рождения?",
			"Евгений Шеленков … 🎂 День рождения завтра", "",
		},
		{
			"tell me when", "Мария", alone, "сообщи, когда Ada Long появится",
			"Скажу, когда Ada Long появится на связи.\n(Не надо говорить)", "",
		},
		{
			"tell me when, in English", "Tom", alone, "let me know when Olga Mironova is back",
			"I will tell you when Ольга Миронова is back.", "",
		},
		{"my team", "Tom", alone, "my team", "Sales: 7 people", ""},
		{"somebody's team", "Мария", alone, "с кем работает Emma Clarke", "Sales: 7 человек", ""},
		{"who is away", "Мария", alone, "Кто сегодня в отпуске?", "Сегодня в отпуске 2 человека:", ""},
		{"this week", "Tom", alone, "who is out this week?", "2 people are on leave now.\nBack within a week:", ""},
		{"of my team", "Tom", alone, "who is out in my team", "Nobody in your department is on leave today.", ""},
		{"birthdays", "Мария", alone, "У кого скоро день рождения?", "Дни рождения в ближайшие две недели:", ""},
		{
			"birthdays on a day", "Tom", alone, "whose birthday is tomorrow?",
			"Birthdays on 22 September:\n• Евгений Шеленков", "",
		},
		{"what can you do", "Tom", alone, "what can you do?", "Here is what I can do\n• /whois", ""},
		{"the other language", "Tom", alone, "кто в отпуске", "2 people are on leave today:", ""},

		{
			"who opens the chat is greeted, on one screen", "Emma", alone, opens,
			"Hello! I know who is who here.\nWrite a name, a number or a phone … " +
				"(Who am I?) (Who is out today?) (Birthdays) (What can you do?)", "/whois",
		},
		{"once", "Emma", alone, opens, "", ""},
		{"and so is an outsider, in a word", "Lada", alone, opens, "Sorry, I answer only people of the company.", "Hello"},
		{
			"a group greeted too", "Мария", inTeam, invites,
			"Здравствуйте! Я знаю, кто есть кто в компании.\nУпомяните меня и назовите имя или наберите /whois … " +
				"(Дни рождения)", "не из компании",
		},
		{
			"and told what is not for guests", "Мария", guests, invites,
			"Здравствуйте! … Здесь читают и люди не из компании. Что только для своих, расскажу в личном чате.",
			"(Дни рождения)",
		},
		{
			"a greeting is returned, with what to ask", "Мария", alone, "Добрый день!",
			"Здравствуйте! … (Кто я?) (Кто сегодня в отпуске?) (Дни рождения) (Что ты умеешь?)", "",
		},
		{"and a first step is one tap", "Мария", alone, "(Кто сегодня в отпуске?)", "Сегодня в отпуске 2 человека:", ""},
		{
			"hello", "Tom", alone, "hello",
			"Hello! I know who is who here. … (Who am I?) (Who is out today?) (Birthdays) (What can you do?)", "",
		},
		{"how are you", "Мария", alone, "Привет, как дела?", "Здравствуйте! … (Кто я?)", "Не совсем"},
		{"good bye", "Tom", alone, "bye!", "All right. If you need somebody, just write the name.", ""},
		{"thanks", "Мария", alone, "спасибо большое!", "Пожалуйста! Если кто-то понадобится, просто напишите имя.", "/whois"},
		{
			"thanks in English", "Tom", alone, "thanks a lot",
			"You are welcome! If you need somebody, just write the name.", "",
		},
		{"all right", "Мария", alone, "ок", "Хорошо. Если кто-то понадобится, просто напишите имя.", ""},

		{
			"nobody is called so", "Мария", alone, "кто такой Неведомов?",
			"По запросу «Неведомов» никого не нашлось. Может быть, имя пишется иначе?\n(Что ты умеешь?)", "/whois",
		},
		{
			"perhaps a name, perhaps not", "Мария", alone, "погода",
			"Не совсем понимаю, о чём вы. Поискать, кого зовут «погода»?\n(Найти людей: «погода») (Что ты умеешь?)", "",
		},
		{"then it is looked for", "Мария", alone, "(Найти людей: «погода»)", "По запросу «погода» никого не нашлось.", ""},
		{
			"no question for this bot", "Tom", alone, "what is the weather like today",
			"I am not sure what you mean. I know the people here: write a name, or ask … (What can you do?)", "“what",
		},
		{"no words at all", "Мария", alone, "🙂", "Здравствуйте! … /whois", ""},
	})
}

// TestSpecificationOfHelp: what the bot can do, and how.
func TestSpecificationOfHelp(t *testing.T) {
	specify(t, []exchange{
		{
			"all commands, each to be tapped", "Мария", alone, "/help",
			"Вот что я умею\n• /whois ［имя, номер или @упоминание］ — Кто это и на месте ли; без имени — о вас\n" +
				"• /manager … • /team … • /whosout … • /birthdays … • /notify … • /lang … • /help … " +
				"(/whois) (/manager) (/team) (/whosout) (/birthdays) (/notify) (/lang)", "",
		},
		{
			"in English", "Tom", alone, "/help",
			"Here is what I can do\n" +
				"• /whois ［name, number or @mention］ — Who somebody is and whether they are in; no name: you\n" +
				"• /manager", "«",
		},
		{
			"one command", "Tom", alone, "/help whosout",
			"/whosout ［team|everyone］ ［today|week］\nWho is on leave and when they are back\n" +
				"• team|everyone (may be left out): team, everyone", "/manager",
		},
		{
			"with its slash, in Russian", "Мария", alone, "/help /birthdays",
			"/birthdays ［день］\nУ кого скоро день рождения … • день (можно не указывать): " +
				"сегодня, завтра, день недели, 14.02 или 2026-02-14", "",
		},
		{"of what there is not: everything", "Мария", alone, "/help чепуха", "Вот что я умею\n• /whois", ""},
		{
			"a command there is not", "Tom", alone, "/weather",
			"I do not know the command “/weather”. Here is what I can do:\n• /whois", "",
		},
		{"in Russian", "Мария", alone, "/погода", "Команды «/погода» я не знаю. Вот что я умею:\n• /whois", ""},
	})
}

// TestSpecificationOfLanguages: each is answered in the language of the portal, or in the one they chose.
func TestSpecificationOfLanguages(t *testing.T) {
	specify(t, []exchange{
		{
			"which it is, and which there are", "Тимур", alone, "/lang",
			"Я отвечаю вам по-русски. Могу и так:\n• /lang en — English\n• /lang de — Deutsch\n(English) (Deutsch)",
			"как на портале",
		},
		{"another one", "Тимур", alone, "/lang english", "All right, I speak English with you from now on.", ""},
		{"it stays", "Тимур", alone, "/whois", "Тимур Ахметов\nPosition not given\n🟢 Online", ""},
		{"in groups and for nobody else", "Мария", alone, "/whois 28", "Тимур Ахметов\nДолжность не указана", ""},
		{
			"the way back is offered", "Тимур", alone, "/lang",
			"I speak English with you. I also speak:\n … (Deutsch) (Русский) (as on the portal)", "",
		},
		{"and taken", "Тимур", alone, "(as on the portal)", "Хорошо, отвечаю вам по-русски, как принято на портале.", ""},
		{
			"by the name in any language", "Emma", alone, "/lang немецкий",
			"Gern, ab jetzt antworte ich Ihnen auf Deutsch.", "",
		},
		{
			"a third language", "Emma", alone, "/whois 20",
			"Евгений Шеленков … Führungskraft: Галина Громова … (Schreiben) (Anrufen)", "",
		},
		{"by its code", "Emma", alone, "/lang en", "All right, I speak English with you from now on.", ""},
		{
			"one it does not speak", "Tom", alone, "/lang klingon",
			"I do not speak “klingon” yet. I do speak:\n• /lang de — Deutsch\n• /lang ru — Русский", "",
		},
	})
}
