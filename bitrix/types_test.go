package bitrix_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

func TestOptTime(t *testing.T) {
	for text, want := range map[string]bitrix.OptTime{
		`"2026-09-21T17:05:31+03:00"`: at("2026-09-21T17:05:31+03:00"),
		`"2026-09-21T14:05:31Z"`:      at("2026-09-21T17:05:31+03:00"),
		`"0000-00-00T00:00:00+00:00"`: {},
		`"вчера"`:                     {},
		`""`:                          {},
		`"0"`:                         {},
		`0`:                           {},
		`[]`:                          {},
		`{}`:                          {},
		`false`:                       {},
		`null`:                        {},
	} {
		got := at("2000-01-01T00:00:00Z") // must not shine through
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
	for _, text := range []string{`true`, `1790000000`, `{"date":1}`, `["x"]`} {
		var got bitrix.OptTime
		if err := json.Unmarshal([]byte(text), &got); err == nil {
			t.Errorf("%s is %v", text, got)
		}
	}
}

func TestOptTimeWritesWhatPortalsDo(t *testing.T) {
	text := jsonText(t, []bitrix.OptTime{{}, at("2026-09-21T17:05:31+03:00")})
	if want := `[false,"2026-09-21T17:05:31+03:00"]`; text != want {
		t.Errorf("got %s, want %s", text, want)
	}
}

func TestPhones(t *testing.T) {
	for text, want := range map[string]bitrix.Phones{
		`{"personal_mobile":"1","work_phone":"2","inner_phone":3,"personal_phone":"4","uf":"5"}`: {
			Mobile: "1", Work: "2", Inner: "3", Personal: "4",
		},
		`{"work_phone":"","inner_phone":null,"personal_phone":false}`: {},
		`false`: {}, `[]`: {}, `null`: {}, `0`: {}, `""`: {},
	} {
		got := bitrix.Phones{Mobile: "must not shine through"}
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
	if err := json.Unmarshal([]byte(`"79990000005"`), new(bitrix.Phones)); err == nil {
		t.Error("text is taken for an object")
	}
}

// TestUserOfLooseTypes: single fields, as PHP may write them.
func TestUserOfLooseTypes(t *testing.T) {
	for text, want := range map[string]bitrix.User{
		`{"id":"5","active":0}`:                             {ID: 5},
		`{"id":5,"active":"N"}`:                             {ID: 5},
		`{"id":5,"active":null}`:                            {ID: 5, Active: true},
		`{"id":5,"bot":"Y"}`:                                {ID: 5, Active: true, Bot: true},
		`{"id":5,"bot":1,"extranet":"1"}`:                   {ID: 5, Active: true, Bot: true, Extranet: true},
		`{"id":5,"bot_data":[]}`:                            {ID: 5, Active: true},
		`{"id":5,"bot_data":false}`:                         {ID: 5, Active: true},
		`{"id":5,"birthday":false,"status":null,"name":7}`:  {ID: 5, Active: true, Name: "7"},
		`{"id":5,"departments":null}`:                       {ID: 5, Active: true},
		`{"id":5,"departments":false}`:                      {ID: 5, Active: true},
		`{"id":5,"departments":["1",2]}`:                    {ID: 5, Active: true, Departments: []int64{1, 2}},
		`{"id":5,"departments":{"10":3,"2":2,"0":1}}`:       {ID: 5, Active: true, Departments: []int64{1, 2, 3}},
		`{"id":5,"services":["zoom",null],"profile":"/5/"}`: {ID: 5, Active: true, Services: []string{"zoom", ""}, Profile: "/5/"},
	} {
		var got bitrix.User
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
	for _, text := range []string{
		`{"id":"5abc"}`, `{"id":5.5}`, `{"id":[1]}`, `{"bot":"maybe"}`, `{"name":["x"]}`, `{"departments":"x"}`,
		`{"departments":{"0":"x"}}`, `{"bot_data":{"id":"x"}}`, `[{}]`,
	} {
		var got bitrix.User
		if err := json.Unmarshal([]byte(text), &got); err == nil {
			t.Errorf("%s is taken", text)
		}
	}
}

func TestOutsider(t *testing.T) {
	for _, row := range []struct {
		u    bitrix.User
		want bool
	}{
		{bitrix.User{}, false},
		{bitrix.User{Type: "user"}, false},
		{bitrix.User{Type: "employee"}, false},
		{bitrix.User{Type: "bot", Bot: true}, false},
		{bitrix.User{Type: "collaber"}, true},
		{bitrix.User{Type: "guest"}, true},
		{bitrix.User{Type: "email"}, true},
		{bitrix.User{Type: "extranet"}, true},
		{bitrix.User{Extranet: true}, true},
		{bitrix.User{Connector: true}, true},
	} {
		if got := row.u.Outsider(); got != row.want {
			t.Errorf("%+v: %v", row.u, got)
		}
	}
}
