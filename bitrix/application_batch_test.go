package bitrix_test

import (
	"context"
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

// expiring has the portal find that the token of a running batch has expired, from its n-th call on, until there is a new
// one: a portal looks at the token for each call anew.
func expiring(p *crowd, k *keeper, n int) {
	p.single = func(string, url.Values) string {
		n--
		if n < 0 && len(k.stale) == 0 {
			return "expired_token"
		}
		return ""
	}
	k.renewal = func(context.Context) error { k.good = token(2); return nil }
}

// TestTokenExpiresWithinBatch: the calls that were refused are made once more, all others are not.
func TestTokenExpiresWithinBatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper()
		p, c := applicationCrowd(t, k)
		expiring(p, k, 2)
		names, err := fourNames(t, c)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"Person 1", "Person 2", "Person 3", "Person 4"}, names); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"4 im.user.get", "2 im.user.get"}, p.methods()); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]bitrix.Secret{token(1)}, k.stale); diff != "" {
			t.Error(diff)
		}
	})
}

func fourNames(t *testing.T, c *bitrix.Client) ([]string, error) {
	t.Helper()
	var four []bitrix.BatchCall
	for id := range 4 {
		four = append(four, bitrix.BatchCall{Method: "im.user.get", Params: map[string]int{"ID": id + 1}})
	}
	results, err := c.Batch(t.Context(), four)
	if err != nil {
		return nil, err
	}
	var names []string
	var failures []error
	for _, r := range results {
		var user bitrix.User
		failures = append(failures, r.Decode(&user))
		names = append(names, user.Name)
	}
	return names, errors.Join(failures...)
}

// TestTokenExpiresWithinBatchForGood: where it cannot be renewed, or the second batch fails, the calls that had run are
// none the worse.
func TestTokenExpiresWithinBatchForGood(t *testing.T) {
	for _, row := range []struct {
		name    string
		renewal error
		second  string // answer to the second batch
		code    bitrix.ErrorCode
	}{
		{"no new token", &bitrix.Error{Code: "invalid_grant", Status: 400}, "", bitrix.ErrInvalidGrant},
		{"expired again", nil, `{"error":"expired_token"}`, bitrix.ErrExpiredToken},
		{"expired again within", nil, "", bitrix.ErrExpiredToken},
		{"portal gone", nil, `{"error":"PORTAL_DELETED"}`, bitrix.ErrPortalDeleted},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := newKeeper()
				p, c := applicationCrowd(t, k)
				expiring(p, k, 2)
				if row.renewal != nil {
					k.renewal = func(context.Context) error { return row.renewal }
				}
				p.whole = func([]string) (*http.Response, error) {
					if len(p.requests) == 1 {
						return nil, nil
					}
					if row.second != "" {
						return response(http.StatusForbidden, row.second), nil
					}
					p.single = func(string, url.Values) string { return "expired_token" }
					return nil, nil
				}
				names, err := fourNames(t, c)
				if !errors.Is(err, row.code) {
					t.Errorf("got %v", err)
				}
				hides(t, err)
				if diff := cmp.Diff([]string{"Person 1", "Person 2", "", ""}, names); diff != "" {
					t.Error(diff)
				}
				if len(k.stale) != 1 {
					t.Errorf("%d renewals", len(k.stale))
				}
			})
		})
	}
}

// TestTokenExpiresInCompany: the same where the batch is the client's own. Look-ups that shared a command share it again,
// and messages keep their order.
func TestTokenExpiresInCompany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper()
		p, c := applicationCrowd(t, k)
		expiring(p, k, 2) // the look-up that goes alone, and the first message
		calls(ask(t, c, 1), say(t, c, "7", "a"), ask(t, c, 2), ask(t, c, 3), say(t, c, "7", "b"), say(t, c, "8", "c"))
		if diff := cmp.Diff(map[string][]string{"7": {"a", "b"}, "8": {"c"}}, p.posted); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{
			"1 im.user.get",
			"1 im.user.list.get, 3 imbot.v2.Chat.Message.send",
			"1 im.user.list.get, 2 imbot.v2.Chat.Message.send",
		}, p.methods()); diff != "" {
			t.Error(diff)
		}
	})
}

// TestSwitchIsMadeAgainWhole: the events to read out and the switch that erases them belong in one request, also after
// the token has expired between the two.
func TestSwitchIsMadeAgainWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper()
		var asked []string
		c := application(t, k, func(r *http.Request) (*http.Response, error) {
			cmds, _ := commandsOf(r)
			for _, cmd := range cmds {
				asked = append(asked, cmd.method)
			}
			if err := pass(r, time.Second); err != nil {
				return nil, err
			}
			failed := "[]"
			if len(k.stale) == 0 {
				failed = fmt.Sprintf(`{%q:{"error":"expired_token"}}`, cmds[1].key)
			}
			const both = `{"result":{"result":{%q:{"events":[],"nextOffset":7},%q:{"bot":{"id":456}}},"result_error":%s}}`
			return response(http.StatusOK, fmt.Sprintf(both, cmds[0].key, cmds[1].key, failed)), nil
		})
		page, err := c.SwitchToPosted(t.Context(), 456, bitrix.BotFields{}, 7)
		if err != nil || page.NextOffset != 7 {
			t.Errorf("%+v, %v", page, err)
		}
		both := []string{"imbot.v2.Event.get", "imbot.v2.Bot.update"}
		if diff := cmp.Diff(append(both, both...), asked); diff != "" {
			t.Error(diff)
		}
	})
}
