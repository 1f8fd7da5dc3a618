package bot_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/commandtest"
)

const typingMethod = "imbot.v2.Chat.InputAction.notify"

// slowly is a command that takes so long at each try. All but the last fail in a way that passes.
func slowly(takes ...time.Duration) commands.Command {
	tries := 0
	return commands.New("slow", func(context.Context, commands.Call, struct{}) (commands.Reply, error) {
		time.Sleep(takes[tries])
		if tries++; tries < len(takes) {
			return commands.Reply{}, context.DeadlineExceeded
		}
		return commands.Reply{Text: "done"}, nil
	}, titled("slow"))
}

// TestTyping: the bot is seen typing when an answer takes long, and once, whatever comes of it. The answer comes no later for that.
func TestTyping(t *testing.T) {
	refused := portal.Fault{Method: typingMethod, Kind: portal.Refused, Code: "ACCESS_DENIED"}
	stuck := portal.Fault{Method: typingMethod, Kind: portal.Slow, Delay: 20 * time.Second}
	for name, c := range map[string]struct {
		takes []time.Duration
		fault portal.Fault
		want  int
	}{
		"at once":           {takes: []time.Duration{0}},
		"almost at once":    {takes: []time.Duration{699 * time.Millisecond}},
		"a while":           {takes: []time.Duration{701 * time.Millisecond}, want: 1},
		"half a minute":     {takes: []time.Duration{30 * time.Second}, want: 1},
		"two tries":         {takes: []time.Duration{time.Second, time.Second}, want: 1},
		"it cannot be seen": {takes: []time.Duration{time.Second}, fault: refused, want: 1},
		"it takes longer":   {takes: []time.Duration{time.Second}, fault: stuck, want: 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				office := commandtest.New(t, slowly(c.takes...))
				asker := office.Hire(bitrix.User{Name: "Anna"})
				if c.fault.Kind != 0 {
					office.Portal.Fail(c.fault)
				}
				began := time.Now()
				office.Say(asker, "/slow").Reads("done")
				var least time.Duration
				for _, d := range c.takes {
					least += d
				}
				if took := time.Since(began); took != least {
					t.Errorf("the answer took %v, want %v", took, least)
				}
				if n := called(office.Portal, typingMethod); n != c.want {
					t.Errorf("seen typing %d times, want %d", n, c.want)
				}
			})
		})
	}
}

// called is how often a method of the portal was called.
func called(p *portal.Portal, method string) (n int) {
	for _, c := range p.Calls() {
		if c.Method == method {
			n++
		}
	}
	return n
}
