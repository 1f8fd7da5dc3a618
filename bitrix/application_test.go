package bitrix_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

// batchKey is what a batch calls a command.
var batchKey = regexp.MustCompile(`"c[0-9a-z]{8}_[0-9]{2}"`)

// TestApplicationShowsItsToken in the body, at its top, of a single call and of a batch; the address has none.
func TestApplicationShowsItsToken(t *testing.T) {
	for _, row := range []struct {
		name string
		call func(c *bitrix.Client) error
		want string
	}{
		{"parameters", func(c *bitrix.Client) error {
			return c.Call(t.Context(), "im.user.get", map[string]int{"ID": 5}, nil)
		}, `im.user.get {"ID":5,"auth":"TOKEN"}`},
		{"no parameters", func(c *bitrix.Client) error {
			return c.Call(t.Context(), "scope", nil, nil)
		}, `scope {"auth":"TOKEN"}`},
		{"nothing in a type", func(c *bitrix.Client) error {
			return c.Call(t.Context(), "scope", map[string]int(nil), nil)
		}, `scope {"auth":"TOKEN"}`},
		{"another's token", func(c *bitrix.Client) error {
			return c.Call(t.Context(), "scope", map[string]string{"auth": "another"}, nil)
		}, `scope {"auth":"another","auth":"TOKEN"}`}, // PHP takes the last
		{"batch", func(c *bitrix.Client) error {
			_, err := c.Batch(t.Context(), []bitrix.BatchCall{{Method: "im.user.get", Params: map[string]int{"ID": 5}}})
			return err
		}, `batch {"cmd":{"KEY":"im.user.get?ID=5"},"halt":0,"auth":"TOKEN"}`},
	} {
		t.Run(row.name, func(t *testing.T) {
			var got string
			c := bitrix.NewClient(bitrix.ClientOptions{
				Tokens: newKeeper(),
				HTTP: &http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
					body, _ := io.ReadAll(r.Body)
					text := strings.ReplaceAll(string(body), token(1).Reveal(), "TOKEN")
					if method, ok := strings.CutPrefix(r.URL.String(), "https://demo-portal.bitrix24.example/rest/"); ok {
						got = method + " " + batchKey.ReplaceAllString(text, `"KEY"`)
					}
					return response(http.StatusOK, `{"result":{"result":[]}}`), nil
				})},
			})
			if err := row.call(c); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestApplicationParameters that are not an object leave no place for the token, and are not sent.
func TestApplicationParameters(t *testing.T) {
	c := application(t, newKeeper(), func(*http.Request) (*http.Response, error) {
		t.Error("sent")
		return nil, io.EOF
	})
	if err := c.Call(t.Context(), "im.user.get", []int{5}, nil); err == nil {
		t.Error("no error")
	}
}

// TestFiftyCallsOverOneExpiredToken: all succeed, each runs once, and the token that has expired is the only one that
// anybody asks to renew. What a portal refused counts, but it never has to refuse for coming too fast.
func TestFiftyCallsOverOneExpiredToken(t *testing.T) {
	for name, call := range map[string]func(t *testing.T, c *bitrix.Client, i int) func(){
		"calls": func(t *testing.T, c *bitrix.Client, i int) func() {
			return func() {
				if err := c.Call(t.Context(), "im.user.get", map[string]int{"ID": i}, nil); err != nil {
					t.Error(err)
				}
			}
		},
		"look-ups": func(t *testing.T, c *bitrix.Client, i int) func() { return ask(t, c, bitrix.UserID(i)) },
		"messages": func(t *testing.T, c *bitrix.Client, i int) func() {
			return say(t, c, bitrix.PrivateDialog(bitrix.UserID(i)), "!")
		},
		"messages to one": func(t *testing.T, c *bitrix.Client, i int) func() { return say(t, c, "7", fmt.Sprint(i)) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := newKeeper().expire()
				k.renewal = func(context.Context) error { time.Sleep(time.Second); return nil }
				p, c := applicationCrowd(t, k)
				var all []func()
				for i := range 50 {
					all = append(all, call(t, c, i+1))
				}
				calls(all...)
				if n := len(p.asked) + len(p.posted["7"]); name != "messages" && n != 50 {
					t.Errorf("%d calls have run", n)
				}
				if p.refused > 0 || k.refused > 8 {
					t.Errorf("%d requests came too fast, %d with the old token", p.refused, k.refused)
				}
				for _, stale := range k.stale {
					if stale != token(1) {
						t.Errorf("renewed %s", stale.Reveal())
					}
				}
				if len(k.stale) == 0 {
					t.Error("nothing was renewed")
				}
			})
		})
	}
}

