package bot_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events/stream"
)

// echoing is a command that answers with its words: those to "secret" in private, and those to "slow" in two steps.
func echoing() commands.Command {
	type arguments struct {
		Words string `arg:"rest,optional"`
	}
	return commands.New("echo", func(_ context.Context, _ commands.Call, a arguments) (commands.Reply, error) {
		r := commands.Reply{Text: "You said " + a.Words, Private: strings.Contains(a.Words, "secret")}
		if strings.Contains(a.Words, "slow") {
			return then("One moment…", r, nil), nil
		}
		return r, nil
	}, titled("echo"))
}

// happens has somebody do something, and returns what the portal tells the bot of it.
func (d *desk) happens(do func() error) []stream.Delivery {
	d.t.Helper()
	if err := do(); err != nil {
		d.t.Fatal(err)
	}
	if err := d.Idle(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []stream.Delivery
	for _, e := range d.got {
		if e.Kind != bitrix.JoinChat {
			all = append(all, stream.Delivery{Event: e, Stored: d.clock.now()})
		}
	}
	d.got = nil
	return all
}

// asks has Anna say lines, and returns the message and what the portal tells of it.
func (d *desk) asks(in bitrix.DialogID, lines string) (id bitrix.MessageID, told []stream.Delivery) {
	d.t.Helper()
	told = d.happens(func() (err error) {
		id, err = d.Say(anna, in, lines)
		return err
	})
	return id, told
}

func (d *desk) edits(id bitrix.MessageID, text string) []stream.Delivery {
	d.t.Helper()
	return d.happens(func() error { return d.Edit(anna, id, text) })
}

func (d *desk) deletes(id bitrix.MessageID) []stream.Delivery {
	d.t.Helper()
	return d.happens(func() error { return d.Delete(anna, id) })
}

// hearsAll hands events to a new worker, each twice: nobody may notice.
func (d *desk) hearsAll(list []stream.Delivery) {
	d.t.Helper()
	w := d.worker()
	for _, e := range list {
		for range 2 {
			if reason, buried := d.hears(w, e).Buried(); buried {
				d.t.Errorf("%s %q is given up: %s", e.Event.Kind, e.Event.Asked(), reason)
			}
		}
	}
}

// TestEditedQuestion: each answer follows its line. The numbers are those of the bot's messages in the chat.
func TestEditedQuestion(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	for name, c := range map[string]struct {
		asked string
		edits []string
		want  []string
	}{
		"another argument":            {"/echo a", []string{"/echo b"}, []string{"1 You said b"}},
		"edited again":                {"/echo a", []string{"/echo b", "/echo c", "/echo a"}, []string{"1 You said a"}},
		"a plain command":             {"echo a", []string{"echo b"}, []string{"1 You said b"}},
		"to a plain command":          {"/echo a", []string{"so, /echo b"}, []string{"1 You said b"}},
		"in steps":                    {"/echo a", []string{"/echo slowly"}, []string{"1 You said slowly"}},
		"one of two lines":            {"/echo a\n/echo b", []string{"/echo a\n/echo c"}, []string{"1 You said a", "2 You said c"}},
		"the first of two lines":      {"/echo a\n/echo b", []string{"/echo c\n/echo b"}, []string{"1 You said c", "2 You said b"}},
		"turned around":               {"/echo a\n/echo b", []string{"/echo b\n/echo a"}, []string{"1 You said a", "2 You said b"}},
		"a line that went":            {"/echo a\n/echo b", []string{"/echo b"}, []string{"2 You said b"}},
		"a line that came":            {"/echo a", []string{"/echo a\n/echo b"}, []string{"1 You said a", "2 You said b"}},
		"a line that came and went":   {"/echo a", []string{"/echo a\n/echo b", "/echo a"}, []string{"1 You said a"}},
		"no command any more":         {"/echo a", []string{"/echo a\nthanks"}, []string{"1 You said a"}},
		"nothing of it has a meaning": {"/echo a", []string{"/echo  a"}, []string{"1 You said a"}},
	} {
		for _, v1 := range []bool{false, true} {
			t.Run(fmt.Sprint(name, ", v1 ", v1), func(t *testing.T) {
				if v1 && strings.Contains(c.asked, "\n") {
					t.Skip("of two calls of a command bot API v1 tells the second only")
				}
				d := newDesk(t, s, v1, echoing())
				id, told := d.asks(d.private(), c.asked)
				d.hearsAll(told)
				for _, text := range c.edits {
					d.hearsAll(d.edits(id, text))
				}
				if diff := cmp.Diff(c.want, d.numbered()); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
			})
		}
	}
}

// numbered are the bot's messages in private, each with its place among those it ever posted there.
func (d *desk) numbered() []string {
	var texts []string
	n := 0
	for _, m := range d.Messages(anna, d.private()) {
		if m.Author != d.bot {
			continue
		}
		if n++; !m.Deleted {
			texts = append(texts, fmt.Sprint(n, " ", m.Text))
		}
	}
	return texts
}

// TestEditThatChangesNothing of the command costs the portal nothing.
func TestEditThatChangesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t, prepared(t), false, echoing())
	id, told := d.asks(d.private(), "/echo a\n/echo b")
	d.hearsAll(told)
	edits := d.edits(id, "/echo b\n/echo a")
	if shown := d.history(t, func() { d.hearsAll(edits) }); shown != "" {
		t.Errorf("the bot changed %q", shown)
	}
}

