package portal_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix/portal"
)

// withProfiles is a portal that has user.get.
func withProfiles(o *portal.Options) { o.Scope = []string{"im", "imbot", "user_brief"} }

func TestUserProfile(t *testing.T) {
	p := newPortal(t, withProfiles)
	got := get[[]map[string]any](t, p, "user.get", params{"FILTER": params{"ID": 35}})
	want := []map[string]any{{
		"ID": "35", "ACTIVE": true, "NAME": "Роман", "LAST_NAME": "Титов", "TIME_ZONE": "Europe/Kaliningrad",
		"LAST_ACTIVITY_DATE": "2026-09-21T17:13:15+03:00", "PERSONAL_GENDER": "M", "WORK_POSITION": "Инженер инфраструктуры",
		"UF_DEPARTMENT": []any{50.0}, "USER_TYPE": "employee",
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestUserProfilesFilter(t *testing.T) {
	p := newPortal(t, withProfiles)
	bot := newBot(t, p)
	for name, tt := range map[string]struct {
		filter any
		want   []string
	}{
		"one":                    {params{"ID": "5"}, []string{"5"}},
		"several, in order":      {params{"ID": []any{7, "5", 5, 999}}, []string{"5", "7"}},
		"in small letters":       {params{"id": []int{7}}, []string{"7"}},
		"nobody":                 {params{"ID": []int{999}}, nil},
		"guests, and no bots":    {params{"ID": []any{31, 32, 88, bot}}, []string{"31", "32"}},
		"dismissed ones as well": {params{"ID": []int{12, 13}}, []string{"12", "13"}},
		"those who work here":    {params{"ID": []int{12, 13}, "ACTIVE": true}, []string{"12"}},
		"as a text":              {params{"ID": []int{12, 13}, "ACTIVE": "Y"}, []string{"12"}},
		"those who left":         {params{"ACTIVE": false}, []string{"13"}},
	} {
		t.Run(name, func(t *testing.T) {
			a := call(t, p, "user.get", params{"FILTER": tt.filter})
			if diff := cmp.Diff(tt.want, column(t, p, "ID", params{"FILTER": tt.filter})); diff != "" || *a.Total != len(tt.want) {
				t.Errorf("total %d (-want +got)\n%s", *a.Total, diff)
			}
		})
	}
	if diff := cmp.Diff([]string{"5"}, column(t, p, "ID", params{"ID": 5})); diff != "" {
		t.Errorf("without FILTER (-want +got)\n%s", diff)
	}
}

// column is one field of those user.get tells of.
func column(t *testing.T, p *portal.Portal, field string, with params) []string {
	t.Helper()
	var all []string
	for _, who := range get[[]map[string]any](t, p, "user.get", with) {
		all = append(all, who[field].(string))
	}
	return all
}

func TestUserProfilesByThePage(t *testing.T) {
	p := newPortal(t, withProfiles)
	var all []string
	for start, pages := 0, 1; ; pages++ {
		a := call(t, p, "user.get", params{"start": start})
		ids := column(t, p, "ID", params{"start": start})
		all = append(all, ids...)
		if a.Next == nil {
			if len(all) != *a.Total || pages != 2 {
				t.Errorf("%d people of %d on %d pages", len(all), *a.Total, pages)
			}
			break
		}
		if start = *a.Next; start != len(all) || len(ids) != 50 {
			t.Fatalf("next is %d after %d", start, len(all))
		}
	}
	if got := call(t, p, "user.get", params{"start": 5000}); string(got.Result) != "[]" || got.Next != nil {
		t.Errorf("behind the last: %s", got.Raw)
	}
}

// TestUserProfilesSelect: current portals tell what is asked for, as far as there is such; old ones tell all.
func TestUserProfilesSelect(t *testing.T) {
	all := 10
	for name, tt := range map[string]struct {
		with    params
		profile portal.Profile
		fields  int
	}{
		"two":             {params{"SELECT": []string{"ID", "TIME_ZONE"}}, portal.Current, 2},
		"in small":        {params{"select": []string{"ID", "TIME_ZONE"}}, portal.Current, 2},
		"unknown":         {params{"SELECT": []string{"ID", "EMAIL", "nothing"}}, portal.Current, 1},
		"everything":      {params{"SELECT": []string{"*"}}, portal.Current, all},
		"not asked":       {params{}, portal.Current, all},
		"two, of the old": {params{"SELECT": []string{"ID", "TIME_ZONE"}}, portal.Old, all},
	} {
		p := newPortal(t, withProfiles)
		p.SetProfile(tt.profile)
		maps.Copy(tt.with, params{"FILTER": params{"ID": 5}})
		who := get[[]map[string]any](t, p, "user.get", tt.with)[0]
		if len(who) != tt.fields || who["ID"] != "5" {
			t.Errorf("%s: %v", name, slices.Sorted(maps.Keys(who)))
		}
	}
}

// TestUserProfilesScope: any of three will do, and none of those a bot needs.
func TestUserProfilesScope(t *testing.T) {
	for _, scope := range []string{"user_brief", "user_basic", "user"} {
		p := newPortal(t, func(o *portal.Options) { o.Scope = []string{scope} })
		if got := call(t, p, "user.get", params{"ID": 5}); got.Error != "" {
			t.Errorf("%s: %s", scope, got.Raw)
		}
	}
	wantError(t, call(t, newPortal(t), "user.get", params{"ID": 5}), 403, "insufficient_scope")
}
