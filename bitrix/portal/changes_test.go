package portal_test

import (
	"strings"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

func TestCallsAreLogged(t *testing.T) {
	c := newClock()
	p := newPortal(t, withClock(c))
	changes, cancel := p.Subscribe(16)
	defer cancel()
	newBot(t, p)
	call(t, p, "batch", params{
		"auth": "s3cret", "cmd": params{
			"a": "imbot.v2.Bot.list?botToken=" + token + "&limit=5",
			"b": "imbot.v2.Bot.register?fields%5BbotToken%5D=" + token + "&fields[code]=x",
		},
	})
	call(t, p, "im.user.get", params{"ID": 0, "x": strings.Repeat("я", 3000)})

	calls := p.Calls()
	if len(calls) != 3 {
		t.Fatalf("%d calls, want 3", len(calls))
	}
	if got := calls[1]; got.Method != "batch" || got.Batch != 2 || got.Status != 200 || !got.At.Equal(start) {
		t.Errorf("the batch: %+v", got)
	}
	if got := calls[2]; got.Status != 400 || got.Code != "ID_EMPTY" || len(got.Params) > 2100 {
		t.Errorf("the failure: %d %s, %d bytes", got.Status, got.Code, len(got.Params))
	}
	for _, c := range calls {
		if s := string(c.Params); strings.Contains(s, token) || strings.Contains(s, "s3cret") {
			t.Errorf("%s shows a secret: %s", c.Method, s)
		}
	}
	if s := string(calls[1].Params); !strings.Contains(s, `botToken=***\u0026limit=5`) || !strings.Contains(s, `***\u0026fields[code]=x`) {
		t.Errorf("too much is masked: %s", s)
	}
	seen := 0
	for len(changes) > 0 {
		if c := <-changes; c.Kind == portal.KindCall {
			seen++
		}
	}
	if seen != 3 {
		t.Errorf("%d calls were announced", seen)
	}
	c.set(start.Add(time.Minute + time.Second))
	if n := len(p.Calls()); n != 0 {
		t.Errorf("a minute later: %d calls", n)
	}
}

func TestLogsAreBounded(t *testing.T) {
	p := newPortal(t)
	for range 510 {
		call(t, p, "scope", nil)
	}
	if n := len(p.Calls()); n != 500 {
		t.Errorf("%d calls, want the last 500", n)
	}
}

func TestSubscribers(t *testing.T) {
	p := newPortal(t)
	lagging, cancelLagging := p.Subscribe(1)
	quick, cancelQuick := p.Subscribe(16)
	for _, text := range []string{"1", "2", "3"} {
		say(t, p, anna, group, text)
	}
	if c, open := <-lagging; !open || c.Message.Text != "1" {
		t.Errorf("the reader that lags: %+v, %v", c, open)
	}
	if _, open := <-lagging; open {
		t.Error("the reader that lags is still served")
	}
	for _, want := range []string{"1", "2", "3"} {
		if c := <-quick; c.Kind != portal.KindMessage || c.Message.Text != want || c.Chat != 142 || c.Message.Author != anna {
			t.Errorf("got %+v, want message %s", c, want)
		}
	}
	cancelQuick()
	cancelQuick()
	cancelLagging()
	if _, open := <-quick; open {
		t.Error("a cancelled subscription goes on")
	}
	say(t, p, anna, group, "4")
}

func TestEverythingAtOnce(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p, whois)
	done := make(chan struct{})
	work := []func(){
		func() { _, _ = p.Say(anna, botChat, "/whois 5") },
		func() {
			p.People()
			p.Dialogs(anna)
			p.Messages(anna, botChat)
			p.Commands()
			p.Calls()
			p.Deliveries()
		},
		func() { p.SetPerson(eugene, func(who *portal.Person) { who.Online = !who.Online }) },
		func() { _, cancel := p.Subscribe(1); cancel() },
		func() { p.NewGroup("x", anna, bitrix.UserID(bot)) },
	}
	for _, f := range work {
		go func() {
			for range 20 {
				f()
			}
			done <- struct{}{}
		}()
	}
	for range 20 {
		fetch(t, p, bot)
		call(t, p, "im.user.get", params{"ID": 5})
		send(t, p, bot, "7", params{"message": "x"})
	}
	for range work {
		<-done
	}
}
