package bitrix_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// TestPause: a portal that gets too many requests (from others behind our address) is left alone for longer and
// longer; look-ups and messages come through afterwards, each once and in order.
func TestPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := emulated(t, portal.Options{})
		bot := helper(t, c)
		p.Fail(portal.Fault{Kind: portal.Unavailable503, Times: 4})
		send := func(text string) func() {
			return func() {
				if _, err := c.SendMessage(t.Context(), bitrix.Message{Bot: bot, Dialog: "7", Text: text}); err != nil {
					t.Error(err)
				}
			}
		}
		began := time.Now()
		calls(send("1"), send("2"), send("3"))
		// 1, 2, 4 and 8 seconds, and up to a quarter more.
		if took := time.Since(began); took < 15*time.Second || took > 19*time.Second {
			t.Errorf("it took %v", took)
		}
		if n := len(p.Calls()); n != 1+4+1 {
			t.Errorf("%d requests", n)
		}
		var texts []string
		for _, m := range p.Messages(7, bitrix.PrivateDialog(bitrix.UserID(bot))) {
			texts = append(texts, m.Text)
		}
		if diff := cmp.Diff([]string{"1", "2", "3"}, texts); diff != "" {
			t.Error(diff)
		}
		p.Fail(portal.Fault{Kind: portal.Unavailable503, Times: 1})
		began = time.Now()
		send("4")()
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("after a good answer a pause is short again, not %v", took)
		}
	})
}

// TestPauseIsBounded by half a minute and its random part, unless the portal asks for more. What its callers learn
// when they go is why they had to wait.
func TestPauseIsBounded(t *testing.T) {
	for _, row := range []struct {
		status           int
		body, retryAfter string
		least, most      int // requests in an hour
	}{
		{503, `{"error":"QUERY_LIMIT_EXCEEDED"}`, "", 96, 125},
		{429, `{"error":"query_limit_exceeded"}`, "", 96, 125},
		{429, `<h1>Slow down</h1>`, "", 96, 125},
		{503, `{"error":"QUERY_LIMIT_EXCEEDED"}`, "290", 13, 13},
	} {
		t.Run(row.body+row.retryAfter, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				requests := 0
				c := portalAt(t, "demo-portal.bitrix24.example", func(*http.Request) (*http.Response, error) {
					requests++
					return response(row.status, row.body, "Retry-After", row.retryAfter), nil
				})
				ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
				defer cancel()
				_, err := c.User(ctx, 5)
				meansAndHides(t, err, certain)
				failure, ok := errors.AsType[*bitrix.Error](err)
				if !ok || failure.Status != row.status || !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("got %v", err)
				}
				if requests < row.least || requests > row.most {
					t.Errorf("%d requests in an hour", requests)
				}
			})
		})
	}
}

// TestOneFullBucketIsOnePause: several requests are out and all are refused. Who made a call by itself learns it
// at once; everybody else waits.
func TestOneFullBucketIsOnePause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := emulated(t, portal.Options{})
		p.Fail(portal.Fault{Method: "server.time", Kind: portal.Unavailable503})
		began := time.Now()
		refused := func() {
			err := c.Call(t.Context(), "server.time", nil, nil)
			if took := time.Since(began); took != 25*time.Millisecond || !errors.Is(err, bitrix.ErrQueryLimit) {
				t.Errorf("got %v after %v", err, took)
			}
		}
		calls(refused, refused, refused, refused, refused)
		reads(t, c, 5)
		if took := time.Since(began); took < time.Second || took > 1500*time.Millisecond {
			t.Errorf("the pause was %v", took)
		}
	})
}

// TestFullBucketIsBelieved: after a refusal the client knows that others spend the same allowance, and does not
// go on with what it thought was left.
func TestFullBucketIsBelieved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := emulated(t, portal.Options{})
		p.Fail(portal.Fault{Kind: portal.Unavailable503, Times: 1})
		began := time.Now()
		for range 13 {
			reads(t, c, 5)
		}
		if took := time.Since(began); took < 6*time.Second || took > 7500*time.Millisecond {
			t.Errorf("13 calls at 2 a second took %v", took)
		}
	})
}

// TestGoneBeforeARefusal: what was refused is not sent again when nobody waits for it any more.
func TestGoneBeforeARefusal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newCrowd(t)
		p.whole = func(methods []string) (*http.Response, error) {
			if len(methods) == 1 {
				return nil, nil
			}
			return response(http.StatusServiceUnavailable, `{"error":"QUERY_LIMIT_EXCEEDED"}`), nil
		}
		ctx, cancel := context.WithTimeout(t.Context(), 3*p.way)
		defer cancel()
		calls(ask(t, c, 1), func() {
			_, err := c.SendMessage(ctx, bitrix.Message{Dialog: "7", Text: "gone"})
			meansAndHides(t, err, perhaps)
		}, say(t, c, "8", "waits"))
		if diff := cmp.Diff(map[string][]string{"8": {"waits"}}, p.posted); diff != "" {
			t.Error(diff)
		}
	})
}
