package bot

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events/stream"
)

// Portal is a portal the bot answers on.
type Portal struct {
	Name     string // as in the events stored for it
	Client   *bitrix.Client
	Commands *commands.Set
	// TemplateKey makes the ids under which the portal drops repeated replies. It is secret, or somebody could post under
	// such an id first and silence the reply. All workers of a portal need the same.
	TemplateKey bitrix.Secret
}

// answerWindow is how long after a command Command.answer posts anything. Bitrix24 allows ten minutes, then says "done"
// and posts nothing; a minute is left for clocks that differ and for the way.
const answerWindow = 9 * time.Minute

// send posts a reply. Part tells several replies to one event apart. A bot that is no member of the chat answers through
// the command; when that is no longer possible, or there is none, it writes to the asker alone.
func (p *Portal) send(ctx context.Context, d stream.Delivery, part int, reply commands.Reply, now time.Time) error {
	e := d.Event
	m := bitrix.Message{
		Bot:          e.Bot.ID,
		Dialog:       e.Chat.Dialog,
		Text:         reply.Text,
		Keyboard:     reply.Keyboard,
		Attach:       reply.Attach,
		TemplateID:   p.templateID(e.Key(), part),
		NoURLPreview: true,
	}
	if !e.Chat.Private && !e.Command.Keyboard {
		m.ReplyTo = e.Message.ID
	}
	_, err := p.Client.SendMessage(ctx, m)
	if e.Chat.Private || !errors.Is(err, bitrix.ErrAccessDenied) {
		return err
	}
	if e.Command.ID != 0 && now.Sub(e.Time) < answerWindow {
		return p.answerCommand(ctx, d, m)
	}
	m.Dialog, m.ReplyTo = bitrix.PrivateDialog(e.User.ID), 0
	_, err = p.Client.SendMessage(ctx, m)
	return err
}

// answerCommand posts in a chat the bot is not in. This call has no key against repetition: when it is unknown
// whether it ran, it is not repeated, and the event is buried.
func (p *Portal) answerCommand(ctx context.Context, d stream.Delivery, m bitrix.Message) error {
	err := p.Client.AnswerCommand(ctx, bitrix.CommandAnswer{
		Bot:       m.Bot,
		Command:   d.Event.Command.ID,
		MessageID: d.Event.Message.ID,
		Dialog:    m.Dialog,
		Text:      m.Text,
		Keyboard:  m.Keyboard,
		Attach:    m.Attach,
	})
	var refused *bitrix.Error
	if errors.As(err, &refused) && refused.MayHaveRun() {
		return fmt.Errorf("answer command: nobody knows whether it was posted: %v", err) // %v: not to be taken for temporary
	}
	return err
}

// templateID derives a lower-case UUID v4, the only form the portal takes for a key, from what is answered.
func (p *Portal) templateID(key string, part int) string {
	mac := hmac.New(sha256.New, []byte(p.TemplateKey.Reveal()))
	_, _ = fmt.Fprintf(mac, "reply %s %d", key, part)
	u := mac.Sum(nil)[:16]
	u[6] = u[6]&0x0f | 0x40 // version 4
	u[8] = u[8]&0x3f | 0x80 // variant of RFC 9562
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}
