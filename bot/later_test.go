package bot_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events/stream"
)

const updateMethod = "imbot.v2.Chat.Message.update"

// then is a reply that another one takes the place of.
func then(text string, next commands.Reply, err error) commands.Reply {
	return commands.Reply{Text: text, Then: func(context.Context) (commands.Reply, error) { return next, err }}
}

// replying is a command that always makes the same of it.
func replying(name string, r commands.Reply) commands.Command {
	return commands.New(name, func(context.Context, commands.Call, struct{}) (commands.Reply, error) { return r, nil }, titled(name))
}

// counting is a command that replies in three steps.
func counting() commands.Command {
	return replying("count", then("Counting…", then("Half of them…", commands.Reply{Text: "42"}, nil), nil))
}

// TestReplyInSteps is one message, whichever way the bot calls the portal and hears of events. Old portals are shown the end
// alone, since there a first step could come twice.
func TestReplyInSteps(t *testing.T) {
	t.Parallel()
	for _, w := range ways {
		t.Run(w.String(), func(t *testing.T) {
			t.Parallel()
			o := openAs(t, w, fast, func(*bot.Bot) {}, counting())
			if err := o.Join(training, bitrix.UserID(o.bot)); err != nil {
				t.Fatal(err)
			}
			outside := o.NewGroup("Without the bot", anna, 5)
			for _, in := range []bitrix.DialogID{o.private(), training, outside} {
				if _, err := o.Say(anna, in, "/count"); err != nil {
					t.Fatal(err)
				}
				var all []portal.Message
				o.await(t, "the end", func() bool {
					all = slices.DeleteFunc(o.answers(anna, in), func(m portal.Message) bool { return strings.Contains(m.Text, unasked) }) // the welcome
					return len(all) > 0 && strings.HasSuffix(all[0].Text, "42")
				})
				if edited := !w.v1 && in != outside; len(all) != 1 || all[0].Edited != edited {
					t.Errorf("in %s are %d messages, want one that was edited: %v", in, len(all), edited)
				}
			}
		})
	}
}

// TestStepsAreShown one after the other, and a repetition shows none of them again.
func TestStepsAreShown(t *testing.T) {
	t.Parallel()
	d := newDesk(t, prepared(t), false, counting())
	e := d.says(d.private(), "/count")
	for _, want := range []string{"Counting… → Half of them… → 42", "Half of them… → 42"} {
		if got := d.history(t, func() { d.hears(d.worker(), e) }); got != want {
			t.Errorf("shown was %q, want %q", got, want)
		}
	}
	d.want(d.private(), "42")
}

// want checks what the bot has posted in a dialog.
func (d *desk) want(in bitrix.DialogID, texts ...string) {
	d.t.Helper()
	if diff := cmp.Diff(append([]string{}, texts...), d.posted(in)); diff != "" {
		d.t.Errorf("in %s (-want +got)\n%s", in, diff)
	}
}

// TestDeathBetweenSteps: wherever a worker dies, the next one brings the same message to its end.
func TestDeathBetweenSteps(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	dies(t, func(t *testing.T, handle func(*desk, stream.Delivery)) {
		d := newDesk(t, s, false, counting())
		handle(d, d.says(d.private(), "/count"))
		d.want(d.private(), "42")
	})
}

// TestDeathBetweenStepsOutsideTheChat: the answer through the command cannot be repeated, so where nobody knows, it is once
// more in private.
func TestDeathBetweenStepsOutsideTheChat(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	dies(t, func(t *testing.T, handle func(*desk, stream.Delivery)) {
		d := newDesk(t, s, false, counting())
		outside := d.NewGroup("Without the bot", anna, 5)
		handle(d, d.says(outside, "/count"))
		there, alone := d.posted(outside), d.posted(d.private())
		if all := slices.Concat(there, alone); len(there) > 1 || len(alone) > 1 || len(all) == 0 || !strings.HasSuffix(all[0], "42") {
			t.Errorf("in the group %q, in private %q", there, alone)
		}
	})
}

// TestDeathOnAnOldPortal posts the end twice at worst, and never a step before it.
func TestDeathOnAnOldPortal(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	dies(t, func(t *testing.T, handle func(*desk, stream.Delivery)) {
		d := newDesk(t, s, true, counting())
		handle(d, d.says(d.private(), "/count"))
		all := d.posted(d.private())
		if len(all) < 1 || len(all) > 2 || strings.Trim(strings.Join(all, ""), "42") != "" {
			t.Errorf("posted are %q", all)
		}
	})
}

