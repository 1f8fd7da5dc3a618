package bitrix_test

import (
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

// companies are calls that wait together, and the requests they go in.
var companies = []struct {
	name  string
	calls func(t *testing.T, c *bitrix.Client) []func()
	want  []string // requests after the one that is out
}{
	{
		"all kinds",
		func(t *testing.T, c *bitrix.Client) []func() {
			return []func(){ask(t, c, 1), say(t, c, "7", "!"), ask(t, c, 2), func() {
				if err := c.AnswerCommand(t.Context(), bitrix.CommandAnswer{Bot: 456, Command: 42, MessageID: 1}); err != nil {
					t.Error(err)
				}
			}}
		},
		[]string{"1 im.user.list.get, 1 imbot.v2.Chat.Message.send, 1 imbot.v2.Command.answer"},
	},
	{
		"one look-up among others",
		func(t *testing.T, c *bitrix.Client) []func() { return []func(){ask(t, c, 1), say(t, c, "7", "!")} },
		[]string{"1 im.user.get, 1 imbot.v2.Chat.Message.send"},
	},
	{
		"look-ups alone",
		func(t *testing.T, c *bitrix.Client) []func() { return []func(){ask(t, c, 1), ask(t, c, 2)} },
		[]string{"1 im.user.list.get"},
	},
	{
		"more people than a list takes",
		func(t *testing.T, c *bitrix.Client) []func() {
			return many(201, func(i int) func() { return ask(t, c, bitrix.UserID(i)) })
		},
		[]string{"1 im.user.get, 1 im.user.list.get"},
	},
	{
		"more people than a request takes",
		func(t *testing.T, c *bitrix.Client) []func() {
			return many(1002, func(i int) func() { return ask(t, c, bitrix.UserID(i)) })
		},
		[]string{"5 im.user.list.get", "1 im.user.list.get"},
	},
	{
		"more calls than a batch takes",
		func(t *testing.T, c *bitrix.Client) []func() {
			return many(52, func(i int) func() { return say(t, c, bitrix.DialogID(strconv.Itoa(i)), "!") })
		},
		[]string{"50 imbot.v2.Chat.Message.send", "2 imbot.v2.Chat.Message.send"},
	},
	{
		"long texts",
		func(t *testing.T, c *bitrix.Client) []func() {
			return many(3, func(i int) func() { return say(t, c, bitrix.DialogID(strconv.Itoa(i)), strings.Repeat("!", 130_000)) })
		},
		[]string{"2 imbot.v2.Chat.Message.send", "1 imbot.v2.Chat.Message.send"},
	},
	{
		"one too long for company",
		func(t *testing.T, c *bitrix.Client) []func() {
			return []func(){say(t, c, "7", strings.Repeat("!", 400_000)), ask(t, c, 1)}
		},
		[]string{"1 imbot.v2.Chat.Message.send", "1 im.user.get"},
	},
	{
		"calls by themselves",
		func(t *testing.T, c *bitrix.Client) []func() {
			return []func(){ask(t, c, 1), ask(t, c, 2), func() {
				if err := c.UpdateBot(t.Context(), 456, bitrix.BotFields{}); err != nil {
					t.Error(err)
				}
			}}
		},
		[]string{"1 im.user.list.get", "1 imbot.v2.Bot.update"},
	},
}

// many makes n calls.
func many(n int, call func(i int) func()) []func() {
	var all []func()
	for i := range n {
		all = append(all, call(i+1))
	}
	return all
}

// TestCompany: what waits shares the next request, as far as it fits; Call does not share. The client may send one
// request at a time here, so that everything waits.
func TestCompany(t *testing.T) {
	for _, row := range companies {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, c := newCrowdOf(t, bitrix.ClientOptions{Burst: 1})
				calls(append([]func(){ask(t, c, 9999)}, row.calls(t, c)...)...)
				if diff := cmp.Diff(append([]string{"1 im.user.get"}, row.want...), p.methods()); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

// TestFullRequestWaitsForNone: it goes beside the one that is out.
func TestFullRequestWaitsForNone(t *testing.T) {
	for _, row := range []struct {
		name string
		n    int
		call func(t *testing.T, c *bitrix.Client, i int) func()
	}{
		{"people", 1000, func(t *testing.T, c *bitrix.Client, i int) func() { return ask(t, c, bitrix.UserID(i)) }},
		{"messages", 50, func(t *testing.T, c *bitrix.Client, i int) func() {
			return say(t, c, bitrix.DialogID(strconv.Itoa(i)), "!")
		}},
		{"long texts", 2, func(t *testing.T, c *bitrix.Client, i int) func() {
			return say(t, c, bitrix.DialogID(strconv.Itoa(i)), strings.Repeat("!", 100_000))
		}},
		{"a call by itself", 1, func(t *testing.T, c *bitrix.Client, _ int) func() {
			return func() {
				if err := c.Call(t.Context(), "server.time", nil, nil); err != nil {
					t.Error(err)
				}
			}
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, c := newCrowd(t)
				began := time.Now()
				all := []func(){ask(t, c, 9999)}
				for i := range row.n {
					all = append(all, row.call(t, c, i+1))
				}
				calls(all...)
				if took := time.Since(began); took != 2*p.way || len(p.requests) != 2 {
					t.Errorf("%d requests took %v", len(p.requests), took)
				}
			})
		})
	}
}

// TestPatience: a call waits a moment for a request that is stuck, and then goes by itself.
func TestPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newCrowd(t)
		p.way = 0
		p.late = func(n int) time.Duration {
			if n == 1 {
				return 5 * time.Second
			}
			return 0
		}
		calls(ask(t, c, 1), func() {
			began := time.Now()
			ask(t, c, 2)()
			if took := time.Since(began); took != 100*time.Millisecond {
				t.Errorf("waited %v", took)
			}
		})
	})
}

// TestSpacingGrows from nothing to the time that one request takes to drain, as the burst is spent on a portal that
// answers at once.
func TestSpacingGrows(t *testing.T) {
	for spent, want := range map[int]struct{ least, most time.Duration }{
		0: {0, 0}, 1: {9 * time.Millisecond, 10 * time.Millisecond},
		10: {80 * time.Millisecond, 100 * time.Millisecond}, 40: {250 * time.Millisecond, 400 * time.Millisecond},
	} {
		synctest.Test(t, func(t *testing.T) {
			p, c := newCrowd(t)
			p.way = 0
			for range spent {
				ask(t, c, 1)()
			}
			began := time.Now()
			ask(t, c, 1)()
			if took := time.Since(began); took < want.least || took > want.most {
				t.Errorf("after %d requests: %v, want %v to %v", spent, took, want.least, want.most)
			}
		})
	}
}
