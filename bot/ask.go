package bot

import (
	"context"
	"errors"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
)

// Ask runs what somebody would type in the private chat with the bot and returns the replies, sending nothing. The error
// is why a reply among them is an apology.
func Ask(ctx context.Context, p *Portal, t Texts, asker bitrix.UserID, text string) ([]commands.Reply, error) {
	w := &Worker{texts: t, now: time.Now}
	e := events.Event{Portal: p.Name, Event: bitrix.Event{
		Kind:     bitrix.MessageAdd,
		Language: t.Language,
		Message:  bitrix.Incoming{Text: text},
		Chat:     bitrix.Chat{Dialog: bitrix.PrivateDialog(asker), Private: true},
		User:     bitrix.Author{ID: asker},
	}}
	var replies []commands.Reply
	var failed error
	for _, request := range w.requests(p, e) {
		reply, err := w.run(ctx, p, request)
		if err != nil {
			failed = errors.Join(failed, err)
			reply = commands.Apology(request.Lang, reason(err, 0), "")
		}
		replies = append(replies, reply)
	}
	return replies, failed
}
