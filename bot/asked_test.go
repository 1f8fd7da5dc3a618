package bot_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events/stream"
)

// thanking is a command that asks what for and how much, and takes a moment over the end.
func thanking() commands.Command {
	type arguments struct{ Who commands.Person }
	return commands.New("thanks", func(_ context.Context, c commands.Call, a arguments) (commands.Reply, error) {
		why, told := c.Answer(0)
		if !told {
			return commands.Reply{Text: "What for?", Asks: true}, nil
		}
		much, told := c.Answer(1)
		if !told {
			return commands.Reply{Text: "How much?", Asks: true}, nil
		}
		thanks := fmt.Sprintf("Thanks, %s, for %s, %s", bitrix.Plain(a.Who.LastName), bitrix.Plain(why), bitrix.Plain(much))
		return then("Thanking…", commands.Reply{Text: thanks}, nil), nil
	}, titled("thanks"))
}

// unasked is in what the bot says to a greeting when nothing is asked.
const unasked = "Здравствуйте"

const thanks = "Thanks, Шеленков, for the help, a lot"

// TestConversationWithACommand is the same whichever way the bot calls the portal and hears of events, and in a group the
// same as in private, but that there the bot has to be mentioned. Where it cannot be, it goes on in private.
func TestConversationWithACommand(t *testing.T) {
	t.Parallel()
	for _, w := range ways {
		t.Run(w.String(), func(t *testing.T) {
			t.Parallel()
			o := openAs(t, w, fast, func(*bot.Bot) {}, thanking())
			if err := o.Join(training, bitrix.UserID(o.bot)); err != nil {
				t.Fatal(err)
			}
			mention := fmt.Sprintf("[USER=%d]Whois24[/USER], ", o.bot)
			const hint = "\nОтвечая, начните сообщение с упоминания меня: другого я здесь не слышу."
			o.thank(t, o.private(), o.private(), "", "")
			o.thank(t, training, training, mention, hint)
			o.thank(t, o.NewGroup("Without the bot", anna, 5), o.private(), "", "")
		})
	}
}

// thank has Anna thank somebody, and checks what she is asked.
func (o *office) thank(t *testing.T, there, answers bitrix.DialogID, mention, hint string) {
	t.Helper()
	for _, step := range []struct {
		in         bitrix.DialogID
		line, want string
	}{
		{there, "/thanks 5", "What for?" + hint},
		{answers, mention + "the help", "How much?" + hint},
		{answers, mention + "a lot", thanks},
		{answers, mention + "привет", unasked},
	} {
		before := len(o.answers(anna, answers))
		if _, err := o.Say(anna, step.in, step.line); err != nil {
			t.Fatal(err)
		}
		fits := 0
		o.await(t, step.want, func() bool {
			fits = 0
			for _, m := range o.answers(anna, answers)[before:] { // a welcome may be among them
				if strings.Contains(m.Text, step.want) {
					fits++
				}
			}
			return fits > 0
		})
		if fits != 1 {
			t.Errorf("%q is answered %d times", step.line, fits)
		}
	}
}

// TestDeathInAConversation: wherever a worker dies over whatever is said, each question and the end are there once.
func TestDeathInAConversation(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	dies(t, func(t *testing.T, handle func(*desk, stream.Delivery)) {
		d := newDesk(t, s, false, thanking())
		for _, line := range []string{"/thanks 5", "the help", "a lot"} {
			handle(d, d.says(d.private(), line))
		}
		d.want(d.private(), "What for?", "How much?", thanks)
	})
}

// TestDeathInAConversationOutsideTheChat is the same where the questions go to the asker alone.
func TestDeathInAConversationOutsideTheChat(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	dies(t, func(t *testing.T, handle func(*desk, stream.Delivery)) {
		d := newDesk(t, s, false, thanking())
		outside := d.NewGroup("Without the bot", anna, 5)
		handle(d, d.says(outside, "/thanks 5"))
		handle(d, d.says(d.private(), "the help"))
		d.want(d.private(), "What for?", "How much?")
		d.want(outside)
	})
}

// TestDeathInAConversationOnAnOldPortal: a message may be there twice, but no question is skipped and no answer lost.
func TestDeathInAConversationOnAnOldPortal(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	dies(t, func(t *testing.T, handle func(*desk, stream.Delivery)) {
		d := newDesk(t, s, true, thanking())
		for i, line := range []string{"/thanks 5", "the help", "a lot"} {
			handle(d, d.says(d.private(), line))
			all := d.posted(d.private())
			if want := []string{"What for?", "How much?", thanks}[i]; all[len(all)-1] != want {
				t.Errorf("after %q stands %q", line, all)
			}
		}
	})
}

