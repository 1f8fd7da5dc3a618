package events_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
)

const (
	form  = "application/x-www-form-urlencoded"
	token = "fakeapptoken00000000000000000001" // in the captured bodies
)

// shelf is a Store in memory.
type shelf struct {
	stored []events.Event
	fails  error
}

func (s *shelf) Append(_ context.Context, list []events.Event) error {
	if s.fails != nil {
		return s.fails
	}
	s.stored = append(s.stored, list...)
	return nil
}

func newReceiver(store events.Store, token bitrix.Secret) http.Handler {
	return events.NewReceiver(events.ReceiverOptions{
		Senders: events.OneSender{Portal: "demo-portal.bitrix24.example", Token: token},
		Intake:  events.Intake{BotCode: "whois_demo_bot", Store: store},
	})
}

func post(h http.Handler, contentType, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, events.Path, strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

type capture struct {
	File, Event, Expect, Note string
}

func captures(t *testing.T) []capture {
	t.Helper()
	data, err := os.ReadFile("../bitrix/testdata/events/index.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []capture
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func body(t testing.TB, file string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../bitrix/testdata/events", file))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestCapturedEvents posts every captured body: what is not the portal's is refused, and the questions among the
// rest are stored.
func TestCapturedEvents(t *testing.T) {
	const portalWithWebhook = "v2-message-add-webhook-auth.form" // a bot of an incoming webhook: its token is made up
	questions := []string{
		"MESSAGEADD", "COMMANDADD",
		"JOINCHAT",                       // who opens a chat is greeted
		"MESSAGEUPDATE", "MESSAGEDELETE", // the answer follows
	}
	quiet := []string{ // nothing to answer in these
		"v2-message-add-file-only.form", "v2-message-add-no-user.form", "v2-message-add-own-bot.form", "x-unknown-bot.form",
		"x-foreign-event.form",
	}
	for _, c := range captures(t) {
		t.Run(c.File, func(t *testing.T) {
			store := &shelf{}
			expected := bitrix.Secret(token)
			if c.File == portalWithWebhook {
				expected = "customfake-bot-token-0001"
			}
			w := post(newReceiver(store, expected), form, body(t, c.File))
			want := http.StatusOK
			if c.Expect == "reject" {
				want = http.StatusForbidden
			}
			if w.Code != want {
				t.Fatalf("status %d, want %d: %s (%s)", w.Code, want, w.Body, c.Note)
			}
			asks := containsAny(c.Event, questions) && !containsAny(c.File, quiet) && want == http.StatusOK
			if asks != (len(store.stored) > 0) {
				t.Errorf("stored %d events, want a question stored: %v (%s)", len(store.stored), asks, c.Note)
			}
		})
	}
}

func containsAny(s string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

func TestStoredEventsCarryNoSecrets(t *testing.T) {
	for _, c := range captures(t) {
		store := &shelf{}
		post(newReceiver(store, token), form, body(t, c.File))
		for _, e := range store.stored {
			data, err := e.Encode()
			if err != nil {
				t.Fatal(err)
			}
			for _, secret := range []string{"fake-access", "fake-refresh", "fakeapptoken", "fake-bot-token", "local.fake"} {
				if strings.Contains(string(data), secret) {
					t.Errorf("%s: %q is stored in %s", c.File, secret, data)
				}
			}
		}
	}
}

func TestEncodedEventIsReadBackWhole(t *testing.T) {
	store := &shelf{}
	post(newReceiver(store, token), form, body(t, "v2-command-add-keyboard.form"))
	data, err := store.stored[0].Encode()
	if err != nil {
		t.Fatal(err)
	}
	got, err := events.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(store.stored[0], got); diff != "" {
		t.Errorf("decoded (-want +got):\n%s", diff)
	}
}

// TestRefusals is what a stranger or a mistaken sender gets.
func TestRefusals(t *testing.T) {
	good := "event=ONAPPTEST&auth[application_token]=" + token
	for name, c := range map[string]struct {
		contentType, body string
		want              int
	}{
		"an event":                  {form, good, 200},
		"with a charset":            {form + "; charset=UTF-8", good, 200},
		"no token":                  {form, "event=ONAPPTEST", 403},
		"empty token":               {form, "event=ONAPPTEST&auth[application_token]=", 403},
		"wrong token":               {form, "event=ONAPPTEST&auth[application_token]=x", 403},
		"wrong token and no event":  {form, "auth[application_token]=x", 403},
		"only an inner token":       {form, "event=ONAPPTEST&data[bot][auth][application_token]=" + token, 403},
		"no event":                  {form, "auth[application_token]=" + token, 400},
		"nothing of an event":       {form, "hello=world", 400},
		"empty":                     {form, "", 400},
		"100,000 keys":              {form, good + strings.Repeat("&a=1", 100_000), 400},
		"10,000 levels":             {form, good + "&data" + strings.Repeat("[x]", 10_000) + "=1", 400},
		"broken percent-encoding":   {form, good + "&a=%zz", 400},
		"not UTF-8":                 {form, good + "&a=%ff", 400},
		"JSON":                      {"application/json", `{"event":"ONAPPTEST"}`, 415},
		"multipart":                 {"multipart/form-data; boundary=x", "--x--", 415},
		"no type":                   {"", good, 415},
		"over 1 MiB":                {form, good + "&a=" + strings.Repeat("x", 1<<20), 413},
		"a megabyte of percents":    {form, strings.Repeat("%", 1<<20-1), 400},
		"a megabyte of ampersands":  {form, strings.Repeat("&", 1<<20-1), 400},
		"a megabyte of one bracket": {form, strings.Repeat("[", 1<<20-1), 400},
	} {
		t.Run(name, func(t *testing.T) {
			store := &shelf{}
			w := post(newReceiver(store, token), c.contentType, c.body)
			if w.Code != c.want {
				t.Errorf("status %d, want %d: %s", w.Code, c.want, w.Body)
			}
			if len(store.stored) > 0 {
				t.Errorf("stored %v", store.stored)
			}
		})
	}
}

func TestReceiverWithoutATokenTrustsNobody(t *testing.T) {
	w := post(newReceiver(&shelf{}, ""), form, "event=ONAPPTEST&auth[application_token]=")
	if w.Code != http.StatusForbidden {
		t.Errorf("status %d, want 403", w.Code)
	}
}

func TestOnlyPostIsAccepted(t *testing.T) {
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPut, http.MethodDelete} {
		w := httptest.NewRecorder()
		newReceiver(&shelf{}, token).ServeHTTP(w, httptest.NewRequest(method, events.Path, http.NoBody))
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != http.MethodPost {
			t.Errorf("%s: status %d, Allow %q", method, w.Code, w.Header().Get("Allow"))
		}
	}
}

func TestNotStoredIsToldWith503(t *testing.T) {
	store := &shelf{fails: errors.New("disk is full at /var/lib")}
	w := post(newReceiver(store, token), form, body(t, "v2-command-add-private.form"))
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
		t.Errorf("status %d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
	if answer, _ := io.ReadAll(w.Body); strings.Contains(string(answer), "/var/lib") {
		t.Errorf("the sender is told about our disk: %s", answer)
	}
}

func TestObserverSeesEveryOutcome(t *testing.T) {
	got := map[events.Outcome]int{}
	store := &shelf{}
	h := events.NewReceiver(events.ReceiverOptions{
		Senders: events.OneSender{Portal: "p", Token: token},
		Intake: events.Intake{
			BotCode: "whois_demo_bot", Store: store,
			Observe: func(_ events.Event, o events.Outcome) { got[o]++ },
		},
	})
	post(h, form, body(t, "v1-command-add-two-commands.form"))
	post(h, form, body(t, "x-unknown-bot.form"))
	post(h, form, body(t, "x-wrong-application-token.form"))
	store.fails = errors.New("away")
	post(h, form, body(t, "v2-command-add-private.form"))
	want := map[events.Outcome]int{events.Stored: 2, events.Ignored: 1, events.Refused: 1, events.Failed: 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
}

// BenchmarkRefusal is what a megabyte from a stranger costs.
func BenchmarkRefusal(b *testing.B) {
	h := newReceiver(&shelf{}, token)
	hostile := "event=x&" + strings.Repeat("data[a][b]=%D1%91&", 58_000)
	for b.Loop() {
		post(h, form, hostile)
	}
}
