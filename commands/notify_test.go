package commands_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/commandtest"
)

// lobby is an office where Oleg waits for Anna, who was there an hour ago.
type lobby struct {
	*commandtest.Office
	oleg, anna bitrix.UserID
	changes    <-chan portal.Change
}

func newLobby(t *testing.T) lobby {
	t.Helper()
	o := commandtest.New(t, commands.Notify(), commands.Whois())
	anHourAgo := bitrix.OptTime{Time: o.Now().Add(-time.Hour)}
	l := lobby{Office: o, oleg: o.Hire(bitrix.User{Name: "Oleg"}), anna: o.Hire(bitrix.User{ID: 5, Name: "Anna", LastActivity: anHourAgo})}
	l.changes, _ = o.Portal.Subscribe(10_000) // more than happens in a month
	return l
}

// comes has Anna sit down at her desk; leaves has her go.
func (l lobby) comes() { l.Portal.SetPerson(l.anna, func(p *portal.Person) { p.Online = true }) }

func (l lobby) leaves() {
	l.Portal.SetPerson(l.anna, func(p *portal.Person) { p.Online, p.LastSeen = false, l.Now().Add(-time.Hour) })
}

func (l lobby) onLeaveUntil(day time.Time) {
	l.Portal.SetPerson(l.anna, func(p *portal.Person) { p.AbsentUntil = day })
}

const (
	anna       = "[send=/whois 5]Anna[/send]"
	annaIsBack = anna + " is back: 🟢 Online"
	waiting    = "I will tell you when " + anna + " is online."
)

// TestNotify tells once, within minutes, and is done then.
func TestNotify(t *testing.T) {
	t.Parallel()
	l := newLobby(t)
	l.Say(l.oleg, "/notify anna").Reads(waiting).Offers("Do not tell me").Redeliver()
	l.Sleep(3 * time.Hour).Nothing()
	l.comes()
	l.Sleep(5 * time.Minute).Reads(annaIsBack).Offers("Message").Redeliver()
	l.leaves()
	l.Sleep(time.Hour)
	l.comes()
	l.Sleep(24 * time.Hour).Nothing()
}

// TestNotifyOfSomebodyWhoIsHere answers at once, and ends what was asked for before.
func TestNotifyOfSomebodyWhoIsHere(t *testing.T) {
	t.Parallel()
	l := newLobby(t)
	l.Say(l.oleg, "/notify 5").Reads(waiting)
	l.comes()
	l.Say(l.oleg, "/notify 5").Reads(anna + " is here already: 🟢 Online").Offers("Message")
	l.Sleep(24 * time.Hour).Nothing()
}

// TestNotifyOff by the button and by words.
func TestNotifyOff(t *testing.T) {
	t.Parallel()
	off := "All right, I will not tell you when " + anna + " is back."
	for _, line := range []string{"", "/notify off 5", "/notify off anna", "/notify не надо 5", "/notify stop @5"} {
		l := newLobby(t)
		asked := l.Say(l.oleg, "/notify 5").Reads(waiting)
		l.Sleep(time.Hour).Nothing()
		if line == "" {
			asked.Press(l.oleg, "Do not tell me").Reads(off).Redeliver()
		} else {
			l.Say(l.oleg, line).Reads(off)
		}
		l.comes()
		l.Sleep(24 * time.Hour).Nothing()
		l.leaves()
		l.Say(l.oleg, "/notify 5").Reads(waiting) // it can be asked for again
		l.comes()
		l.Sleep(time.Hour).Reads(annaIsBack)
	}
}

// TestNotifyOfLeave looks in the morning of the day of return, and from then on as ever.
func TestNotifyOfLeave(t *testing.T) {
	t.Parallel()
	l := newLobby(t)
	thursday := time.Date(2026, time.September, 24, 0, 0, 0, 0, l.Now().Location())
	l.onLeaveUntil(thursday)
	l.Say(l.oleg, "/notify 5").Reads("I will tell you when " + anna + " is back. Now: 🏖 On leave, back on 24 September")
	l.looks()
	l.Sleep(thursday.Add(9*time.Hour - time.Second).Sub(l.Now())).Nothing()
	if n := l.looks(); n != 0 {
		t.Errorf("the portal was asked %d times while it was known that Anna is on leave", n)
	}
	l.onLeaveUntil(time.Time{})
	l.Sleep(2 * time.Hour).Nothing()
	l.comes()
	l.Sleep(5 * time.Minute).Reads(annaIsBack)
}

// TestNotifyOfLongerLeave: leave that was prolonged meanwhile is waited for again.
func TestNotifyOfLongerLeave(t *testing.T) {
	t.Parallel()
	l := newLobby(t)
	midnight := time.Date(2026, time.September, 22, 0, 0, 0, 0, l.Now().Location())
	l.onLeaveUntil(midnight)
	l.Say(l.oleg, "/notify 5").Contains("back on 22 September")
	l.onLeaveUntil(midnight.AddDate(7970, 0, 0)) // as good as for ever
	l.comes()
	l.Sleep(500 * 24 * time.Hour).Nothing()
	l.onLeaveUntil(time.Time{})
	l.Sleep(400 * 24 * time.Hour).Reads(annaIsBack)
}