// TestEditsInGroups: there the portal tells of them where the bot is mentioned. The answer stays the quote it was, and what is for
// Anna alone is not shown to the others.
func TestEditsInGroups(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	for _, v1 := range []bool{false, true} {
		t.Run(fmt.Sprint("v1 ", v1), func(t *testing.T) {
			d := newDesk(t, s, v1, echoing())
			group := d.NewGroup("With the bot", anna, 5, d.bot)
			mention := fmt.Sprintf("[USER=%d]Whois24[/USER] ", d.bot)
			id, told := d.asks(group, mention+"/echo a")
			d.hearsAll(told)
			for _, step := range []struct {
				line           string
				there, private []string
			}{
				{"/echo b", []string{"You said b"}, nil},
				{"/echo a secret", nil, []string{"You said a secret"}},
				{"/echo another secret", nil, []string{"You said another secret"}},
				{"/echo slow", []string{"You said slow"}, nil},
				{"/echo slow secret", nil, []string{"You said slow secret"}},
				{"/echo c", []string{"You said c"}, nil},
			} {
				shown := d.history(t, func() { d.hearsAll(d.edits(id, mention+step.line)) })
				d.want(group, step.there...)
				d.want(d.private(), step.private...)
				if m := d.last(group); !v1 && step.there != nil && m.ReplyTo != id {
					t.Errorf("%q quotes %d, want %d (%s)", m.Text, m.ReplyTo, id, shown)
				}
			}
			d.hearsAll(d.deletes(id))
			d.want(group)
		})
	}
}

// TestStepsThatEndInPrivate: what was said in the group before is taken away.
func TestStepsThatEndInPrivate(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	dies(t, func(t *testing.T, handle func(*desk, stream.Delivery)) {
		d := newDesk(t, s, false, echoing())
		group := d.NewGroup("With the bot", anna, 5, d.bot)
		_, told := d.asks(group, "/echo slow secret")
		handle(d, told[0])
		d.want(group)
		d.want(d.private(), "You said slow secret")
	})
}

// last is the last message in a dialog.
func (d *desk) last(in bitrix.DialogID) portal.Message {
	all := slices.DeleteFunc(d.Messages(anna, in), func(m portal.Message) bool { return m.Deleted })
	return all[len(all)-1]
}

