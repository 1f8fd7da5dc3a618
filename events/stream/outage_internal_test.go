package stream

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
)

// TestPortalAwayForHalfAnHour has questions come in for twenty minutes while a portal is away, more of a dialog than is kept in memory.
// All are answered afterwards, each dialog's in its order. The time is not real.
func TestPortalAwayForHalfAnHour(t *testing.T) {
	const dialogs, each = 2, maxLane + 16
	t.Parallel()
	if !alone(t) {
		return
	}
	dir := t.TempDir()
	inTheYear2000(t, func(t *testing.T) {
		atStore(t, dir, func(s *Stream) {
			back := time.Now().Add(30 * time.Minute)
			ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
			defer cancel()
			var worker sync.WaitGroup
			var mu sync.Mutex
			answered := map[bitrix.DialogID][]bitrix.MessageID{}
			n := 0
			worker.Go(func() {
				s.consume(ctx, testPortal, Handler{
					Lane: func(e events.Event) string { return string(e.Chat.Dialog) },
					Handle: func(_ context.Context, d Delivery) Settlement {
						if time.Now().Before(back) {
							return Retry(time.Minute)
						}
						mu.Lock()
						defer mu.Unlock()
						dialog := d.Event.Chat.Dialog
						answered[dialog] = append(answered[dialog], d.Event.Message.ID)
						if n++; n == dialogs*each {
							cancel()
						}
						return Done()
					},
				})
			})
			for round := range each {
				askAll(t, s, dialogs, round)
				time.Sleep(15 * time.Second)
			}
			worker.Wait()
			if t.Logf("all were answered %v after the portal came back", time.Since(back)); n != dialogs*each {
				t.Errorf("%d questions were answered, want %d", n, dialogs*each)
			}
			for dialog, list := range answered {
				if !slices.IsSorted(list) {
					t.Errorf("dialog %s was answered out of order: %v", dialog, list)
				}
			}
		})
	})
}

// askAll asks one question in each dialog.
func askAll(t *testing.T, s *Stream, dialogs, round int) {
	t.Helper()
	var list []events.Event
	for dialog := range dialogs {
		list = append(list, events.Event{Portal: testPortal, Event: bitrix.Event{
			Chat:    bitrix.Chat{Dialog: bitrix.DialogID(fmt.Sprint("chat", dialog))},
			Message: bitrix.Incoming{ID: bitrix.MessageID(round*dialogs + dialog + 1)},
		}})
	}
	if err := s.Append(t.Context(), list); err != nil {
		t.Fatal(err)
	}
}
