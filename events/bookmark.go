package events

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
)

const (
	// kept is how long Bitrix24 keeps events for a bot that fetches them.
	kept = 24 * time.Hour
	// bookmarkEvery is how often a bookmark that stands still is written all the same, for its time.
	bookmarkEvery = 10 * time.Minute
)

// bookmark is how far a bot's queue was read. What is before it is stored.
type bookmark struct {
	Offset bitrix.EventOffset `json:"offset"`
	Time   time.Time          `json:"time"` // when the queue was read last, give or take bookmarkEvery
}

// bookmarkName names the bookmark of a bot in the memory. Each bot has a queue of its own.
func bookmarkName(portal string, bot bitrix.BotID) string {
	return fmt.Sprintf("offset of bot %d of %s", bot, portal)
}

// recall finds where a fetcher before this one stopped. A bookmark that cannot be read is none: from the beginning on there is
// all that the portal still has, and what is stored already is not stored again.
func (f *Fetcher) recall(ctx context.Context) error {
	if f.recalled {
		return nil
	}
	data, err := f.o.Memory.Recall(ctx, bookmarkName(f.o.Portal, f.o.Bot))
	if err != nil {
		return err
	}
	var mark bookmark
	if data != nil && json.Unmarshal(data, &mark) != nil {
		zerolog.Ctx(ctx).Warn().Msg("the place in the queue of events cannot be read; starting at its beginning")
		mark = bookmark{}
	}
	f.recalled, f.mark, f.lastRead = true, mark, mark.Time
	return nil
}

// advance moves the bookmark behind a page that is stored. The portal hears of it with the next request, when it is sure
// that no other process will ask for what came before.
func (f *Fetcher) advance(ctx context.Context, page bitrix.EventPage, now time.Time) error {
	f.warnOfLoss(ctx, now)
	f.lastRead = now
	next := bookmark{f.mark.next(page), now}
	if next.Offset == f.mark.Offset && now.Sub(f.mark.Time) < bookmarkEvery {
		return nil
	}
	data, err := json.Marshal(next)
	if err != nil {
		return err
	}
	if err := f.o.Memory.Remember(ctx, bookmarkName(f.o.Portal, f.o.Bot), data); err != nil {
		return err
	}
	f.mark = next
	return nil
}

// next is where to go on behind a page. It never runs ahead of what was read, whatever the portal says, and never back:
// a portal deletes everything before an offset that it is asked with.
func (b bookmark) next(page bitrix.EventPage) bitrix.EventOffset {
	read := b.Offset
	for _, e := range page.Events {
		read = max(read, e.ID+1)
	}
	return max(b.Offset, min(page.NextOffset, read))
}

// warnOfLoss tells that nobody has read the queue for longer than events are kept.
func (f *Fetcher) warnOfLoss(ctx context.Context, now time.Time) {
	if silence := now.Sub(f.lastRead); !f.lastRead.IsZero() && silence > kept {
		zerolog.Ctx(ctx).Warn().Time("last_read", f.lastRead).
			Msg("events were not fetched for over 24 hours; Bitrix24 keeps them for 24 hours, so older ones are lost")
	}
}
