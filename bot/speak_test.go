package bot_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events/stream"
)

const (
	inGerman  = "Gern, ab jetzt antworte ich Ihnen auf Deutsch."
	inEnglish = "All right, I speak English with you from now on."
)

// TestDeathOverALanguage: wherever a worker dies over "/lang de", that is answered once, in German, as is what comes next.
func TestDeathOverALanguage(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	dies(t, func(t *testing.T, handle func(*desk, stream.Delivery)) {
		d := newDesk(t, s, false, commands.Lang())
		handle(d, d.says(d.private(), "/lang de"))
		handle(d, d.says(d.private(), "/whois 404"))
		d.want(d.private(), inGerman, "Die Nummer 404 hat auf dem Portal niemand. Prüfen Sie die Nummer oder erwähnen Sie die "+
			"Person: [put=/whois ]/whois @Name[/put].")
	})
}

// TestLaterChoiceStands: an event that comes again after a later one does not bring back the language it was about.
func TestLaterChoiceStands(t *testing.T) {
	t.Parallel()
	d := newDesk(t, prepared(t), false, commands.Lang())
	w := d.worker()
	first := d.says(d.private(), "/lang de")
	second := d.says(d.private(), "/lang en")
	second.Stored = first.Stored.Add(1)
	for _, e := range []stream.Delivery{first, second, first} {
		d.hears(w, e)
	}
	d.hears(d.worker(), d.says(d.private(), "/lang klingon")) // another process knows it too
	d.want(d.private(), inGerman, inEnglish, "I do not speak “klingon” yet. I do speak:\n"+
		"• [send=/lang de]/lang de[/send] — Deutsch\n• [send=/lang ru]/lang ru[/send] — Русский\n"+
		"• [send=/lang auto]/lang auto[/send] — as on the portal")
}

// TestLanguageIsChosen, in each way of calling the portal and hearing of events.
func TestLanguageIsChosen(t *testing.T) {
	t.Parallel()
	for _, w := range ways {
		t.Run(w.String(), func(t *testing.T) {
			t.Parallel()
			o := openAs(t, w, portal.Options{}, func(*bot.Bot) {}, commands.Lang())
			says := func(who bitrix.UserID, line, want string) {
				if _, err := o.Say(who, o.private(), line); err != nil {
					t.Fatal(err)
				}
				o.await(t, want, func() bool {
					return slices.ContainsFunc(o.answers(who, o.private()), func(m portal.Message) bool { return strings.Contains(m.Text, want) })
				})
			}
			says(anna, "/lang auf Deutsch", inGerman)
			says(anna, "/help", "[b]Das kann ich")
			says(5, "/help", "[b]Вот что я умею")
			kept, err := o.store.Recall(t.Context(), "language of user 7 of "+o.name)
			if err != nil || kept == nil {
				t.Errorf("the store has %s, %v", kept, err)
			}
		})
	}
}

// TestLanguageOfAConversation: a chat in the terminal is in the language it was begun in, until the person wants another.
func TestLanguageOfAConversation(t *testing.T) {
	t.Parallel()
	set, err := commands.NewSet(commands.Lang())
	if err != nil {
		t.Fatal(err)
	}
	chat := bot.NewConversation(&bot.Portal{Name: "a.example", Commands: set}, bot.Texts{Language: "en"}, bitrix.Author{ID: anna})
	var said []string
	for _, line := range []string{"/lang", "/lang de", "/lang", "/lang auto", "/lang"} {
		err := chat.Say(t.Context(), line, func(r commands.Reply) {
			first, _, _ := strings.Cut(r.Text, "\n")
			said = append(said, first)
		})
		if err != nil {
			t.Error(err)
		}
	}
	want := []string{
		"I speak English with you. I also speak:", inGerman, "Ich antworte Ihnen auf Deutsch. Ich kann auch:",
		"All right, I speak English with you, as everywhere on the portal.", "I speak English with you. I also speak:",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
