package commands_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// crew is who works where plain questions are asked. What is looked up of them is what the staff holds.
func crew() (*commands.Staff, people) {
	staff := staffOf(
		bitrix.User{ID: 5, Name: "Евгений Шеленков", WorkPosition: "Ведущий разработчик", Birthday: "22-09"},
		back(6, "Мария Тестова", 25, 1),
		bitrix.User{ID: 7, Name: "Anna Smith", WorkPosition: "Accountant", Departments: []int64{1}},
		bitrix.User{ID: 8, Name: "Дарья Ким"},
		bitrix.User{ID: 9, Name: "Иван О'Нил"},
	)
	portal := people{}
	for _, u := range staff.People {
		portal[u.ID] = u
	}
	return staff, portal
}

// plainly is what the bot answers to person 7 in a private chat.
func plainly(t *testing.T, said string, lang commands.Language) commands.Reply {
	t.Helper()
	staff, portal := crew()
	r := commands.Request{Asker: commands.Asker{ID: 7}, Chat: commands.Chat{Private: true}, Lang: lang, Now: now, Staff: staff, People: portal}
	replies := say(t, defaults(t), commands.Message{Text: said, Private: true, Bot: 456}, r)
	if len(replies) != 1 {
		t.Fatalf("%d replies", len(replies))
	}
	return replies[0]
}

// TestPlainQuestions: what people write without a command, and the beginning of what they read.
func TestPlainQuestions(t *testing.T) {
	const (
		eugene    = "[b]Евгений Шеленков[/b]"
		maria     = "[b]Мария Тестова[/b]"
		anna      = "[b]Anna Smith[/b]"
		ivan      = "[b]Иван О'Нил[/b]"
		out       = "[b]One person is on leave today:[/b]\n• [send=/whois 6]Мария Тестова"
		outWeek   = "[b]One person is on leave now.[/b]\nBack within a week:\n• [send=/whois 6]Мария Тестова"
		outTeam   = "[b]One person in your department is on leave today:[/b]"
		birthdays = "[b]Birthdays in the next two weeks:[/b]\n• [send=/whois 5]Евгений Шеленков[/send]: tomorrow"
		help      = "[b]Here is what I can do[/b]"
		hello     = "[b]Hello! I know who is who here.[/b]"
		welcome   = "You are welcome!"
		noted     = "All right."
	)
	for said, want := range map[string]string{
		"кто такой Шеленков":                  eugene,
		"Кто такой Шеленков?":                 eugene,
		"КТО ТАКОЙ ШЕЛЕНКОВ???":               eugene,
		"кто\u00a0такой\u00a0Шеленков":        eugene,
		"Привет, подскажи, кто это Шеленков?": eugene,
		"Привет!\nГде сейчас Шеленков?":       eugene,
		"кто такая Мария Тестова":             maria,
		"где Мария?":                          maria,
		"А где сейчас Мария, не знаешь?":      maria,
		"Мария на месте?":                     maria,
		"когда вернётся Мария?":               maria,
		"телефон Шеленкова":                   eugene,
		"как связаться с Шеленковым":          eugene,
		"Шеленков телефон":                    eugene,
		"у Шеленкова":                         eugene,
		"мне нужна Мария":                     maria,

		"who is Maria":                          maria,
		"Who’s Smith?":                          anna, // as phones write it
		"who's smith":                           anna,
		"Hi! Can you tell me who is Anna Smith": anna,
		"where is Anna":                         anna,
		"Where's Anna now?":                     anna,
		"how do I reach Anna Smith, please?":    anna,
		"Anna's phone":                          anna,
		"what is Anna’s phone number?":          anna,
		"is Anna in?":                           anna,
		"who am I?":                             anna,
		"кто я":                                 anna,
		"where is O’Нил":                        ivan,

		"5":                     eugene,
		"№5":                    eugene,
		"#5!":                   eugene,
		"Шеленков":              eugene,
		"шеленков?":             eugene,
		"Itktyrjd":              eugene,
		"Евгений Шеленков":      eugene,
		"accountant":            anna,
		"[USER=5]Кто-то[/USER]": eugene,

		"кто в отпуске":                 out,
		"Кто сегодня в отпуске?":        out,
		"кого нет сегодня":              out,
		"who's out today":               out,
		"Who’s out today?":              out,
		"who is on leave?":              out,
		"кто в отпуске на этой неделе?": outWeek,
		"Who is away this week?":        outWeek,
		"кто в отпуске в моём отделе":   outTeam,

		"у кого день рождения":             birthdays,
		"У кого скоро день рождения?":      birthdays,
		"whose birthday is it?":            birthdays,
		"у кого день рождения завтра":      "[b]Birthdays on 22 September:[/b]",
		"Whose birthday is on 22.09?":      "[b]Birthdays on 22 September:[/b]",
		"У кого сегодня день рождения?":    "I know of no birthdays on 21 September.",
		"спасибо, а у кого день рождения?": birthdays,
		"что ты умеешь?":                   help,
		"what can you do":                  help,
		"привет":                           hello,
		"Добрый день!":                     hello,
		"hey":                              hello,
		"спасибо":                          welcome,
		"Спасибо большое 👍":                welcome,
		"thanks a lot!":                    welcome,
		"ок":                               noted,
		"да":                               noted,
	} {
		t.Run(said, func(t *testing.T) {
			if got := plainly(t, said, en); !strings.HasPrefix(got.Text, want) {
				t.Errorf("got %q, want %q…", got.Text, want)
			}
		})
	}
}

