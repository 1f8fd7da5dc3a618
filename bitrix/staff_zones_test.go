package bitrix_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// withZones are the scopes with which a portal tells time zones.
var withZones = []string{"im", "imbot", "user_brief"}

// zonesIn are the time zones that are known, by person.
func zonesIn(staff bitrix.Staff) map[bitrix.UserID]string {
	zones := map[bitrix.UserID]string{}
	for _, u := range staff.People {
		if u.TimeZone != "" {
			zones[u.ID] = u.TimeZone
		}
	}
	return zones
}

// TestStaffZones are those of the profiles, on current portals and on older ones, under each of three permissions.
func TestStaffZones(t *testing.T) {
	for _, tt := range []struct {
		name    string
		scope   []string
		profile portal.Profile
		told    bool
	}{
		{"no permission", nil, portal.Current, false},
		{"the least", withZones, portal.Current, true},
		{"more", []string{"im", "imbot", "user_basic"}, portal.Current, true},
		{"all", []string{"im", "imbot", "user"}, portal.Current, true},
		{"another", []string{"im", "imbot", "user.userfield"}, portal.Current, false},
		{"old", withZones, portal.Old, true},
		{"old, no permission", nil, portal.Old, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, c := emulated(t, portal.Options{Scope: tt.scope, Profile: tt.profile})
				staff, err := c.Staff(t.Context())
				if err != nil || len(staff.People) < 20 {
					t.Fatalf("%d people, %v", len(staff.People), err)
				}
				if diff := cmp.Diff(chosen(p, staff, tt.told), zonesIn(staff)); diff != "" {
					t.Errorf("-want +got\n%s", diff)
				}
			})
		})
	}
}

// chosen are the zones that the staff have chosen on the portal, if it tells: those at home leave it to the browser.
func chosen(p *portal.Portal, staff bitrix.Staff, told bool) map[bitrix.UserID]string {
	zones := map[bitrix.UserID]string{}
	for _, u := range staff.People {
		if who, _ := p.Person(u.ID); told && who.Zone != "Europe/Moscow" {
			zones[u.ID] = who.Zone
		}
	}
	return zones
}

// TestZoneNames: what does not look like a zone is none. Whether a zone exists is not the client's to know.
func TestZoneNames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := emulated(t, portal.Options{Empty: true, Scope: withZones})
		unit := p.AddDepartment(portal.Department{Name: "Abroad"})
		want := map[bitrix.UserID]string{}
		for zone, known := range zoneNames() {
			id := p.Hire(portal.Person{Active: true, Departments: []int64{unit}, Zone: zone})
			if known {
				want[id] = zone
			}
		}
		staff, err := c.Staff(t.Context())
		if diff := cmp.Diff(want, zonesIn(staff)); diff != "" || err != nil {
			t.Errorf("%v (-want +got)\n%s", err, diff)
		}
	})
}

// zoneNames are names, and whether they look like those of zones.
func zoneNames() map[string]bool {
	return map[string]bool{
		"Europe/Kaliningrad":               true,
		"America/Argentina/ComodRivadavia": true,
		"America/Port-au-Prince":           true,
		"Etc/GMT+5":                        true,
		"UTC":                              true,
		"Local":                            true, // for who looks zones up to refuse
		strings.Repeat("a", 64):            true,
		strings.Repeat("a", 65):            false,
		strings.Repeat("a", 10_000):        false,
		"../../etc/passwd":                 false,
		"/etc/passwd":                      false,
		"Europe//Moscow":                   false,
		"Europe/":                          false,
		"Europe/Moscow\n":                  false,
		"Europe/Moscow\x00":                false,
		"Europe\\Moscow":                   false,
		"Europe/Москва":                    false,
		"[b]UTC[/b]":                       false,
		"$result[x]":                       false,
		" ":                                false,
		"":                                 false,
	}
}

// fourOfStaff is what a portal says of four people, but for their zones.
func fourOfStaff() map[string]string {
	return map[string]string{
		"im.department.employees.get": `{"7":[5,6,7,8]}`,
		"im.department.get":           `[]`,
		"im.user.list.get":            `{"5":{"id":5},"6":{"id":6},"7":{"id":7},"8":{"id":8}}`,
	}
}

// TestZonesOfOddShapes: one who cannot be read costs the others nothing, and nobody gets the zone of somebody else.
func TestZonesOfOddShapes(t *testing.T) {
	answers := fourOfStaff()
	for told, want := range map[string]map[bitrix.UserID]string{
		`[{"ID":"5","TIME_ZONE":"Asia/Omsk"},{"ID":6,"TIME_ZONE":"UTC"}]`:                             {5: "Asia/Omsk", 6: "UTC"},
		`{"1":{"ID":"5","TIME_ZONE":"Asia/Omsk"}}`:                                                    {5: "Asia/Omsk"},
		`[{"ID":"5","TIME_ZONE":false},{"ID":"6","TIME_ZONE":null},{"ID":"7","TIME_ZONE":[]}]`:        {},
		`[{"ID":"5","TIME_ZONE":{"a":1}},null,7,{"ID":{}},{"ID":"8","TIME_ZONE":"UTC"}]`:              {8: "UTC"},
		`[{"ID":"50","TIME_ZONE":"UTC"},{"TIME_ZONE":"UTC"},{"ID":"5"},{"ID":"6","TIME_ZONE":10800}]`: {6: "10800"},
		`[]`:     {},
		`false`:  {},
		`"what"`: {},
	} {
		synctest.Test(t, func(t *testing.T) {
			c := portalAt(t, "demo-portal.bitrix24.example", func(r *http.Request) (*http.Response, error) {
				cmds, _ := commandsOf(r)
				answer, known := answers[cmds[0].method]
				if !known {
					answer = told
				}
				return response(http.StatusOK, fmt.Sprintf(`{"result":{"result":{%q:%s}}}`, cmds[0].key, answer)), nil
			})
			staff, err := c.Staff(t.Context())
			if diff := cmp.Diff(want, zonesIn(staff)); diff != "" || err != nil || len(staff.People) != 4 {
				t.Errorf("%s: %d people, %v (-want +got)\n%s", told, len(staff.People), err, diff)
			}
		})
	}
}

