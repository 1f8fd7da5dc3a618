package bitrix_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestScopes as the documentation shows them, and as PHP writes a list with holes.
func TestScopes(t *testing.T) {
	for body, want := range map[string][]string{
		`{"result":["im","imbot"]}`:         {"im", "imbot"},
		`{"result":{"0":"im","2":"imbot"}}`: {"im", "imbot"},
		`{"result":[]}`:                     nil,
	} {
		c, last := recording(t, body)
		scopes, err := c.Scopes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, scopes); diff != "" || last.Method != "scope" || last.Params != "{}" {
			t.Errorf("%s %s: %s", last.Method, last.Params, diff)
		}
	}
}

func TestServerTime(t *testing.T) {
	c, last := recording(t, `{"result":"2024-08-05T12:02:13+03:00"}`)
	now, err := c.ServerTime(t.Context())
	if want := time.Date(2024, 8, 5, 9, 2, 13, 0, time.UTC); err != nil || !now.Equal(want) {
		t.Errorf("%v, %v", now, err)
	}
	if last.Method != "server.time" || last.Params != "{}" {
		t.Errorf("asked %s %s", last.Method, last.Params)
	}
	for _, body := range []string{`{"result":"now"}`, `{"result":false}`, `{"result":[1]}`} {
		if now, err := answering(t, http.StatusOK, body).ServerTime(t.Context()); err == nil {
			t.Errorf("%s is %v", body, now)
		}
	}
}
