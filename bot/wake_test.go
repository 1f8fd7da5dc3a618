package bot_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

type reminder struct {
	In  time.Duration `arg:"default=1h"`
	For string        `arg:"optional,rest"`
}

// reminding is a command that says something later. For nothing it has nothing to say then.
func reminding() commands.Command {
	return commands.New("remind", func(_ context.Context, c commands.Call, a reminder) (commands.Reply, error) {
		switch {
		case c.Woken && a.For == "":
			return commands.Reply{}, nil
		case c.Woken:
			return commands.Reply{Text: "It is time for " + a.For + ", as you said " + c.Note, Wake: &commands.Wake{Key: "it"}}, nil
		case a.For == "":
			return commands.Reply{}, nil
		}
		return commands.Reply{Text: "I will.", Wake: &commands.Wake{Key: "it", At: c.Now.Add(a.In), Note: "before"}}, nil
	}, titled("remind"))
}

const teaTime = "It is time for tea, as you said before"

// TestCommandIsRunAgain when it wants to be, for who asked and in private, wherever that was. It is said by whichever process is
// there then.
func TestCommandIsRunAgain(t *testing.T) {
	t.Parallel()
	for _, w := range ways {
		t.Run(w.String(), func(t *testing.T) {
			t.Parallel()
			o := openAs(t, w, fast, func(*bot.Bot) {}, reminding())
			group := o.NewGroup("With the bot", anna, 5, bitrix.UserID(o.bot))
			if text := o.say(t, anna, group, "/remind 1s tea").Text; text != "I will." {
				t.Errorf("said was %q", text)
			}
			if !w.app {
				o.stop()
				next := openAt(t, w, o.Portal, bitrix.ClientOptions{}, func(b *bot.Bot) { b.Store = o.store }, reminding())
				next.bot = o.bot
				o = next
			}
			o.await(t, "what was asked for", func() bool {
				return slices.ContainsFunc(o.answers(anna, o.private()), func(m portal.Message) bool { return m.Text == teaTime })
			})
			if n := len(o.answers(anna, group)); n != 1 {
				t.Errorf("%d answers in the group, want the one that was asked for there", n)
			}
		})
	}
}

// asleep is how many wakes of Anna's there are.
func (d *desk) asleep() int {
	d.t.Helper()
	other := d.due("other")
	other.Event.Wake.Key = "another"
	n, err := d.store.OtherWakes(d.t.Context(), other.Event)
	if err != nil {
		d.t.Fatal(err)
	}
	return n
}

// due is the event that has /remind run again for Anna, who asked a minute ago.
func (d *desk) due(what string) stream.Delivery {
	now := d.clock.now()
	return stream.Delivery{Stored: now, Event: events.Event{
		Portal: d.name,
		Wake:   &events.Wake{Key: "it", At: now, Asked: now.Add(-time.Minute), Note: "before"},
		Event: bitrix.Event{
			Kind: events.Woken, Bot: bitrix.EventBot{ID: bitrix.BotID(d.bot), Code: "whois24"},
			Command: bitrix.Command{Name: "remind", Params: strings.TrimSpace("1h " + what)},
			Chat:    bitrix.Chat{Dialog: bitrix.PrivateDialog(anna), Private: true}, User: bitrix.Author{ID: anna},
		},
	}}
}

// TestDeathOverAWake: what the person was told will happen.
func TestDeathOverAWake(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	dies(t, func(t *testing.T, handle func(*desk, stream.Delivery)) {
		d := newDesk(t, s, false, reminding())
		handle(d, d.says(d.private(), "/remind 1h tea"))
		d.want(d.private(), "I will.")
		if n := d.asleep(); n != 1 {
			t.Errorf("%d wakes are there, want 1", n)
		}
	})
}

// TestDeathOverWhatIsDue: it is said, and once.
func TestDeathOverWhatIsDue(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	dies(t, func(t *testing.T, handle func(*desk, stream.Delivery)) {
		d := newDesk(t, s, false, reminding())
		due := d.due("tea")
		handle(d, due)
		d.want(d.private(), teaTime)
		d.hears(d.worker(), due)
		d.want(d.private(), teaTime)
		if ended, err := s.WakeEnded(t.Context(), due.Event); err != nil || !ended {
			t.Errorf("it is ended: %v, %v", ended, err)
		}
	})
}

// TestWakeThatSaysNothing is no mistake, while a person who asks is to be answered.
func TestWakeThatSaysNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t, prepared(t), false, reminding())
	if why, dead := d.hears(d.worker(), d.due("")).Buried(); dead {
		t.Errorf("it was given up: %s", why)
	}
	d.want(d.private())
	if _, dead := d.hears(d.worker(), d.says(d.private(), "/remind")).Buried(); !dead {
		t.Error("nobody hears of a command that does not answer")
	}
}

// TestWakeOfACommandThatIsGone says nothing: nobody asked just now.
func TestWakeOfACommandThatIsGone(t *testing.T) {
	t.Parallel()
	d := newDesk(t, prepared(t), false)
	if why, dead := d.hears(d.worker(), d.due("tea")).Buried(); dead {
		t.Errorf("it was given up: %s", why)
	}
	d.want(d.private())
}

// TestWakeInAConversation leaves a question that was put meanwhile to be answered.
func TestWakeInAConversation(t *testing.T) {
	t.Parallel()
	d := newDesk(t, prepared(t), false, reminding(), asking())
	d.hears(d.worker(), d.says(d.private(), "/ask help"))
	d.hears(d.worker(), d.due("tea"))
	d.hears(d.worker(), d.says(d.private(), "the help"))
	d.want(d.private(), "?", teaTime, "help: the help")
}

// TestWakeWithoutRoom is a fault of the command, and an apology.
func TestWakeWithoutRoom(t *testing.T) {
	t.Parallel()
	d := newDesk(t, prepared(t), false, replying("long", commands.Reply{
		Text: "I will.", Wake: &commands.Wake{At: time.Now().Add(time.Hour), Note: strings.Repeat("long ", 20_000)},
	}))
	why, _ := d.hears(d.worker(), d.says(d.private(), "/long")).Buried()
	if all := d.posted(d.private()); !strings.Contains(why, "64 KB") || len(all) != 1 || all[0] == "I will." {
		t.Errorf("posted are %q, and the reason is %q", all, why)
	}
}

// TestPromiseGoesWithItsQuestion: who takes a question back, or asks something else in its place, waits for nothing any more; and
// who puts it otherwise waits once.
func TestPromiseGoesWithItsQuestion(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	for name, act := range map[string]struct {
		do   func(*desk, bitrix.MessageID) []stream.Delivery
		want int
	}{
		"taken back":        {(*desk).deletes, 0},
		"another question":  {changing("/echo tea"), 0},
		"otherwise":         {changing("/remind 2h coffee"), 1},
		"the same in words": {changing("so, /remind 1h tea"), 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dies(t, func(t *testing.T, handle func(*desk, stream.Delivery)) {
				d := newDesk(t, s, false, reminding(), echoing())
				id, told := d.asks(d.private(), "/remind 1h tea")
				d.hearsAll(told)
				for _, e := range act.do(d, id) {
					e.Stored = e.Stored.Add(time.Second) // later than the question
					handle(d, e)
				}
				if n := d.asleep(); n != act.want {
					t.Errorf("%d wakes are there, want %d", n, act.want)
				}
			})
		})
	}
}
