package portal_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

func TestUserGetReadsIDsAsPHPDoes(t *testing.T) {
	for _, c := range []struct {
		params string
		id     float64
		code   string
	}{
		{`{"ID":5}`, 5, ""},
		{`{"id":"5"}`, 5, ""},
		{`{"ID":"5abc"}`, 5, ""},
		{`{"ID":" 7"}`, 7, ""},
		{`{"ID":5.9}`, 5, ""},
		{`{}`, 1, ""},
		{`{"ID":null}`, 1, ""},
		{`{"ID":[5,7]}`, 1, ""},
		{`{"ID":`, 1, ""}, // broken JSON counts as nothing
		{`{"ID":0}`, 0, "ID_EMPTY"},
		{`{"ID":-1}`, 0, "ID_EMPTY"},
		{`{"ID":"abc"}`, 0, "ID_EMPTY"},
		{`{"ID":""}`, 0, "ID_EMPTY"},
		{`{"ID":[]}`, 0, "ID_EMPTY"},
		{`{"ID":999999}`, 0, "USER_NOT_EXISTS"},
	} {
		t.Run(c.params, func(t *testing.T) {
			a := post(t, newPortal(t), "im.user.get", "application/json", c.params)
			if c.code != "" {
				wantError(t, a, 400, c.code)
				return
			}
			var user map[string]any
			if err := json.Unmarshal(a.Result, &user); err != nil {
				t.Fatal(err)
			}
			if user["id"] != c.id {
				t.Errorf("got user %v, want %v", user["id"], c.id)
			}
		})
	}
}

func TestUserHasTheFieldsOfBothProfiles(t *testing.T) {
	for _, c := range []struct {
		fixture string
		profile portal.Profile
		with    params
	}{
		{"im-user-get.current.json", portal.Current, params{"ID": 5}},
		{"im-user-get.seed.json", portal.Old, params{"ID": 5}},
		{"im-user-get.seed-hr.json", portal.Old, params{"ID": 5, "AVATAR_HR": "Y"}},
	} {
		t.Run(c.fixture, func(t *testing.T) {
			p := newPortal(t, func(o *portal.Options) { o.Profile = c.profile })
			var want struct{ Result json.RawMessage }
			if err := json.Unmarshal(fixture(t, "rest/"+c.fixture), &want); err != nil {
				t.Fatal(err)
			}
			got := get[json.RawMessage](t, p, "im.user.get", c.with)
			if diff := cmp.Diff(keysOf(t, want.Result), keysOf(t, got)); diff != "" {
				t.Errorf("keys (-fixture +portal):\n%s", diff)
			}
		})
	}
}

func TestUserGetTellsPresence(t *testing.T) {
	c := newClock()
	p := newPortal(t, withClock(c))
	user := func(id int) map[string]any { return get[map[string]any](t, p, "im.user.get", params{"ID": id}) }

	if got, want := user(5)["last_activity_date"], "2026-09-21T17:12:45+03:00"; got != want {
		t.Errorf("online: last activity %v, want %v", got, want)
	}
	if got, want := user(8)["last_activity_date"], "2026-09-21T15:13:20+03:00"; got != want {
		t.Errorf("away: last activity %v, want %v", got, want)
	}
	c.set(start.Add(time.Hour))
	if got, want := user(5)["last_activity_date"], "2026-09-21T18:12:45+03:00"; got != want {
		t.Errorf("an hour later, online: last activity %v, want %v", got, want)
	}
	if got, want := user(8)["last_activity_date"], "2026-09-21T15:13:20+03:00"; got != want {
		t.Errorf("an hour later, away: last activity %v, want %v", got, want)
	}
	for id, want := range map[int]map[string]any{
		12: {"absent": "2026-10-05T00:00:00+03:00", "status": "online"},
		13: {"active": false},
		16: {"last_activity_date": false, "mobile_last_date": false, "idle": false},
		31: {"extranet": true, "type": "extranet", "departments": []any{}, "phones": false},
		32: {"extranet": true, "type": "collaber"},
		88: {"connector": true, "external_auth_id": "imconnector", "last_activity_date": false, "avatar": ""},
	} {
		got := user(id)
		for key, value := range want {
			if diff := cmp.Diff(value, got[key]); diff != "" {
				t.Errorf("user %d %s (-want +got):\n%s", id, key, diff)
			}
		}
	}
}

func TestOldPortalsTellRealStatuses(t *testing.T) {
	p := newPortal(t, func(o *portal.Options) { o.Profile = portal.Old })
	for id, want := range map[int]map[string]any{
		2:  {"status": "dnd", "idle": false},
		25: {"status": "away", "idle": "2026-09-21T16:48:20+03:00"},
		10: {"status": "online", "mobile_last_date": "2026-09-21T17:13:10+03:00"},
	} {
		got := get[map[string]any](t, p, "im.user.get", params{"ID": id})
		for key, value := range want {
			if got[key] != value {
				t.Errorf("user %d %s: got %v, want %v", id, key, got[key], value)
			}
		}
	}
	if a := call(t, p, "im.user.get", params{"ID": 5}); a.Time["operating"] != nil {
		t.Error("an old portal tells of operating time")
	}
}

