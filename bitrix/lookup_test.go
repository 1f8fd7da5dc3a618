package bitrix_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// TestListTellsTheSame: a person is the same whether looked up alone or in company, for everybody on the
// emulated portal.
func TestListTellsTheSame(t *testing.T) {
	for name, profile := range map[string]portal.Profile{"current": portal.Current, "old": portal.Old} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				moment := time.Now()
				p, c := emulated(t, portal.Options{Profile: profile, Now: func() time.Time { return moment }, Burst: 1000})
				helper(t, c)
				alone, company := map[bitrix.UserID]bitrix.User{}, map[bitrix.UserID]bitrix.User{}
				var mu sync.Mutex // guards company
				var all []func()
				for _, who := range p.People() {
					alone[who.ID] = reads(t, c, who.ID)
					all = append(all, func() {
						user := reads(t, c, who.ID)
						mu.Lock()
						defer mu.Unlock()
						company[who.ID] = user
					})
				}
				before := len(p.Calls())
				time.Sleep(time.Minute)
				calls(all...) // the first one alone
				if diff := cmp.Diff(alone, company); diff != "" {
					t.Error(diff)
				}
				if n := len(p.Calls()) - before; n != 2 || len(company) < 20 {
					t.Errorf("%d requests for %d people", n, len(company))
				}
			})
		})
	}
}

func reads(t *testing.T, c *bitrix.Client, id bitrix.UserID) bitrix.User {
	t.Helper()
	user, err := c.User(t.Context(), id)
	if err != nil {
		t.Error(err)
	}
	return user
}

// TestListFixtures: both shapes of a recorded list. What it does not tell is asked for person by person.
func TestListFixtures(t *testing.T) {
	for _, row := range []struct {
		name, body string
		again      []string // ids that are asked for by themselves
	}{
		{"object", fixture(t, "im-user-list-get.object.json"), nil},
		{"list", fixture(t, "im-user-list-get.array.json"), []string{"12", "999999"}},
		{"empty", `{"result":[]}`, []string{"5", "12", "999999"}},
		{"nothing", `{"result":null}`, []string{"5", "12", "999999"}},
		{"unknown format", `{"result":"x"}`, []string{"5", "12", "999999"}},
		{"no ids", `{"result":{"Anna":{}}}`, []string{"5", "12", "999999"}},
		{"refused", fixture(t, "error.user-list-invalid-format.json"), []string{"5", "12", "999999"}},
		{"crash over one of them", fixture(t, "error.internal-server-error.json"), []string{"5", "12", "999999"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var again []string
				c := portalAt(t, "demo-portal.bitrix24.example", func(r *http.Request) (*http.Response, error) {
					cmds, _ := commandsOf(r)
					if err := pass(r, time.Second/20); err != nil {
						return nil, err
					}
					if cmds[0].method == "im.user.list.get" {
						return response(http.StatusOK, row.body), nil
					}
					return response(http.StatusOK, oneByOne(cmds, &again)), nil
				})
				calls(
					func() { _, _ = c.User(t.Context(), 1) },
					is(t, c, 5, "Евгений Шеленков"), is(t, c, 12, "Ирина Отпускова"), is(t, c, 999999, ""),
				)
				if diff := cmp.Diff(row.again, again); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

// oneByOne answers look-ups, noting which.
func oneByOne(cmds []cmd, asked *[]string) string {
	names := map[string]string{"5": "Евгений Шеленков", "12": "Ирина Отпускова"}
	found, failed := map[string]any{}, map[string]any{}
	for _, c := range cmds {
		id := c.params.Get("ID")
		if id == "1" {
			return `{"result":{"id":1}}`
		}
		*asked = append(*asked, id)
		if name, ok := names[id]; ok {
			found[c.key] = map[string]any{"id": json.Number(id), "name": name}
		} else {
			failed[c.key] = map[string]any{"error": "USER_NOT_EXISTS"}
		}
	}
	text, _ := json.Marshal(map[string]any{"result": map[string]any{"result": found, "result_error": failed}})
	return string(text)
}

// is expects a person of that name; "" is nobody.
func is(t *testing.T, c *bitrix.Client, id bitrix.UserID, name string) func() {
	return func() {
		user, err := c.User(t.Context(), id)
		if user.Name != name || (err == nil) != (name != "") || err != nil && !errors.Is(err, bitrix.ErrUserNotExists) {
			t.Errorf("user %d: %q, %v", id, user.Name, err)
		}
	}
}

// TestListOfOthers: somebody else's data under the asked id is an error, as for a lone look-up.
func TestListOfOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newCrowd(t)
		p.list = func(people map[string]any) any {
			people["5"] = people["6"]
			return people
		}
		var wrong error
		calls(ask(t, c, 1), ends(&wrong, func() (bitrix.User, error) { return c.User(t.Context(), 5) }), ask(t, c, 6))
		if e, ok := errors.AsType[*bitrix.Error](wrong); !ok || e.Temporary() || !e.MayHaveRun() {
			t.Errorf("got %v", wrong)
		}
	})
}

// TestListNotAllowed: look-ups are made one by one, in batches, and the list is not tried again for ten minutes.
func TestListNotAllowed(t *testing.T) {
	for _, code := range []bitrix.ErrorCode{
		bitrix.ErrMethodNotFound, bitrix.ErrAccessDenied, bitrix.ErrInsufficientScope, bitrix.ErrBatchMethod, bitrix.ErrOperationTimeLimit,
	} {
		t.Run(string(code), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, c := newCrowd(t)
				p.single = func(method string, _ url.Values) string {
					if method == "im.user.list.get" {
						return strings.ToLower(string(code))
					}
					return ""
				}
				calls(ask(t, c, 1), ask(t, c, 2), ask(t, c, 3))
				calls(ask(t, c, 4), ask(t, c, 5), ask(t, c, 6))
				p.single = nil
				time.Sleep(10 * time.Minute)
				calls(ask(t, c, 7), ask(t, c, 8), ask(t, c, 9))
				want := []string{
					"1 im.user.get", "1 im.user.list.get", "2 im.user.get", "1 im.user.get", "2 im.user.get",
					"1 im.user.get", "1 im.user.list.get",
				}
				if diff := cmp.Diff(want, p.methods()); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

// TestListUnanswered: when no word of the portal came, everybody is told so, and nothing is asked again.
func TestListUnanswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newCrowd(t)
		p.whole = func(methods []string) (*http.Response, error) {
			if methods[0] == "im.user.get" {
				return nil, nil
			}
			return response(http.StatusBadGateway, "<h1>Bad gateway</h1>"), nil
		}
		failing := func(id bitrix.UserID) func() {
			return func() {
				_, err := c.User(t.Context(), id)
				meansAndHides(t, err, perhaps)
			}
		}
		calls(ask(t, c, 1), failing(2), failing(3))
		if diff := cmp.Diff([]string{"1 im.user.get", "1 im.user.list.get"}, p.methods()); diff != "" {
			t.Error(diff)
		}
	})
}

// TestListTooFast: a list that came too fast stays one.
func TestListTooFast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newCrowd(t)
		first := true
		p.single = func(method string, _ url.Values) string {
			if method == "im.user.list.get" && first {
				first = false
				return "QUERY_LIMIT_EXCEEDED"
			}
			return ""
		}
		calls(ask(t, c, 1), ask(t, c, 2), ask(t, c, 3))
		if diff := cmp.Diff([]string{"1 im.user.get", "1 im.user.list.get", "1 im.user.list.get"}, p.methods()); diff != "" {
			t.Error(diff)
		}
	})
}
