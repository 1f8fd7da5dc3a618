package bitrix_test

import (
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

// TestProfile: one request tells of a person, their departments and who heads those.
func TestProfile(t *testing.T) {
	for name, profile := range map[string]portal.Profile{"current": portal.Current, "old": portal.Old} {
		t.Run(name, func(t *testing.T) {
			moment := time.Now() // who is online was seen just then, whenever they are read
			p, c := emulated(t, portal.Options{Profile: profile, Now: func() time.Time { return moment }})
			designer := profileOf(t, c, 36)
			if n := len(p.Calls()); n != 1 {
				t.Errorf("%d requests", n)
			}
			if diff := cmp.Diff([]string{"Отдел разработки / Демо", "Маркетинг / Демо"}, paths(designer)); diff != "" || designer.Name != "Софья Крылова" {
				t.Errorf("%s (-want +got)\n%s", designer.Name, diff)
			}
			for i, want := range []bitrix.UserID{6, 52} {
				if diff := cmp.Diff(reads(t, c, want), designer.Units[i].Leader); diff != "" || designer.Units[i].Head != want {
					t.Errorf("who heads it (-want +got)\n%s", diff)
				}
			}
			if nobody := profileOf(t, c, 13); len(nobody.Units) > 0 || nobody.Name == "" {
				t.Errorf("without departments: %+v", nobody)
			}
			if _, err := c.Profile(t.Context(), 999999); !errors.Is(err, bitrix.ErrUserNotExists) {
				t.Errorf("nobody: %v", err)
			}
			if _, err := c.Profile(t.Context(), 0); !errors.Is(err, bitrix.ErrIDEmpty) {
				t.Errorf("number 0: %v", err)
			}
		})
	}
}

func profileOf(t *testing.T, c *bitrix.Client, id bitrix.UserID) bitrix.Profile {
	t.Helper()
	p, err := c.Profile(t.Context(), id)
	if err != nil {
		t.Error(err)
	}
	return p
}

func paths(p bitrix.Profile) []string {
	var all []string
	for _, unit := range p.Units {
		all = append(all, unit.FullName)
	}
	return all
}

// TestProfilesInCompany: fifty people at once are one request more than one, and nobody gets another one's department.
func TestProfilesInCompany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		moment := time.Now()
		p, c := emulated(t, portal.Options{Now: func() time.Time { return moment }, Burst: 1000})
		helper(t, c)
		alone, company := map[bitrix.UserID]bitrix.Profile{}, map[bitrix.UserID]bitrix.Profile{}
		var mu sync.Mutex // guards company
		var all []func()
		for _, who := range p.People()[:50] {
			alone[who.ID] = profileOf(t, c, who.ID)
			all = append(all, func() {
				one := profileOf(t, c, who.ID)
				mu.Lock()
				defer mu.Unlock()
				company[who.ID] = one
			})
		}
		before := len(p.Calls())
		time.Sleep(time.Minute)
		calls(all...)
		if diff := cmp.Diff(alone, company); diff != "" {
			t.Error(diff)
		}
		if n := len(p.Calls()) - before; n != 2 {
			t.Errorf("%d requests", n)
		}
	})
}

// look reads a profile of the crowd, where nobody has a department.
func look(t *testing.T, c *bitrix.Client, id bitrix.UserID) func() {
	return func() {
		if p := profileOf(t, c, id); p.ID != id || p.Units != nil {
			t.Errorf("number %d: %+v", id, p)
		}
	}
}

