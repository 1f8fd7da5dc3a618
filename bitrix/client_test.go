package bitrix_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

func TestCallSendsJSON(t *testing.T) {
	c, last := recording(t, `{"result":true}`)
	if err := c.Call(t.Context(), "im.user.get", map[string]any{"ID": 5}, nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(`im.user.get {"ID":5}`, last.Method+" "+last.Params); diff != "" {
		t.Error(diff)
	}
	for name, want := range map[string]string{
		"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "whois24",
	} {
		if got := last.header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// TestCallWithoutParams: the body is an object all the same, since a portal ignores what it cannot read.
func TestCallWithoutParams(t *testing.T) {
	c, last := recording(t, `{"result":true}`)
	if err := c.Call(t.Context(), "imbot.v2.Revision.get", nil, nil); err != nil || last.Params != "{}" {
		t.Errorf("body %q, %v", last.Params, err)
	}
	if err := c.Call(t.Context(), "im.user.get", math.Inf(1), nil); err == nil {
		t.Error("parameters that are no JSON were sent")
	}
	for _, method := range []string{"", "../1/other/im.user.get", "im.user.get?auth=x", "im user", ".json"} {
		if err := c.Call(t.Context(), method, nil, nil); err == nil {
			t.Errorf("%q was called", method)
		}
	}
}

func TestUserAsksForOneID(t *testing.T) {
	c, last := recording(t, fixture(t, "im-user-get.current.json"))
	if _, err := c.User(t.Context(), 5); err != nil {
		t.Fatal(err)
	}
	if want := `{"AVATAR_HR":"Y","ID":5}`; last.Params != want {
		t.Errorf("sent %s, want %s", last.Params, want)
	}
}

// TestUserRefusesIDs: a portal would answer some of them with the caller, or with user 1.
func TestUserRefusesIDs(t *testing.T) {
	c, last := recording(t, fixture(t, "im-user-get.current.json"))
	for _, id := range []bitrix.UserID{0, -1, math.MinInt64} {
		_, err := c.User(t.Context(), id)
		if !errors.Is(err, bitrix.ErrIDEmpty) {
			t.Errorf("id %d: %v", id, err)
		}
	}
	if last.Method != "" {
		t.Error("the portal was called")
	}
}

// TestUserIsWhoWasAskedFor: anybody else's data is an error, not an answer.
func TestUserIsWhoWasAskedFor(t *testing.T) {
	for _, body := range []string{
		fixture(t, "im-user-get.current.json"), `{"result":null}`, `{"result":[]}`, `{"result":{"id":{}}}`, `{"result":"6"}`,
	} {
		user, err := answering(t, http.StatusOK, body).User(t.Context(), 6)
		failure, ok := errors.AsType[*bitrix.Error](err)
		if !ok || failure.Temporary() || !failure.MayHaveRun() {
			t.Errorf("%.30s: got %v, %v", body, user, err)
		}
	}
}

// TestBodyBeforeStatus: what the body says counts, whatever the status.
func TestBodyBeforeStatus(t *testing.T) {
	for _, row := range []struct {
		status int
		body   string
		code   bitrix.ErrorCode
		ok     bool
	}{
		{200, `{"error":"ACCESS_DENIED","error_description":"no"}`, bitrix.ErrAccessDenied, false},
		{200, `{"error":"access_denied","error_description":"no","argument":{"name":"id"}}`, bitrix.ErrAccessDenied, false},
		{200, `{"error":"","error_description":"no"}`, "", false},
		{200, `{"error":"ERROR_CORE","result":[]}`, bitrix.ErrCore, false},
		{400, `{"error":404}`, "404", false},
		{500, `{"result":true}`, "", true},
		{200, `{"result":null}`, "", true},
		{200, `{"result":false,"error":""}`, "", true},
		{200, `{"result":1,"error":null,"time":[]}`, "", true},
		{200, ``, "", false},
		{200, `[]`, "", false},
		{200, `"ok"`, "", false},
		{200, `{}`, "", false},
		{200, `{"result":1}<br>Warning: …`, "", false},
		{404, `<h1>404</h1>`, "", false},
	} {
		t.Run(row.body, func(t *testing.T) {
			err := answering(t, row.status, row.body).Call(t.Context(), "im.user.get", nil, nil)
			if (err == nil) != row.ok {
				t.Fatalf("got %v", err)
			}
			if !row.ok && !errors.Is(err, row.code) {
				t.Errorf("got %v, want code %q", err, row.code)
			}
		})
	}
}

func TestErrorTellsAll(t *testing.T) {
	err := answering(t, http.StatusBadRequest, `{"error":"USER_NOT_EXISTS","error_description":"User is not exists"}`).
		Call(t.Context(), "im.user.get", nil, nil)
	if want := "im.user.get: HTTP 400: USER_NOT_EXISTS: User is not exists"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if errors.Is(err, bitrix.ErrIDEmpty) || errors.Is(err, io.EOF) {
		t.Error("it is every error")
	}
}

func TestAnswerIsBounded(t *testing.T) {
	body := `{"result":"` + strings.Repeat("x", 5<<20) + `"}`
	err := answering(t, http.StatusOK, body).Call(t.Context(), "im.user.get", nil, nil)
	failure, ok := errors.AsType[*bitrix.Error](err)
	if !ok || !failure.MayHaveRun() || !strings.Contains(err.Error(), "4 MiB") {
		t.Errorf("got %v", err)
	}
}

// server is a portal with a real connection to it.
func server(t *testing.T, handler http.HandlerFunc) (*bitrix.Client, *httptest.Server) {
	t.Helper()
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	webhook, err := bitrix.ParseWebhook(s.URL + "/rest/1/" + canary + "/")
	if err != nil {
		t.Fatal(err)
	}
	return bitrix.NewClient(bitrix.ClientOptions{Webhook: webhook}), s
}

// TestConnectionsAreKept: ten calls, refused ones too, on one connection.
func TestConnectionsAreKept(t *testing.T) {
	var connections atomic.Int32
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadGateway)
		fmt.Fprint(w, strings.Repeat("<p>Bad gateway</p>", 1000))
	}))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	webhook, err := bitrix.ParseWebhook(s.URL + "/rest/1/" + canary + "/")
	if err != nil {
		t.Fatal(err)
	}
	c := bitrix.NewClient(bitrix.ClientOptions{Webhook: webhook})
	for range 10 {
		if err := c.Call(t.Context(), "im.user.get", nil, nil); err == nil {
			t.Fatal("a gateway's page is an answer")
		}
	}
	if n := connections.Load(); n != 1 {
		t.Errorf("%d connections", n)
	}
}