// TestDeletedQuestion takes all its answers with it, and nothing else. What was asked is asked no more, also if the portal tells
// of it only now.
func TestDeletedQuestion(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	for _, v1 := range []bool{false, true} {
		t.Run(fmt.Sprint("v1 ", v1), func(t *testing.T) {
			d := newDesk(t, s, v1, echoing())
			_, other := d.asks(d.private(), "/echo a")
			id, told := d.asks(d.private(), "echo b\necho c")
			d.hearsAll(slices.Concat(other, told))
			edits := d.edits(id, "echo d")
			gone := d.deletes(id)
			d.hearsAll(gone)
			d.want(d.private(), "You said a")
			d.hearsAll(slices.Concat(told, edits))
			d.want(d.private(), "You said a")
		})
	}
}

// TestDeletedBeforeItWasAnswered gets no answer.
func TestDeletedBeforeItWasAnswered(t *testing.T) {
	t.Parallel()
	d := newDesk(t, prepared(t), false, echoing())
	id, told := d.asks(d.private(), "/echo a")
	d.hearsAll(slices.Concat(d.deletes(id), told))
	d.want(d.private())
}

// TestEditsOutOfOrder: what counts is when they were made, not when the bot hears of them.
func TestEditsOutOfOrder(t *testing.T) {
	t.Parallel()
	d := newDesk(t, prepared(t), false, echoing())
	id, told := d.asks(d.private(), "/echo a")
	first, second := d.edits(id, "/echo b"), d.edits(id, "/echo c")
	second[0].Event.Time = first[0].Event.Time.Add(time.Second) // they are told to the second
	second[0].Stored = second[0].Event.Time
	d.hearsAll(slices.Concat(second, first, told))
	d.want(d.private(), "You said c")
}

// TestEditOfWhatNobodyRemembers is no question: it would be answered a second time.
func TestEditOfWhatNobodyRemembers(t *testing.T) {
	t.Parallel()
	d := newDesk(t, prepared(t), false, echoing())
	id, _ := d.asks(d.private(), "/echo a")
	edits := d.edits(id, "/echo b")
	edits[0].Event.Message.Written = time.Now().Add(-stream.AnswersKept - time.Minute)
	d.hearsAll(edits)
	d.want(d.private())
	edits[0].Event.Message.Written = time.Now().Add(-stream.AnswersKept + time.Minute)
	d.hearsAll(edits)
	d.want(d.private(), "You said b")
}

// TestAnswerIsGone: somebody deleted the bot's message before. An edit is answered by another one, and a deletion has nothing left
// to do.
func TestAnswerIsGone(t *testing.T) {
	t.Parallel()
	d := newDesk(t, prepared(t), false, echoing())
	id, told := d.asks(d.private(), "/echo a")
	d.hearsAll(told)
	d.erase()
	d.hearsAll(d.edits(id, "/echo b"))
	d.want(d.private(), "You said b")
	d.erase()
	d.hearsAll(d.deletes(id))
	d.want(d.private())
}

// changing is what somebody does to a message.
func changing(text string) func(*desk, bitrix.MessageID) []stream.Delivery {
	return func(d *desk, id bitrix.MessageID) []stream.Delivery { return d.edits(id, text) }
}

// TestDeathOverAnEdit: wherever a worker dies, the next one brings the answers to where they should be, and none is there twice.
func TestDeathOverAnEdit(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	for name, act := range map[string]struct {
		do   func(*desk, bitrix.MessageID) []stream.Delivery
		want []string
	}{
		"edit":     {changing("echo b\necho c\necho d"), []string{"b", "c", "d"}},
		"less":     {changing("echo c"), []string{"c"}},
		"deletion": {(*desk).deletes, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dies(t, func(t *testing.T, handle func(*desk, stream.Delivery)) {
				d := newDesk(t, s, false, echoing())
				id, told := d.asks(d.private(), "echo a\necho b")
				d.hears(d.worker(), told[0])
				for _, e := range act.do(d, id) {
					handle(d, e)
				}
				var want []string
				for _, words := range act.want {
					want = append(want, "You said "+words)
				}
				got := d.posted(d.private())
				slices.Sort(got) // a line in the place of another keeps the other's place
				if diff := cmp.Diff(append([]string{}, want...), got); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
			})
		})
	}
}