// TestDepartmentsShareCommands: ten people's are one.
func TestDepartmentsShareCommands(t *testing.T) {
	for _, row := range []struct {
		name  string
		calls func(t *testing.T, c *bitrix.Client) []func()
		want  []string // requests after the one that is out
	}{
		{
			"beside others",
			func(t *testing.T, c *bitrix.Client) []func() {
				return []func(){look(t, c, 1), ask(t, c, 2), say(t, c, "7", "!"), look(t, c, 3)}
			},
			[]string{"1 im.department.get, 1 im.user.list.get, 1 imbot.v2.Chat.Message.send"},
		},
		{
			"fifty",
			func(t *testing.T, c *bitrix.Client) []func() {
				return many(50, func(i int) func() { return look(t, c, bitrix.UserID(i)) })
			},
			[]string{"5 im.department.get, 1 im.user.list.get"},
		},
		{
			"more than a request takes",
			func(t *testing.T, c *bitrix.Client) []func() {
				return many(201, func(i int) func() { return look(t, c, bitrix.UserID(i)) })
			},
			[]string{"20 im.department.get, 1 im.user.list.get", "1 im.department.get, 1 im.user.get"},
		},
		{
			"no room for another command",
			func(t *testing.T, c *bitrix.Client) []func() {
				all := many(49, func(i int) func() { return say(t, c, bitrix.DialogID(strings.Repeat("1", i)), "!") })
				return append(all, look(t, c, 1))
			},
			[]string{"49 imbot.v2.Chat.Message.send", "1 im.department.get, 1 im.user.get"},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, c := newCrowdOf(t, bitrix.ClientOptions{Burst: 1})
				calls(append([]func(){ask(t, c, 9999)}, row.calls(t, c)...)...)
				if diff := cmp.Diff(append([]string{"1 im.user.get"}, row.want...), p.methods()); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

// TestWhoWantsLessJoins: a profile that is asked for serves who wants the person alone, and not the other way round.
func TestWhoWantsLessJoins(t *testing.T) {
	for _, row := range []struct {
		first, second func(*testing.T, *bitrix.Client, bitrix.UserID) func()
		want          []string
	}{
		{look, ask, []string{"1 im.user.get", "1 im.department.get, 1 im.user.get"}},
		{ask, look, []string{"1 im.user.get", "1 im.department.get, 1 im.user.list.get"}},
	} {
		synctest.Test(t, func(t *testing.T) {
			p, c := newCrowdOf(t, bitrix.ClientOptions{Burst: 1})
			calls(ask(t, c, 9999), row.first(t, c, 5), row.second(t, c, 5))
			if diff := cmp.Diff(row.want, p.methods()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestDepartmentsRefused: the person comes without, and where the portal works on it no more it is not asked for a while.
func TestDepartmentsRefused(t *testing.T) {
	for code, asked := range map[bitrix.ErrorCode]bool{bitrix.ErrDepartmentAccess: true, bitrix.ErrOperationTimeLimit: false} {
		t.Run(string(code), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, c := newCrowd(t)
				p.single = func(method string, _ url.Values) string {
					if method == "im.department.get" {
						return string(code)
					}
					return ""
				}
				look(t, c, 5)()
				look(t, c, 5)()
				if got := strings.Contains(p.methods()[1], "im.department.get"); got != asked {
					t.Errorf("then: %v", p.methods())
				}
			})
		})
	}
}

// TestProfileListRefused: who is asked for again by themselves gets their departments all the same.
func TestProfileListRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := emulated(t, portal.Options{Burst: 1000})
		p.Fail(portal.Fault{Kind: portal.Refused, Method: "im.user.list.get", Code: "INVALID_FORMAT", Times: 1})
		named := func(id bitrix.UserID, path string) func() {
			return func() {
				if got := paths(profileOf(t, c, id)); len(got) == 0 || got[0] != path {
					t.Errorf("number %d: %v", id, got)
				}
			}
		}
		calls(named(5, "Отдел разработки / Демо"), named(8, "Отдел продаж / Демо"), named(41, "Тестирование / Отдел разработки / Демо"))
	})
}

// TestOddDepartments: what cannot be read is left out, and the head's data only where they are the head's.
func TestOddDepartments(t *testing.T) {
	for _, row := range []struct {
		name, departments string
		want              []bitrix.Unit
	}{
		{"no list", `"x"`, nil},
		{"others", `[{"id":51,"name":"Others"}]`, nil},
		{"an object", `{"0":{"id":"50","name":"Ours"}}`, []bitrix.Unit{{Department: bitrix.Department{ID: 50, Name: "Ours"}}}},
		{
			"somebody else's data", `[{"id":50,"manager_user_id":6,"manager_user_data":{"id":7}}]`,
			[]bitrix.Unit{{Department: bitrix.Department{ID: 50, Head: 6}}},
		},
		{
			"nobody's data", `[{"id":50,"manager_user_id":6,"manager_user_data":false}]`,
			[]bitrix.Unit{{Department: bitrix.Department{ID: 50, Head: 6}}},
		},
	} {
		c := portalAt(t, "demo-portal.bitrix24.example", func(r *http.Request) (*http.Response, error) {
			cmds, _ := commandsOf(r)
			return response(http.StatusOK, `{"result":{"result":{"`+cmds[0].key+`":{"id":5,"departments":[50,50]},"`+
				cmds[1].key+`":`+row.departments+`}}}`), nil
		})
		if diff := cmp.Diff(row.want, profileOf(t, c, 5).Units); diff != "" {
			t.Errorf("%s (-want +got)\n%s", row.name, diff)
		}
	}
}