// TestConnectionLost: a portal that dies before it answers may have done what it was asked.
func TestConnectionLost(t *testing.T) {
	c, _ := server(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	meansAndHides(t, c.Call(t.Context(), "im.user.get", nil, nil), perhaps)
}

// TestBodyCut: so may one that dies within its answer.
func TestBodyCut(t *testing.T) {
	c, _ := server(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		fmt.Fprint(w, `{"result":`)
	})
	meansAndHides(t, c.Call(t.Context(), "im.user.get", nil, nil), perhaps)
}

// TestPortalAway: what never had a connection cannot have run.
func TestPortalAway(t *testing.T) {
	c, s := server(t, nil)
	s.Close()
	err := c.Call(t.Context(), "im.user.get", nil, nil)
	meansAndHides(t, err, certain)
	if !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("%v has lost its cause", err)
	}
	if _, whole := errors.AsType[*url.Error](err); whole {
		t.Errorf("%v keeps the address", err)
	}
}

func TestCallEndsWithItsContext(t *testing.T) {
	asked := make(chan struct{})
	c, _ := server(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then does a server notice that the client is gone
		close(asked)
		<-r.Context().Done()
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-asked
		cancel()
	}()
	err := c.Call(ctx, "im.user.get", nil, nil)
	meansAndHides(t, err, perhaps)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	meansAndHides(t, c.Call(ctx, "im.user.get", nil, nil), certain) // cancelled before it began
}

// TestCallHasADeadline of its own, where the caller has none.
func TestCallHasADeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := portalAt(t, "demo-portal.bitrix24.example", func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		began := time.Now()
		err := c.Call(context.Background(), "im.user.get", nil, nil)
		if took := time.Since(began); took != 30*time.Second || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v after %v", err, took)
		}
	})
}

