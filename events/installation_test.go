package events_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
)

const member = "fakemember0000000000000000000001" // in the captured bodies

// application is an Applications and the Senders of its portals.
type application struct {
	known  events.Senders
	verify func(context.Context) error // nil: everything is real

	mu        sync.Mutex
	installed []bitrix.Install
	left      []string
	offered   map[string]bitrix.Grant
	fails     error // nobody can be looked up
	keeps     error // nobody can leave
}

func (a *application) Sender(ctx context.Context, claimed bitrix.MemberID) (events.Sender, error) {
	if a.fails != nil || claimed != member {
		return events.Sender{}, a.fails
	}
	return a.known.Sender(ctx, claimed)
}

func (a *application) Install(ctx context.Context, i bitrix.Install) error {
	a.mu.Lock()
	a.installed = append(a.installed, i)
	a.mu.Unlock()
	if a.verify == nil {
		return nil
	}
	return a.verify(ctx)
}

func (a *application) Uninstall(_ context.Context, portal string, clean bool) error {
	if clean {
		portal += ", clean"
	}
	a.left = append(a.left, portal)
	return a.keeps
}

func (a *application) Offer(portal string, g bitrix.Grant) { a.offered[portal] = g }

// sighting is what an observer is told.
type sighting struct {
	Portal  string
	Kind    bitrix.Kind
	Outcome events.Outcome
}

// receiverOf is the receiver of an application that one portal, the captured one, has installed.
func receiverOf(a *application, seen *[]sighting) http.Handler {
	a.known, a.offered = events.OneSender{Portal: member, Token: token}, map[string]bitrix.Grant{}
	var mu sync.Mutex
	return events.NewReceiver(events.ReceiverOptions{
		Senders: a, Applications: a,
		Intake: events.Intake{BotCode: "whois_demo_bot", Store: &shelf{}, Observe: func(e events.Event, o events.Outcome) {
			mu.Lock()
			defer mu.Unlock()
			*seen = append(*seen, sighting{e.Portal, e.Kind, o})
		}},
	})
}

// TestPortalJoins posts the captured installation and update. What they say goes to the application, which proves it.
func TestPortalJoins(t *testing.T) {
	for file, kind := range map[string]bitrix.Kind{"app-install.form": bitrix.AppInstall, "app-update.form": bitrix.AppUpdate} {
		var seen []sighting
		a := &application{}
		w := post(receiverOf(a, &seen), form, body(t, file))
		if w.Code != http.StatusOK {
			t.Fatalf("%s: status %d: %s", file, w.Code, w.Body)
		}
		want := []bitrix.Install{{Member: member, Refresh: "fake-refresh-admin-0001", ApplicationToken: token, Language: "ru"}}
		if diff := cmp.Diff(want, a.installed); diff != "" {
			t.Errorf("%s: installed (-want +got):\n%s", file, diff)
		}
		if diff := cmp.Diff([]sighting{{member, kind, events.Stored}}, seen); diff != "" {
			t.Errorf("%s: observed (-want +got):\n%s", file, diff)
		}
	}
}

// TestPortalThatDoesNotJoin is told why, and nothing of what went on here.
func TestPortalThatDoesNotJoin(t *testing.T) {
	inside := errors.New("nats: no responders at 10.0.0.7")
	for name, c := range map[string]struct {
		err     error
		status  int
		outcome events.Outcome
	}{
		"forged":                {errors.Join(events.ErrForged, inside), http.StatusForbidden, events.Refused},
		"auth server is away":   {inside, http.StatusServiceUnavailable, events.Failed},
		"it cannot be stored":   {inside, http.StatusServiceUnavailable, events.Failed},
		"verified for too long": {context.DeadlineExceeded, http.StatusServiceUnavailable, events.Failed},
	} {
		t.Run(name, func(t *testing.T) {
			var seen []sighting
			a := &application{verify: func(context.Context) error { return c.err }}
			w := post(receiverOf(a, &seen), form, body(t, "app-install.form"))
			if w.Code != c.status || strings.Contains(w.Body.String(), c.err.Error()) {
				t.Errorf("answer is %d %s", w.Code, w.Body)
			}
			if later := w.Header().Get("Retry-After") != ""; later != (c.status == http.StatusServiceUnavailable) {
				t.Errorf("told to come again: %v", later)
			}
			if diff := cmp.Diff([]sighting{{"", bitrix.AppInstall, c.outcome}}, seen); diff != "" {
				t.Errorf("observed (-want +got):\n%s", diff)
			}
		})
	}
}

