package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// hasty is an office whose bot tries again at once.
func hasty(t *testing.T) (*office, *clock) {
	t.Helper()
	c := &clock{}
	o := openWith(t, fast, func(b *bot.Bot) {
		b.SetClock(c.now)
		b.SetDelay(10 * time.Millisecond)
	})
	return o, c
}

const (
	sendMethod   = "imbot.v2.Chat.Message.send"
	answerMethod = "imbot.v2.Command.answer"
)

// settled has the questions of a dialog settled: one more there, about Anna, is answered after them.
func (o *office) settled(t *testing.T, in bitrix.DialogID) {
	t.Helper()
	if _, err := o.Say(anna, in, "/whois 7"); err != nil {
		t.Fatal(err)
	}
	o.await(t, "the last answer", func() bool {
		return slices.ContainsFunc(append(o.answers(anna, in), o.answers(anna, o.private())...), func(m portal.Message) bool {
			return strings.Contains(m.Text, "Офис-менеджер")
		})
	})
}

// TestAnswerOutsideTheChat is where the answer goes in a group the bot is not in, when the call for it fails.
func TestAnswerOutsideTheChat(t *testing.T) {
	for name, c := range map[string]struct {
		fault        portal.Fault
		there, alone int // answers to the question, in the group and in private
		outcome      string
	}{
		"it certainly did not run": {
			portal.Fault{Method: answerMethod, Kind: portal.Refused, Code: "CONNECTION_ERROR", Times: 1}, 1, 0, "released",
		},
		"too many requests":                {portal.Fault{Method: answerMethod, Kind: portal.Unavailable503, Times: 1}, 1, 0, "posted"},
		"it ran and the connection died":   {portal.Fault{Method: answerMethod, Kind: portal.ResetAfter, Times: 1}, 1, 1, "private"},
		"it ran and its answer was cut":    {portal.Fault{Method: answerMethod, Kind: portal.Truncated, Times: 1}, 1, 1, "private"},
		"it did not run, and nobody knows": {portal.Fault{Method: answerMethod, Kind: portal.ResetBefore, Times: 1}, 0, 1, "private"},
		"the portal broke down over it":    {portal.Fault{Method: answerMethod, Kind: portal.Error500, Times: 1}, 0, 1, "private"},
		"it was refused for good":          {portal.Fault{Method: answerMethod, Kind: portal.Refused, Code: "COMMAND_ANSWER_FAILED", Times: 1}, 0, 1, "released"},
		"nothing fails":                    {portal.Fault{Method: "im.none", Kind: portal.Error500}, 1, 0, "posted"},
	} {
		t.Run(name, func(t *testing.T) {
			o, _ := hasty(t)
			outside := o.NewGroup("Without the bot", anna, 5)
			o.Fail(c.fault)
			if _, err := o.Say(anna, outside, "/whois 5"); err != nil {
				t.Fatal(err)
			}
			o.await(t, "an answer", func() bool { return len(o.answers(anna, outside))+len(o.answers(anna, o.private())) >= c.there+c.alone })
			o.settled(t, outside)
			there, alone := len(o.answers(anna, outside))-1, len(o.answers(anna, o.private()))
			if there != c.there || alone != c.alone {
				t.Errorf("%d answers in the group and %d in private, want %d and %d", there, alone, c.there, c.alone)
			}
			o.wantMetric(t, fmt.Sprintf(`whois24_command_answers_total{outcome=%q}`, c.outcome))
		})
	}
}

// TestAnotherWorkerHadTheReply has a question found as a worker that died would leave it.
func TestAnotherWorkerHadTheReply(t *testing.T) {
	for name, c := range map[string]struct {
		left  stream.Effect
		alone int // answers in private
	}{
		"in the call":         {stream.Claimed, 1},
		"after it was posted": {stream.Sent, 0},
	} {
		t.Run(name, func(t *testing.T) {
			o, _ := hasty(t)
			outside := o.NewGroup("Without the bot", anna, 5)
			o.Fail(portal.Fault{Method: sendMethod, Kind: portal.Gateway502}) // until it is as it should be
			id, err := o.Say(anna, outside, "/whois 5")
			if err != nil {
				t.Fatal(err)
			}
			o.leave(t, id, "", c.left)
			o.Recover()
			o.settled(t, outside)
			if n := len(o.answers(anna, outside)); n != 1 {
				t.Errorf("%d answers in the group, want one to the last question", n)
			}
			if n := len(o.answers(anna, o.private())); n != c.alone {
				t.Errorf("%d answers in private, want %d", n, c.alone)
			}
		})
	}
}

// leave records how far another worker came with the reply to Anna's /whois 5 in a message; try tells tries at it apart.
func (o *office) leave(t *testing.T, id bitrix.MessageID, try string, e stream.Effect) {
	t.Helper()
	asked := events.Event{Portal: o.name, Event: bitrix.Event{
		Kind: bitrix.CommandAdd, Bot: bitrix.EventBot{ID: o.bot}, Message: bitrix.Incoming{ID: id},
		User: bitrix.Author{ID: anna}, Command: bitrix.Command{Name: "whois", Params: "5"},
	}}
	for _, c := range o.Commands() {
		if c.Name == "whois" {
			asked.Command.ID = c.ID
		}
	}
	reply := bot.EffectKey(asked) + try
	if stood, err := o.store.Claim(t.Context(), reply); err != nil || stood != stream.Unclaimed {
		t.Fatalf("claim: %q %v", stood, err)
	}
	if e == stream.Claimed {
		return
	}
	if err := o.store.Conclude(t.Context(), reply, e); err != nil {
		t.Fatal(err)
	}
}

// TestLateAnswerGoesToTheAsker: after ten minutes the portal would say "done" and post nothing.
func TestLateAnswerGoesToTheAsker(t *testing.T) {
	o, clock := hasty(t)
	outside := o.NewGroup("Without the bot", anna, 5)
	clock.putForward(10 * time.Minute)
	if _, err := o.Say(anna, outside, "/whois 5"); err != nil {
		t.Fatal(err)
	}
	o.await(t, "an answer in private", func() bool { return len(o.answers(anna, o.private())) == 1 })
	wantParts(t, o.answers(anna, o.private())[0].Text, "Евгений Шеленков")
	o.stop()
	if n := len(o.answers(anna, outside)); n != 0 {
		t.Errorf("%d answers in the group", n)
	}
}

// TestLateAnswerThatCannotBeGiven is counted and buried.
func TestLateAnswerThatCannotBeGiven(t *testing.T) {
	o, clock := hasty(t)
	outside := o.NewGroup("Without the bot", anna, 5)
	clock.putForward(10 * time.Minute)
	o.Fail(portal.Fault{Method: sendMethod, Kind: portal.Refused, Code: "ACCESS_DENIED", Times: 2}) // in the group, in private
	if _, err := o.Say(anna, outside, "/whois 5"); err != nil {
		t.Fatal(err)
	}
	o.settled(t, outside)
	o.wantMetric(t, `whois24_late_answers_total{outcome="impossible"} 1`)
	o.wantMetric(t, `whois24_late_answers_total{outcome="private"} 1`)
	wantParts(t, o.dead(t, 1)[0].Reason, "in private: "+sendMethod)
}

// wantMetric asks until a line of the metrics is there: things are counted right after they are seen.
func (o *office) wantMetric(t *testing.T, line string) {
	t.Helper()
	for started := time.Now(); ; {
		_, text := get(t, o.admin+"/metrics")
		if strings.Contains(text, line) {
			return
		}
		if time.Since(started) > 10*time.Second {
			t.Fatalf("metrics lack %s", line)
		}
	}
}
