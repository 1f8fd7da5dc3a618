package bitrix_test

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// TestVersion: what a portal's answer to imbot.v2.Revision.get says of its bot API, and whether it is asked again.
func TestVersion(t *testing.T) {
	for _, row := range []struct {
		name   string
		given  bitrix.API
		status int
		answer string
		want   bitrix.API
		code   bitrix.ErrorCode // of the error, with no API
		asked  int32            // by two calls
	}{
		{"it has v2", bitrix.APIAuto, 200, `{"result":{"rest":36,"web":130}}`, bitrix.APIv2, "", 1},
		{"nothing was said", "", 200, `{"result":{"rest":36,"web":130}}`, bitrix.APIv2, "", 1},
		{"a revision of some later kind", bitrix.APIAuto, 200, `{"result":"2027.1"}`, bitrix.APIv2, "", 1},
		{"it has v1 alone", bitrix.APIAuto, 404, `{"error":"ERROR_METHOD_NOT_FOUND"}`, bitrix.APIv1, "", 1},
		{"it does not know us", bitrix.APIAuto, 401, `{"error":"INVALID_CREDENTIALS"}`, "", bitrix.ErrInvalidCredentials, 2},
		{"it has trouble", bitrix.APIAuto, 500, `{"error":"INTERNAL_SERVER_ERROR"}`, "", bitrix.ErrInternal, 2},
		{"v1 is given", bitrix.APIv1, 500, ``, bitrix.APIv1, "", 0},
		{"v2 is given", bitrix.APIv2, 500, ``, bitrix.APIv2, "", 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			var questions atomic.Int32
			c := portalOf(t, "demo-portal.bitrix24.example", row.given, func(r *http.Request) (*http.Response, error) {
				var question asked
				question.read(t, r)
				if question.Method != "imbot.v2.Revision.get" {
					t.Errorf("asked %s", question.Method)
				}
				questions.Add(1)
				return response(row.status, row.answer), nil
			})
			for range 2 {
				api, err := c.Version(t.Context())
				if api != row.want || row.code == "" && err != nil || row.code != "" && !errors.Is(err, row.code) {
					t.Errorf("API %q, %v", api, err)
				}
			}
			if n := questions.Load(); n != row.asked {
				t.Errorf("asked %d times, want %d", n, row.asked)
			}
		})
	}
}

// TestVersionIsAskedOnce: fifty who speak at once make one question of it, and share its answer, be it an error.
func TestVersionIsAskedOnce(t *testing.T) {
	for _, row := range []struct {
		name, answer string
		status       int
		failures     int32
	}{
		{"answered", `{"result":{"rest":36}}`, 200, 0},
		{"in vain", `{"error":"INTERNAL_SERVER_ERROR"}`, 500, 50},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var questions, failures atomic.Int32
				c := portalOf(t, "demo-portal.bitrix24.example", bitrix.APIAuto, func(*http.Request) (*http.Response, error) {
					questions.Add(1)
					time.Sleep(time.Second) // of the bubble
					return response(row.status, row.answer), nil
				})
				var each []func()
				for range 50 {
					each = append(each, func() {
						if _, err := c.Version(t.Context()); err != nil {
							failures.Add(1)
						}
					})
				}
				calls(each...)
				if questions.Load() != 1 || failures.Load() != row.failures {
					t.Errorf("%d questions, %d failures", questions.Load(), failures.Load())
				}
			})
		})
	}
}

// TestVersionOutlivesWhoAsked: when the one who asked goes, another asks; nobody else is failed by it.
func TestVersionOutlivesWhoAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := portalOf(t, "demo-portal.bitrix24.example", bitrix.APIAuto, func(r *http.Request) (*http.Response, error) {
			if err := pass(r, time.Second); err != nil {
				return nil, err
			}
			return response(http.StatusNotFound, `{"error":"ERROR_METHOD_NOT_FOUND"}`), nil
		})
		impatient, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		calls(
			func() {
				if _, err := c.Version(impatient); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("the impatient one got %v", err)
				}
			},
			func() {
				if api, err := c.Version(t.Context()); api != bitrix.APIv1 || err != nil {
					t.Errorf("the patient one got %q, %v", api, err)
				}
			},
		)
	})
}

// TestNothingRunsWithoutAVersion: a message that could not be sent for want of it was certainly not sent, whatever became
// of the question.
func TestNothingRunsWithoutAVersion(t *testing.T) {
	var asked []string
	c := portalOf(t, "demo-portal.bitrix24.example", bitrix.APIAuto, func(r *http.Request) (*http.Response, error) {
		asked = append(asked, r.URL.Path)
		return response(http.StatusBadGateway, "<html>"), nil
	})
	_, err := c.SendMessage(t.Context(), bitrix.Message{Bot: 456, Dialog: "7", Text: "да"})
	failure, ok := errors.AsType[*bitrix.Error](err)
	if !ok || !failure.Temporary() || failure.MayHaveRun() {
		t.Errorf("got %v", err)
	}
	if len(asked) != 1 {
		t.Errorf("asked %v", asked)
	}
}

// TestRepeatable: API v1 has nothing to know a repeated message by.
func TestRepeatable(t *testing.T) {
	for api, want := range map[bitrix.API]bool{bitrix.APIv2: true, bitrix.APIv1: false} {
		c := portalOf(t, "demo-portal.bitrix24.example", api, nil)
		if got, err := c.Repeatable(t.Context()); got != want || err != nil {
			t.Errorf("%s: %v, %v", api, got, err)
		}
	}
}
