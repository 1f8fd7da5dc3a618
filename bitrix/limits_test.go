package bitrix_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// TestRateLimit: 50 at once and 2 a second from then on, so that the portal never has to refuse.
func TestRateLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := answering(t, http.StatusOK, `{"result":1}`)
		began := time.Now()
		for range 60 {
			if err := c.Call(t.Context(), "im.user.get", nil, nil); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(began); took != 5*time.Second {
			t.Errorf("60 calls took %v, want 5 s", took)
		}
	})
}

func TestRateLimitCanBeSet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		webhook, err := bitrix.ParseWebhook("https://demo.bitrix24.example/rest/1/" + canary + "/")
		if err != nil {
			t.Fatal(err)
		}
		c := bitrix.NewClient(bitrix.ClientOptions{
			Webhook: webhook, Rate: 5, Burst: 1,
			HTTP: &http.Client{Transport: transport(func(*http.Request) (*http.Response, error) {
				return response(http.StatusOK, `{"result":1}`), nil
			})},
		})
		began := time.Now()
		for range 11 {
			if err := c.Call(t.Context(), "im.user.get", nil, nil); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(began); took != 2*time.Second {
			t.Errorf("11 calls took %v, want 2 s", took)
		}
	})
}

// TestRateLimitEndsWithContext: who cannot wait goes, and the call has not run.
func TestRateLimitEndsWithContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := answering(t, http.StatusOK, `{"result":1}`)
		for range 50 {
			if err := c.Call(t.Context(), "im.user.get", nil, nil); err != nil {
				t.Fatal(err)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		meansAndHides(t, c.Call(ctx, "im.user.get", nil, nil), certain)
	})
}

func TestRetryAfter(t *testing.T) {
	const limited = `{"error":"QUERY_LIMIT_EXCEEDED","error_description":"Too many requests"}`
	for _, row := range []struct {
		name, header, body string
		want               time.Duration
	}{
		{"not said", "", limited, 0},
		{"seconds", "7", limited, 7 * time.Second},
		{"date", "Sat, 01 Jan 2000 00:00:20 GMT", limited, 20 * time.Second}, // a bubble's clock starts that day
		{"past date", "Fri, 31 Dec 1999 00:00:00 GMT", limited, 0},
		{"nonsense", "soon", limited, 0},
		{"negative", "-1", limited, 0},
		{"too long", "86400", limited, 10 * time.Minute},
		{"page of a gateway", "7", "<h1>Busy</h1>", 7 * time.Second},
		{"method blocked, nobody knows how long", "", `{"error":"OPERATION_TIME_LIMIT"}`, 10 * time.Second},
		{"method blocked, said", "", `{"error":"OPERATION_TIME_LIMIT","time":{"operating_reset_at":946684860}}`, time.Minute},
		{"method blocked, header first", "7", `{"error":"operation_time_limit","time":{"operating_reset_at":946684860}}`, 7 * time.Second},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := portalAt(t, "demo.bitrix24.example", func(*http.Request) (*http.Response, error) {
					return response(http.StatusServiceUnavailable, row.body, "Retry-After", row.header), nil
				})
				failure, ok := errors.AsType[*bitrix.Error](c.Call(t.Context(), "im.user.get", nil, nil))
				if !ok || failure.RetryAfter != row.want {
					t.Errorf("got %v, want %v", failure.RetryAfter, row.want)
				}
			})
		})
	}
}

// TestRetryAfterOfEarlierAnswer: the refusal does not say how long; earlier answers of the same method did.
func TestRetryAfterOfEarlierAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		body := `{"result":1,"time":{"operating":479.5,"operating_reset_at":946684860}}` // in a minute
		c := portalAt(t, "demo.bitrix24.example", func(*http.Request) (*http.Response, error) {
			return response(http.StatusOK, body), nil
		})
		if err := c.Call(t.Context(), "im.user.get", nil, nil); err != nil {
			t.Fatal(err)
		}
		body = `{"error":"OPERATION_TIME_LIMIT"}`
		for method, want := range map[string]time.Duration{"im.user.get": time.Minute, "im.department.get": 10 * time.Second} {
			failure, ok := errors.AsType[*bitrix.Error](c.Call(t.Context(), method, nil, nil))
			if !ok || failure.RetryAfter != want {
				t.Errorf("%s: got %v, want %v", method, failure.RetryAfter, want)
			}
		}
	})
}
