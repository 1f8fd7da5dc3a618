package bot

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
)

// ask is a question of its own; in an empty dialog, in private.
func ask(n int, by bitrix.UserID, in bitrix.DialogID) events.Event {
	chat := bitrix.Chat{Dialog: in}
	if in == "" {
		chat = bitrix.Chat{Dialog: bitrix.PrivateDialog(by), Private: true}
	}
	return events.Event{Portal: "p", Event: bitrix.Event{
		Kind: bitrix.CommandAdd, Message: bitrix.Incoming{ID: bitrix.MessageID(n)}, Chat: chat, User: bitrix.Author{ID: by},
	}}
}

const (
	flooder bitrix.UserID   = 7
	group   bitrix.DialogID = "chat1"
)

// answer waits for the turns of events, one after the other as in a lane, and returns how long that took.
func (f *fairness) answer(list []events.Event) time.Duration {
	begun := time.Now()
	for _, e := range list {
		wait, _ := f.wait(e, time.Now())
		time.Sleep(wait)
		f.forget(e)
	}
	return time.Since(begun)
}

// TestPersonIsSlowedDown: 20 at once, then one a second, and the pause of a while brings it all back.
func TestPersonIsSlowedDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFairness(Limits{})
		var slowed []events.Event
		for n := range 50 {
			e := ask(n, flooder, "")
			if by, _ := f.arrive(e, time.Now()); by == byPerson {
				slowed = append(slowed, e)
			} else if wait, _ := f.wait(e, time.Now()); wait > 0 {
				t.Errorf("question %d is not slowed down and waits %v", n, wait)
			}
		}
		if len(slowed) != 30 {
			t.Errorf("%d of 50 are slowed down, want 30", len(slowed))
		}
		if by, _ := f.arrive(ask(100, 8, ""), time.Now()); by != unlimited {
			t.Error("somebody else is slowed down")
		}
		if took := f.answer(slowed); took != 29*time.Second {
			t.Errorf("the slow ones take %v, want 29 s", took)
		}
		time.Sleep(21 * time.Second)
		for n := range 20 {
			if by, _ := f.arrive(ask(200+n, flooder, ""), time.Now()); by != unlimited {
				t.Fatalf("after a pause question %d is slowed down", n)
			}
		}
	})
}

// TestWhoeverGoesOnIsSlowedDown: a question in the middle of the flood does not pass those that wait.
func TestWhoeverGoesOnIsSlowedDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFairness(Limits{})
		for n := range 50 {
			f.arrive(ask(n, flooder, ""), time.Now())
		}
		time.Sleep(15 * time.Second)
		if by, _ := f.arrive(ask(50, flooder, ""), time.Now()); by != byPerson {
			t.Error("it passes")
		}
	})
}

// TestArrivalOrderDoesNotMatter: to a worker that takes over they come in any order, and the lane has them in the right one.
func TestArrivalOrderDoesNotMatter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFairness(Limits{Person: Pace{Burst: 1}})
		list := []events.Event{ask(0, flooder, ""), ask(1, flooder, ""), ask(2, flooder, "")}
		for _, n := range []int{2, 1, 0} {
			f.arrive(list[n], time.Now())
		}
		if wait, _ := f.wait(list[0], time.Now()); wait != 0 {
			t.Errorf("the first waits %v", wait)
		}
		if took := f.answer(list); took != time.Second {
			t.Errorf("all take %v, want 1 s", took)
		}
	})
}

// TestOneNoticeAMinute goes on asking for two minutes and a half, twice as fast as it is answered.
func TestOneNoticeAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFairness(Limits{Person: Pace{Burst: 1}})
		notices := 0
		for n := range 300 {
			e := ask(n, flooder, "")
			f.arrive(e, time.Now())
			if _, tell := f.wait(e, time.Now()); tell {
				notices++
				f.told(e)
			}
			if _, twice := f.wait(e, time.Now()); twice {
				t.Error("an event is to be told of twice")
			}
			time.Sleep(time.Second / 2)
		}
		if notices != 3 {
			t.Errorf("%d notices, want 3", notices)
		}
	})
}

// TestArrivingAgainCostsNothing: an event that found its lane full comes again every second.
func TestArrivingAgainCostsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFairness(Limits{})
		for n := range 20 {
			f.arrive(ask(n, flooder, ""), time.Now())
		}
		for range 100 {
			if by, first := f.arrive(ask(19, flooder, ""), time.Now()); first || by != unlimited {
				t.Fatalf("first %v, slowed by %q", first, by)
			}
		}
		time.Sleep(time.Second)
		if by, _ := f.arrive(ask(20, flooder, ""), time.Now()); by != unlimited {
			t.Error("the next one is slowed down")
		}
		f.forget(ask(20, flooder, ""))
		if _, first := f.arrive(ask(20, flooder, ""), time.Now()); !first {
			t.Error("a settled event is remembered")
		}
	})
}

// TestManyPeopleAreNoFlood: a thousand ask in one group at once, a few questions each.
func TestManyPeopleAreNoFlood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFairness(Limits{})
		for n := range 5000 {
			if by, _ := f.arrive(ask(n, bitrix.UserID(n%1000+1), group), time.Now()); by != unlimited {
				t.Fatalf("question %d is slowed down by the %s", n, by)
			}
		}
	})
}

// TestChatIsSlowedDown: five people together flood a group, each within the limit of a person.
func TestChatIsSlowedDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFairness(Limits{})
		var slowed []events.Event
		for n := range 100 {
			e := ask(n, bitrix.UserID(n/20+1), group)
			by, _ := f.arrive(e, time.Now())
			if by == byChat {
				slowed = append(slowed, e)
			} else if by != unlimited {
				t.Errorf("question %d is slowed down by the %s", n, by)
			}
		}
		if n := len(slowed); n != 30 { // of the last two people, but for 5 of each
			t.Errorf("%d of 100 are slowed down, want 30", n)
		}
		if by, _ := f.arrive(ask(1000, flooder, group), time.Now()); by != unlimited {
			t.Error("somebody who asks once is slowed down")
		}
		if by, _ := f.arrive(ask(1001, 6, "chat2"), time.Now()); by != unlimited {
			t.Error("another chat is slowed down")
		}
		if took := f.answer(slowed); took != 14500*time.Millisecond {
			t.Errorf("the slow ones take %v, want 14.5 s", took)
		}
	})
}

// TestMemoryIsBounded lets a hundred thousand people ask.
func TestMemoryIsBounded(t *testing.T) {
	f := newFairness(Limits{})
	for n := range 100_000 {
		f.arrive(ask(n, bitrix.UserID(n+1), bitrix.DialogID(rune(n+1))), time.Now())
	}
	for what, c := range map[string]struct{ n, most int }{
		"people": {len(f.people.young) + len(f.people.old), maxAskers},
		"chats":  {len(f.chats.young) + len(f.chats.old), maxAskers},
		"events": {len(f.turns.young) + len(f.turns.old), maxTurns},
	} {
		if c.n > c.most {
			t.Errorf("%d %s are remembered, want at most %d", c.n, what, c.most)
		}
	}
}