// TestRenewedCallWaitsItsTurn: what is made again counts, so with one request at once and two a second it goes half a
// second later.
func TestRenewedCallWaitsItsTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper().expire()
		instant := k.guard(t, func(*http.Request) (*http.Response, error) { return response(http.StatusOK, `{"result":1}`), nil })
		c := bitrix.NewClient(bitrix.ClientOptions{Tokens: k, Rate: 2, Burst: 1, HTTP: &http.Client{Transport: instant}})
		began := time.Now()
		if err := c.Call(t.Context(), "im.user.get", nil, nil); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took != time.Second/2 {
			t.Errorf("took %v", took)
		}
	})
}

// TestExpiredAgain: a new token that has expired too is not worth another try.
func TestExpiredAgain(t *testing.T) {
	for name, call := range map[string]func(*bitrix.Client) error{
		"alone": func(c *bitrix.Client) error { return c.Call(t.Context(), "im.user.get", nil, nil) },
		"shared": func(c *bitrix.Client) error {
			_, err := c.User(t.Context(), 5)
			return err
		},
		"batch": func(c *bitrix.Client) error {
			_, err := c.Batch(t.Context(), []bitrix.BatchCall{{Method: "im.user.get"}})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			k, requests := newKeeper().expire(), 0
			c := bitrix.NewClient(bitrix.ClientOptions{
				Tokens: k,
				HTTP: &http.Client{Transport: transport(func(*http.Request) (*http.Response, error) {
					requests++
					return response(http.StatusUnauthorized, fixture(t, "error.expired-token.json")), nil
				})},
			})
			isExpired(t, call(c), final)
			if requests != 2 || len(k.stale) != 1 {
				t.Errorf("%d requests, %d renewals", requests, len(k.stale))
			}
		})
	}
}

// TestNothingElseRenews: Bitrix24 may block an application that renews without need.
func TestNothingElseRenews(t *testing.T) {
	for _, f := range restIndex(t) {
		if !strings.HasPrefix(f.File, "error.") || f.File == "error.expired-token.json" {
			continue
		}
		k := newKeeper()
		c := application(t, k, func(*http.Request) (*http.Response, error) { return response(f.Status, fixture(t, f.File)), nil })
		if err := c.Call(t.Context(), "im.user.get", nil, nil); err == nil || len(k.stale) > 0 {
			t.Errorf("%s: %v, %d renewals", f.File, err, len(k.stale))
		}
	}
}

// TestWebhookDoesNotRenew: it has nothing to renew.
func TestWebhookDoesNotRenew(t *testing.T) {
	c := answering(t, http.StatusUnauthorized, fixture(t, "error.expired-token.json"))
	isExpired(t, c.Call(t.Context(), "scope", nil, nil), final)
}

// TestCallerLeavesDuringRenewal and is told why; who stays is served.
func TestCallerLeavesDuringRenewal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper().expire()
		k.renewal = func(context.Context) error { time.Sleep(time.Second); return nil }
		_, c := applicationCrowd(t, k)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second/2)
		defer cancel()
		calls(ask(t, c, 5), func() {
			_, err := c.User(ctx, 5)
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v", err)
			}
			hides(t, err)
		})
	})
}
