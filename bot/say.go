package bot

import (
	"context"
	"errors"
	"fmt"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events/stream"
)

// say sends a message. It may be repeated under the same name: the portal drops what it has under the message's template id.
// Bot API v1 knows no such thing, so there the name is claimed, and of a message that was sent before the id is 0.
func (w *Worker) say(ctx context.Context, p *Portal, name string, m bitrix.Message) (bitrix.MessageID, error) {
	api, err := p.Client.Version(ctx)
	if err != nil {
		return 0, err
	}
	if api == bitrix.APIv1 {
		return w.sayClaimed(ctx, p, name, m)
	}
	return p.Client.SendMessage(ctx, m)
}

// errNobodyKnows is the error of a message that was sent twice, each time without an answer.
var errNobodyKnows = errors.New("nobody knows whether the message was posted, after two tries")

// sayClaimed sends a message that the portal would post again. Only who claims it sends it. When it is not known whether it
// was posted it is sent once more: rather twice than never.
//
// What remains: after a worker that dies, or an answer that is lost, between the portal's posting and the record, the message
// is there twice, never more often. If that happens to the second one too, the event is buried, for an operator to see.
func (w *Worker) sayClaimed(ctx context.Context, p *Portal, name string, m bitrix.Message) (bitrix.MessageID, error) {
	for try, claim := range []string{name, name + ", again"} {
		if try > 0 {
			w.watch.unkeyed(effectAgain)
		}
		stood, err := w.effects.Claim(ctx, claim)
		switch {
		case err != nil:
			return 0, fmt.Errorf("%w: %w", errNoRecord, err)
		case stood == stream.Sent:
			w.watch.unkeyed(effectRepeated)
			return 0, nil
		case stood == stream.Claimed:
			continue
		}
		id, err := p.Client.SendMessage(ctx, m)
		switch {
		case err == nil:
			w.conclude(ctx, claim, stream.Sent)
			w.watch.unkeyed(effectPosted)
			return id, nil
		case certainlyNotRun(err):
			w.conclude(ctx, claim, stream.Unclaimed)
			w.watch.unkeyed(effectReleased)
			return 0, err
		}
		zerolog.Ctx(ctx).Warn().Err(err).Msg("nobody knows whether the message was posted")
	}
	w.watch.unkeyed(effectImpossible)
	return 0, errNobodyKnows
}
