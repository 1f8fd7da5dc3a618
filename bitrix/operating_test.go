package bitrix_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

const sendMethod = "imbot.v2.Chat.Message.send"

// blocked expects a refusal that says how long the method is blocked.
func blocked(t *testing.T, err error, left time.Duration) {
	t.Helper()
	meansAndHides(t, err, certain)
	failure, ok := errors.AsType[*bitrix.Error](err)
	if !ok || !errors.Is(err, bitrix.ErrOperationTimeLimit) || failure.RetryAfter.Round(time.Second) != left {
		t.Errorf("got %v, RetryAfter %v, want %v", err, failure.RetryAfter, left)
	}
}

// TestMethodOutOfTime is not called again before its time comes, and others go on.
func TestMethodOutOfTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newCrowd(t)
		p.single = func(method string, _ url.Values) string {
			if method == sendMethod {
				return "OPERATION_TIME_LIMIT"
			}
			return ""
		}
		send := func() {
			_, err := c.SendMessage(t.Context(), bitrix.Message{Dialog: "7", Text: "!"})
			blocked(t, err, 10*time.Second) // no answer has told more
		}
		calls(ask(t, c, 1), send, send, ask(t, c, 2)) // in a batch
		calls(send, send, ask(t, c, 3))               // one of them alone
		if diff := cmp.Diff([]string{"1 im.user.get", "1 im.user.get, 2 " + sendMethod, "1 im.user.get"}, p.methods()); diff != "" {
			t.Error(diff)
		}
		p.single = nil
		time.Sleep(10 * time.Second)
		say(t, c, "7", "!")()
	})
}

// TestQueuedCallsOfABlockedMethod learn at once that it is blocked, and cost no request.
func TestQueuedCallsOfABlockedMethod(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		requests := 0
		reset := time.Now().Add(time.Minute).Unix()
		c := portalAt(t, "demo-portal.bitrix24.example", func(r *http.Request) (*http.Response, error) {
			requests++
			if err := pass(r, time.Second/20); err != nil {
				return nil, err
			}
			return response(http.StatusTooManyRequests, fmt.Sprintf(`{"error":"OPERATION_TIME_LIMIT","time":{"operating_reset_at":%d}}`, reset)), nil
		})
		var all []func()
		for range 20 {
			all = append(all, func() {
				_, err := c.SendMessage(t.Context(), bitrix.Message{Dialog: "7", Text: "!"})
				blocked(t, err, time.Minute)
			})
		}
		calls(all...)
		if requests != 1 {
			t.Errorf("%d requests", requests)
		}
	})
}

// TestLookUpsHaveTwoMethods: while one is blocked the other is used, and they are refused only when both are, or
// when the list has failed them.
func TestLookUpsHaveTwoMethods(t *testing.T) {
	for _, row := range []struct {
		list bitrix.ErrorCode // what lists of two people say
		one  bool             // whether a list of one can still be asked for afterwards
	}{
		{bitrix.ErrOperationTimeLimit, false}, {bitrix.ErrInternal, true},
	} {
		t.Run(string(row.list), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, c := newCrowd(t)
				p.single = func(method string, params url.Values) string {
					if params.Has("ID[1]") {
						return string(row.list)
					}
					return map[string]string{"im.user.get": "OPERATION_TIME_LIMIT"}[method]
				}
				failing := func() {
					_, err := c.User(t.Context(), 2)
					blocked(t, err, 10*time.Second)
				}
				failing()
				calls(ask(t, c, 1), failing, func() {
					_, err := c.User(t.Context(), 3)
					blocked(t, err, 10*time.Second)
				})
				want := []string{"1 im.user.get", "1 im.user.list.get", "1 im.user.list.get"}
				if row.one {
					want = append(want, "1 im.user.list.get")
					ask(t, c, 2)()
				} else {
					failing()
				}
				if diff := cmp.Diff(want, p.methods()); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}
