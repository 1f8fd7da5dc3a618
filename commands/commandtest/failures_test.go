package commandtest_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/commandtest"
)

// say is a command that says what it is told to.
func say() commands.Command {
	type words struct {
		Words string `arg:"rest"`
	}
	return command("say", func(_ context.Context, c commands.Call, a words) (commands.Reply, error) {
		if reason, broken := strings.CutPrefix(a.Words, "break "); broken {
			return commands.Reply{}, fmt.Errorf("say: %s", reason)
		}
		text := strings.ReplaceAll(a.Words, "|", "\n")
		return commands.Reply{Text: text, Keyboard: &bitrix.Keyboard{Buttons: []bitrix.Button{
			c.Button("Again", "say", a), {Text: "Open", Link: "https://example.com"},
		}}}, nil
	})
}

// TestWhatAFailedTestTells is what the author of a command reads when an expectation is not met.
func TestWhatAFailedTestTells(t *testing.T) {
	for name, c := range map[string]struct {
		test func(office *commandtest.Office, anna bitrix.UserID)
		want string
	}{
		"another text": {
			func(o *commandtest.Office, anna bitrix.UserID) {
				o.Say(anna, "/say good morning").Reads("good evening")
			},
			"Anna said: /say good morning\n" +
				"  answered: good morning\n" +
				"    buttons (Again) (Open)\n" +
				"  expected: good evening",
		},
		"several lines, one with what cannot be seen": {
			func(o *commandtest.Office, anna bitrix.UserID) {
				o.Say(anna, "/say good|morning").Reads("good\u00a0|morning")
			},
			"Anna said: /say good|morning\n" +
				"  answered: good\n    morning\n" +
				"    buttons (Again) (Open)\n" +
				"  expected: \"good\\u00a0|morning\"",
		},
		"a part": {
			func(o *commandtest.Office, anna bitrix.UserID) { o.Say(anna, "/say good").Contains("goo", "bad") },
			"Anna said: /say good\n" +
				"  answered: good\n" +
				"    buttons (Again) (Open)\n" +
				"  expected: somewhere: bad",
		},
		"other buttons": {
			func(o *commandtest.Office, anna bitrix.UserID) {
				o.Say(anna, "/say good").Reads("good").Offers("Again")
			},
			"Anna said: /say good\n" +
				"  answered: good\n" +
				"    buttons (Again) (Open)\n" +
				"  expected: buttons (Again)",
		},
		"no such button": {
			func(o *commandtest.Office, anna bitrix.UserID) {
				o.Say(anna, "/say good").Reads("good").Press(anna, "Stop")
			},
			"Anna cannot press (Stop): there are buttons (Again) (Open)",
		},
		"a button the bot hears nothing of": {
			func(o *commandtest.Office, anna bitrix.UserID) {
				o.Say(anna, "/say good").Reads("good").Press(anna, "Open")
			},
			"(Open) is a button of the messenger, and nothing the bot hears of: https://example.com",
		},
		"nothing was to be answered": {
			func(o *commandtest.Office, anna bitrix.UserID) { o.Say(anna, "/say good").Nothing() },
			"Anna said: /say good\n" +
				"  answered: good\n" +
				"    buttons (Again) (Open)\n" +
				"  expected: nothing",
		},
		"nothing more was to be answered": {
			func(o *commandtest.Office, anna bitrix.UserID) { o.Say(anna, "/say a\n/say b").Reads("a") },
			"failures_test.go:x\n" +
				"  Anna said: /say a\n    /say b\n" +
				"  answered: b\n" +
				"    buttons (Again) (Open)\n" +
				"  expected: nothing more: no expectation of the test reads this",
		},
		"something more was to be answered": {
			func(o *commandtest.Office, anna bitrix.UserID) { o.Say(anna, "/say a").Reads("a").Reads("b") },
			"Anna said: /say a\n" +
				"  answered: nothing more\n" +
				"  expected: b",
		},
		"the bot heard nothing": {
			func(o *commandtest.Office, anna bitrix.UserID) {
				o.Group(anna, 3).Say(anna, "good morning").Reads("hi")
			},
			"Anna said in a group with Oleg: good morning\n" +
				"  answered: nothing: in a group the bot hears only commands and what begins with its mention\n" +
				"  expected: hi",
		},
		"no question": {
			func(o *commandtest.Office, anna bitrix.UserID) { o.Say(anna, "/say how are you?").Asks("how are you?") },
			"Anna said: /say how are you?\n" +
				"  answered: how are you?\n" +
				"    buttons (Again) (Open)\n" +
				"    (no question: the command does not wait for an answer)\n" +
				"  expected: how are you?\n" +
				"    (a question: the command waits for the answer)",
		},
		"nothing stood there before": {
			func(o *commandtest.Office, anna bitrix.UserID) { o.Say(anna, "/say a").Reads("a").After("one moment") },
			"Anna said: /say a\n" +
				"  answered: before that nothing\n" +
				"  expected: before that one moment",
		},
		"it did not fail": {
			func(o *commandtest.Office, anna bitrix.UserID) { o.Say(anna, "/say a").Fails("no network") },
			"Anna said: /say a\n" +
				"  answered: a\n" +
				"    buttons (Again) (Open)\n" +
				"    (the command did not fail)\n" +
				"  expected: an apology, since the command fails: no network",
		},
		"a person who is not there": {
			func(o *commandtest.Office, _ bitrix.UserID) { o.Say(99, "/say a") },
			"number 99 said: /say a\n" +
				"The portal does not let them: say in 456 as 99: no such person",
		},
		"a number that is taken": {
			func(o *commandtest.Office, anna bitrix.UserID) { o.Hire(bitrix.User{ID: anna}) },
			"nobody can be hired under the number 2: it is taken, or not one of people",
		},
		"expected before it is read": {
			func(o *commandtest.Office, anna bitrix.UserID) { o.Say(anna, "/say a").Offers() },
			"Offers is about the message just read: say what it Reads first",
		},
	} {
		t.Run(name, func(t *testing.T) {
			told := recorded(t, func(t testing.TB) {
				office := commandtest.New(t, say())
				anna := office.Hire(bitrix.User{Name: "Anna"})
				office.Hire(bitrix.User{Name: "Oleg"})
				c.test(office, anna)
			})
			if diff := cmp.Diff(c.want, told); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestAFailureTellsWhy: the reason is what the operator would read, and of a panic also where.
func TestAFailureTellsWhy(t *testing.T) {
	crash := command("crash", func(context.Context, commands.Call, none) (commands.Reply, error) { panic("no coffee") })
	for line, want := range map[string][]string{
		"/say break the line is busy": {
			"Anna said: /say break", "the fault is mine", "expected: hello", "it failed: say: the line is busy",
		},
		"/crash": {"expected: hello", "it failed: command crash panicked: no coffee", "failures_test.go:"},
	} {
		told := recorded(t, func(t testing.TB) {
			office := commandtest.New(t, say(), crash)
			office.Say(office.Hire(bitrix.User{Name: "Anna"}), line).Reads("hello")
		})
		for _, part := range want {
			if !strings.Contains(told, part) {
				t.Errorf("no %q in:\n%s", part, told)
			}
		}
	}
}

// TestACommandThatNeverIsDone: errors that pass are tried again, but not for ever.
func TestACommandThatNeverIsDone(t *testing.T) {
	slow := command("slow", func(context.Context, commands.Call, none) (commands.Reply, error) {
		return commands.Reply{}, fmt.Errorf("ask the weather: %w", context.DeadlineExceeded)
	})
	told := recorded(t, func(t testing.TB) {
		office := commandtest.New(t, slow)
		office.Say(office.Hire(bitrix.User{Name: "Anna"}), "/slow").Reads("sunny")
	})
	want := "Anna said: /slow\n" +
		"  answered: nothing\n" +
		"  expected: sunny\n" +
		"  it failed: it wanted to be tried again 40 times, the last time after: ask the weather: context deadline exceeded"
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestANoticedFailureIsNotForgotten: reading the apology does not make the command work.
func TestANoticedFailureIsNotForgotten(t *testing.T) {
	told := recorded(t, func(t testing.TB) {
		office := commandtest.New(t, say())
		office.Say(office.Hire(bitrix.User{Name: "Anna"}), "/say break in two").Contains("the fault is mine")
	})
	if !strings.Contains(told, "that the command does not fail; if it is to, say Fails") {
		t.Errorf("told:\n%s", told)
	}
}

// TestCommandsThatGoNotTogether are told at once.
func TestCommandsThatGoNotTogether(t *testing.T) {
	told := recorded(t, func(t testing.TB) { commandtest.New(t, say(), say()) })
	if want := "these commands make no bot:\ncommand \"say\": the name is taken"; told != want {
		t.Errorf("got:\n%s\nwant:\n%s", told, want)
	}
}
