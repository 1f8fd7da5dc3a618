package portal_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

func TestLostEvents(t *testing.T) {
	const day = 24 * time.Hour
	toWebhooks := params{"eventMode": "webhook", "webhookUrl": "http://127.0.0.1:1/x"}
	for _, c := range []struct {
		name string
		do   func(t *testing.T, p *portal.Portal, c *clock, bot bitrix.BotID)
		want []portal.LossReason // of the two messages that wait
	}{
		{"nothing yet", func(*testing.T, *portal.Portal, *clock, bitrix.BotID) {}, nil},
		{"read, then erased", func(t *testing.T, p *portal.Portal, _ *clock, bot bitrix.BotID) {
			fetch(t, p, bot, params{"offset": fetch(t, p, bot).NextOffset})
		}, nil},
		{"an offset that was made up", func(t *testing.T, p *portal.Portal, _ *clock, bot bitrix.BotID) {
			fetch(t, p, bot, params{"offset": 100_000})
		}, []portal.LossReason{portal.LostByOffset, portal.LostByOffset}},
		{"an offset past half of the page", func(t *testing.T, p *portal.Portal, _ *clock, bot bitrix.BotID) {
			fetch(t, p, bot, params{"limit": 1})
			fetch(t, p, bot, params{"offset": 100_000})
		}, []portal.LossReason{portal.LostByOffset}},
		{"a day", func(_ *testing.T, _ *portal.Portal, c *clock, _ bitrix.BotID) {
			c.set(start.Add(day))
		}, nil},
		{"more than a day", func(_ *testing.T, _ *portal.Portal, c *clock, _ bitrix.BotID) {
			c.set(start.Add(day + time.Second))
		}, []portal.LossReason{portal.LostExpired, portal.LostExpired}},
		{"a switch", func(t *testing.T, p *portal.Portal, _ *clock, bot bitrix.BotID) {
			get[any](t, p, "imbot.v2.Bot.update", params{"botId": bot, "botToken": token, "fields": toWebhooks})
		}, []portal.LossReason{portal.LostBySwitch, portal.LostBySwitch}},
		{"read in the request that switches", func(t *testing.T, p *portal.Portal, _ *clock, bot bitrix.BotID) {
			get[any](t, p, "batch", params{"halt": 1, "cmd": params{
				"events": "imbot.v2.Event.get?botId=456&limit=1000&botToken=" + token,
				"switch": "imbot.v2.Bot.update?botId=456&fields[eventMode]=webhook&botToken=" + token,
			}})
		}, nil},
		{"the bot removed", func(t *testing.T, p *portal.Portal, _ *clock, bot bitrix.BotID) {
			get[any](t, p, "imbot.v2.Bot.unregister", params{"botId": bot, "botToken": token})
		}, []portal.LossReason{portal.LostRemoved, portal.LostRemoved}},
	} {
		t.Run(c.name, func(t *testing.T) {
			clock := newClock()
			p := newPortal(t, withClock(clock))
			bot := newBot(t, p)
			say(t, p, anna, botChat, "раз")
			fetch(t, p, bot, params{"offset": fetch(t, p, bot).NextOffset}) // the chat that was opened, and the first message
			for _, text := range []string{"два", "три"} {
				say(t, p, anna, botChat, text)
			}
			c.do(t, p, clock, bot)
			var why []portal.LossReason
			for _, l := range p.Lost() {
				if l.Bot != bot || l.EventID == 0 || l.Event != "ONIMBOTV2MESSAGEADD" {
					t.Errorf("lost: %+v", l)
				}
				why = append(why, l.Why)
			}
			if diff := cmp.Diff(c.want, why); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestLostByOverflow(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p)
	const waiting = 20_000
	for range waiting + 4 { // and the chat that was opened
		say(t, p, anna, botChat, "x")
	}
	lost := p.Lost()
	if len(lost) != 5 || lost[0].Event != "ONIMBOTV2JOINCHAT" || lost[4].Why != portal.LostByOverflow {
		t.Errorf("lost: %+v", lost)
	}
	if f := fetch(t, p, bot, params{"limit": 1}); bitrix.EventOffset(f.Events[0].EventID) <= lost[4].EventID {
		t.Errorf("left from %d on, lost up to %d", f.Events[0].EventID, lost[4].EventID)
	}
	get[any](t, p, "imbot.v2.Bot.unregister", params{"botId": bot, "botToken": token})
	if lost := p.Lost(); len(lost) != 10_000 || lost[0].Why != portal.LostRemoved {
		t.Errorf("%d losses are told, the first of them %+v", len(lost), lost[0])
	}
}

// A page that did not arrive whole was not read.
func TestLostWithASpoiltAnswer(t *testing.T) {
	for _, kind := range []portal.FaultKind{portal.ResetAfter, portal.InvalidJSON, portal.Truncated} {
		p := portaltest.New(t, portal.Options{})
		bot := newBot(t, p)
		say(t, p, anna, botChat, "x")
		p.Fail(portal.Fault{Method: "imbot.v2.Event.get", Kind: kind, Times: 1})
		_, raw, err := request(t.Context(), p, "imbot.v2.Event.get", `{"botId":456,"botToken":"`+token+`"}`)
		if strings.Contains(raw, `"time"`) {
			t.Fatalf("fault %d: got %s, %v", kind, raw, err)
		}
		fetch(t, p, bot, params{"offset": 100_000})
		if lost := p.Lost(); len(lost) != 1 {
			t.Errorf("fault %d: lost %+v, want the message", kind, lost)
		}
	}
}

func TestNothingWaitsForABotWithAWebhook(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	bot := s.bot(t, p)
	say(t, p, anna, botChat, "x")
	if f := fetch(t, p, bot, params{"offset": 5}); len(f.Events) != 0 || f.NextOffset != 5 || f.HasMore {
		t.Errorf("got %+v, want an empty page", f)
	}
	if lost := p.Lost(); lost != nil {
		t.Errorf("lost: %+v", lost)
	}
}
