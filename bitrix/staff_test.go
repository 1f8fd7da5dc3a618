package bitrix_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// TestStaff is everybody of the emulated company who works there: no guests, no bots, nobody dismissed.
func TestStaff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := emulated(t, portal.Options{})
		helper(t, c)
		p.SetPerson(7, func(who *portal.Person) { who.Active = false })
		var want []string
		for _, who := range p.People() {
			if who.Active && !who.Bot && !who.Extranet {
				want = append(want, fmt.Sprint(who.ID, " ", who.Name(), " ", who.Email, " ", who.Phones.Inner))
			}
		}
		staff, err := c.Staff(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, u := range staff.People {
			got = append(got, fmt.Sprint(u.ID, " ", u.Name, " ", u.Email, " ", u.Phones.Inner))
		}
		if diff := cmp.Diff(want, got); diff != "" || len(got) < 20 {
			t.Errorf("-want +got\n%s", diff)
		}
		sales := bitrix.Department{ID: 20, Name: "Отдел продаж", FullName: "Отдел продаж / Демо", Head: 20}
		if !slices.Contains(staff.Departments, sales) {
			t.Errorf("departments: %+v", staff.Departments)
		}
	})
}

// hire fills a portal with people, a hundred to a department.
func hire(p *portal.Portal, n int) {
	var unit int64
	for i := range n {
		if i%100 == 0 {
			unit = p.AddDepartment(portal.Department{Name: fmt.Sprint("Unit ", i/100)})
		}
		p.Hire(portal.Person{
			ID: bitrix.UserID(1000 + i), First: fmt.Sprint("Person ", i), Active: true, Departments: []int64{unit}, Zone: "Asia/Omsk",
		})
	}
}

// TestStaffOfALargeCompany: 5,000 people in 50 departments take seven requests, a second apart, and five more for their zones. One
// of those is enough to learn that there is no permission.
func TestStaffOfALargeCompany(t *testing.T) {
	for _, tt := range []struct {
		scope           []string
		requests, zones int
	}{{nil, 7 + 1, 0}, {withZones, 7 + 5, 5000}} {
		synctest.Test(t, func(t *testing.T) {
			p, c := emulated(t, portal.Options{Empty: true, Scope: tt.scope})
			hire(p, 5000)
			began := time.Now()
			staff, err := c.Staff(t.Context())
			if len(staff.People) != 5000 || len(staff.Departments) != 50 || err != nil {
				t.Fatalf("%d people in %d departments, %v", len(staff.People), len(staff.Departments), err)
			}
			if n := len(zonesIn(staff)); n != tt.zones {
				t.Errorf("%d zones", n)
			}
			if n, took := len(p.Calls()), time.Since(began); n != tt.requests || took < time.Duration(n-1)*time.Second {
				t.Errorf("%d requests in %v", n, took)
			}
		})
	}
}

func TestStaffTooMany(t *testing.T) {
	var list strings.Builder
	for id := range bitrix.MostStaff + 1 {
		fmt.Fprintf(&list, ",%d", id+1)
	}
	c := portalAt(t, "demo-portal.bitrix24.example", func(r *http.Request) (*http.Response, error) {
		cmds, _ := commandsOf(r)
		return response(http.StatusOK, fmt.Sprintf(`{"result":{"result":{%q:{"1":[%s]}}}}`, cmds[0].key, list.String()[1:])), nil
	})
	if _, err := c.Staff(t.Context()); !errors.Is(err, bitrix.ErrManyStaff) {
		t.Errorf("got %v", err)
	}
}

// TestStaffOfOddShapes: a portal writes an empty object as a list, and may tell of somebody else, or of what is no person.
func TestStaffOfOddShapes(t *testing.T) {
	answers := map[string]string{
		"im.department.employees.get": `{"7":[5,6,7,"8",0,-1],"9":[5],"x":[]}`,
		"im.department.get":           `[{"id":7,"name":"Sales","full_name":"Sales","manager_user_id":"5"}]`,
		"im.user.list.get":            `{"5":{"id":5,"name":"Anna"},"6":null,"7":{"id":70},"8":{"id":8,"active":"no idea"}}`,
	}
	empty := map[string]string{"im.department.employees.get": `[]`}
	one := bitrix.Staff{
		People:      []bitrix.User{{ID: 5, Active: true, Name: "Anna"}},
		Departments: []bitrix.Department{{ID: 7, Name: "Sales", FullName: "Sales", Head: 5}},
	}
	for _, tt := range []struct {
		answers map[string]string
		want    bitrix.Staff
	}{{answers, one}, {empty, bitrix.Staff{}}} {
		synctest.Test(t, func(t *testing.T) {
			c := portalAt(t, "demo-portal.bitrix24.example", func(r *http.Request) (*http.Response, error) {
				cmds, _ := commandsOf(r)
				return response(http.StatusOK, fmt.Sprintf(`{"result":{"result":{%q:%s}}}`, cmds[0].key, tt.answers[cmds[0].method])), nil
			})
			got, err := c.Staff(t.Context())
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("%v (-want +got)\n%s", err, diff)
			}
		})
	}
}

// TestStaffRefused: bots and outsiders are told nothing.
func TestStaffRefused(t *testing.T) {
	c := portalAt(t, "demo-portal.bitrix24.example", func(r *http.Request) (*http.Response, error) {
		cmds, _ := commandsOf(r)
		return response(http.StatusOK, fmt.Sprintf(`{"result":{"result_error":{%q:{"error":"ACCESS_ERROR"}}}}`, cmds[0].key)), nil
	})
	if _, err := c.Staff(t.Context()); !errors.Is(err, bitrix.ErrDepartmentAccess) {
		t.Errorf("got %v", err)
	}
}

// TestStaffEnds with its context, between two requests as well.
func TestStaffEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := emulated(t, portal.Options{})
		ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
		defer cancel()
		if _, err := c.Staff(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if n := len(p.Calls()); n != 2 {
			t.Errorf("%d requests", n)
		}
	})
}

// TestStaffWaits: where the portal takes no more requests, what people ask goes first, though it came later.
func TestStaffWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex // guards order
		var order []string
		c := patient(t, func(method string) {
			mu.Lock()
			defer mu.Unlock()
			order = append(order, method)
		})
		_, _ = c.User(t.Context(), 5) // what the portal takes at once is spent
		calls(
			func() { _, _ = c.Staff(t.Context()) },
			func() { _, _ = c.User(t.Context(), 6) },
			func() { _ = c.Call(t.Context(), "server.time", nil, nil) },
		)
		want := []string{"im.user.get", "im.user.get", "server.time", "im.department.employees.get"}
		if diff := cmp.Diff(want, order); diff != "" {
			t.Error(diff)
		}
	})
}

// patient is a client of a portal that takes one request at once, and answers that it does not know.
func patient(t *testing.T, see func(method string)) *bitrix.Client {
	t.Helper()
	webhook, err := bitrix.ParseWebhook("https://demo-portal.bitrix24.example/rest/1/" + canary + "/")
	if err != nil {
		t.Fatal(err)
	}
	answer := func(r *http.Request) (*http.Response, error) {
		cmds, _ := commandsOf(r)
		see(cmds[0].method)
		return response(http.StatusBadRequest, `{"error":"ERROR_METHOD_NOT_FOUND"}`), nil
	}
	return bitrix.NewClient(bitrix.ClientOptions{
		Webhook: webhook, API: bitrix.APIv2, HTTP: &http.Client{Transport: transport(answer)}, Burst: 1,
	})
}
