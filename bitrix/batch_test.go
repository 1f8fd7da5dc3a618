package bitrix_test

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

// commands reads a batch as the portal does: its keys, and "method?query" for each.
func commands(t *testing.T, r *http.Request) map[string]string {
	t.Helper()
	var body struct {
		Halt int               `json:"halt"`
		Cmd  map[string]string `json:"cmd"`
	}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		t.Fatal(err)
	}
	if body.Halt != 0 {
		t.Error("one failure would stop the batch")
	}
	return body.Cmd
}

// withKeysOf renames the keys of a recorded answer to those of the request: calls carry their recorded name.
func withKeysOf(t *testing.T, r *http.Request, body string) string {
	t.Helper()
	for key, command := range commands(t, r) {
		_, name, _ := strings.Cut(command, "named=")
		body = strings.ReplaceAll(body, `"`+name+`":`, `"`+key+`":`)
	}
	return body
}

func TestBatchWritesPHPQueries(t *testing.T) {
	var got map[string]string
	c := portalAt(t, "demo-portal.bitrix24.example", func(r *http.Request) (*http.Response, error) {
		got = commands(t, r)
		return response(http.StatusOK, `{"result":{"result":[],"result_error":[],"result_time":[]}}`), nil
	})
	_, err := c.Batch(t.Context(), []bitrix.BatchCall{{
		Method: "imbot.v2.Chat.Message.send",
		Params: map[string]any{
			"botId":  9007199254740993,
			"fields": map[string]any{"message": "50% & ещё = [b]да[/b]", "urlPreview": false, "ids": []int{1, 2}, "none": nil, "empty": []int{}},
		},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 {
		t.Fatalf("%d commands", len(got))
	}
	command := slices.Collect(maps.Values(got))[0]
	method, query, _ := strings.Cut(command, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	want := url.Values{
		"botId":              {"9007199254740993"},
		"fields[message]":    {"50% & ещё = [b]да[/b]"},
		"fields[urlPreview]": {"N"},
		"fields[ids][0]":     {"1"},
		"fields[ids][1]":     {"2"},
	}
	if diff := cmp.Diff(want, values); diff != "" || method != "imbot.v2.Chat.Message.send" {
		t.Errorf("%s: %s", method, diff)
	}
}

// TestBatchKeys: not numbers, or the portal answers lists; never the same, or people's text could name them.
func TestBatchKeys(t *testing.T) {
	seen := map[string]bool{}
	c := portalAt(t, "demo-portal.bitrix24.example", func(r *http.Request) (*http.Response, error) {
		for key := range commands(t, r) {
			if seen[key] || strings.Trim(key, "0123456789") == "" {
				t.Errorf("key %q", key)
			}
			seen[key] = true
		}
		return response(http.StatusOK, `{"result":{"result":[]}}`), nil
	})
	for range 2 {
		if _, err := c.Batch(t.Context(), make([]bitrix.BatchCall, bitrix.BatchLimit)); err != nil {
			t.Fatal(err)
		}
	}
	if len(seen) != 2*bitrix.BatchLimit {
		t.Errorf("%d keys", len(seen))
	}
}

func TestBatchOfNone(t *testing.T) {
	c := portalAt(t, "demo-portal.bitrix24.example", func(*http.Request) (*http.Response, error) {
		t.Error("the portal was called")
		return response(http.StatusOK, "{}"), nil
	})
	if results, err := c.Batch(t.Context(), nil); results != nil || err != nil {
		t.Errorf("%v, %v", results, err)
	}
	if _, err := c.Batch(t.Context(), make([]bitrix.BatchCall, bitrix.BatchLimit+1)); err == nil {
		t.Error("51 calls were taken")
	}
}

// TestBatchLeavesOut: a call the answer says nothing of may have run.
func TestBatchLeavesOut(t *testing.T) {
	c := answering(t, http.StatusOK, `{"result":{"result":[],"result_error":[]}}`)
	results, err := c.Batch(t.Context(), []bitrix.BatchCall{{Method: "im.user.get"}})
	if err != nil {
		t.Fatal(err)
	}
	failure, ok := errors.AsType[*bitrix.Error](results[0].Err)
	if !ok || !failure.MayHaveRun() || failure.Method != "im.user.get" {
		t.Errorf("got %v", results[0].Err)
	}
}
