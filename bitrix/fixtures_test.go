package bitrix_test

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

// expectation says what a fixture has to become. The client it gets has a portal that always answers it.
type expectation func(t *testing.T, c *bitrix.Client)

// TestRESTFixtures: every recorded answer becomes what its table says; none may be left out.
func TestRESTFixtures(t *testing.T) {
	expected := map[string]expectation{}
	for _, table := range []map[string]expectation{
		users, lists, registration, conversation, batches, firstGeneration, refusals, accidents,
	} {
		maps.Copy(expected, table)
	}
	for _, f := range restIndex(t) {
		if strings.HasPrefix(f.File, oauthFixtures) {
			continue // not the portal's: see TestOAuthFixtures
		}
		t.Run(f.File, func(t *testing.T) {
			check, ok := expected[f.File]
			if !ok {
				t.Fatal("no expectation for this fixture")
			}
			delete(expected, f.File)
			check(t, playing(t, f))
		})
	}
	for name := range expected {
		t.Errorf("%s is expected and not in the index", name)
	}
}

// TestRESTIndexIsWhole: the index names every file there is.
func TestRESTIndexIsWhole(t *testing.T) {
	indexed := map[string]bool{"index.json": true}
	for _, f := range restIndex(t) {
		indexed[f.File] = true
	}
	files, err := os.ReadDir("testdata/rest")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !indexed[f.Name()] {
			t.Errorf("%s is in no index", f.Name())
		}
	}
}

type indexed struct {
	File   string
	Status int
}

func restIndex(t *testing.T) []indexed {
	t.Helper()
	var index []indexed
	if err := json.Unmarshal([]byte(fixture(t, "index.json")), &index); err != nil {
		t.Fatal(err)
	}
	if len(index) == 0 {
		t.Fatal("the index is empty")
	}
	return index
}

// playing answers with the fixture, batch keys replaced by those of the request. It is a portal of the generation that the
// fixture is of.
func playing(t *testing.T, f indexed) *bitrix.Client {
	t.Helper()
	body := fixture(t, f.File)
	api := bitrix.APIv2
	if _, first := firstGeneration[f.File]; first {
		api = bitrix.APIv1
	}
	return portalOf(t, "demo-portal.bitrix24.example", api, func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/batch") {
			return response(f.Status, withKeysOf(t, r, body)), nil
		}
		return response(f.Status, body, "Location", "https://elsewhere.example/rest/im.user.get.json"), nil
	})
}

// gives expects a result of the method to decode into a T that equals want.
func gives[T any](method string, want T) expectation {
	return func(t *testing.T, c *bitrix.Client) {
		t.Helper()
		var got T
		if err := c.Call(t.Context(), method, nil, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

// returns expects a typed call to return want.
func returns[T any](want T, call func(t *testing.T, c *bitrix.Client) (T, error)) expectation {
	return func(t *testing.T, c *bitrix.Client) {
		t.Helper()
		got, err := call(t, c)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

// succeeds expects a typed call without a result to end well.
func succeeds(call func(t *testing.T, c *bitrix.Client) error) expectation {
	return func(t *testing.T, c *bitrix.Client) {
		t.Helper()
		if err := call(t, c); err != nil {
			t.Fatal(err)
		}
	}
}

// fails expects an error that has this code and means this.
func fails(code bitrix.ErrorCode, temporary, mayHaveRun bool) expectation {
	return func(t *testing.T, c *bitrix.Client) {
		t.Helper()
		err := c.Call(t.Context(), "im.user.get", nil, nil)
		failure, ok := errors.AsType[*bitrix.Error](err)
		if !ok {
			t.Fatalf("got %v, want *bitrix.Error", err)
		}
		if !errors.Is(err, code) {
			t.Errorf("got %v, want code %q", err, code)
		}
		if failure.Method != "im.user.get" || failure.Status == 0 {
			t.Errorf("method %q and status %d are missing", failure.Method, failure.Status)
		}
		if failure.Temporary() != temporary || failure.MayHaveRun() != mayHaveRun {
			t.Errorf("temporary %v, may have run %v; want %v, %v",
				failure.Temporary(), failure.MayHaveRun(), temporary, mayHaveRun)
		}
	}
}
