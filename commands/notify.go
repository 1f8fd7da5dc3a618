package commands

import (
	"context"
	"strconv"
	"time"

	"github.com/whois24/whois24/bitrix"
)

const (
	// often is how often somebody is looked for on the first day: who waits for a person now wants to know within minutes. It is
	// a third of the time for which a sign of life counts, so that nobody is missed.
	often = 5 * time.Minute
	// seldom is for the days after, when minutes do not matter any more. Who comes for a moment only may be missed.
	seldom = 30 * time.Minute
	// dawn is the hour of the first day back from leave from which somebody is looked for.
	dawn = 9
	// mostDays is after how many days of looking in vain it is given up: by then people forget that they asked.
	mostDays = 30
	// farthest is how far ahead a wake may be. Some portals have people on leave until 9999, which is more than NATS can count.
	farthest = 365 * 24 * time.Hour
)

// notify are the arguments of /notify.
type notify struct {
	Want string `choice:"on off" arg:"default=on"`
	Who  Person
}

// Notify tells once when somebody is back, from leave or online: /notify 5, /notify and a mention or a name, /notify off 5.
//
// Each look is one look-up, and says nothing until there is something to say. On leave the person is looked for again on the day of
// return; otherwise until they are here or it is given up.
func Notify() Command {
	return New("notify", func(_ context.Context, c Call, a notify) (Reply, error) {
		l := lookout{newCard(c, a.Who.User, nil)}
		if a.Want == "off" {
			if a.Who.ID == c.Asker.ID {
				return c.Sorry("notify.whom", nil)
			}
			return l.last(c.Text("notify.stopped", l.data())), nil
		}
		if reply, hidden := c.hidden(FieldPresence, a); hidden {
			return reply, nil
		}
		if a.Who.ID == c.Asker.ID {
			return c.Sorry("notify.oneself", nil)
		}
		return l.look(), nil
	})
}

// lookout is somebody who is waited for, as they are at the moment.
type lookout struct{ card }

func (l lookout) look() Reply {
	switch l.state {
	case dismissed:
		return l.last(l.Text("notify.dismissed", l.data()))
	case robot, customer, untold:
		return l.last(l.Text("notify.untold", l.data()))
	case here:
		reply := l.last(l.Text("notify.here", l.data()))
		reply.Keyboard = &bitrix.Keyboard{Buttons: l.reaching()}
		return reply
	case onLeave:
		return l.wait(l.Text("notify.leave", l.data()), l.back(), "")
	}
	began := l.began()
	switch looked := l.Now.Sub(began); {
	case looked >= mostDays*day:
		return l.last(l.Text("notify.in_vain", l.data()))
	case looked >= day:
		return l.wait(l.Text("notify.waiting", l.data()), l.Now.Add(seldom), l.Note)
	}
	return l.wait(l.Text("notify.waiting", l.data()), l.Now.Add(often), began.Format(time.RFC3339))
}

// began is since when the person has been looked for: with the first look, or the first one after leave.
func (l lookout) began() time.Time {
	if t, err := time.Parse(time.RFC3339, l.Note); err == nil {
		return t
	}
	return l.Now
}

// back is when to look for somebody on leave: in the morning of the day of return, where the reader is. In zones far apart that may
// be over when the portal's day begins.
func (l lookout) back() time.Time {
	first, zone := dayAt(l.user.Absent.Time), l.Zone
	if zone == nil {
		zone = l.user.Absent.Location()
	}
	at := time.Date(first.Year, first.Month, first.Day, dawn, 0, 0, 0, zone)
	switch {
	case at.After(l.Now.Add(farthest)):
		return l.Now.Add(farthest)
	case !at.After(l.Now):
		return l.Now.Add(seldom)
	}
	return at
}

// wait has the person looked for again. Only who just asked is told so.
func (l lookout) wait(text string, until time.Time, note string) Reply {
	who := notify{"on", Person{l.user}}
	r := Reply{Wake: &Wake{Key: l.key(), At: until, Args: l.Button("", "notify", who).Params, Note: note}}
	if l.Woken {
		return r
	}
	who.Want = "off"
	r.Text = text
	r.Keyboard = &bitrix.Keyboard{Buttons: []bitrix.Button{l.Button(l.Text("notify.stop", nil), "notify", who)}}
	return r
}

// last is a reply after which nobody is looked for.
func (l lookout) last(text string) Reply { return Reply{Text: text, Wake: &Wake{Key: l.key()}} }

func (l lookout) key() string { return strconv.FormatInt(int64(l.user.ID), 10) }

func (l lookout) data() Data {
	return Data{
		"Who": whoLink(l.Call, l.user), "ID": int64(l.user.ID), "N": mostDays, "Status": Markup(l.status()),
		"Already": !l.Woken, "Here": l.Chat.Private,
	}
}
