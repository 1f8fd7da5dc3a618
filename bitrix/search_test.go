package bitrix_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

func TestSearchUsers(t *testing.T) {
	c, asked := recording(t, fixture(t, "im-search-user-list.found.json"))
	got, err := c.SearchUsers(t.Context(), " Евг ", 1000)
	if err != nil {
		t.Fatal(err)
	}
	want := []bitrix.FoundUser{
		{ID: 5, Name: "Евгений Шеленков", WorkPosition: "Ведущий разработчик"},
		{ID: 105, Name: "Евгения Примерова", WorkPosition: "Юрист"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if asked.Method != "im.search.user.list" || asked.Params != `{"FIND":"Евг","LIMIT":50}` {
		t.Errorf("asked %s %s", asked.Method, asked.Params)
	}
}

// TestSearchKeepsTheOrder: the portal sorts by name and writes an object; its order is the answer's.
func TestSearchKeepsTheOrder(t *testing.T) {
	for body, want := range map[string][]bitrix.FoundUser{
		`{"result":{"9":{"id":"9","name":"А","bot":"Y"},"10":{"id":10},"2":{"id":2}}}`: {{ID: 9, Name: "А", Bot: true}, {ID: 10}, {ID: 2}},
		`{"result":[{"id":2}]}`: {{ID: 2}},
		`{"result":[]}`:         nil,
		`{"result":{}}`:         nil,
	} {
		got, err := answering(t, 200, body).SearchUsers(t.Context(), "ab", 10)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got)\n%s", body, err, diff)
		}
	}
	for _, body := range []string{`{"result":{"9":5}}`, `{"result":"x"}`} {
		if _, err := answering(t, 200, body).SearchUsers(t.Context(), "ab", 10); err == nil {
			t.Errorf("%s is no error", body)
		}
	}
}

// TestSearchTooShort: a single letter costs no request.
func TestSearchTooShort(t *testing.T) {
	c, asked := recording(t, `{"result":[]}`)
	if _, err := c.SearchUsers(t.Context(), " я ", 10); !errors.Is(err, bitrix.ErrFindShort) || asked.Method != "" {
		t.Errorf("got %v after %q", err, asked.Method)
	}
}

// TestSearchesTogether take one request, and with them goes whatever else waits.
func TestSearchesTogether(t *testing.T) {
	p, c := emulated(t, portal.Options{})
	got, err := c.SearchUsersEach(t.Context(), []string{"шелен", "itktyrjd", "олег"}, 1)
	if err != nil || len(got) != 3 || len(got[0]) != 1 || got[0][0].ID != 5 || got[1] != nil || len(got[2]) != 1 {
		t.Errorf("%v, %v", got, err)
	}
	if n := len(p.Calls()); n != 1 {
		t.Errorf("%d requests", n)
	}
	if _, err := c.SearchUsersEach(t.Context(), []string{"шелен", "я"}, 1); !errors.Is(err, bitrix.ErrFindShort) {
		t.Errorf("one that is too short: %v", err)
	}
	if got, err := c.SearchUsersEach(t.Context(), nil, 1); got != nil || err != nil {
		t.Errorf("none: %v, %v", got, err)
	}
}

func TestSearchOnThePortal(t *testing.T) {
	_, c := emulated(t, portal.Options{})
	for find, want := range map[string]bitrix.UserID{"шелен": 5, "Евгений Шел": 5, "семен": 55} {
		got, err := c.SearchUsers(t.Context(), find, 10)
		if err != nil || len(got) != 1 || got[0].ID != want {
			t.Errorf("%s: %v, %v", find, got, err)
		}
	}
	if got, err := c.SearchUsers(t.Context(), "разработчик", 2); err != nil || len(got) != 2 {
		t.Errorf("two of many: %v, %v", got, err)
	}
}
