package bitrix_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// emulated is an emulated portal without a network, 25 ms away, and a client of it. Call it inside a bubble.
func emulated(t *testing.T, o portal.Options) (*portal.Portal, *bitrix.Client) {
	t.Helper()
	o.BaseURL = "https://portal.example"
	p := portal.New(o)
	t.Cleanup(p.Close)
	webhook, err := bitrix.ParseWebhook(p.WebhookURL())
	if err != nil {
		t.Fatal(err)
	}
	return p, bitrix.NewClient(bitrix.ClientOptions{
		API:     bitrix.APIv2,
		Webhook: webhook,
		HTTP:    &http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) { return serve(p, r) })},
	})
}

// serve answers a request by p, whose handler panics where a portal breaks the connection.
func serve(p *portal.Portal, r *http.Request) (resp *http.Response, err error) {
	defer func() {
		if recover() != nil {
			resp, err = nil, io.ErrUnexpectedEOF
		}
	}()
	if err := pass(r, 25*time.Millisecond); err != nil {
		return nil, err
	}
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	return w.Result(), nil
}

// helper registers a bot.
func helper(t *testing.T, c *bitrix.Client) bitrix.BotID {
	t.Helper()
	bot, err := c.RegisterBot(t.Context(), bitrix.BotFields{Code: "helper", Name: "Helper", EventMode: bitrix.EventsFetched})
	if err != nil {
		t.Fatal(err)
	}
	return bot.ID
}

// ends makes a call whose error is kept.
func ends[T any](err *error, call func() (T, error)) func() {
	return func() { _, *err = call() }
}

// TestFailuresApart: in one batch, each caller learns of its own call only.
func TestFailuresApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := emulated(t, portal.Options{})
		bot := helper(t, c)
		user := func(id bitrix.UserID) func() (bitrix.User, error) {
			return func() (bitrix.User, error) { return c.User(t.Context(), id) }
		}
		send := func(dialog bitrix.DialogID, text string) func() (bitrix.MessageID, error) {
			return func() (bitrix.MessageID, error) {
				return c.SendMessage(t.Context(), bitrix.Message{Bot: bot, Dialog: dialog, Text: text})
			}
		}
		var out, known, unknown, sent, outside, empty, answered error
		calls(
			ends(&out, user(7)), ends(&known, user(5)), ends(&unknown, user(7777)), ends(&sent, send("7", "!")),
			ends(&outside, send("chat142", "!")), ends(&empty, send("5", " ")),
			func() {
				answered = c.AnswerCommand(t.Context(), bitrix.CommandAnswer{Bot: bot, Command: 1, MessageID: 1, Text: "!"})
			},
		)
		for _, row := range []struct {
			err    error
			code   bitrix.ErrorCode // "": no error
			method string
		}{
			{out, "", ""},
			{known, "", ""},
			{unknown, bitrix.ErrUserNotExists, "im.user.list.get"},
			{sent, "", ""},
			{outside, bitrix.ErrAccessDenied, "imbot.v2.Chat.Message.send"},
			{empty, bitrix.ErrEmptyMessage, "imbot.v2.Chat.Message.send"},
			{answered, bitrix.ErrCommandNotFound, "imbot.v2.Command.answer"},
		} {
			if row.code == "" {
				if row.err != nil {
					t.Error(row.err)
				}
				continue
			}
			failure, ok := errors.AsType[*bitrix.Error](row.err)
			if !ok || !errors.Is(failure, row.code) || failure.Method != row.method || failure.Temporary() || failure.MayHaveRun() {
				t.Errorf("got %v, want %s of %s", row.err, row.code, row.method)
			}
		}
		if n := len(p.Calls()); n != 3 {
			t.Errorf("%d requests", n)
		}
	})
}