// TestNobodyIsAskedAboutNonsense: the authorization server is not called for what cannot be an installation.
func TestNobodyIsAskedAboutNonsense(t *testing.T) {
	captured := body(t, "app-install.form")
	const refresh = "fake-refresh-admin-0001"
	for name, hostile := range map[string]string{
		"no member":                    strings.Replace(captured, member, "", 1),
		"a member of 65 characters":    strings.Replace(captured, member, strings.Repeat("a", 65), 1),
		"a member that is a path":      strings.Replace(captured, member, "..%2F..%2Fx", 1),
		"no refresh token":             strings.Replace(captured, refresh, "", 1),
		"a refresh token of 600 bytes": strings.Replace(captured, refresh, strings.Repeat("a", 600), 1),
		"no application token":         strings.Replace(captured, token, "", 1),
		"a long application token":     strings.Replace(captured, token, strings.Repeat("a", 600), 1),
		"nothing else":                 "event=ONAPPINSTALL",
	} {
		t.Run(name, func(t *testing.T) {
			var seen []sighting
			a := &application{}
			w := post(receiverOf(a, &seen), form, hostile)
			if w.Code != http.StatusForbidden || len(a.installed) > 0 {
				t.Errorf("status %d, and %d were verified", w.Code, len(a.installed))
			}
		})
	}
}

// TestFloodOfInstallations has a stranger post 100 at once while the authorization server is slow: few are verified at a time,
// and who would wait for long is sent away.
func TestFloodOfInstallations(t *testing.T) {
	const posted, inside, waiting = 100, 4, 64
	synctest.Test(t, func(t *testing.T) {
		var seen []sighting
		done := make(chan struct{})
		a := &application{verify: func(context.Context) error { <-done; return nil }}
		h := receiverOf(a, &seen)
		captured := body(t, "app-install.form")
		answers := make(chan int, posted)
		for range posted {
			go func() { answers <- post(h, form, captured).Code }()
		}
		answered := func(why string, wantAnswers, wantStatus, wantInside int) {
			t.Helper()
			synctest.Wait()
			if len(answers) != wantAnswers || len(a.installed) != wantInside {
				t.Errorf("%s: %d are answered and %d verified, want %d and %d",
					why, len(answers), len(a.installed), wantAnswers, wantInside)
			}
			for range len(answers) {
				if got := <-answers; got != wantStatus {
					t.Errorf("%s: status %d, want %d", why, got, wantStatus)
				}
			}
		}
		answered("at once", posted-inside-waiting, http.StatusServiceUnavailable, inside)
		time.Sleep(6 * time.Second)
		answered("after a while", waiting, http.StatusServiceUnavailable, inside)
		close(done)
		answered("in the end", inside, http.StatusOK, inside)
		if w := post(h, form, captured); w.Code != http.StatusOK {
			t.Errorf("when the flood is over: status %d", w.Code)
		}
	})
}

// TestVerificationIsFinished: a refresh token is used up by it, so a sender that hangs up must not stop it half-way.
func TestVerificationIsFinished(t *testing.T) {
	var seen []sighting
	ctx, hangUp := context.WithCancel(t.Context())
	a := &application{verify: func(verifying context.Context) error {
		hangUp()
		if _, ends := verifying.Deadline(); !ends {
			t.Error("it may take for ever")
		}
		return verifying.Err()
	}}
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, events.Path, strings.NewReader(body(t, "app-install.form")))
	r.Header.Set("Content-Type", form)
	w := httptest.NewRecorder()
	if receiverOf(a, &seen).ServeHTTP(w, r); w.Code != http.StatusOK {
		t.Errorf("status %d", w.Code)
	}
}

