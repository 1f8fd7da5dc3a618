package bitrix

import (
	"context"
	"time"
)

// Typing shows people in a dialog that the bot is about to say something (imbot.v2.Chat.InputAction.notify,
// imbot.chat.sendTyping), until it does or some seconds have passed. It is a courtesy, for which no other call has to wait: where
// some do, or the portal's rate limit is half spent, nothing is asked of the portal and there is no error.
func (c *Client) Typing(ctx context.Context, bot BotID, in DialogID) error {
	if !c.queue.slack() {
		return nil
	}
	api, err := c.dialect(ctx)
	if err != nil {
		return err
	}
	return api.typing(ctx, bot, in)
}

// typing names no dialog to the queue, or the answer would wait for its end. It goes alone: others do not wait for its company,
// and it is not tried again.
func (d v2) typing(ctx context.Context, bot BotID, in DialogID) error {
	call := &pending{method: "imbot.v2.Chat.InputAction.notify", alone: true, patient: true}
	return d.c.confirm(ctx, call, d.asBot(bot, map[string]any{"dialogId": in}))
}

func (d v1) typing(ctx context.Context, bot BotID, in DialogID) error {
	call := &pending{method: "imbot.chat.sendTyping", alone: true, patient: true}
	return d.c.confirm(ctx, call, d.asBot(bot, map[string]any{"DIALOG_ID": in}))
}

// slack reports whether a call that nobody needs would be in nobody's way.
func (q *queue) slack() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	now := time.Now()
	return len(q.waiting) == 0 && q.out < outLimit && q.pause.left(now) <= 0 && q.allowance.halfLeft(now)
}

// halfLeft reports whether at least half of what the portal takes at once is left.
func (a *allowance) halfLeft(now time.Time) bool {
	return a.settled.TokensAt(now)-float64(a.out) >= float64(a.settled.Burst())/2
}
