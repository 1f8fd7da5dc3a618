package bot_test

import (
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
)

// phone is of number 5, as far as cards tell it.
const phone = "79990000005"

// TestContactsAreSentPrivately: where a guest reads along a card has no phone, but a button that sends it to who presses. The guest
// who presses gets nothing, in the group and in private.
func TestContactsAreSentPrivately(t *testing.T) {
	for _, w := range []way{{}, {v1: true}} {
		t.Run(w.String(), func(t *testing.T) {
			o := openAs(t, w, portal.Options{}, func(*bot.Bot) {})
			guest := guestOf(t, o)
			group := o.NewGroup("with a guest", anna, guest, bitrix.UserID(o.bot))
			card := o.say(t, anna, group, "/whois 5")
			if strings.Contains(card.Text, phone) {
				t.Fatalf("the guest reads: %s", card.Text)
			}
			wantParts(t, card.Text, "Евгений Шеленков")
			for _, who := range []bitrix.UserID{guest, anna} {
				o.press(t, who, card, "5 лично")
				o.await(t, "an answer in private", func() bool { return len(o.answers(who, o.private())) == 1 })
				answer := o.answers(who, o.private())[0].Text
				if told := strings.Contains(answer, phone); told != (who == anna) {
					t.Errorf("%d reads in private: %s", who, answer)
				}
			}
			if n := len(o.answers(anna, group)); n != 1 {
				t.Errorf("%d answers in the group, want the card alone", n)
			}
		})
	}
}

// TestOperatorAllowsOutsiders: what the operator set holds wherever somebody asks.
func TestOperatorAllowsOutsiders(t *testing.T) {
	privacy, err := commands.ParsePrivacy("outsiders: name")
	if err != nil {
		t.Fatal(err)
	}
	o := openWith(t, portal.Options{}, func(b *bot.Bot) { b.Texts.Privacy = privacy })
	answer := o.say(t, guestOf(t, o), o.private(), "/whois 5").Text
	wantParts(t, answer, "Евгений Шеленков")
	if strings.Contains(answer, "Ведущий разработчик") || strings.Contains(answer, phone) {
		t.Errorf("a guest reads: %s", answer)
	}
}
