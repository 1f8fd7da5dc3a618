package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bot"
)

// greetings are those somebody can read in a dialog.
func (o *office) greetings(as bitrix.UserID, in bitrix.DialogID) (n int) {
	for _, m := range o.answers(as, in) {
		if strings.Contains(m.Text, "Здравствуйте!") && m.Keyboard != nil {
			n++
		}
	}
	return n
}

// TestGreeting: who opens the chat with the bot or brings it into a group is greeted once, however the bot hears of that.
func TestGreeting(t *testing.T) {
	for _, w := range ways {
		t.Run(w.String(), func(t *testing.T) {
			t.Parallel()
			o := openAs(t, w, fast, func(*bot.Bot) {})
			for range 2 {
				if err := o.Open(anna, o.bot); err != nil {
					t.Fatal(err)
				}
				if err := o.Join(training, bitrix.UserID(o.bot)); err != nil {
					t.Fatal(err)
				}
			}
			o.await(t, "two greetings", func() bool {
				return o.greetings(anna, o.private()) > 0 && o.greetings(anna, training) > 0
			})
			o.say(t, anna, o.private(), "/help")
			if private, group := o.greetings(anna, o.private()), o.greetings(anna, training); private != 1 || group != 1 {
				t.Errorf("%d greetings in private, %d in the group", private, group)
			}
		})
	}
}

// TestNobodyIsGreetedTooLate: after an outage the bot answers what was asked, and greets nobody. It is no dead letter either.
func TestNobodyIsGreetedTooLate(t *testing.T) {
	o, clock := hasty(t)
	o.Fail(portal.Fault{Kind: portal.Gateway502})
	if err := o.Open(anna, o.bot); err != nil {
		t.Fatal(err)
	}
	o.failing(t, 2)
	clock.putForward(time.Hour)
	o.Recover()
	o.say(t, anna, o.private(), "/help")
	if n := o.greetings(anna, o.private()); n != 0 {
		t.Errorf("%d greetings, an hour late", n)
	}
	o.dead(t, 0)
}

// TestGreetingThatIsRefused is no dead letter, and nobody reads an apology: nobody had asked.
func TestGreetingThatIsRefused(t *testing.T) {
	o, _ := hasty(t)
	o.refuseReplies()
	if err := o.Open(anna, o.bot); err != nil {
		t.Fatal(err)
	}
	o.failing(t, 1)
	o.Recover()
	o.say(t, anna, o.private(), "/help")
	if n := len(o.answers(anna, o.private())); n != 1 {
		t.Errorf("%d answers, want that to /help", n)
	}
	o.dead(t, 0)
}
