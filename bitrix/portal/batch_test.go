package portal_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sections of a batch's answer, as written.
type sections struct {
	Result json.RawMessage `json:"result"`
	Errors json.RawMessage `json:"result_error"`
	Total  json.RawMessage `json:"result_total"`
	Next   json.RawMessage `json:"result_next"`
	Time   json.RawMessage `json:"result_time"`
}

func TestBatchTellsEachCommandApart(t *testing.T) {
	p := newPortal(t)
	s := get[sections](t, p, "batch", json.RawMessage(`{"halt":0,"cmd":{
		"u5":"im.user.get?ID=5","u999":"im.user.get?ID=999","none":"no.such.method","in":"batch?cmd[a]=server.time",
		"skipped":7,"s":"im.search.user.list?FIND=%D1%80%D0%B0%D0%B7%D1%80%D0%B0%D0%B1&LIMIT=1"}}`))
	if diff := cmp.Diff([]string{"u5", "s"}, keysOf(t, s.Result)); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"u5", "s"}, keysOf(t, s.Time)); diff != "" {
		t.Errorf("times (-want +got):\n%s", diff)
	}
	var failures map[string]struct{ Error string }
	if err := json.Unmarshal(s.Errors, &failures); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for k, f := range failures {
		got[k] = f.Error
	}
	want := map[string]string{
		"u999": "USER_NOT_EXISTS", "none": "ERROR_METHOD_NOT_FOUND", "in": "ERROR_BATCH_METHOD_NOT_ALLOWED",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
	if string(s.Next) != `{"s":1}` || !strings.HasPrefix(string(s.Total), `{"s":`) {
		t.Errorf("next %s, total %s", s.Next, s.Total)
	}
}

func TestBatchSectionsArePHPArrays(t *testing.T) {
	p := newPortal(t)
	for _, c := range []struct{ cmd, result, errors string }{
		{`{"0":"scope","1":"scope"}`, `[["im","imbot"],["im","imbot"]]`, `[]`},
		{`["scope"]`, `[["im","imbot"]]`, `[]`},
		{`{"1":"scope"}`, `{"1":["im","imbot"]}`, `[]`},
		{`{}`, `[]`, `[]`},
		{`{"a":"im.user.get?ID=0"}`, `[]`, `{"a":{"error":"ID_EMPTY","error_description":"User ID can\u0027t be empty"}}`},
		{
			`["scope","im.user.get?ID=0"]`, `[["im","imbot"]]`,
			`{"1":{"error":"ID_EMPTY","error_description":"User ID can\u0027t be empty"}}`,
		},
	} {
		s := get[sections](t, p, "batch", json.RawMessage(`{"cmd":`+c.cmd+`}`))
		if string(s.Result) != c.result || string(s.Errors) != c.errors {
			t.Errorf("%s: got %s and errors %s", c.cmd, s.Result, s.Errors)
		}
	}
}

func TestBatchHalts(t *testing.T) {
	p := newPortal(t)
	cmd := `"cmd":{"a":"scope","b":"im.user.get?ID=0","c":"scope"}`
	for halt, want := range map[string][]string{"0": {"a", "c"}, "1": {"a"}, "true": {"a"}} {
		s := get[sections](t, p, "batch", json.RawMessage(`{"halt":`+halt+`,`+cmd+`}`))
		if diff := cmp.Diff(want, keysOf(t, s.Result)); diff != "" {
			t.Errorf("halt %s (-want +got):\n%s", halt, diff)
		}
	}
}

func TestBatchTakesFifty(t *testing.T) {
	p := newPortal(t)
	cmd := params{}
	for i := range 52 {
		cmd[fmt.Sprintf("k%02d", i)] = "scope"
	}
	s := get[sections](t, p, "batch", params{"cmd": cmd})
	if got := len(keysOf(t, s.Result)); got != 50 {
		t.Errorf("%d commands ran, want 50", got)
	}
	if got := strings.Count(string(s.Errors), "ERROR_BATCH_LENGTH_EXCEEDED"); got != 2 {
		t.Errorf("%d commands were too many, want 2: %s", got, s.Errors)
	}
}

func TestBatchRefersToEarlierResults(t *testing.T) {
	p := newPortal(t)
	for _, c := range []struct{ name, ref, want string }{
		{"a field", "im.user.get?ID=$result[who][id]", "5"},
		{"escaped", "im.user.get?ID=%24result%5Bwho%5D%5Bid%5D", "5"},
		{"in an array", "im.user.list.get?ID[]=$result[who][id]&RESULT_TYPE=array", "5"},
		{"a whole array", "im.department.get?ID=$result[who][departments]", "50"},
		{"inside a text", "im.search.user.list?FIND=x$result[who][last_name]", "[]"},
		{"nothing there", "im.user.get?ID=$result[nobody][id]", "ID_EMPTY"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cmd := json.RawMessage(`{"cmd":{"who":"im.user.get?ID=5","then":"` + c.ref + `"}}`)
			a := call(t, p, "batch", cmd)
			var s struct {
				Result map[string]json.RawMessage
				Errors json.RawMessage `json:"result_error"`
			}
			if err := json.Unmarshal(a.Result, &s); err != nil {
				t.Fatal(err)
			}
			then := string(s.Result["then"])
			switch c.want {
			case "ID_EMPTY":
				if !strings.Contains(string(s.Errors), c.want) {
					t.Errorf("got %s, errors %s", then, s.Errors)
				}
			case "[]":
				if then != c.want {
					t.Errorf("got %s", then)
				}
			default:
				if !strings.Contains(then, `"id":`+c.want+`,`) {
					t.Errorf("got %s, want id %s", then, c.want)
				}
			}
		})
	}
}

func TestBatchAsAForm(t *testing.T) {
	p := newPortal(t)
	body := "halt=0&cmd%5Bu5%5D=im.user.get%3FID%3D5"
	a := post(t, p, "batch", "application/x-www-form-urlencoded", body)
	if !strings.Contains(a.Raw, `"u5":{"id":5,`) {
		t.Errorf("got %s", a.Raw)
	}
}
