package commands_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/commands"
)

// rule is what a portal puts before and after a quote.
var rule = strings.Repeat("-", 54)

func known(name string) bool { return name == "whois" || name == "help" }

func TestLines(t *testing.T) {
	type lines = []commands.Line
	whois5 := lines{{Name: "whois", Args: "5"}}
	const bot = "[USER=456]Справочник[/USER]"
	const asked = "/whois [USER=5]Евгений Шеленков[/USER]"
	tests := []struct {
		name           string
		text           string
		private, group lines // what a private chat and a group make of it
	}{
		{"command", "/whois 5", whois5, nil},
		{"without slash", "whois 5", whois5, nil},
		{"in a sentence", "Подскажи, /whois 5", whois5, nil},
		{"a word in a sentence is no command", "help me, whois 5", lines{{"help", "me, whois 5"}}, nil},
		{"known word further on", "please help", lines{{Args: "please help"}}, nil},
		{"upper case", "/WhoIs 5", whois5, nil},
		{"bare", "/whois", lines{{Name: "whois"}}, nil},
		{"tab and no-break space", "\t/whois\u00a05 ", whois5, nil},
		{"newline ends arguments", "/whois 5\n6", whois5, nil},
		{"CRLF", "/whois 5\r\n/help\r\n", lines{{"whois", "5"}, {"help", ""}}, nil},
		{"[br]", "/whois 5[br]/help", lines{{"whois", "5"}, {"help", ""}}, nil},
		{"unknown", "/unknown 5", lines{{"unknown", "5"}}, nil},
		{"unknown in a sentence", "see /unknown 5", lines{{Args: "see /unknown 5"}}, nil},
		{"a path", "/etc/passwd", lines{{Args: "/etc/passwd"}}, nil},
		{"a lone slash", "/", lines{{Args: "/"}}, nil},
		{"greeting", "Привет!\nКак дела?", lines{{Args: "Привет! Как дела?"}}, nil},
		{"greeting and command", "Привет!\n/whois 5", whois5, nil},
		{"nothing", " \n\t", nil, nil},

		{"the other layout", "/црщшы 5", whois5, nil},
		{"the other layout, where the slash is a full stop", ".Црщшы 5", whois5, nil},
		{"the other layout without a slash", "црщшы 5", whois5, nil},
		{"the other layout later on", "Привет, /црщшы 5", lines{{Args: "Привет, /црщшы 5"}}, nil},
		{"the other layout, mentioned", bot + " /црщшы 5", whois5, whois5},
		{"the other layout of nothing", "/руддщ 5", lines{{"руддщ", "5"}}, nil},

		{"mention first", bot + " /whois 5", whois5, whois5},
		{"mention with comma", "[user=456 REPLACE]Справочник[/user], /whois 5", whois5, whois5},
		{"mentioned twice", bot + " " + bot + ": /whois 5", whois5, whois5},
		{"mention, no slash", bot + " whois 5", whois5, whois5},
		{"mention on its own line", bot + "\n/whois 5\n/help", lines{{"whois", "5"}, {"help", ""}}, lines{{"whois", "5"}, {"help", ""}}},
		{"mention and target", bot + ", " + asked, lines{{"whois", "[USER=5]Евгений Шеленков[/USER]"}}, lines{{"whois", "[USER=5]Евгений Шеленков[/USER]"}}},
		{"mention and unknown", bot + " /unknown", lines{{Name: "unknown"}}, lines{{Name: "unknown"}}},
		{"mention and greeting", bot + " привет", lines{{Args: "привет"}}, lines{{Args: "привет"}}},
		{"mention alone", bot, nil, lines{{}}},
		{"mention of another first", "[USER=457]Второй[/USER] " + bot + " /whois 5", whois5, whois5},
		{"mention in passing", "спросите " + bot + " /whois 5", whois5, whois5},
		{"mention in passing, no slash", "спросите " + bot + " whois 5", lines{{Args: "спросите " + bot + " whois 5"}}, nil},
		{"mention in passing, unknown", "спросите " + bot + " /unknown", lines{{Args: "спросите " + bot + " /unknown"}}, nil},
		{"command before the mention", "/whois 5 " + bot, lines{{"whois", "5 " + bot}}, nil},
		{"mention of another", "[USER=457]Второй[/USER] /whois 5", whois5, nil},
		{"everybody", "[USER=all]Все[/USER] /whois 5", whois5, nil},

		{"formatting", "[B]/whois[/B] [COLOR=#ff0000]5[/COLOR]", whois5, nil},
		{"picture and time", "/whois 5 [IMG size=small]https://x.example/a.png [/IMG][TIMESTAMP=1 format=X]", lines{{"whois", "5 https://x.example/a.png"}}, nil},
		{"brackets", "(/whois 5)", lines{{"whois", "5)"}}, nil},

		{"quote", rule + "\nАнна Тестова [сегодня, 12:40] #7:456/89990\n/whois 99\n" + rule + "\nа /whois 5?", lines{{"whois", "5?"}}, nil},
		{"only a quote", rule + "\nАнна [сегодня]\n/whois 99\n" + rule, nil, nil},
		{"quote left open", "/whois 5\n" + rule + "\nАнна [сегодня]\n/whois 99", whois5, nil},
		{"quote of the bot's mention", rule + "\n" + bot + " /whois 99\n" + rule, nil, nil},
		{"two quotes", rule + "\n/whois 98\n" + rule + "\n/whois 5\n" + rule + "\n/whois 99\n" + rule, whois5, nil},
		{"quote lines", ">>/whois 99\n >> /whois 98\n/whois 5", whois5, nil},
		{"quoted mention", ">>" + bot + " /whois 99", nil, nil},
		{"quote in a quoted line", ">>a " + rule + " b " + rule + " /whois 99\n\u00a0>> /whois 98", nil, nil},
		{"code", "[CODE]/whois 99[/CODE] /whois 5", whois5, nil},
		{"code of lines", "[code]\n/whois 99\n[/code]", nil, nil},
		{"code left open", "/whois 5\n[code]\n/whois 99", whois5, nil},
		{"a rule in code", "[code]\n" + rule + "\n[/code]\n" + rule + "\n/whois 99\n" + rule + "\n/whois 5", whois5, nil},
		{"code in a quote", rule + "\n[code]\n" + rule + "\n/whois 5", whois5, nil},
		{"chat title", "[CHAT=142]/whois 99[/CHAT] /whois 5", whois5, nil},
		{"message title", "[CONTEXT=chat142/90001]\n/whois 99[/CONTEXT]", nil, nil},

		{"shown name is a command", "[USER=9] /whois 99[/USER] тут?", lines{{Args: "[USER=9]／whois 99[/USER] тут?"}}, nil},
		{"shown name opens code", "/whois [USER=18]Злой [CODE]x[/USER]\n/help", lines{{"whois", "[USER=18]Злой ［CODE]x[/USER]"}, {"help", ""}}, nil},
		{"shown name opens a quote", "/whois [USER=18]" + rule + "[/USER]\n/help", lines{{"whois", "[USER=18]----------[/USER]"}, {"help", ""}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			private := commands.Lines(commands.Message{Text: tt.text, Private: true, Bot: 456}, known)
			if diff := cmp.Diff(tt.private, private); diff != "" {
				t.Errorf("in private (-want +got)\n%s", diff)
			}
			group := commands.Lines(commands.Message{Text: tt.text, Bot: 456}, known)
			if diff := cmp.Diff(tt.group, group); diff != "" {
				t.Errorf("in a group (-want +got)\n%s", diff)
			}
			forwarded := commands.Lines(commands.Message{Text: tt.text, Private: true, Bot: 456, Forwarded: true}, known)
			if diff := cmp.Diff([]commands.Line(nil), forwarded); diff != "" {
				t.Errorf("forwarded (-want +got)\n%s", diff)
			}
		})
	}
}

func TestLinesAtMostTen(t *testing.T) {
	got := commands.Lines(commands.Message{Text: strings.Repeat("/whois 5\n", 11), Private: true}, known)
	if len(got) != 10 {
		t.Errorf("got %d lines, want 10", len(got))
	}
}

func TestArgs(t *testing.T) {
	tests := []struct{ name, params, want string }{
		{"nothing", "", ""},
		{"spaces", "  5 \t 6\u00a0\u20037 ", "5 6 7"},
		{"first line only", "\n 5\r\n/help", "5"},
		{"line separator", "5\u20286", "5"},
		{"mention", "[USER=5]Евгений Шеленков[/USER]", "[USER=5]Евгений Шеленков[/USER]"},
		{"zero width and direction", "\ufeff5\u200b\u202e6\u2069", "56"},
		{"controls", "5\x00\x1b6", "56"},
		{"composed", "и\u0306", "й"},
		{"not UTF-8", "5\xff6", "5\uFFFD6"},
		{"longer than a message can be", strings.Repeat("ы", 50_000), strings.Repeat("ы", 40_000)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := commands.Args(tt.params); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
