package commands_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/commandtest"
)

const de commands.Language = "de"

func TestLang(t *testing.T) {
	tests := []struct {
		said            string
		speaks, portals commands.Language // what the person is answered in; what it would be had they not chosen it
		want            commands.Language
		text            string
	}{
		{said: "de", speaks: en, want: de, text: "Gern, ab jetzt antworte ich Ihnen auf Deutsch."},
		{said: "DE-at.", speaks: ru, want: de, text: "Gern, ab jetzt antworte ich Ihnen auf Deutsch."},
		{said: "Deutsch", speaks: en, want: de, text: "Gern, ab jetzt antworte ich Ihnen auf Deutsch."},
		{said: "на немецком", speaks: ru, want: de, text: "Gern, ab jetzt antworte ich Ihnen auf Deutsch."},
		{said: "Русский", speaks: en, want: ru, text: "Хорошо, теперь отвечаю вам по-русски."},
		{said: "in English", speaks: de, want: en, text: "All right, I speak English with you from now on."},
		{said: "en", speaks: en, want: en, text: "All right, I speak English with you from now on."},
		{
			said: "auto", speaks: de, portals: ru, want: commands.Automatic,
			text: "Хорошо, отвечаю вам по-русски, как принято на портале.",
		},
		{
			said: "как на портале", speaks: ru, want: commands.Automatic,
			text: "Хорошо, отвечаю вам по-русски, как принято на портале.",
		},
		{
			speaks: en, text: "I speak English with you. I also speak:\n" +
				"• [send=/lang de]/lang de[/send] — Deutsch\n• [send=/lang ru]/lang ru[/send] — Русский",
		},
		{
			speaks: de, portals: ru, text: "Ich antworte Ihnen auf Deutsch. Ich kann auch:\n" +
				"• [send=/lang en]/lang en[/send] — English\n• [send=/lang ru]/lang ru[/send] — Русский\n" +
				"• [send=/lang auto]/lang auto[/send] — wie auf dem Portal",
		},
		{
			said: "[b]klingon", speaks: en, text: "I do not speak “［b]klingon” yet. I do speak:\n" +
				"• [send=/lang de]/lang de[/send] — Deutsch\n• [send=/lang ru]/lang ru[/send] — Русский",
		},
		{
			said: "de facto", speaks: ru, text: "Языка «de facto» я пока не знаю. Вот какие знаю:\n" +
				"• [send=/lang en]/lang en[/send] — English\n• [send=/lang de]/lang de[/send] — Deutsch",
		},
	}
	set := setOf(t, commands.Lang())
	for _, tt := range tests {
		t.Run(tt.said+" to who speaks "+string(tt.speaks), func(t *testing.T) {
			got := run(t, set, commands.Request{Name: "lang", Args: tt.said, Lang: tt.speaks, Unchosen: tt.portals})
			if diff := cmp.Diff(tt.text, got.Text); diff != "" || got.Speak != tt.want {
				t.Errorf("speaks %q from now on, want %q (-want +got)\n%s", got.Speak, tt.want, diff)
			}
		})
	}
}

// TestLangButtons: each line of the text is a button too, which whoever presses it gives as their own command.
func TestLangButtons(t *testing.T) {
	reply := run(t, setOf(t, commands.Lang()), commands.Request{Name: "lang", Lang: ru, Unchosen: en})
	want := []bitrix.Button{
		{Text: "English", Command: "lang", Params: "en", Line: true},
		{Text: "Deutsch", Command: "lang", Params: "de", Line: true},
		{Text: "как на портале", Command: "lang", Params: "auto", Line: true},
	}
	if diff := cmp.Diff(want, reply.Keyboard.Buttons); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if lines := strings.Count(reply.Text, "\n"); lines != len(want) {
		t.Errorf("%d lines for %d buttons", lines, len(want))
	}
}

// TestLanguageIsKept: it holds for all that the person asks, wherever, for nobody else, and until they say otherwise.
func TestLanguageIsKept(t *testing.T) {
	office := commandtest.New(t, commands.Lang(), commands.Help())
	anna, vera := office.Hire(bitrix.User{Name: "Anna"}), office.Hire(bitrix.User{Name: "Vera"})
	group := office.Group(anna, vera)
	say := func(who bitrix.UserID, line, part string) {
		t.Helper()
		office.Say(who, line).Contains(part).Redeliver()
	}
	say(anna, "/lang de", "auf Deutsch")
	say(anna, "/help", "Das kann ich")
	group.Say(anna, "/help").Contains("Das kann ich")
	group.Say(vera, "/help").Contains("Here is what I can do")
	office.Speak(ru)
	say(anna, "/help", "Das kann ich")
	say(vera, "/help", "Вот что я умею")
	say(anna, "/lang auto", "по-русски")
	say(anna, "/help", "Вот что я умею")
	say(anna, "/lang", "• [send=/lang en]/lang en[/send] — English\n• [send=/lang de]/lang de[/send] — Deutsch")
	office.Say(anna, "/lang en\n/help").Contains("I speak English").Contains("Here is what I can do")
}