// TestEverythingComesAgain: events that other workers settled long ago change nothing.
func TestEverythingComesAgain(t *testing.T) {
	t.Parallel()
	for _, v1 := range []bool{false, true} {
		d := newDesk(t, prepared(t), v1, thanking())
		var all []stream.Delivery
		for _, line := range []string{"/thanks 5", "the help", "a lot", "/thanks 7"} {
			all = append(all, d.says(d.private(), line))
			d.hears(d.worker(), all[len(all)-1])
			for _, e := range slices.Backward(all) {
				d.hears(d.worker(), e)
			}
		}
		d.want(d.private(), "What for?", "How much?", thanks, "What for?")
		d.hears(d.worker(), d.says(d.private(), "the coffee"))
		d.want(d.private(), "What for?", "How much?", thanks, "What for?", "How much?")
	}
}

// TestWhatAnswersAQuestion is what may be said when a command has asked something.
func TestWhatAnswersAQuestion(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ы", 5000)
	const cancelled = "Хорошо, не буду."
	for name, c := range map[string]struct{ line, want string }{
		"a line":                          {"the help", "help: the help"},
		"several lines":                   {"the help\n  and the coffee ", "help: the help|and the coffee"},
		"what begins like a command":      {"help with the report", "help: help with the report"},
		"what names one further on":       {"see /whatever", "help: see /whatever"},
		"BB-code":                         {"[b]the help[/b]", "help: the help"},
		"invisible characters":            {"the\u200b help\u202e", "help: the help"},
		"a long text":                     {long, "help: " + long[:4000*len("ы")]},
		"a command":                       {"/help", "[b]Вот что я умею"},
		"an unknown command":              {"/nonsense", "Команды «/nonsense» я не знаю"},
		"cancel":                          {"Отмена.", cancelled},
		"cancel in English":               {"never mind", cancelled},
		"cancel like a command":           {"/cancel", cancelled},
		"cancel in a sentence is no such": {"cancel the help", "help: cancel the help"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, prepared(t), false, asking())
			w := d.worker()
			for _, step := range []struct{ line, want string }{{"/ask help", "?"}, {c.line, c.want}, {"привет", unasked}} {
				e := d.says(d.private(), step.line)
				for range 2 { // it may come again
					d.hears(w, e)
				}
				all := d.posted(d.private())
				if last := all[len(all)-1]; !strings.Contains(last, step.want) {
					t.Errorf("%.50q is answered with %.100q, want %.50q", step.line, last, step.want)
				}
			}
			if n := len(d.posted(d.private())); n != 3 {
				t.Errorf("%d messages, want 3", n)
			}
		})
	}
}

// asking is a command that asks once and repeats the answer.
func asking() commands.Command {
	type arguments struct {
		What string `arg:"rest"`
	}
	return commands.New("ask", func(_ context.Context, c commands.Call, a arguments) (commands.Reply, error) {
		if answer, told := c.Answer(0); told {
			return commands.Reply{Text: a.What + ": " + strings.ReplaceAll(answer, "\n", "|")}, nil
		}
		return commands.Reply{Text: "?", Asks: true}, nil
	}, titled("ask"))
}

// TestWhoAnswersAQuestion: in a group that is who was asked, and who mentions the bot. A file says nothing.
func TestWhoAnswersAQuestion(t *testing.T) {
	t.Parallel()
	d := newDesk(t, prepared(t), false, asking())
	group := d.NewGroup("With the bot", anna, 5, d.bot)
	mention := fmt.Sprintf("[USER=%d]Whois24[/USER] ", d.bot)
	for _, step := range []struct {
		who        bitrix.UserID
		line, want string
	}{
		{anna, "/ask help", "?"},
		{5, mention + "привет", unasked},
		{anna, "talking to somebody else\n/ask me", "?"}, // begins anew: the line between is not for the bot
		{anna, mention + "the help", "me: the help"},
		{anna, "/ask again", "?"},
		{anna, mention, unasked}, // says nothing
	} {
		d.hears(d.worker(), d.saysAs(step.who, group, step.line))
		all := d.posted(group)
		if last := all[len(all)-1]; !strings.Contains(last, step.want) {
			t.Errorf("%d said %q and was told %q", step.who, step.line, last)
		}
	}
}

