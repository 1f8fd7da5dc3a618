package bot

import (
	"cmp"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
)

// Limits are how much is answered at once, and how fast from then on.
type Limits struct {
	Person Pace // on one portal; default 20 at once, then 1 a second
	Chat   Pace // group chats; default 60 at once, then 2 a second
}

// Pace is a number of questions answered at once and how many a second come back. Zero values are the defaults.
type Pace struct {
	Burst     int
	PerSecond float64
}

// The defaults. Nobody types 20 questions without a pause, while pressing through a list of colleagues takes about that
// many; one a second is as fast as one reads, and half of the 2 requests a second a portal allows, so that one person
// alone never has them all. A chat is given three such people at once, then what the portal gives altogether.
var (
	defaultPerson = Pace{Burst: 20, PerSecond: 1}
	defaultChat   = Pace{Burst: 60, PerSecond: 2}
)

const (
	noticeEvery = time.Minute
	// maxAskers bounds the people and the chats of a portal that are remembered, each for itself. Somebody who is forgotten
	// has a full burst again, but half of this many others have to ask before that.
	maxAskers = 10_000
	// maxTurns bounds the events whose turn is remembered, at some 200 bytes each. It is twice what the store hands out
	// unsettled, so that none of those is forgotten.
	maxTurns = 40_000
)

// limit names what slows a question down.
type limit string

const (
	unlimited limit = ""
	byPerson  limit = "person"
	byChat    limit = "chat"
)

// turn is what becomes of a question when it arrives, and when it is answered.
type turn struct {
	slowed limit
	tell   bool      // the asker is to be told that it takes longer
	due    time.Time // of one that is slowed down, from the moment it is at the head of its lane
}

// fairness slows down what is above the limits of a portal. Whether a question is, is decided when it arrives; when
// its turn is, when all before it in its lane are answered.
type fairness struct {
	limits Limits
	mu     sync.Mutex
	people recent[bitrix.UserID, *asker]
	chats  recent[bitrix.DialogID, *flow]
	turns  recent[string, turn] // of events in hand: one that finds its lane full arrives many times
}

type asker struct {
	flow
	told time.Time
}

// flow is what comes from somebody or somewhere.
type flow struct {
	arriving *rate.Limiter // goes into debt with each question above the limit, until as much time has passed
	slow     *rate.Limiter // lets those one by one
}

func newFairness(l Limits) *fairness {
	return &fairness{
		limits: Limits{Person: l.Person.or(defaultPerson), Chat: l.Chat.or(defaultChat)},
		people: recent[bitrix.UserID, *asker]{size: maxAskers},
		chats:  recent[bitrix.DialogID, *flow]{size: maxAskers},
		turns:  recent[string, turn]{size: maxTurns},
	}
}

func (p Pace) or(d Pace) Pace {
	return Pace{Burst: cmp.Or(p.Burst, d.Burst), PerSecond: cmp.Or(p.PerSecond, d.PerSecond)}
}

func (p Pace) flow() flow {
	limit := rate.Limit(p.PerSecond)
	return flow{arriving: rate.NewLimiter(limit, p.Burst), slow: rate.NewLimiter(limit, 1)}
}

// arrive says whether an event is slowed down, and whether this was decided only now.
func (f *fairness) arrive(e events.Event, now time.Time) (by limit, first bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if t, known := f.turns.get(e.Key()); known {
		return t.slowed, false
	}
	who := f.asker(e.User.ID)
	t := turn{slowed: f.overLimit(who, e.Chat, now)}
	if t.slowed != unlimited && now.Sub(who.told) >= noticeEvery {
		t.tell, who.told = true, now
	}
	f.turns.put(e.Key(), t)
	return t.slowed, true
}

// overLimit counts a question. A chat at its limit slows down only those who have used a quarter of their own burst: many
// people who ask at once, each a little, are no flood.
func (f *fairness) overLimit(who *asker, in bitrix.Chat, now time.Time) limit {
	burst := float64(f.limits.Person.Burst)
	modest := who.arriving.TokensAt(now) > burst-burst/4
	person := exceeds(who.arriving, now)
	switch {
	case in.Private:
	case modest:
		f.chat(in.Dialog).arriving.AllowN(now, 1) // counts where there is room, and leaves no debt to others
	case exceeds(f.chat(in.Dialog).arriving, now) && !person:
		return byChat
	}
	if person {
		return byPerson
	}
	return unlimited
}

func exceeds(l *rate.Limiter, now time.Time) bool { return l.ReserveN(now, 1).DelayFrom(now) > 0 }

// wait tells how long the event at the head of a lane still has to wait, and whether the asker is to be told so.
func (f *fairness) wait(e events.Event, now time.Time) (d time.Duration, tell bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	t, _ := f.turns.get(e.Key())
	if t.slowed == unlimited {
		return 0, false
	}
	if t.due.IsZero() {
		t.due = now.Add(f.slot(t.slowed, e, now))
		f.turns.put(e.Key(), t)
	}
	return max(0, t.due.Sub(now)), t.tell
}

// slot is the time until the next free place among what is slowed down, of the person and of the chat.
func (f *fairness) slot(by limit, e events.Event, now time.Time) time.Duration {
	var d time.Duration
	if by == byPerson {
		d = f.asker(e.User.ID).slow.ReserveN(now, 1).DelayFrom(now)
	}
	if !e.Chat.Private {
		d = max(d, f.chat(e.Chat.Dialog).slow.ReserveN(now, 1).DelayFrom(now))
	}
	return d
}

// told notes that the asker knows.
func (f *fairness) told(e events.Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if t, known := f.turns.get(e.Key()); known {
		t.tell = false
		f.turns.put(e.Key(), t)
	}
}

// forget ends an event's turn: it is settled.
func (f *fairness) forget(e events.Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.turns.drop(e.Key())
}

func (f *fairness) asker(id bitrix.UserID) *asker {
	who, known := f.people.get(id)
	if !known {
		who = &asker{flow: f.limits.Person.flow()}
		f.people.put(id, who)
	}
	return who
}

func (f *fairness) chat(id bitrix.DialogID) *flow {
	chat, known := f.chats.get(id)
	if !known {
		chat = new(f.limits.Chat.flow())
		f.chats.put(id, chat)
	}
	return chat
}
