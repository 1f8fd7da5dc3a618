package bitrix_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// TestStorm: callers that come and go, and a portal that refuses, dies, loses answers and is late. Each call ends,
// what its caller is told is true, dialogs keep their order, and nothing is left behind.
func TestStorm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newCrowd(t)
		p.late = func(int) time.Duration { return rand.N(time.Second) }
		p.cut = func() bool { return rand.N(20) == 0 }
		p.whole = func([]string) (*http.Response, error) {
			switch rand.N(20) {
			case 0:
				return response(http.StatusServiceUnavailable, `{"error":"QUERY_LIMIT_EXCEEDED"}`), nil
			case 1:
				return response(http.StatusBadGateway, "<h1>Bad gateway</h1>"), nil
			}
			return nil, nil
		}
		told := storm(t, c)
		if n := c.Busy(); n != 0 {
			t.Errorf("%d things are left behind", n)
		}
		if p.overtaking > 0 {
			t.Errorf("%d messages could have overtaken others of their dialog", p.overtaking)
		}
		outcomes := map[string]int{}
		for text, err := range told {
			outcomes[outcome(t, p, text, err)]++
		}
		t.Logf("%v in %d requests", outcomes, len(p.requests))
		if len(outcomes) != 4 {
			t.Error("some outcomes were not seen")
		}
	})
}

// storm makes calls for some minutes and returns what each sender was told, by the text of the message.
func storm(t *testing.T, c *bitrix.Client) map[string]error {
	told := map[string]error{}
	var mu sync.Mutex // guards told
	var all sync.WaitGroup
	for i := range 1500 {
		dialog, text := bitrix.DialogID(fmt.Sprint(i%40+1)), fmt.Sprintf("%d/%d", i%40+1, i)
		ctx, cancel := context.WithTimeout(t.Context(), rand.N(20*time.Second))
		all.Go(func() {
			defer cancel()
			_, _ = c.User(ctx, bitrix.UserID(i%100+1))
			_, err := c.SendMessage(ctx, bitrix.Message{Bot: 456, Dialog: dialog, Text: text})
			mu.Lock()
			defer mu.Unlock()
			told[text] = err
		})
		time.Sleep(rand.N(200 * time.Millisecond))
	}
	all.Wait()
	synctest.Wait()
	return told
}

// outcome compares what a sender was told with what there is.
func outcome(t *testing.T, p *crowd, text string, err error) string {
	t.Helper()
	there := 0
	for _, posted := range p.posted {
		there += len(slices.DeleteFunc(slices.Clone(posted), func(s string) bool { return s != text }))
	}
	failure, known := errors.AsType[*bitrix.Error](err)
	switch {
	case there == 1 && err == nil:
		return "sent"
	case there == 1 && known && failure.MayHaveRun():
		return "sent, not known"
	case there == 0 && known && failure.MayHaveRun():
		return "not sent, not known"
	case there == 0 && known:
		return "not sent"
	}
	t.Errorf("%s is there %d times, and its sender was told %v", text, there, err)
	return "false"
}
