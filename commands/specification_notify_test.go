package commands_test

import "testing"

// TestSpecificationOfNotify: the bot tells once when somebody is back.
func TestSpecificationOfNotify(t *testing.T) {
	specify(t, []exchange{
		{
			"somebody is here already, and can be written to", "Tom", alone, "/notify 20",
			"Евгений Шеленков is here already: 🟢 Online\n(Message) (Call) (Copy number)", "",
		},
		{
			"of oneself there is nothing to tell", "Tom", alone, "/notify",
			"That is you, and you are here! Whom are you waiting for? Write it like this: /notify Smith", "",
		},
		{
			"no more, but of whom?", "Мария", alone, "/notify off",
			"О ком больше не говорить? Напишите так: /notify off Иванов", "",
		},
		{
			"nor of customers", "Tom", alone, "/notify 42",
			"The portal does not say when Гость сайта is online, so I cannot tell you.", "",
		},
		{"several match", "Tom", alone, "/notify мирон", "Several people match “мирон”. Whom do you mean?", ""},
		{
			"and one tap asks for it", "Tom", alone, "(Олег Миронов · Тестировщик)",
			"I will tell you when Олег Миронов is back. Now: 🏖 On leave, back on 5 October\n(Do not tell me)", "",
		},
		{"asked twice is asked once", "Tom", alone, "/notify Олег Миронов", "I will tell you when Олег Миронов is back.", ""},
		{"nothing is said while they are away", "Tom", alone, "⏰ 72h", "", ""},
		{
			"the day they are back, and with a button to write", "Tom", alone, "⏰ 336h, 22 is here",
			"Олег Миронов is back: 🟢 Online\n(Message)", "",
		},
		{"and never again", "Tom", alone, "⏰ 72h", "", ""},

		{
			"of who is offline", "Новиков", alone, "/notify Мария",
			"Скажу, когда Мария Чернышёва появится на связи.\n(Не надо говорить)", "",
		},
		{"within minutes", "Новиков", alone, "⏰ 5m, 21 is here", "Мария Чернышёва снова на связи: 🟢 В сети\n(Написать)", ""},
		{
			"a button takes it back", "Новиков", alone, "/notify 36",
			"Скажу, когда Ada Long появится на связи.\n(Не надо говорить)", "",
		},
		{
			"pressed", "Новиков", alone, "(Не надо говорить)",
			"Хорошо, не буду говорить, когда Ada Long появится на связи.", "",
		},
		{"and it holds", "Новиков", alone, "⏰ 1h, 36 is here", "", ""},
		{"so do words", "Новиков", alone, "/notify 35", "Скажу, когда Зоя Давняя появится на связи.", ""},
		{
			"in any language", "Новиков", alone, "/notify off Давняя",
			"Хорошо, не буду говорить, когда Зоя Давняя появится на связи.", "",
		},
		{
			"with two words too", "Новиков", alone, "/notify не надо 35",
			"Хорошо, не буду говорить, когда Зоя Давняя появится на связи.", "",
		},
		{"and they hold", "Новиков", alone, "⏰ 1h, 35 is here", "", ""},

		{
			"asked in a group", "Мария", guests, "/notify 26",
			"Напишу вам в личный чат, когда Иван Новиков появится на связи.", "",
		},
		{"it is told in private", "Мария", guests, "⏰ 10m, 26 is here", "🔒 Иван Новиков снова на связи: 🟢 В сети", ""},
	})
}
