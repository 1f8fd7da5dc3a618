package bot_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/events/stream"
)

// failing waits until the portal has failed at n calls more.
func (o *office) failing(t *testing.T, n int) {
	t.Helper()
	changes, cancel := o.Subscribe(10_000)
	defer cancel()
	for late := time.After(time.Minute); n > 0; {
		select {
		case c := <-changes:
			if c.Kind == portal.KindCall && c.Call.Status != http.StatusOK {
				n--
			}
		case <-late:
			t.Fatal("the portal is not called")
		}
	}
}

// TestOutageKeepsTheOrder has five questions asked in one dialog while the portal is away.
func TestOutageKeepsTheOrder(t *testing.T) {
	o, clock := hasty(t)
	o.Fail(portal.Fault{Kind: portal.Gateway502})
	var want []string
	for n := range 5 {
		want = append(want, fmt.Sprintf("q%d", n))
		if _, err := o.Say(anna, o.private(), "/whois "+want[n]); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.failing(t, 3)
	clock.putForward(24 * time.Hour)
	o.failing(t, 3)
	o.Recover()
	o.await(t, "five answers", func() bool { return len(o.answers(anna, o.private())) == len(want) })
	o.stop()
	if got := o.mentioned(want); !slices.Equal(got, want) {
		t.Errorf("answered are %v, in this order", got)
	}
	if n := o.waiting(t); n != 0 {
		t.Errorf("%d questions still wait", n)
	}
}

// TestQuestionThatWaitedTooLong cannot be looked up for two days. Its asker is told.
func TestQuestionThatWaitedTooLong(t *testing.T) {
	o, clock := hasty(t)
	o.Fail(portal.Fault{Method: "im.user.get", Kind: portal.Gateway502})
	if _, err := o.Say(anna, o.private(), "/whois 5"); err != nil {
		t.Fatal(err)
	}
	o.failing(t, 3)
	clock.putForward(stream.GiveUp)
	o.await(t, "an apology", func() bool { return len(o.answers(anna, o.private())) == 1 })
	wantParts(t, o.answers(anna, o.private())[0].Text, "вы спросили об этом давно")
	o.Recover()
	clock.putForward(-stream.GiveUp)
	o.settled(t, o.private())
	wantParts(t, o.dead(t, 1)[0].Reason, "not answered within 48h0m0s")
}

// TestPortalAwayForTwoDays: there is nobody to tell, and the dialog goes on.
func TestPortalAwayForTwoDays(t *testing.T) {
	o, clock := hasty(t)
	o.Fail(portal.Fault{Kind: portal.Gateway502})
	if _, err := o.Say(anna, o.private(), "/whois 5"); err != nil {
		t.Fatal(err)
	}
	o.failing(t, 3)
	clock.putForward(stream.GiveUp)
	wantParts(t, o.dead(t, 1)[0].Reason, "not answered within 48h0m0s")
	clock.putForward(-stream.GiveUp)
	o.Recover()
	o.settled(t, o.private())
	if n := len(o.answers(anna, o.private())); n != 1 {
		t.Errorf("%d answers, want one to the last question", n)
	}
}

// TestPortalThatRefusesOneMessage: it is up, so the dialog does not wait for ever.
func TestPortalThatRefusesOneMessage(t *testing.T) {
	o, clock := hasty(t)
	o.Fail(portal.Fault{Method: sendMethod, Kind: portal.Error500})
	if _, err := o.Say(anna, o.private(), "/whois 5"); err != nil {
		t.Fatal(err)
	}
	o.failing(t, 3)
	clock.putForward(19 * time.Minute)
	o.failing(t, 3)
	o.dead(t, 0) // not yet
	clock.putForward(2 * time.Minute)
	wantParts(t, o.dead(t, 1)[0].Reason, "INTERNAL_SERVER_ERROR")
	o.Recover()
	o.settled(t, o.private())
}

// TestPortalThatDiedOverAMessage blocks its template id for an hour. The answer comes under another, and once.
func TestPortalThatDiedOverAMessage(t *testing.T) {
	o, clock := hasty(t)
	o.Fail(portal.Fault{Method: sendMethod, Kind: portal.ResetSending, Times: 1})
	if _, err := o.Say(anna, o.private(), "/whois 5"); err != nil {
		t.Fatal(err)
	}
	o.failing(t, 3)
	if n := len(o.answers(anna, o.private())); n != 0 {
		t.Fatalf("%d answers while the first may still be written", n)
	}
	clock.putForward(2 * time.Minute)
	o.settled(t, o.private())
	o.stop()
	if n := len(o.answers(anna, o.private())); n != 2 {
		t.Errorf("%d answers to two questions", n)
	}
}
