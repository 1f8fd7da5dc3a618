package commands_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/commands/commandtest"
)

// converse holds the conversations of a section.
func (c *lighthouse) converse(s section) {
	for _, e := range s.exchanges {
		c.t.line = e.line
		answer := c.hear(e)
		if wrong := e.wrong(answer); wrong != "" {
			c.t.Errorf("%s\n%s, %s: %q\nanswered:\n%s\n%s", e.point, e.by, e.in, e.said, indent(answer), wrong)
		}
	}
	c.t.line = s.line // what is found wrong at the end belongs to no exchange
}

func indent(text string) string { return "  " + strings.ReplaceAll(text, "\n", "\n  ") }

// hear has somebody say something, and gives what they read. These are not said but done: a button of the answer before is pressed,
// "(Team)"; what was said is said otherwise, or taken back; somebody opens the chat with the bot for the first time, or brings the
// bot into a group of these people; and time passes, in which somebody may sign in: "⏰ 20m, 21 is here".
func (c *lighthouse) hear(e exchange) string {
	asker := askers[e.by]
	c.Speak(asker.lang)
	said := strings.ReplaceAll(e.said, "@Bot", c.Mention(c.Bot()))
	button := strings.TrimSuffix(strings.TrimPrefix(said, "("), ")")
	wait, isWait := strings.CutPrefix(said, "⏰ ")
	otherwise, changes := strings.CutPrefix(said, changesIt)
	switch {
	case changes:
		c.last = c.lastAnswer().Edit(strings.TrimSuffix(otherwise, ")"))
	case said == takesItBack:
		c.last = c.lastAnswer().Delete()
	case said == opens:
		c.last = c.Open(asker.id)
	case said == invites:
		c.last = c.Invite(members[e.in]...)
	case "("+button+")" == said:
		c.last = c.lastAnswer().Press(asker.id, button)
	case isWait:
		c.last = c.pass(wait)
	case e.in == alone:
		c.last = c.Say(asker.id, said)
	default:
		c.last = c.chats[e.in].Say(asker.id, said)
	}
	return c.read(e)
}

const (
	opens   = "(opens the chat)"
	invites = "(brings the bot into a group)"

	changesIt   = "(changes it to: "
	takesItBack = "(takes it back)"
)

func (c *lighthouse) lastAnswer() *commandtest.Answer {
	if c.last == nil {
		c.t.Fatalf("nothing was answered yet that something could be done about")
	}
	return c.last
}

// pass lets time pass, in which somebody may sign in.
func (c *lighthouse) pass(wait string) *commandtest.Answer {
	length, who, signsIn := strings.Cut(wait, ", ")
	d, err := time.ParseDuration(length)
	if err != nil {
		c.t.Fatalf("this is no time to pass: %v", err)
	}
	if signsIn {
		c.signIn(who)
	}
	return c.Sleep(d)
}

func (c *lighthouse) signIn(who string) {
	id, err := strconv.Atoi(strings.TrimSuffix(who, " is here"))
	if err != nil {
		c.t.Fatalf("%q does not say who signs in: write 21 is here", who)
	}
	c.Portal.SetPerson(bitrix.UserID(id), func(p *portal.Person) { p.Online, p.AbsentUntil = true, time.Time{} })
}

// further begins each message of an answer but the first.
const further = "✉ "

// read is what is answered, as many messages as there have to be and no more.
func (c *lighthouse) read(e exchange) string {
	var all []string
	for range e.messages() {
		all = append(all, c.seen(e, c.last.Contains().Message()))
	}
	c.last.Nothing()
	return strings.Join(all, "\n"+further)
}

func (e exchange) messages() int {
	if e.says == nil {
		return 0
	}
	return strings.Count(strings.Join(e.says, "\n"), further) + 1
}

// markup is what is not seen of a message: commands to tap look like words, and moments are shown to everybody in their own zone.
var markup = regexp.MustCompile(`\[/?(b|send|put|timestamp)[ =][^]]*]|\[/?(b|send|put)]| \(\[timestamp[^)]*\)`)

// seen is a message as people see it, with its buttons. What went to the private chat instead begins with a lock.
func (c *lighthouse) seen(e exchange, m portal.Message) string {
	text := markup.ReplaceAllString(m.Text, "")
	if e.in != alone && slices.ContainsFunc(c.Portal.Dialogs(askers[e.by].id), func(d portal.Dialog) bool {
		return d.Kind == "private" && d.ChatID == m.ChatID
	}) {
		text = "🔒 " + text
	}
	var buttons []struct {
		Text string `json:"TEXT"`
	}
	_ = json.Unmarshal(m.Keyboard, &buttons) // the portal wrote it; a message without has none
	var labels []string
	for _, b := range buttons {
		if b.Text != "" {
			labels = append(labels, "("+b.Text+")")
		}
	}
	return strings.TrimSpace(text + "\n" + strings.Join(labels, " "))
}

// wrong says what is wrong with an answer; empty: it is as it should be.
func (e exchange) wrong(answer string) string {
	rest := answer
	for i, part := range e.says {
		at := strings.Index(rest, part)
		if at < 0 || i == 0 && at > 0 {
			return "it does not say, in this place:\n" + indent(part)
		}
		rest = rest[at+len(part):]
	}
	for _, part := range e.hides {
		if strings.Contains(answer, part) {
			return "it must not say:\n" + indent(part)
		}
	}
	return ""
}
