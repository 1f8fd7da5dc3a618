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
)

// TestGoneFromTheQueue: a call whose caller is gone before its turn is never made.
func TestGoneFromTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newCrowd(t)
		ctx, cancel := context.WithTimeout(t.Context(), p.way)
		defer cancel()
		calls(ask(t, c, 1), func() {
			_, err := c.SendMessage(ctx, bitrix.Message{Dialog: "7", Text: "!"})
			meansAndHides(t, err, certain)
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v", err)
			}
		}, ask(t, c, 2))
		if diff := cmp.Diff([]string{"1 im.user.get", "1 im.user.get"}, p.methods()); diff != "" {
			t.Error(diff)
		}
	})
}

// TestGoneFromARequest: a caller goes when its context ends, not knowing whether its call ran; the others of the
// same request get their answers.
func TestGoneFromARequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newCrowd(t)
		ctx, cancel := context.WithTimeout(t.Context(), 3*p.way)
		defer cancel()
		calls(ask(t, c, 1), say(t, c, "8", "!"), func() {
			_, err := c.SendMessage(ctx, bitrix.Message{Dialog: "7", Text: "!"})
			meansAndHides(t, err, perhaps)
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v", err)
			}
		})
		if diff := cmp.Diff(map[string][]string{"7": {"!"}, "8": {"!"}}, p.posted); diff != "" {
			t.Error(diff)
		}
	})
}

// TestRequestNobodyWaitsFor is given up, and with it the place it takes.
func TestRequestNobodyWaitsFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var given []error
		c := portalAt(t, "demo-portal.bitrix24.example", func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			given = append(given, r.Context().Err())
			return nil, r.Context().Err()
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		_, err := c.User(ctx, 1)
		if took := time.Since(began); took != time.Second || len(given) != 1 || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v after %v, %d requests given up", err, took, len(given))
		}
	})
}

// TestEqualLookUps are one, and a caller that goes takes nothing from the others.
func TestEqualLookUps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newCrowd(t)
		ctx, cancel := context.WithCancel(t.Context())
		gone := func() {
			if _, err := c.User(ctx, 5); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
		}
		calls(gone, ask(t, c, 5), ask(t, c, 5), ask(t, c, 6), ask(t, c, 6), cancel)
		if diff := cmp.Diff([]string{"5", "6"}, p.asked); diff != "" {
			t.Error(diff)
		}
		ask(t, c, 5)()
		if len(p.asked) != 3 {
			t.Error("what was told before is told again")
		}
		var one, other error
		nobody := func() (bitrix.User, error) { return c.User(t.Context(), 77777) }
		calls(ends(&one, nobody), ends(&other, nobody))
		if !errors.Is(one, bitrix.ErrUserNotExists) || !errors.Is(other, bitrix.ErrUserNotExists) || one == other {
			t.Errorf("got %v and %v, the same: %v", one, other, one == other)
		}
	})
}

// TestEqualLookUpOfAStuckOne goes anew.
func TestEqualLookUpOfAStuckOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stuck := make(chan struct{})
		first := true
		c := portalAt(t, "demo-portal.bitrix24.example", func(*http.Request) (*http.Response, error) {
			if first {
				first = false
				<-stuck
			}
			return response(http.StatusOK, `{"result":{"id":5,"name":"Person 5"}}`), nil
		})
		calls(ask(t, c, 5), func() {
			time.Sleep(2 * time.Second)
			ask(t, c, 5)()
			close(stuck)
		})
	})
}