// TestDeathBeforeTheRecord: whoever takes the question over finds the answer again, so that it follows all the same.
func TestDeathBeforeTheRecord(t *testing.T) {
	t.Parallel()
	s := prepared(t)
	dies(t, func(t *testing.T, handle func(*desk, stream.Delivery)) {
		d := newDesk(t, s, false, echoing())
		id, told := d.asks(d.private(), "/echo a")
		handle(d, told[0])
		d.hearsAll(d.deletes(id))
		d.want(d.private())
	})
}

// TestEditedConversation: what a command asked follows the question it was asked about, and an answer can be corrected while
// nothing followed it.
func TestEditedConversation(t *testing.T) {
	t.Parallel()
	const instead = "/echo instead"
	s := prepared(t)
	for name, c := range map[string]struct {
		said []string // by Anna, one message after the other
		edit int      // which of them is edited
		to   string   // empty: it is deleted
		then string   // what she says next
		want []string
	}{
		"a command instead": {
			[]string{"/thanks 5"},
			0, instead, "привет",
			[]string{"You said instead", unasked},
		},
		"nothing at all": {
			[]string{"/thanks 5"},
			0, "", "привет",
			[]string{unasked},
		},
		"another answer": {
			[]string{"/thanks 5", "nothing"},
			1, "the help", "a lot",
			[]string{"What for?", "How much?", thanks},
		},
		"the last answer": {
			[]string{"/thanks 5", "the help", "little"},
			2, "a lot", "привет",
			[]string{"What for?", "How much?", thanks, unasked},
		},
		"an answer that another followed": {
			[]string{"/thanks 5", "the help", "a lot"},
			1, "nothing", "привет",
			[]string{"What for?", "How much?", thanks, unasked},
		},
		"what was said before the question": {
			[]string{"/echo a", "/thanks 5"},
			0, "привет", "the help",
			[]string{unasked, "What for?", "How much?"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, s, false, thanking(), echoing())
			var ids []bitrix.MessageID
			for _, line := range c.said {
				id, told := d.asks(d.private(), line)
				d.hears(d.worker(), told[0])
				ids = append(ids, id)
			}
			change := func() error { return d.Edit(anna, ids[c.edit], c.to) }
			if c.to == "" {
				change = func() error { return d.Delete(anna, ids[c.edit]) }
			}
			for _, e := range d.happens(change) {
				d.hears(d.worker(), e)
			}
			_, told := d.asks(d.private(), c.then)
			d.hears(d.worker(), told[0])
			got := d.posted(d.private())
			if !slices.EqualFunc(got, c.want, strings.Contains) {
				t.Errorf("the bot said %q, want %q", got, c.want)
			}
		})
	}
}

// TestAnswersFollow whichever way the bot calls the portal and hears of events.
func TestAnswersFollow(t *testing.T) {
	t.Parallel()
	for _, w := range ways {
		t.Run(w.String(), func(t *testing.T) {
			t.Parallel()
			o := openAs(t, w, fast, func(*bot.Bot) {}, echoing())
			id, err := o.Say(anna, o.private(), "/echo a")
			if err != nil {
				t.Fatal(err)
			}
			o.awaitAnswers(t, "You said a")
			if err := o.Edit(anna, id, "/echo b"); err != nil {
				t.Fatal(err)
			}
			o.awaitAnswers(t, "You said b")
			if err := o.Delete(anna, id); err != nil {
				t.Fatal(err)
			}
			o.awaitAnswers(t)
		})
	}
}

// awaitAnswers waits until this is all the bot says in private.
func (o *office) awaitAnswers(t *testing.T, want ...string) {
	t.Helper()
	o.await(t, fmt.Sprintf("%q", want), func() bool {
		var texts []string
		for _, m := range o.answers(anna, o.private()) {
			if !m.Deleted {
				texts = append(texts, m.Text)
			}
		}
		return slices.Equal(texts, want)
	})
}
