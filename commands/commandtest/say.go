package commandtest

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// Chat is a group with the bot in it.
type Chat struct {
	office *Office
	dialog bitrix.DialogID
}

// Group opens a chat of these people and the bot.
func (o *Office) Group(members ...bitrix.UserID) *Chat {
	return &Chat{o, o.Portal.NewGroup("Group", append(slices.Clone(members), o.bot)...)}
}

// Say is a person writing to the bot in private. The answer is there when it returns.
func (o *Office) Say(who bitrix.UserID, line string) *Answer {
	o.t.Helper()
	return o.say(who, bitrix.PrivateDialog(o.bot), line)
}

// Say is a member writing in the chat.
func (c *Chat) Say(who bitrix.UserID, line string) *Answer {
	c.office.t.Helper()
	return c.office.say(who, c.dialog, line)
}

// Open is a person opening the private chat with the bot: the first time the bot greets them. Who says something has opened it
// long ago.
func (o *Office) Open(who bitrix.UserID) *Answer {
	o.t.Helper()
	a := &Answer{office: o, who: who, in: bitrix.PrivateDialog(o.bot), did: o.name(who) + " opened the chat"}
	o.exchange(a, func() error { return o.Portal.Open(who, bitrix.BotID(o.bot)) })
	return a
}

// Invite is the first of these people bringing the bot into a group of theirs.
func (o *Office) Invite(members ...bitrix.UserID) *Answer {
	o.t.Helper()
	in := o.Portal.NewGroup("Group", members...)
	a := &Answer{office: o, who: members[0], in: in, did: o.name(members[0]) + " brought the bot into a group"}
	o.exchange(a, func() error { return o.Portal.Join(in, o.bot) })
	return a
}

func (o *Office) say(who bitrix.UserID, in bitrix.DialogID, line string) *Answer {
	o.t.Helper()
	a := &Answer{office: o, who: who, in: in, did: fmt.Sprintf("%s said%s", o.name(who), o.where(who, in)), said: line}
	o.exchange(a, func() (err error) {
		a.message, err = o.Portal.Say(who, in, line)
		return err
	})
	return a
}

// where names a group by its members.
func (o *Office) where(who bitrix.UserID, in bitrix.DialogID) string {
	var others []string
	for _, d := range o.Portal.Dialogs(who) {
		for _, member := range d.Members {
			if d.ID == in && member != who && member != o.bot {
				others = append(others, o.name(member))
			}
		}
	}
	if len(others) == 0 {
		return ""
	}
	return " in a group with " + strings.Join(others, ", ")
}

// exchange has somebody do something, and the bot answer it.
func (o *Office) exchange(a *Answer, do func() error) {
	o.t.Helper()
	a.at = caller()
	if err := do(); err != nil {
		o.t.Fatalf("%s: %s\nThe portal does not let them: %v", a.did, legible(a.said), err)
	}
	if err := o.Portal.Idle(o.ctx); err != nil {
		o.t.Fatal(err)
	}
	o.answers = append(o.answers, a)
	o.served.KnowStaff(o.staff())
	for _, e := range o.inbox.take() {
		a.deliveries = append(a.deliveries, o.delivery(e))
	}
	for _, d := range a.deliveries {
		a.failed = append(a.failed, o.deliver(d)...)
	}
	o.collect(a)
}

// delivery is an event as it is stored now.
func (o *Office) delivery(e events.Event) stream.Delivery {
	e.Language = string(o.lang)                                             // the portal's own does not change any more
	stored := o.Now().Add(time.Duration(len(o.answers)) * time.Microsecond) // in order, also while the clock stands still
	return stream.Delivery{Event: e, Stored: stored}
}

// collect has the messages posted since the last time belong to an answer.
func (o *Office) collect(a *Answer) {
	o.t.Helper()
	posted, err := o.minutes.read()
	if err != nil {
		o.t.Fatal(err)
	}
	a.posts = append(a.posts, posted...)
}

// mostTries take the bot more than half an hour of the office's time. It is more patient only with a portal that is away, and
// with commands that say their errors pass.
const mostTries = 40

// deliver hands an event to the worker until it is settled, and gives the reason if it was given up. Between two tries as
// much time passes as the worker asks for.
func (o *Office) deliver(d stream.Delivery) []string {
	for d.Attempt = 1; d.Attempt <= mostTries; d.Attempt++ {
		settled := o.handle(d)
		if wait, again := settled.Again(); again {
			o.clock.sleep(wait)
			continue
		}
		stack, _ := o.log.take()
		if reason, buried := settled.Buried(); buried {
			return []string{strings.TrimSpace(reason + "\n" + stack)}
		}
		return nil
	}
	_, warning := o.log.take()
	return []string{fmt.Sprintf("it wanted to be tried again %d times, the last time after: %s", mostTries, warning)}
}

// handle makes one try, in the time there is for it.
func (o *Office) handle(d stream.Delivery) stream.Settlement {
	ctx, cancel := context.WithTimeout(o.ctx, stream.HandleTimeout)
	defer cancel()
	return o.worker.Handle(ctx, d)
}

// caller is the line of the test that made somebody do something.
func caller() string {
	var pcs [16]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for {
		frame, more := frames.Next()
		if !strings.Contains(frame.Function, "commandtest.") || strings.HasSuffix(frame.File, "_test.go") || !more {
			return fmt.Sprintf("%s:%d", frame.File[strings.LastIndexByte(frame.File, '/')+1:], frame.Line)
		}
	}
}
