package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/events/stream"
)

// old is an office on a portal with bot API v1 alone, which posts a repeated message once more. Its bot tries again at once.
func old(t *testing.T) *office {
	t.Helper()
	return openAs(t, way{v1: true}, fast, func(b *bot.Bot) { b.SetDelay(10 * time.Millisecond) })
}

const addMethod = "imbot.message.add"

// aboutFive counts the answers about person 5 that somebody got in private.
func (o *office) aboutFive() (n int) {
	for _, m := range o.answers(anna, o.private()) {
		if strings.Contains(m.Text, "Шеленков") {
			n++
		}
	}
	return n
}

// TestMessageWithoutAKey is how often an answer is there when sending it fails, on a portal that cannot tell a repetition.
func TestMessageWithoutAKey(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault portal.Fault
		want  int
	}{
		"nothing fails":                    {portal.Fault{Method: "im.none", Kind: portal.Error500}, 1},
		"too many requests":                {portal.Fault{Method: addMethod, Kind: portal.Unavailable503, Times: 2}, 1},
		"it did not run, and nobody knows": {portal.Fault{Method: addMethod, Kind: portal.ResetBefore, Times: 1}, 1},
		"it ran and the connection died":   {portal.Fault{Method: addMethod, Kind: portal.ResetAfter, Times: 1}, 2},
		"it ran and its answer was cut":    {portal.Fault{Method: addMethod, Kind: portal.Truncated, Times: 1}, 2},
		"it ran and that happened twice":   {portal.Fault{Method: addMethod, Kind: portal.ResetAfter, Times: 2}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := old(t)
			o.Fail(c.fault)
			if _, err := o.Say(anna, o.private(), "/whois 5"); err != nil {
				t.Fatal(err)
			}
			o.await(t, "the answer", func() bool { return o.aboutFive() == c.want })
			o.Recover()
			o.settled(t, o.private())
			if n := o.aboutFive(); n != c.want {
				t.Errorf("%d answers, want %d", n, c.want)
			}
		})
	}
}

// TestMessageLostTwice is for an operator to see: it is not sent a third time.
func TestMessageLostTwice(t *testing.T) {
	t.Parallel()
	o := old(t)
	o.Fail(portal.Fault{Method: addMethod, Kind: portal.ResetBefore, Times: 2})
	if _, err := o.Say(anna, o.private(), "/whois 5"); err != nil {
		t.Fatal(err)
	}
	wantParts(t, o.dead(t, 1)[0].Reason, "nobody knows whether the message was posted")
	o.wantMetric(t, `whois24_v1_messages_total{outcome="impossible"} 1`)
}

// TestAnotherWorkerHadTheMessage has a question found as a worker that died would leave it.
func TestAnotherWorkerHadTheMessage(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		left []stream.Effect // of the first try and, if there was one, the second
		want int
	}{
		"in the call":           {[]stream.Effect{stream.Claimed}, 1},
		"in the second call":    {[]stream.Effect{stream.Claimed, stream.Claimed}, 0},
		"after it was posted":   {[]stream.Effect{stream.Sent}, 0},
		"after the second time": {[]stream.Effect{stream.Claimed, stream.Sent}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := old(t)
			o.Fail(portal.Fault{Method: "im.user.get", Kind: portal.Gateway502}) // until it is as it should be
			id, err := o.Say(anna, o.private(), "/whois 5")
			if err != nil {
				t.Fatal(err)
			}
			for i, e := range c.left {
				o.leaveMessage(t, id, []string{"", ", again"}[i], e)
			}
			o.Recover()
			o.settled(t, o.private())
			if n := o.aboutFive(); n != c.want {
				t.Errorf("%d answers, want %d", n, c.want)
			}
		})
	}
}

// leaveMessage records how far another worker came with a try at the reply to Anna's /whois 5 in private.
func (o *office) leaveMessage(t *testing.T, id bitrix.MessageID, try string, e stream.Effect) {
	t.Helper()
	o.leave(t, id, " in the chat"+try, e)
}

// TestOldPortalsDoNotVouch: a v1 command does not say whether its author is from outside, so that is looked up. Here somebody
// has let outsiders give the command.
func TestOldPortalsDoNotVouch(t *testing.T) {
	t.Parallel()
	o := old(t)
	client := newSiteAt(t, o.Portal).served.Client
	for _, c := range o.Commands() {
		err := client.UpdateCommand(t.Context(), c.Bot, c.ID, bitrix.CommandFields{
			Command: c.Name, Title: map[string]string{"ru": "Для всех"}, ExtranetSupport: true, Handler: o.webhooks,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range o.People() {
		if !p.Extranet || !p.Active {
			continue
		}
		if text := o.say(t, p.ID, o.private(), "/whois 5").Text; strings.Contains(text, "Шеленков") {
			t.Errorf("guest %d was told: %s", p.ID, text)
		}
	}
	o.Fail(portal.Fault{Method: "im.user.get", Kind: portal.Unavailable503, Times: 1}) // Anna cannot be looked up at first
	wantParts(t, o.say(t, anna, o.private(), "/whois 5").Text, "Шеленков")
}