// TestBatchCut: the portal dies after it has done everything, and everybody is told that it may have.
func TestBatchCut(t *testing.T) {
	for name, kind := range map[string]portal.FaultKind{
		"connection lost": portal.ResetAfter, "answer cut": portal.Truncated, "page of PHP's": portal.InvalidJSON,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, c := emulated(t, portal.Options{})
				bot := helper(t, c)
				p.Fail(portal.Fault{Method: "imbot.v2.Chat.Message.send", Kind: kind, Times: 1})
				failing := func(dialog bitrix.DialogID) func() {
					return func() {
						_, err := c.SendMessage(t.Context(), bitrix.Message{Bot: bot, Dialog: dialog, Text: "!"})
						meansAndHides(t, err, perhaps)
						if e, ok := errors.AsType[*bitrix.Error](err); !ok || e.Method != "imbot.v2.Chat.Message.send" {
							t.Errorf("got %v", err)
						}
						if n := len(p.Messages(bitrix.UserID(bot), dialog)); n != 1 {
							t.Errorf("%d messages in dialog %s", n, dialog)
						}
					}
				}
				calls(func() {
					if _, err := c.User(t.Context(), 5); err != nil {
						t.Error(err)
					}
				}, failing("5"), failing("7"))
				if n := len(p.Calls()); n != 3 {
					t.Errorf("%d requests: something was repeated", n)
				}
			})
		})
	}
}

// TestWholeBatchFails: each caller is told what this means for its call, and none is made again.
func TestWholeBatchFails(t *testing.T) {
	fails := func(status int, body string) func() (*http.Response, error) {
		return func() (*http.Response, error) { return response(status, body), nil }
	}
	for _, row := range []struct {
		name                  string
		batch                 func() (*http.Response, error)
		temporary, mayHaveRun bool
	}{
		{"gateway", fails(502, "<h1>Bad gateway</h1>"), again, perhaps},
		{"away for work", fails(503, "<h1>Back soon</h1>"), again, perhaps},
		{"crash", fails(500, `{"error":"INTERNAL_SERVER_ERROR"}`), again, perhaps},
		{"revoked webhook", fails(401, `{"error":"INVALID_CREDENTIALS"}`), final, certain},
		{"auth server away", fails(401, `{"error":"CONNECTION_ERROR"}`), again, certain},
		{"no sections", fails(200, `{"result":true}`), final, perhaps},
		{"empty sections", fails(200, `{"result":{"result":[],"result_error":[]}}`), again, perhaps},
		{"broken", func() (*http.Response, error) { return nil, io.ErrUnexpectedEOF }, again, perhaps},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, c := newCrowd(t)
				p.whole = func(methods []string) (*http.Response, error) {
					if len(methods) == 1 {
						return nil, nil
					}
					return row.batch()
				}
				var sending, answering error
				calls(ask(t, c, 1), ends(&sending, func() (bitrix.MessageID, error) {
					return c.SendMessage(t.Context(), bitrix.Message{Dialog: "7", Text: "!"})
				}), func() { answering = c.AnswerCommand(t.Context(), bitrix.CommandAnswer{Text: "!"}) })
				for method, err := range map[string]error{
					"imbot.v2.Chat.Message.send": sending, "imbot.v2.Command.answer": answering,
				} {
					e, ok := errors.AsType[*bitrix.Error](err)
					if !ok || e.Method != method || e.Temporary() != row.temporary || e.MayHaveRun() != row.mayHaveRun {
						t.Errorf("%s: got %v", method, err)
					}
				}
				if sending == answering {
					t.Error("both got the same error")
				}
				if len(p.requests) != 2 {
					t.Errorf("%d requests", len(p.requests))
				}
			})
		})
	}
}

// TestBatchNeverSent: without a connection nobody's call can have run.
func TestBatchNeverSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := portalAt(t, "demo-portal.bitrix24.example", func(r *http.Request) (*http.Response, error) {
			httptrace.ContextClientTrace(r.Context()).GetConn("demo-portal.bitrix24.example:443")
			return nil, errors.Join(pass(r, time.Second), errors.New("no route"))
		})
		failing := func(dialog bitrix.DialogID) func() {
			return func() {
				_, err := c.SendMessage(t.Context(), bitrix.Message{Dialog: dialog, Text: "!"})
				meansAndHides(t, err, certain)
			}
		}
		calls(failing("1"), failing("2"), failing("3"))
	})
}

// TestBatchRunsInOrder: as the calls came, also beyond the ninth.
func TestBatchRunsInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newCrowd(t)
		all, want := []func(){ask(t, c, 1)}, []string{}
		for i := range 30 {
			text := string(rune('a' + i))
			all, want = append(all, say(t, c, "7", text)), append(want, text)
		}
		calls(all...)
		if diff := cmp.Diff(want, p.posted["7"]); diff != "" || len(p.requests) != 2 {
			t.Errorf("%d requests, %s", len(p.requests), diff)
		}
	})
}
