package bitrix_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

// ask looks a person up and fails the test if it is not the right one.
func ask(t *testing.T, c *bitrix.Client, id bitrix.UserID) func() {
	return func() {
		user, err := c.User(t.Context(), id)
		if err != nil || user.Name != fmt.Sprintf("Person %d", id) {
			t.Errorf("user %d: %q, %v", id, user.Name, err)
		}
	}
}

// say sends a text to a dialog and fails the test if it cannot.
func say(t *testing.T, c *bitrix.Client, dialog bitrix.DialogID, text string) func() {
	return func() {
		if _, err := c.SendMessage(t.Context(), bitrix.Message{Bot: 456, Dialog: dialog, Text: text}); err != nil {
			t.Errorf("%s in %s: %v", text, dialog, err)
		}
	}
}

// TestManyAtOnce: a burst of questions, each a look-up and then a reply, is answered about as fast as the
// allowance lets anybody (62 requests and 6 seconds for 3000), and the portal never has to refuse, also when
// requests overtake each other on their way.
func TestManyAtOnce(t *testing.T) {
	for _, row := range []struct {
		name                string
		questions, requests int
		within              time.Duration
		late                func(n int) time.Duration
	}{
		{"300", 300, 10, time.Second, nil},
		{"3000", 3000, 66, 8 * time.Second, nil},
		{"3000, some late", 3000, 70, 10 * time.Second, func(int) time.Duration { return rand.N(300 * time.Millisecond) }},
		{"3000, the first one late", 3000, 70, 10 * time.Second, func(n int) time.Duration { return time.Second / time.Duration(n) }},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, c := newCrowd(t)
				p.late = row.late
				began := time.Now()
				var all sync.WaitGroup
				for i := 1; i <= row.questions; i++ {
					all.Go(func() {
						ask(t, c, bitrix.UserID(i))()
						say(t, c, bitrix.PrivateDialog(bitrix.UserID(i)), "!")()
					})
				}
				all.Wait()
				took := time.Since(began)
				t.Logf("%d requests in %v, %d refused", len(p.requests), took, p.refused)
				if p.refused > 0 || len(p.requests) > row.requests || took > row.within {
					t.Errorf("want %d requests in %v, none refused", row.requests, row.within)
				}
				if len(p.posted) != row.questions {
					t.Errorf("%d of %d answered", len(p.posted), row.questions)
				}
			})
		})
	}
}

// TestLoneCall goes at once, and plainly.
func TestLoneCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newCrowd(t)
		began := time.Now()
		ask(t, c, 5)()
		say(t, c, "7", "!")()
		if took := time.Since(began); took != 4*p.way {
			t.Errorf("two calls took %v", took)
		}
		if diff := cmp.Diff([]string{"1 im.user.get", "1 imbot.v2.Chat.Message.send"}, p.methods()); diff != "" {
			t.Error(diff)
		}
	})
}

// TestSlowCallsHoldUpNobody: seven stuck requests, and the next one takes a moment longer than usual.
func TestSlowCallsHoldUpNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stuck := make(chan struct{})
		c := portalAt(t, "demo-portal.bitrix24.example", func(r *http.Request) (*http.Response, error) {
			cmds, _ := commandsOf(r)
			id := cmds[0].params.Get("ID")
			if len(id) == 1 {
				<-stuck
			}
			return response(http.StatusOK, `{"result":{"id":`+id+`,"name":"Person `+id+`"}}`), nil
		})
		var all sync.WaitGroup
		for id := range bitrix.UserID(7) {
			all.Go(ask(t, c, id+1))
			time.Sleep(time.Second)
		}
		began := time.Now()
		ask(t, c, 10)()
		if took := time.Since(began); took > 100*time.Millisecond {
			t.Errorf("held up for %v", took)
		}
		close(stuck)
		all.Wait()
	})
}

// TestOneDialogKeepsItsOrder, whatever overtakes what on the way: never are two calls to it out at once.
func TestOneDialogKeepsItsOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newCrowd(t)
		p.late = func(int) time.Duration { return rand.N(5 * time.Second) }
		want := map[string][]string{}
		var all []func()
		for i := range 300 {
			dialog, text := fmt.Sprint(i%7+1), fmt.Sprint(i)
			want[dialog] = append(want[dialog], text)
			all = append(all, func() {
				time.Sleep(time.Duration(i) * 50 * time.Millisecond)
				say(t, c, bitrix.DialogID(dialog), text)()
			})
		}
		calls(all...)
		if diff := cmp.Diff(want, p.posted); diff != "" {
			t.Error(diff)
		}
	})
}

// TestTooManyWait: the queue is bounded.
func TestTooManyWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newCrowd(t)
		var all sync.WaitGroup
		for range 10_000 {
			all.Go(ask(t, c, 5))
		}
		synctest.Wait()
		began := time.Now()
		_, err := c.User(t.Context(), 5)
		meansAndHides(t, err, certain)
		if took := time.Since(began); took > 0 {
			t.Errorf("told after %v", took)
		}
		all.Wait()
		ask(t, c, 5)()
		if len(p.requests) != 2 {
			t.Errorf("%d requests", len(p.requests))
		}
	})
}

// TestCallTimeout: a request has 30 seconds however long its caller would wait, and waiting does not count.
func TestCallTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newCrowd(t)
		p.way = 14 * time.Second
		began := time.Now()
		calls(say(t, c, "7", "one"), say(t, c, "7", "after the other"))
		if took := time.Since(began); took != 4*p.way {
			t.Errorf("two calls took %v", took)
		}
		p.way = 16 * time.Second
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		began = time.Now()
		_, err := c.User(ctx, 2)
		meansAndHides(t, err, perhaps)
		if took := time.Since(began); took != 30*time.Second {
			t.Errorf("%v after %v", err, took)
		}
	})
}

// TestRedirectsCount: a request that goes out again, elsewhere, counts twice.
func TestRedirectsCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const moved = "/x/rest/1/" + canary + "/im.user.get"
		c := portalAt(t, "demo.bitrix24.example", func(r *http.Request) (*http.Response, error) {
			if r.URL.Path != moved {
				return response(http.StatusFound, "", "Location", moved), nil
			}
			return response(http.StatusOK, `{"result":1}`), nil
		})
		began := time.Now()
		for range 30 {
			if err := c.Call(t.Context(), "im.user.get", nil, nil); err != nil {
				t.Fatal(err)
			}
		}
		// 60 requests, the first 50 of them free, the last pair begun half a second early.
		if took := time.Since(began); took < 4*time.Second || took > 5*time.Second {
			t.Errorf("60 requests took %v", took)
		}
	})
}
