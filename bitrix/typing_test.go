package bitrix_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

func TestTyping(t *testing.T) {
	for api, want := range map[bitrix.API]string{
		bitrix.APIv2: "imbot.v2.Chat.InputAction.notify " + sorted(t, `{"botId":456,"botToken":"fake-bot-token","dialogId":"7"}`),
		bitrix.APIv1: "imbot.chat.sendTyping " + sorted(t, `{"BOT_ID":456,"CLIENT_ID":"fake-bot-token","DIALOG_ID":"7"}`),
	} {
		c, last := recordingOf(t, api, `{"result":true}`)
		if err := c.Typing(t.Context(), 456, "7"); err != nil {
			t.Errorf("%s: %v", api, err)
		}
		if diff := cmp.Diff(want, last.Method+" "+last.Params); diff != "" {
			t.Errorf("%s (-want +got)\n%s", api, diff)
		}
	}
}

// TestTypingSpendsNothingOfOthers: it is left out while calls wait, and while less than half of the allowance is left.
func TestTypingSpendsNothingOfOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newCrowd(t)
		typed := func() bool {
			before := p.taken()
			began := time.Now()
			if err := c.Typing(t.Context(), 456, "7"); err != nil {
				t.Error(err)
			}
			asked := p.taken() > before
			if !asked && time.Since(began) > 0 {
				t.Error("it waited for nothing")
			}
			return asked
		}
		if !typed() {
			t.Error("nobody else calls, and it was left out")
		}
		for range 30 {
			if err := c.Call(t.Context(), "server.time", nil, nil); err != nil {
				t.Fatal(err)
			}
		}
		if p.level <= 25 {
			t.Fatalf("%.1f of the allowance is spent", p.level)
		}
		if typed() {
			t.Error("half of the allowance is spent, and it was not left out")
		}
		time.Sleep(25 * time.Second)
		p.way = time.Second
		for range 8 + 1 { // one more than go at once
			go func() { _ = c.Call(t.Context(), "server.time", nil, nil) }()
		}
		synctest.Wait()
		if typed() {
			t.Error("a call waits, and it was not left out")
		}
		time.Sleep(time.Minute)
	})
}

// taken is how many requests the portal took.
func (p *crowd) taken() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.requests)
}

// TestTypingHoldsUpNothing: what is said in the dialog meanwhile does not wait for it.
func TestTypingHoldsUpNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newCrowd(t)
		p.late = func(n int) time.Duration { return time.Duration(max(0, 2-n)) * 10 * time.Second } // the first one
		go func() { _ = c.Typing(t.Context(), 456, "7") }()
		synctest.Wait()
		began := time.Now()
		say(t, c, "7", "done")()
		if took := time.Since(began); took != 2*p.way {
			t.Errorf("the answer took %v, want %v", took, 2*p.way)
		}
		time.Sleep(time.Minute)
	})
}