func TestLeaveEnds(t *testing.T) {
	c := newClock()
	p := newPortal(t, withClock(c))
	c.set(start.AddDate(0, 0, 15))
	if got := get[map[string]any](t, p, "im.user.get", params{"ID": 12})["absent"]; got != false {
		t.Errorf("after the leave: absent %v, want false", got)
	}
}

func TestSetPersonIsSeenByREST(t *testing.T) {
	p := newPortal(t)
	changes, cancel := p.Subscribe(1)
	defer cancel()
	ok := p.SetPerson(eugene, func(who *portal.Person) {
		who.ID = 99
		who.Online, who.LastSeen, who.Position = false, start.Add(-time.Hour), "Архитектор"
	})
	if !ok {
		t.Fatal("user 5 is unknown")
	}
	got := get[map[string]any](t, p, "im.user.get", params{"ID": 5})
	if got["work_position"] != "Архитектор" || got["last_activity_date"] != "2026-09-21T16:13:20+03:00" {
		t.Errorf("got %v, %v", got["work_position"], got["last_activity_date"])
	}
	if c := <-changes; c.Kind != portal.KindPerson || c.Person.ID != eugene || c.Person.Position != "Архитектор" {
		t.Errorf("got change %q of %+v", c.Kind, c.Person)
	}
	if p.SetPerson(777, func(*portal.Person) { t.Error("called for nobody") }) {
		t.Error("user 777 is known")
	}
}

func TestPeopleAreManyAndSound(t *testing.T) {
	p := newPortal(t)
	people := p.People()
	if len(people) < 60 {
		t.Errorf("got %d people, want 60 or so", len(people))
	}
	departments := map[int64]bool{}
	for _, d := range p.Departments() {
		departments[d.ID] = true
		if head, ok := p.Person(d.Head); !ok || !head.Active {
			t.Errorf("%s has no head", d.Name)
		}
		if d.Parent != 0 && !departments[d.Parent] {
			t.Errorf("%s comes before the department above it", d.Name)
		}
	}
	emails := map[string]bool{}
	for i, who := range people {
		if i > 0 && people[i-1].ID >= who.ID {
			t.Errorf("user %d is out of order", who.ID)
		}
		if _, err := time.LoadLocation(who.Zone); err != nil {
			t.Error(err)
		}
		for _, d := range who.Departments {
			if !departments[d] {
				t.Errorf("user %d is in department %d, which there is not", who.ID, d)
			}
		}
		if who.Email != "" && emails[who.Email] {
			t.Errorf("two people have %s", who.Email)
		}
		emails[who.Email] = true
	}
	if diff := cmp.Diff(people, newPortal(t).People()); diff != "" {
		t.Errorf("two portals of the same moment differ:\n%s", diff)
	}
}

func TestAvatars(t *testing.T) {
	p := newPortal(t)
	url := get[map[string]any](t, p, "im.user.get", params{"ID": 5})["avatar"].(string)
	w := httptest.NewRecorder()
	p.ServeHTTP(w, httptest.NewRequest("GET", url, nil))
	if w.Code != 200 || w.Header().Get("Content-Type") != "image/svg+xml" || !strings.Contains(w.Body.String(), ">ЕШ<") {
		t.Errorf("%s: %d %s", url, w.Code, w.Body)
	}
	for _, path := range []string{"/upload/avatar/777.svg", "/upload/avatar/5.png", "/upload/avatar/x.svg"} {
		w := httptest.NewRecorder()
		p.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != 404 {
			t.Errorf("%s: %d, want 404", path, w.Code)
		}
	}
	p.SetPerson(eugene, func(who *portal.Person) { who.First = "<script>" })
	w = httptest.NewRecorder()
	p.ServeHTTP(w, httptest.NewRequest("GET", url, nil))
	if !strings.Contains(w.Body.String(), "&lt;Ш") {
		t.Errorf("a hostile name is not escaped: %s", w.Body)
	}
}

func TestBotIsAUser(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p)
	got := get[map[string]any](t, p, "im.user.get", params{"ID": bot})
	if got["bot"] != true || got["type"] != "bot" || got["last_activity_date"] != false || got["phones"] != false {
		t.Errorf("got %v", got)
	}
	if data, _ := got["bot_data"].(map[string]any); data["id"] != 456.0 || data["code"] != "whois" {
		t.Errorf("bot data %v", got["bot_data"])
	}
	if who, ok := p.Person(bitrix.UserID(bot)); !ok || !who.Bot || who.Name() != "Справочник" {
		t.Errorf("got person %+v", who)
	}
}