// TestNotifyGivesUp after a month, having asked the portal once each time: every five minutes on the first day, then every
// half an hour.
func TestNotifyGivesUp(t *testing.T) {
	t.Parallel()
	l := newLobby(t)
	l.Say(l.oleg, "/notify 5").Reads(waiting)
	l.looks()
	l.Sleep(time.Hour).Nothing()
	if n := l.looks(); n != 12 {
		t.Errorf("%d looks in the first hour, want 12", n)
	}
	l.Sleep(24 * time.Hour).Nothing()
	l.looks()
	l.Sleep(time.Hour).Nothing()
	if n := l.looks(); n != 2 {
		t.Errorf("%d looks in an hour of the second day, want 2", n)
	}
	l.Sleep(29 * 24 * time.Hour).Reads("I looked for " + anna + " for 30 days, in vain, and stop now. Shall I go on? [send=/notify 5]/notify 5[/send]")
	l.looks()
	l.Sleep(24 * time.Hour).Nothing()
	if n := l.looks(); n != 0 {
		t.Errorf("%d looks after it was given up", n)
	}
}

// looks is how many requests the portal has had since the last time.
func (l lobby) looks() (n int) {
	for {
		select {
		case c := <-l.changes:
			if c.Kind == portal.KindCall {
				n++
			}
		default:
			return n
		}
	}
}

// TestNotifyWhatCannotBe says why, at once or when it turns out.
func TestNotifyWhatCannotBe(t *testing.T) {
	t.Parallel()
	l := newLobby(t)
	vera := l.Hire(bitrix.User{ID: 6, Name: "Vera"})
	customer := l.Hire(bitrix.User{ID: 8, Name: "Customer", Connector: true})
	l.Portal.SetPerson(vera, func(p *portal.Person) { p.Active = false })
	oneself := "That is you, and you are here! Whom are you waiting for? Write it like this: [put=/notify ]/notify Smith[/put]"
	l.Say(l.oleg, "/notify").Reads(oneself)
	l.Say(l.oleg, "/notify me").Reads(oneself)
	l.Say(l.oleg, "/notify 6").Reads("[send=/whois 6]Vera[/send] is no longer with the company, so there is nobody to wait for.")
	l.Say(l.oleg, fmt.Sprint("/notify ", customer)).Reads("The portal does not say when [send=/whois 8]Customer[/send] is online, so I cannot tell you.")
	l.Say(l.oleg, "/notify 5").Reads(waiting)
	l.Portal.SetPerson(l.anna, func(p *portal.Person) { p.Active = false })
	l.Sleep(time.Hour).Reads(anna + " is no longer with the company, so there is nobody to wait for.")
}

// TestNotifyFromAGroup comes in the private chat: others may have come into the group by then.
func TestNotifyFromAGroup(t *testing.T) {
	t.Parallel()
	l := newLobby(t)
	asked := l.Group(l.oleg, l.anna).Say(l.oleg, "/notify 5").Reads("I will tell you in our private chat when " + anna + " is online.")
	l.comes()
	l.Sleep(time.Hour).Reads(annaIsBack)
	if there := l.Portal.Messages(l.oleg, bitrix.PrivateDialog(l.Bot())); len(there) != 1 || there[0].Text != annaIsBack {
		t.Errorf("in the private chat there is %+v", there)
	}
	l.leaves()
	l.Say(l.oleg, "/notify 5").Reads(waiting)
	asked.Press(l.oleg, "Do not tell me").Contains("All right") // there is one, wherever it was asked for
	l.comes()
	l.Sleep(time.Hour).Nothing()
}

// TestNotifyAsksAgainWhoMayKnow: who has become an outsider meanwhile learns nothing.
func TestNotifyAsksAgainWhoMayKnow(t *testing.T) {
	t.Parallel()
	l := newLobby(t)
	l.Say(l.oleg, "/notify 5").Reads(waiting)
	l.Portal.SetPerson(l.oleg, func(p *portal.Person) { p.Extranet = true })
	l.comes()
	l.Sleep(time.Hour).Reads("Sorry, I answer only people of the company. Please ask whoever you work with here.")
	l.Sleep(24 * time.Hour).Nothing()
}

// TestNotifyOfMany is bounded for one person, and for them alone.
func TestNotifyOfMany(t *testing.T) {
	t.Parallel()
	l := newLobby(t)
	long := l.Now().Add(-24 * time.Hour)
	for n := range 20 {
		l.Hire(bitrix.User{ID: bitrix.UserID(100 + n), Name: fmt.Sprint("Number", n), LastActivity: bitrix.OptTime{Time: long}})
		l.Say(l.oleg, fmt.Sprint("/notify ", 100+n)).Contains("I will tell you")
	}
	l.Say(l.oleg, "/notify 5").Reads("I look out for 20 things for you already, which is all I can. Switch one off first, please.")
	l.Say(l.oleg, "/notify 100").Contains("I will tell you")
	vera := l.Hire(bitrix.User{Name: "Vera"})
	l.Say(vera, "/notify 5").Reads(waiting)
	l.Say(l.oleg, "/notify off 100").Contains("All right")
	l.Say(l.oleg, "/notify 5").Reads(waiting)
}

// TestNotifyInRussian.
func TestNotifyInRussian(t *testing.T) {
	t.Parallel()
	l := newLobby(t)
	l.Speak("ru")
	l.Say(l.oleg, "/notify 5").Reads("Скажу, когда " + anna + " появится на связи.").Offers("Не надо говорить")
	l.comes()
	l.Sleep(time.Hour).Reads(anna + " снова на связи: 🟢 В сети")
}
