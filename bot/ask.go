package bot

import (
	"context"
	"errors"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// Ask runs what somebody would type in the private chat with the bot and returns the replies, sending nothing. Of a reply in
// several steps it is the last. The error is why a reply among them is an apology.
func Ask(ctx context.Context, p *Portal, t Texts, who bitrix.Author, text string) ([]commands.Reply, error) {
	var replies []commands.Reply
	err := NewConversation(p, t, who).Say(ctx, text, func(r commands.Reply) {
		if r.Then == nil {
			replies = append(replies, r)
		}
	})
	return replies, err
}

// Conversation is a private chat with the bot in which nothing is sent. It remembers what a command asks back. It is for one
// goroutine.
type Conversation struct {
	portal *Portal
	worker *Worker
	who    bitrix.Author
	last   stream.Question  // a command asked; zero: none did
	said   bitrix.MessageID // how much was said: the portal would number it
	chosen chosen           // the language the person asked for
}

// NewConversation begins one with somebody.
func NewConversation(p *Portal, t Texts, who bitrix.Author) *Conversation {
	return &Conversation{portal: p, worker: &Worker{texts: t, now: time.Now}, who: who}
}

// Say is the person typing something. Show is called with each reply as it comes, and where one has a Then, with the
// reply that takes its place. The error is why a reply among them is an apology.
func (c *Conversation) Say(ctx context.Context, text string, show func(commands.Reply)) error {
	return c.hear(ctx, bitrix.Event{Kind: bitrix.MessageAdd, Message: bitrix.Incoming{Text: text}}, show)
}

// Press is the person pressing a button that gives a command. Show and the error are those of Say.
func (c *Conversation) Press(ctx context.Context, b bitrix.Button, show func(commands.Reply)) error {
	return c.hear(ctx, bitrix.Event{Kind: bitrix.CommandAdd, Command: bitrix.Command{Name: b.Command, Params: b.Params}}, show)
}

func (c *Conversation) hear(ctx context.Context, e bitrix.Event, show func(commands.Reply)) error {
	c.said++
	e.Message.ID, e.User, e.Language = c.said, c.who, c.worker.texts.Language
	e.Chat = bitrix.Chat{Dialog: bitrix.PrivateDialog(c.who.ID), Private: true}
	d := stream.Delivery{Event: events.Event{Portal: c.portal.Name, Event: e}, Stored: c.worker.now()}
	before := c.last
	var failed error
	for _, p := range c.worker.parts(c.portal, d, before) {
		c.chosen.speak(&p.Request)
		reply, err := c.answer(ctx, p.Request, show)
		if reply.Speak != "" {
			c.chosen.Language = reply.Speak
		}
		switch {
		case reply.Asks:
			c.last = c.worker.questionOf(d, p, open)
		case c.last.Event == before.Event && (err == nil || !p.answering()): // after a fault the answer can be given again
			c.last = c.worker.questionOf(d, p, closed)
		}
		failed = errors.Join(failed, err)
	}
	return failed
}

// answer runs a command to its end and returns what it replied in the end.
func (c *Conversation) answer(ctx context.Context, r commands.Request, show func(commands.Reply)) (commands.Reply, error) {
	var reply commands.Reply
	err := vouch(ctx, c.portal, c.who, &r)
	if err == nil {
		reply, err = run(ctx, c.portal, r)
	}
	if err == nil {
		reply, err = finish(ctx, r, reply, func(_ context.Context, step commands.Reply) error {
			show(step)
			return nil
		})
	}
	if err != nil {
		reply = commands.Apology(r.Lang, reason(err, 0), "")
	}
	show(reply)
	return reply, err
}