// TestQuestionOutlivesTheBot: the next process hears the answer.
func TestQuestionOutlivesTheBot(t *testing.T) {
	t.Parallel()
	fetching := way{fetch: true}
	o := openAs(t, fetching, fast, func(*bot.Bot) {}, asking())
	wantParts(t, o.say(t, anna, o.private(), "/ask help").Text, "?")
	o.stop()
	next := openAt(t, fetching, o.Portal, bitrix.ClientOptions{}, func(b *bot.Bot) { b.Store = o.store }, asking())
	next.bot = o.bot
	wantParts(t, next.say(t, anna, next.private(), "the help").Text, "help: the help")
}

// TestQuestionIsForgotten after a while, from when it was put.
func TestQuestionIsForgotten(t *testing.T) {
	t.Parallel()
	for wait, want := range map[time.Duration]string{
		commands.AskedFor - time.Second: "help: привет",
		commands.AskedFor + time.Second: unasked,
	} {
		d := newDesk(t, prepared(t), false, asking())
		d.clock.stop()
		d.hears(d.worker(), d.says(d.private(), "/ask help"))
		d.clock.goOn()
		d.clock.putForward(wait)
		d.hears(d.worker(), d.says(d.private(), "привет"))
		if all := d.posted(d.private()); len(all) != 2 || !strings.Contains(all[1], want) {
			t.Errorf("after %v: %q", wait, all)
		}
	}
}

// TestAnswerThatCouldNotBeTaken can be given again.
func TestAnswerThatCouldNotBeTaken(t *testing.T) {
	t.Parallel()
	d := newDesk(t, prepared(t), false, thanking())
	d.hears(d.worker(), d.says(d.private(), "/thanks 5"))
	d.Fail(portal.Fault{Method: "im.user.get", Kind: portal.Refused, Status: 403, Code: "insufficient_scope"})
	if _, dead := d.hears(d.worker(), d.says(d.private(), "the help")).Buried(); !dead {
		t.Error("nobody hears of the fault")
	}
	d.Recover()
	for _, line := range []string{"the help", "a lot"} {
		d.hears(d.worker(), d.says(d.private(), line))
	}
	if all := d.posted(d.private()); len(all) != 4 || all[3] != thanks {
		t.Errorf("posted are %q", all)
	}
}

// TestCommandThatFailsEndsAQuestionToo: the person has turned to something else.
func TestCommandThatFailsEndsAQuestionToo(t *testing.T) {
	t.Parallel()
	d := newDesk(t, prepared(t), false, asking(), replying("fail", commands.Reply{}))
	for _, line := range []string{"/ask help", "/fail", "привет"} {
		d.hears(d.worker(), d.says(d.private(), line))
	}
	if all := d.posted(d.private()); len(all) != 3 || !strings.Contains(all[2], unasked) {
		t.Errorf("posted are %q", all)
	}
}

// TestQuestionsWithoutEnd are stopped.
func TestQuestionsWithoutEnd(t *testing.T) {
	t.Parallel()
	d := newDesk(t, prepared(t), false, replying("why", commands.Reply{Text: "Why?", Asks: true}))
	w := d.worker()
	d.hears(w, d.says(d.private(), "/why"))
	for n := range commands.MaxAnswers {
		_, dead := d.hears(w, d.says(d.private(), "because")).Buried()
		if last := n == commands.MaxAnswers-1; dead != last {
			t.Fatalf("answer %d is dead: %v", n+1, dead)
		}
	}
}

// TestStepsThatEndInAQuestion: the last step may ask, and its answer is heard.
func TestStepsThatEndInAQuestion(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	cmd := commands.New("ask", func(_ context.Context, c commands.Call, _ struct{}) (commands.Reply, error) {
		if answer, told := c.Answer(0); told {
			return commands.Reply{Text: bitrix.Plain(answer)}, nil
		}
		return then("Thinking…", commands.Reply{Text: "What?", Asks: true}, nil), nil
	}, titled("ask"))
	dies(t, func(t *testing.T, handle func(*desk, stream.Delivery)) {
		d := newDesk(t, s, false, cmd)
		handle(d, d.says(d.private(), "/ask"))
		handle(d, d.says(d.private(), "that"))
		d.want(d.private(), "What?", "that")
	})
}
