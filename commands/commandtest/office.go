package commandtest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
)

// Office is a portal with people on it and the bot at work there. It is for one goroutine.
type Office struct {
	// Portal is the emulated portal, for what the office has no word for.
	Portal *portal.Portal

	t       testing.TB
	ctx     context.Context
	clock   *clock
	lang    commands.Language
	bot     bitrix.UserID
	served  *bot.Portal
	worker  *bot.Worker
	inbox   *inbox
	known   *commands.Staff // as last read
	read    bitrix.Staff    // of which known was made
	memory  *memory
	log     *logbook
	minutes *minutes
	answers []*Answer
}

// begin is when an office opens, by the clock of the portal: a Monday.
var begin = time.Date(2026, time.September, 21, 10, 0, 0, 0, time.FixedZone("", 3*60*60))

// New opens an office whose bot has these commands and no others. The test fails if they do not go together.
func New(t testing.TB, list ...commands.Command) *Office {
	t.Helper()
	set, err := commands.NewSet(list...)
	if err != nil {
		t.Fatalf("these commands make no bot:\n%v", err)
	}
	return With(t, set)
}

// With opens an office whose bot has the commands of a set.
func With(t testing.TB, set *commands.Set) *Office {
	t.Helper()
	o := &Office{t: t, clock: &clock{time: begin}, lang: commands.English, memory: newMemory(), inbox: &inbox{}, log: &logbook{}}
	o.ctx = o.log.attach(t.Context())
	if err := o.open(set); err != nil {
		t.Fatalf("the office does not open: %v", err)
	}
	o.worker = o.newWorker(o.served, o.memory)
	t.Cleanup(o.close)
	return o
}

// close tells what nobody expected. A test that failed already has better to tell.
func (o *Office) close() {
	o.Portal.Close()
	if o.t.Failed() {
		return
	}
	for _, a := range o.answers {
		a.leftOver()
	}
}

// open makes the portal and registers the bot there.
func (o *Office) open(set *commands.Set) error {
	receiver := &inProcess{}
	o.Portal = portal.New(portal.Options{
		BaseURL: "https://" + portalHost, Empty: true, Settled: true,
		Language: string(o.lang), Now: o.clock.now, Rate: plenty, Burst: plenty,
		HTTP: receiver.client(),
	})
	webhook, err := bitrix.ParseWebhook(o.Portal.WebhookURL())
	if err != nil {
		return err
	}
	receiver.handler = events.NewReceiver(events.ReceiverOptions{
		Senders: events.OneSender{Portal: portalHost, Token: bitrix.ApplicationToken(webhook.BotToken())},
		Intake:  events.Intake{BotCode: botCode, Store: o.inbox},
	})
	o.served = &bot.Portal{
		Name: portalHost, Commands: set, TemplateKey: "office",
		Client: bitrix.NewClient(bitrix.ClientOptions{
			Webhook: webhook, HTTP: (&inProcess{o.Portal}).client(), Rate: plenty, Burst: plenty,
		}),
	}
	return o.register()
}

const (
	portalHost = "office.example"
	botHost    = "bot.example"
	botCode    = "whois24"
	plenty     = 1_000_000 // calls and questions at once: limits are not what is tested here
)

func (o *Office) register() error {
	profile := bot.Profile{Code: botCode, Name: "Bot", WebhookURL: "https://" + botHost + events.Path}
	plan, err := bot.Inspect(o.ctx, o.served, profile, nil)
	if err != nil {
		return err
	}
	registered, err := plan.Apply(o.ctx)
	if err != nil {
		return err
	}
	o.bot = bitrix.UserID(registered.ID)
	o.minutes = newMinutes(o.Portal, o.bot)
	return nil
}

func (o *Office) newWorker(served *bot.Portal, remembers *memory) *bot.Worker {
	generous := bot.Pace{Burst: plenty, PerSecond: plenty}
	return bot.NewWorker(bot.WorkerOptions{
		Portals: bot.NewPortals(served), Effects: remembers, Questions: remembers, Answers: remembers, Memory: remembers,
		Wakes:  remembers,
		Limits: bot.Limits{Person: generous, Chat: generous}, Now: o.clock.now,
	})
}

// Hire brings somebody in. Without an ID they get the next free one; a Name alone is taken apart into first and last name.
// Extranet, Connector or the Type of one makes them an outsider. Unless LastActivity says otherwise they are online.
func (o *Office) Hire(u bitrix.User) bitrix.UserID {
	o.t.Helper()
	id := o.Portal.Hire(personOf(u))
	if id == 0 {
		o.t.Fatalf("nobody can be hired under the number %d: it is taken, or not one of people", u.ID)
	}
	return id
}

// Department adds a department with the person at its head; 0: nobody.
func (o *Office) Department(name string, head bitrix.UserID) bitrix.DepartmentID {
	return bitrix.DepartmentID(o.Portal.AddDepartment(portal.Department{Name: name, Head: head}))
}

// Bot is the bot, for mentions.
func (o *Office) Bot() bitrix.UserID { return o.bot }

// Mention is how somebody is mentioned in a line: @Anna in the messenger.
func (o *Office) Mention(who bitrix.UserID) string {
	return fmt.Sprintf("[USER=%d]%s[/USER]", who, o.name(who))
}

func (o *Office) name(who bitrix.UserID) string {
	p, _ := o.Portal.Person(who)
	if name := p.Name(); name != "" {
		return name
	}
	return fmt.Sprintf("number %d", who)
}

// Speak has the portal in another language from now on.
func (o *Office) Speak(lang commands.Language) { o.lang = lang }

// Now is the time of the office.
func (o *Office) Now() time.Time { return o.clock.now() }

// Sleep lets time pass. Commands that wanted to be run again in that time are, one after the other, and what they say is the
// answer; most of the time there is none.
func (o *Office) Sleep(d time.Duration) *Answer {
	o.t.Helper()
	a := &Answer{office: o, did: fmt.Sprintf("%v passed", d), at: caller()}
	o.answers = append(o.answers, a)
	for until := o.Now().Add(d); ; {
		e, due := o.memory.wake(until)
		if !due {
			o.clock.sleep(max(0, until.Sub(o.Now())))
			break
		}
		o.clock.sleep(max(0, e.Wake.At.Sub(o.Now()))) // another may have taken its time
		a.who, a.in = e.User.ID, bitrix.PrivateDialog(o.bot)
		woken := o.delivery(e)
		a.deliveries = append(a.deliveries, woken)
		a.failed = append(a.failed, o.deliver(woken)...)
	}
	o.collect(a)
	return a
}

// personOf is a profile as the portal keeps it.
func personOf(u bitrix.User) portal.Person {
	who := portal.Person{
		ID: u.ID, First: u.FirstName, Last: u.LastName, Position: u.WorkPosition, Gender: u.Gender, Departments: u.Departments,
		Phones: u.Phones, Email: u.Email, Birthday: u.Birthday, Color: u.Color, Active: true, Extranet: u.Outsider(),
		Collaber: u.Type == "collaber", Connector: u.Connector, Status: u.Status, Idle: u.Idle.Time, AbsentUntil: u.Absent.Time,
		LastSeen: u.LastActivity.Time, Online: u.LastActivity.IsZero(), Mobile: !u.MobileLast.IsZero(),
		Zone: u.TimeZone,
	}
	if who.Name() == "" {
		who.First, who.Last, _ = strings.Cut(u.Name, " ")
	}
	return who
}