// TestStepsFail is what stands in the end when a step goes wrong.
func TestStepsFail(t *testing.T) {
	t.Parallel()
	step := then("Counting…", commands.Reply{}, nil)
	for name, c := range map[string]struct {
		then func(context.Context) (commands.Reply, error)
		want string // begins the text
		dead string // is in the reason; "": it is no dead letter
	}{
		"words for the asker": {
			func(context.Context) (commands.Reply, error) {
				return commands.Reply{}, commands.Sorry("help.title", nil)
			},
			"Что умеет бот", "",
		},
		"an error": {
			func(context.Context) (commands.Reply, error) { return commands.Reply{}, errors.New("no numbers left") },
			"Не получилось ответить", "no numbers left",
		},
		"a panic":        {func(context.Context) (commands.Reply, error) { panic("boom") }, "Не получилось ответить", "command count panicked: boom"},
		"an empty reply": {func(context.Context) (commands.Reply, error) { return commands.Reply{}, nil }, "Не получилось ответить", "its reply is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := step
			r.Then = c.then
			d := newDesk(t, prepared(t), false, replying("count", r))
			settled := d.hears(d.worker(), d.says(d.private(), "/count"))
			if reason, _ := settled.Buried(); (reason == "") != (c.dead == "") || !strings.Contains(reason, c.dead) {
				t.Errorf("it is dead for %q, want %q", reason, c.dead)
			}
			if all := d.posted(d.private()); len(all) != 1 || !strings.HasPrefix(all[0], c.want) {
				t.Errorf("posted are %q", all)
			}
		})
	}
}

// TestPortalFailsBetweenSteps: what passes is tried again, and nobody sees it.
func TestPortalFailsBetweenSteps(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]portal.Fault{
		"the first step was posted, and nobody knows": {Method: sendMethod, Kind: portal.ResetAfter, Times: 1},
		"the first step was not posted":               {Method: sendMethod, Kind: portal.ResetBefore, Times: 1},
		"a change was made, and nobody knows":         {Method: updateMethod, Kind: portal.Truncated, Times: 1},
		"a change was not made":                       {Method: updateMethod, Kind: portal.Error500, Times: 2},
		"too many requests":                           {Method: updateMethod, Kind: portal.Unavailable503, Times: 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, prepared(t), false, counting())
			d.Fail(fault)
			d.hears(d.worker(), d.says(d.private(), "/count"))
			d.want(d.private(), "42")
		})
	}
}

// TestMessageThatIsGone was deleted after a step. The end is posted anew, once.
func TestMessageThatIsGone(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	for _, after := range []string{"Counting…", "Half of them…"} {
		dies(t, func(t *testing.T, handle func(*desk, stream.Delivery)) {
			var d *desk
			step := func(text string, next commands.Reply) commands.Reply {
				return commands.Reply{Text: text, Then: func(context.Context) (commands.Reply, error) {
					if text == after && slices.Equal(d.posted(d.private()), []string{text}) {
						d.erase()
					}
					return next, nil
				}}
			}
			d = newDesk(t, s, false, replying("count", step("Counting…", step("Half of them…", commands.Reply{Text: "42"}))))
			handle(d, d.says(d.private(), "/count"))
			d.want(d.private(), "42")
		})
	}
}

// erase deletes the bot's last message to Anna.
func (d *desk) erase() {
	d.t.Helper()
	all := d.Messages(anna, d.private())
	params := map[string]any{"botId": d.bot, "botToken": d.webhook.BotToken().Reveal(), "messageId": all[len(all)-1].ID}
	if err := d.serve(d.http).Client.Call(d.t.Context(), "imbot.v2.Chat.Message.delete", params, nil); err != nil {
		d.t.Error(err)
	}
}

// TestMessageThatMayNotBeChanged stays as it is; wherever a worker dies, there is one with the end beside it.
func TestMessageThatMayNotBeChanged(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	dies(t, func(t *testing.T, handle func(*desk, stream.Delivery)) {
		d := newDesk(t, s, false, counting())
		d.Fail(portal.Fault{Method: updateMethod, Kind: portal.Refused, Status: 403, Code: "ACCESS_DENIED"})
		handle(d, d.says(d.private(), "/count"))
		d.want(d.private(), "Counting…", "42")
	})
}

// TestFewerStepsTheSecondTime: the portal knows the first step under the reply's name, and would drop the apology.
func TestFewerStepsTheSecondTime(t *testing.T) {
	t.Parallel()
	for name, mayChange := range map[string]bool{"in its place": true, "beside it": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, prepared(t), false, counting())
			e := d.says(d.private(), "/count")
			e.Attempt = 1
			d.Fail(portal.Fault{Method: updateMethod, Kind: portal.Error500, Times: 1})
			d.worker().Handle(t.Context(), e)
			d.want(d.private(), "Counting…")
			d.commands = []commands.Command{replying("count", commands.Reply{Text: "I lost count"})}
			want := []string{"I lost count"}
			if !mayChange {
				d.Fail(portal.Fault{Method: updateMethod, Kind: portal.Refused, Code: "ACCESS_DENIED"})
				want = []string{"Counting…", "I lost count"}
			}
			for range 2 {
				d.hears(d.worker(), e)
				d.want(d.private(), want...)
			}
		})
	}
}

// TestStepsInPrivate: where the group is gone meanwhile, all the steps are for the asker alone.
func TestStepsInPrivate(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	dies(t, func(t *testing.T, handle func(*desk, stream.Delivery)) {
		d := newDesk(t, s, false, counting())
		group := d.NewGroup("Soon gone", anna, d.bot)
		e := d.says(group, fmt.Sprintf("[USER=%d]Whois24[/USER] count", d.bot))
		if err := d.Leave(group, d.bot); err != nil {
			t.Fatal(err)
		}
		handle(d, e)
		d.want(group)
		d.want(d.private(), "42")
	})
}
