package bitrix_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix"
)

func TestRedirects(t *testing.T) {
	const ours = "https://old.bitrix24.example/rest/1/" + canary + "/im.user.get"
	for _, row := range []struct {
		name, location, wantAt string
	}{
		{"renamed portal", "https://new.bitrix24.example/rest/im.user.get.json", "https://new.bitrix24.example/rest/1/" + canary + "/im.user.get"},
		{"renamed, in capitals", "https://NEW.Bitrix24.Example/", "https://new.bitrix24.example/rest/1/" + canary + "/im.user.get"},
		{"other path", "/x/rest/1/" + canary + "/im.user.get", "https://old.bitrix24.example/x/rest/1/" + canary + "/im.user.get"},
		{"by its old name", ours, ours},
		{"other zone", "https://new.bitrix24.evil/rest/", ""},
		{"zone's name in front", "https://bitrix24.example.evil.example/", ""},
		{"deeper name", "https://a.new.bitrix24.example/", ""},
		{"zone itself", "https://bitrix24.example/", ""},
		{"other port", "https://new.bitrix24.example:444/", ""},
		{"plain http", "http://new.bitrix24.example/", ""},
		{"plain http, same host", "http://old.bitrix24.example/", ""},
		{"address", "https://10.0.0.1/", ""},
		{"user name", "https://x@new.bitrix24.example/", ""},
		{"nowhere", "", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			var second string
			c := portalAt(t, "old.bitrix24.example", func(r *http.Request) (*http.Response, error) {
				if second == "" {
					second = "none"
					return response(http.StatusFound, "", "Location", row.location), nil
				}
				second = r.Method + " " + r.URL.String()
				if body, _ := io.ReadAll(r.Body); string(body) != `{"ID":5}` {
					t.Errorf("the body became %q", body)
				}
				return response(http.StatusOK, `{"result":1}`), nil
			})
			err := c.Call(t.Context(), "im.user.get", map[string]int{"ID": 5}, nil)
			if row.wantAt != "" && (err != nil || second != "POST "+row.wantAt) {
				t.Errorf("called %s, %v; want %s", second, err, row.wantAt)
			}
			if row.wantAt == "" {
				refusedRedirect(t, err, second)
			}
		})
	}
}

// refusedRedirect expects an error that says what to do, and no second request.
func refusedRedirect(t *testing.T, err error, second string) {
	t.Helper()
	failure, ok := errors.AsType[*bitrix.Error](err)
	if !ok || second != "none" {
		t.Fatalf("got %v after calling %s", err, second)
	}
	if failure.Temporary() || failure.MayHaveRun() || failure.Status != http.StatusFound {
		t.Errorf("%v is temporary or may have run", err)
	}
	if !strings.Contains(err.Error(), "set the webhook address") {
		t.Errorf("%v does not say what to do", err)
	}
	hides(t, err)
}

// TestRedirectOnThisMachine: from one emulated portal to another, and never out of the machine.
func TestRedirectOnThisMachine(t *testing.T) {
	for location, ok := range map[string]bool{
		"http://127.0.0.1:8081/": true, "http://second.localhost:8080/rest/": true, "http://[::1]:1/": true,
		"http://portal.example/": false, "http://10.0.0.1:8080/": false, "https://127.0.0.1:8081/": false,
		"http://127.0.0.1.evil.example/": false, "http://user@127.0.0.1:8081/": false,
	} {
		webhook, err := bitrix.ParseWebhook("http://first.localhost:8080/rest/1/" + canary + "/")
		if err != nil {
			t.Fatal(err)
		}
		second := "none"
		c := bitrix.NewClient(bitrix.ClientOptions{Webhook: webhook, HTTP: &http.Client{
			Transport: transport(func(r *http.Request) (*http.Response, error) {
				if r.URL.Host == "first.localhost:8080" {
					return response(http.StatusFound, "", "Location", location), nil
				}
				second = "http://" + r.URL.Host
				return response(http.StatusOK, `{"result":1}`), nil
			}),
		}})
		err = c.Call(t.Context(), "im.user.get", nil, nil)
		if !ok {
			refusedRedirect(t, err, second)
		} else if err != nil || !strings.HasPrefix(location, second+"/") {
			t.Errorf("%s: called %s, %v", location, second, err)
		}
	}
}

// TestRedirectOfApplication: what to do is another thing for whoever installed it.
func TestRedirectOfApplication(t *testing.T) {
	c := bitrix.NewClient(bitrix.ClientOptions{Tokens: newKeeper(), HTTP: &http.Client{
		Transport: transport(func(*http.Request) (*http.Response, error) {
			return response(http.StatusFound, "", "Location", "https://elsewhere.example/"), nil
		}),
	}})
	err := c.Call(t.Context(), "im.user.get", nil, nil)
	if err == nil || !strings.Contains(err.Error(), "install the application") || strings.Contains(err.Error(), "webhook") {
		t.Errorf("got %v", err)
	}
	hides(t, err)
}

// TestRedirectOutsideTheCloud: names next to one's own may belong to anybody.
func TestRedirectOutsideTheCloud(t *testing.T) {
	second := "none"
	c := portalAt(t, "crm.example.com", func(r *http.Request) (*http.Response, error) {
		if r.URL.Host != "crm.example.com" {
			second = r.URL.Host
		}
		return response(http.StatusFound, "", "Location", "https://new.example.com/"), nil
	})
	refusedRedirect(t, c.Call(t.Context(), "im.user.get", nil, nil), second)
}

func TestRedirectedTwice(t *testing.T) {
	calls := 0
	c := portalAt(t, "old.bitrix24.example", func(*http.Request) (*http.Response, error) {
		calls++
		return response(http.StatusFound, "", "Location", "https://new.bitrix24.example/"), nil
	})
	err := c.Call(t.Context(), "im.user.get", nil, nil)
	if err == nil || calls != 2 {
		t.Errorf("%d calls, %v", calls, err)
	}
}