// meansAndHides expects a temporary error without a secret, anywhere inside.
func meansAndHides(t *testing.T, err error, mayHaveRun bool) {
	t.Helper()
	failure, ok := errors.AsType[*bitrix.Error](err)
	if !ok {
		t.Fatalf("got %v, want *bitrix.Error", err)
	}
	if !failure.Temporary() || failure.MayHaveRun() != mayHaveRun {
		t.Errorf("%v: temporary %v, may have run %v", err, failure.Temporary(), failure.MayHaveRun())
	}
	hides(t, err)
}

func hides(t *testing.T, err error) {
	t.Helper()
	for ; err != nil; err = errors.Unwrap(err) {
		if text := fmt.Sprintf("%v %+v %#v %s", err, err, err, err.Error()); strings.Contains(text, canary) {
			t.Errorf("%T tells the secret: %s", err, text)
		}
	}
}

// TestErrorsHideTheToken: whatever repeats the request, and whatever the portal echoes.
func TestErrorsHideTheToken(t *testing.T) {
	for name, answer := range map[string]transport{
		"plain":   func(r *http.Request) (*http.Response, error) { return nil, errors.New("proxy refused " + told(r)) },
		"wrapped": func(r *http.Request) (*http.Response, error) { return nil, masking{errors.New(told(r))} },
		"joined": func(r *http.Request) (*http.Response, error) {
			return nil, fmt.Errorf("%w, %w", context.Canceled, &url.Error{Op: "Post", URL: told(r), Err: io.EOF})
		},
		"redirected": func(*http.Request) (*http.Response, error) {
			return response(http.StatusFound, "", "Location", "https://"+canary+".example/rest/1/"+canary), nil
		},
		"echoed": func(*http.Request) (*http.Response, error) {
			return response(401, `{"error":"`+canary+`","error_description":"no access `+canary+` of fake-bot-token"}`), nil
		},
		"paged": func(r *http.Request) (*http.Response, error) { return response(404, told(r)), nil },
	} {
		for kind, c := range withSecrets(t, answer) {
			t.Run(name+" "+kind, func(t *testing.T) {
				err := c.Call(t.Context(), "im.user.get", nil, nil)
				hidesAll(t, err)
				if name == "joined" && !errors.Is(err, context.Canceled) {
					t.Errorf("%v has lost its context", err)
				}
			})
		}
	}
}

// TestBatchErrorsHideTheToken: each call has an error of its own.
func TestBatchErrorsHideTheToken(t *testing.T) {
	for kind, c := range withSecrets(t, func(r *http.Request) (*http.Response, error) {
		body := `{"result":{"result_error":{"scope":{"error":"` + canary + `","error_description":"` + canary + ` of fake-bot-token"}}}}`
		return response(http.StatusOK, withKeysOf(t, r, body)), nil
	}) {
		t.Run(kind, func(t *testing.T) {
			results, err := c.Batch(t.Context(), []bitrix.BatchCall{{Method: "scope", Params: map[string]string{"named": "scope"}}})
			if err != nil {
				t.Fatal(err)
			}
			hidesAll(t, results[0].Err)
		})
	}
}

// withSecrets makes clients of both kinds whose secrets are canary and fake-bot-token.
func withSecrets(t *testing.T, answer transport) map[string]*bitrix.Client {
	t.Helper()
	k := newKeeper()
	k.token = canary
	return map[string]*bitrix.Client{
		"by webhook": portalAt(t, "demo-portal.bitrix24.example", answer),
		"by application": bitrix.NewClient(bitrix.ClientOptions{
			Tokens: k, BotToken: "fake-bot-token", HTTP: &http.Client{Transport: answer},
		}),
	}
}

// told is all that is in a request.
func told(r *http.Request) string {
	body, _ := io.ReadAll(r.Body)
	return r.URL.String() + string(body)
}

func hidesAll(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	hides(t, err)
	if strings.Contains(err.Error(), "fake-bot-token") {
		t.Errorf("%v tells the bot token", err)
	}
}

// masking says nothing itself and wraps what says too much.
type masking struct{ error }

func (masking) Error() string   { return "no route" }
func (m masking) Unwrap() error { return m.error }