// TestZonesAskedFor: by number, and nothing else of anybody.
func TestZonesAskedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		answers, asked := fourOfStaff(), ""
		c := portalAt(t, "demo-portal.bitrix24.example", func(r *http.Request) (*http.Response, error) {
			cmds, _ := commandsOf(r)
			if cmds[0].method == "user.get" {
				asked = cmds[0].params.Encode()
			}
			return response(http.StatusOK, fmt.Sprintf(`{"result":{"result":{%q:%s}}}`, cmds[0].key, answers[cmds[0].method])), nil
		})
		_, err := c.Staff(t.Context())
		got, _ := url.QueryUnescape(asked)
		const want = "FILTER[ID][0]=5&FILTER[ID][1]=6&FILTER[ID][2]=7&FILTER[ID][3]=8&SELECT[0]=ID&SELECT[1]=TIME_ZONE"
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%v (-want +got)\n%s", err, diff)
		}
	})
}

// TestZonesRefused: whatever a portal has against telling them, the staff is told, without zones, and they are not asked for again.
func TestZonesRefused(t *testing.T) {
	const people, requests = 1100, 1 + 1 + 2 // who works where, the departments, and the people
	for name, fault := range map[string]portal.Fault{
		"a permission is missing": {Kind: portal.Refused, Status: 403, Code: string(bitrix.ErrInsufficientScope)},
		"no such method":          {Kind: portal.Refused, Status: 404, Code: string(bitrix.ErrMethodNotFound)},
		"not allowed":             {Kind: portal.Refused, Status: 403, Code: string(bitrix.ErrAccessDenied)},
		"used up":                 {Kind: portal.Refused, Status: 429, Code: string(bitrix.ErrOperationTimeLimit)},
		"an error":                {Kind: portal.Error500},
		"no answer":               {Kind: portal.ResetBefore},
		"half an answer":          {Kind: portal.Truncated},
		"a web page":              {Kind: portal.Gateway502},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, c := emulated(t, portal.Options{Empty: true, Scope: withZones})
				hire(p, people)
				fault.Method = "user.get"
				p.Fail(fault)
				staff, err := c.Staff(t.Context())
				if zones := zonesIn(staff); len(staff.People) != people || len(zones) != 0 || err != nil {
					t.Errorf("%d people, %d zones, %v", len(staff.People), len(zones), err)
				}
				if n := len(p.Calls()); n != requests+1 {
					t.Errorf("%d requests", n)
				}
			})
		})
	}
}

// TestZonesRefusedLater: half of the zones are none, so that two people's cards are alike.
func TestZonesRefusedLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := emulated(t, portal.Options{Empty: true, Scope: withZones})
		hire(p, 1100)
		time.AfterFunc(4500*time.Millisecond, func() { // after four requests and the first for zones, a second apart
			p.Fail(portal.Fault{Method: "user.get", Kind: portal.OperationLimit})
		})
		staff, err := c.Staff(t.Context())
		if n := len(p.Calls()); len(staff.People) != 1100 || len(zonesIn(staff)) != 0 || n != 4+2 || err != nil {
			t.Errorf("%d people, %d zones, %d requests, %v", len(staff.People), len(zonesIn(staff)), n, err)
		}
	})
}

// TestZonesEnd: a portal that does not tell zones in time has told who works there.
func TestZonesEnd(t *testing.T) {
	for name, late := range map[string]string{"no answer": "", "a refusal": `{"error":"insufficient_scope"}`} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				answers := fourOfStaff()
				c := portalAt(t, "demo-portal.bitrix24.example", func(r *http.Request) (*http.Response, error) {
					cmds, _ := commandsOf(r)
					if answer, known := answers[cmds[0].method]; known {
						return response(http.StatusOK, fmt.Sprintf(`{"result":{"result":{%q:%s}}}`, cmds[0].key, answer)), nil
					}
					<-r.Context().Done()
					if late == "" {
						return nil, r.Context().Err()
					}
					return response(http.StatusForbidden, late), nil
				})
				ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
				defer cancel()
				if staff, err := c.Staff(ctx); len(staff.People) != 4 || len(zonesIn(staff)) != 0 || err != nil {
					t.Errorf("%d people, %d zones, %v", len(staff.People), len(zonesIn(staff)), err)
				}
			})
		})
	}
}

// TestZonesAreOfNoOtherMethod: im.user.get knows none, and what looks like one there is not taken for one.
func TestZonesAreOfNoOtherMethod(t *testing.T) {
	for _, key := range []string{"time_zone", "TIME_ZONE", "timeZone", "TimeZone", "timezone"} {
		u := bitrix.User{TimeZone: "UTC"}
		if err := json.Unmarshal(fmt.Appendf(nil, `{"id":5,%q:"Asia/Omsk"}`, key), &u); err != nil || u.TimeZone != "" {
			t.Errorf("%s gives %q, %v", key, u.TimeZone, err)
		}
	}
}