func TestPortalLeaves(t *testing.T) {
	captured := body(t, "app-uninstall.form")
	for name, c := range map[string]struct {
		body    string
		status  int
		left    []string
		outcome sighting
	}{
		"with its data": {
			captured, 200, []string{member + ", clean"}, sighting{member, bitrix.AppUninstall, events.Stored},
		},
		"and keeps its data": {
			strings.Replace(captured, "CLEAN%5D=1", "CLEAN%5D=0", 1), 200,
			[]string{member},
			sighting{member, bitrix.AppUninstall, events.Stored},
		},
		"says a stranger": {
			strings.Replace(captured, token, "fakeapptoken00000000000000000002", 1), 403, nil, sighting{Outcome: events.Refused},
		},
		"of which nobody knows": {
			strings.Replace(captured, member, "fakemember0000000000000000000002", 1), 403, nil, sighting{Outcome: events.Refused},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var seen []sighting
			a := &application{}
			if w := post(receiverOf(a, &seen), form, c.body); w.Code != c.status {
				t.Errorf("status %d, want %d", w.Code, c.status)
			}
			if diff := cmp.Diff(c.left, a.left); diff != "" {
				t.Errorf("left (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]sighting{c.outcome}, seen); diff != "" {
				t.Errorf("observed (-want +got):\n%s", diff)
			}
		})
	}
}

// TestPortalThatCannotLeave is told to come again, and the observer that it failed.
func TestPortalThatCannotLeave(t *testing.T) {
	var seen []sighting
	w := post(receiverOf(&application{keeps: errors.New("nats: no responders")}, &seen), form, body(t, "app-uninstall.form"))
	if w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), "nats") {
		t.Errorf("answer is %d %s", w.Code, w.Body)
	}
	if diff := cmp.Diff([]sighting{{member, bitrix.AppUninstall, events.Failed}}, seen); diff != "" {
		t.Errorf("observed (-want +got):\n%s", diff)
	}
}

// TestTokensThatComeAlong are offered to the application, if the form is from the portal.
func TestTokensThatComeAlong(t *testing.T) {
	for file, want := range map[string]bitrix.Secret{
		"v2-command-add-private.form":      "fake-refresh-bot-0001",
		"v1-command-add-private.form":      "fake-refresh-bot456-0001",
		"app-test.form":                    "",
		"x-wrong-application-token.form":   "",
		"v2-message-add-webhook-auth.form": "",
	} {
		var seen []sighting
		a := &application{}
		post(receiverOf(a, &seen), form, body(t, file))
		if got := a.offered[member].Refresh; got != want {
			t.Errorf("%s: offered is %q, want %q", file, got.Reveal(), want.Reveal())
		}
	}
}

// TestApplicationThatIsAway cannot say whose the events are. Bitrix24 does not send them again; but they are not refused.
func TestApplicationThatIsAway(t *testing.T) {
	for _, file := range []string{"v2-command-add-private.form", "app-uninstall.form"} {
		var seen []sighting
		a := &application{fails: errors.New("nats: no responders at 10.0.0.7")}
		w := post(receiverOf(a, &seen), form, body(t, file))
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || strings.Contains(w.Body.String(), "nats") {
			t.Errorf("%s: answer is %d %s", file, w.Code, w.Body)
		}
	}
}

// TestWithoutAnApplication nobody installs anything: such forms are like all others.
func TestWithoutAnApplication(t *testing.T) {
	for _, file := range []string{"app-install.form", "app-uninstall.form"} {
		if w := post(newReceiver(&shelf{}, token), form, body(t, file)); w.Code != http.StatusOK {
			t.Errorf("%s: status %d, want 200", file, w.Code)
		}
		if w := post(newReceiver(&shelf{}, "another token"), form, body(t, file)); w.Code != http.StatusForbidden {
			t.Errorf("%s: status %d with a wrong token, want 403", file, w.Code)
		}
	}
}