// TestUnsure: where no rule is sure the bot guesses nothing, and offers what may be meant.
func TestUnsure(t *testing.T) {
	const nothing = "I am not sure what you mean. I know the people here: " +
		"write a name, or ask “Who is Maria?” or “Who is out today?”"
	type answer struct {
		text    string
		buttons []string
	}
	ask := func(query string) answer {
		return answer{
			"I am not sure what you mean. Shall I look for somebody called “" + query + "”?",
			[]string{"Search people for “" + query + "”: /whois " + query, "What can you do?: /help "},
		}
	}
	help := []string{"What can you do?: /help "}
	for said, want := range map[string]answer{
		"какая погода?":       ask("какая погода"),
		"договор":             ask("договор"),
		"Пушкин":              ask("Пушкин"),
		"Привет, как погода?": ask("как погода"),
		"[b]обед[/b]":         ask("обед"),

		"кто такой Пушкин?":            {"I found nobody for “Пушкин”. Perhaps the name is written in another way?", help},
		"Where is the coffee?":         {"I found nobody for “the coffee”. Perhaps the name is written in another way?", help},
		"у кого день рождения в офисе": {nothing, help},
		"а в":                  {nothing, help},
		"подскажи, пожалуйста": {nothing, help},
		"как мне поменять пароль от почты на новый": {nothing, help},
		strings.Repeat("ы", 10_000): {nothing, help},
	} {
		t.Run(said[:min(len(said), 40)], func(t *testing.T) {
			reply := plainly(t, said, en)
			got := answer{text: reply.Text}
			for _, b := range reply.Keyboard.Buttons {
				got.buttons = append(got.buttons, b.Text+": /"+b.Command+" "+b.Params)
			}
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(answer{})); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestPlainWithoutStaff: until the bot has read who works there, what may be a name is looked for on the portal.
func TestPlainWithoutStaff(t *testing.T) {
	_, portal := crew()
	for said, want := range map[string]string{
		"Шеленков":      "[b]Евгений Шеленков[/b]",
		"где Шеленков?": "[b]Евгений Шеленков[/b]",
		"Пушкин":        "I found nobody for “Пушкин”.",
		"какая погода?": "I am not sure what you mean.",
		"кто в отпуске": "I am still reading who works here.",
	} {
		r := commands.Request{Args: said, Asker: commands.Asker{ID: 7}, Now: now, People: portal}
		if got := run(t, defaults(t), r); !strings.HasPrefix(got.Text, want) {
			t.Errorf("%s: got %q, want %q…", said, got.Text, want)
		}
	}
}

// TestPlainOutsiders: plain words tell an outsider no more than commands do.
func TestPlainOutsiders(t *testing.T) {
	staff, portal := crew()
	for _, said := range []string{"кто такой Шеленков", "Шеленков", "5", "who's out today", "спасибо"} {
		r := commands.Request{Args: said, Asker: commands.Asker{ID: 31, Outsider: true}, Now: now, Staff: staff, People: portal}
		if got := run(t, defaults(t), r); !strings.HasPrefix(got.Text, "Sorry, I answer only people of the company.") {
			t.Errorf("%s: got %q", said, got.Text)
		}
	}
}

// TestPlainElsewhere: a bot without /whois knows no people, and says what it can do.
func TestPlainElsewhere(t *testing.T) {
	set := setOf(t, commands.Help())
	for _, said := range []string{"кто такой Шеленков", "привет", "thanks"} {
		if got := run(t, set, commands.Request{Args: said}); !strings.Contains(got.Text, "/help") {
			t.Errorf("%s: got %q", said, got.Text)
		}
	}
}

// TestPlainWithFewCommands: a bot without /team is asked who heads a department, and does not fail over it.
func TestPlainWithFewCommands(t *testing.T) {
	r := commands.Request{Args: "кто руководит розницей", Asker: commands.Asker{ID: 7}, Lang: en, Now: now, Staff: branches(), People: people{}}
	got := run(t, setOf(t, commands.Whois(), commands.Manager()), r)
	if !strings.HasPrefix(got.Text, "I found nobody for “розницей”.") {
		t.Error(got.Text)
	}
}
