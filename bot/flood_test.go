package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bot"
)

const flood = 200 // questions of one person at once

// fast is a portal whose rate limit is not what is tested.
var fast = portal.Options{Rate: 10_000, Burst: 10_000}

// crowd is a group with the bot, Anna and ten others.
func (o *office) crowd(t *testing.T) (group bitrix.DialogID, others []bitrix.UserID) {
	t.Helper()
	for _, p := range o.People() {
		if p.Active && !p.Bot && !p.Extranet && p.ID != anna && len(others) < 10 {
			others = append(others, p.ID)
		}
	}
	group = o.NewGroup("Crowd", append(slices.Clone(others), anna, bitrix.UserID(o.bot))...)
	return group, others
}

// repeat types the same line n times and returns the questions.
func (o *office) repeat(t *testing.T, as bitrix.UserID, in bitrix.DialogID, n int) []bitrix.MessageID {
	t.Helper()
	var questions []bitrix.MessageID
	for range n {
		id, err := o.Say(as, in, "/whois 5")
		if err != nil {
			t.Fatal(err)
		}
		questions = append(questions, id)
	}
	return questions
}

// answered are the questions that the answers in a dialog belong to, in the order of the answers.
func (o *office) answered(as bitrix.UserID, in bitrix.DialogID) []bitrix.MessageID {
	var questions []bitrix.MessageID
	for _, m := range o.answers(as, in) {
		questions = append(questions, m.ReplyTo)
	}
	return questions
}

// notices are what the bot told somebody in private.
func (o *office) notices(as bitrix.UserID) int {
	n := 0
	for _, m := range o.answers(as, o.private()) {
		if strings.Contains(m.Text, "Ни один вопрос не потеряется") {
			n++
		}
	}
	return n
}

func (o *office) waiting(t *testing.T) int {
	t.Helper()
	d, err := o.store.Depth(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return d.Waiting + d.InHand
}

// quiet waits until nothing waits: an event is settled a moment after its answer is seen.
func (o *office) quiet(t *testing.T) {
	t.Helper()
	for late := time.Now().Add(20 * time.Second); o.waiting(t) > 0; {
		if time.Now().After(late) {
			t.Fatalf("%d events wait", o.waiting(t))
		}
	}
}

// stopped is an office whose bot's clock stands still: what is asked is asked at once, however long it takes to say it.
func stopped(t *testing.T, l bot.Limits) (*office, *clock) {
	t.Helper()
	c := &clock{}
	c.stop()
	return openWith(t, fast, func(b *bot.Bot) {
		b.Limits = l
		b.SetClock(c.now)
	}), c
}

// TestFloodHoldsUpNobody has ten people ask in the chat that Anna floods, after her.
func TestFloodHoldsUpNobody(t *testing.T) {
	o, _ := stopped(t, bot.Limits{})
	group, others := o.crowd(t)
	questions := o.repeat(t, anna, group, flood)[:21] // the last of them has the first turn of the slow ones
	for _, id := range others {
		questions = append(questions, o.repeat(t, id, group, 1)...)
	}
	o.await(t, "answers to all others, and the notice", func() bool {
		return len(o.answered(anna, group)) == len(questions) && o.notices(anna) > 0
	})
	if err := o.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.wantMetric(t, `whois24_throttled_total{limit="person"} 180`)
	o.stop()
	answered := o.answered(anna, group)
	slices.Sort(answered)
	if !slices.Equal(answered, questions) {
		t.Errorf("answered are %v, want %v", answered, questions)
	}
	if n, want := o.waiting(t), flood+len(others)-len(questions); n != want {
		t.Errorf("%d questions wait, want %d", n, want)
	}
	if n := o.notices(anna); n != 1 {
		t.Errorf("%d notices, want 1", n)
	}
}

// TestFloodIsAnswered has the same person answered faster than people are, to see the end of it.
func TestFloodIsAnswered(t *testing.T) {
	o, clock := stopped(t, bot.Limits{Person: bot.Pace{PerSecond: 100}, Chat: bot.Pace{Burst: 1000, PerSecond: 1000}})
	group, _ := o.crowd(t)
	questions := o.repeat(t, anna, group, flood)
	o.wantMetric(t, `whois24_throttled_total{limit="person"} 180`)
	clock.goOn()
	o.await(t, "all answers", func() bool { return len(o.answered(anna, group)) == flood })
	o.stop()
	answered := o.answered(anna, group)
	slices.Sort(answered)
	if !slices.Equal(answered, questions) {
		t.Errorf("answered are %v", answered)
	}
	if n := o.notices(anna); n != 1 {
		t.Errorf("%d notices, want 1", n)
	}
	if n := o.waiting(t); n != 0 {
		t.Errorf("%d questions still wait", n)
	}
}

// TestFloodInPrivateKeepsItsOrder: nobody else is there to be held up.
func TestFloodInPrivateKeepsItsOrder(t *testing.T) {
	o, clock := stopped(t, bot.Limits{Person: bot.Pace{Burst: 5, PerSecond: 50}})
	var want []string
	for n := range 30 {
		want = append(want, fmt.Sprintf("q%d", n))
		if _, err := o.Say(anna, o.private(), "/whois "+want[n]); err != nil {
			t.Fatal(err)
		}
	}
	o.wantMetric(t, `whois24_throttled_total{limit="person"} 25`)
	clock.goOn()
	o.await(t, "all answers and the notice", func() bool { return len(o.answers(anna, o.private())) == len(want)+1 })
	o.stop()
	if got := o.mentioned(want); !slices.Equal(got, want) {
		t.Errorf("answered in the order %v", got)
	}
}

// TestConsoleShowsTheNotice to whoever looks on.
func TestConsoleShowsTheNotice(t *testing.T) {
	o, _ := stopped(t, bot.Limits{Person: bot.Pace{Burst: 1}})
	o.repeat(t, anna, o.private(), 2)
	conn, resp, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(o.admin, "http")+"/console", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	defer conn.Close()
	_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second)) // fails only on a closed connection, as reading will
	for {
		var update struct{ Lines []bot.Entry }
		if err := conn.ReadJSON(&update); err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(update.Lines, func(e bot.Entry) bool { return e.What == "notice" && e.User == int64(anna) }) {
			return
		}
	}
}

// mentioned are the words in the answers to Anna, in the order of the answers.
func (o *office) mentioned(words []string) []string {
	var found []string
	for _, m := range o.answers(anna, o.private()) {
		for _, word := range words {
			if strings.Contains(m.Text, "«"+word+"»") {
				found = append(found, word)
			}
		}
	}
	return found
}
