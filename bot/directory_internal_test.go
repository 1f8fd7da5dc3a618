package bot

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// office is a bot that reads who works on one emulated portal, by the clock of synctest.
type office struct {
	*portal.Portal
	served *Portal
	bot    *Bot
	log    bytes.Buffer // to be read after synctest.Wait
	end    func()

	requests atomic.Int64
}

// reading begins one. The first reading has ended when it returns.
func reading(t *testing.T) *office {
	t.Helper()
	o := &office{Portal: portal.New(portal.Options{BaseURL: "https://office.example"})}
	webhook, err := bitrix.ParseWebhook(o.WebhookURL())
	if err != nil {
		t.Fatal(err)
	}
	o.served = &Portal{Name: "office.example", Client: bitrix.NewClient(bitrix.ClientOptions{
		Webhook: webhook, HTTP: &http.Client{Transport: roundTrip(o.answer)},
	})}
	o.bot = &Bot{Portals: NewPortals(o.served)}
	o.bot.setDefaults()
	ctx, cancel := context.WithCancel(zerolog.New(&o.log).WithContext(t.Context()))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = o.bot.readStaff(ctx)
	}()
	o.end = func() {
		cancel()
		<-ended
		o.Close()
	}
	o.pass(time.Minute / 2)
	return o
}

// pass lets time pass, and what it brings.
func (o *office) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// known is how many people the commands know of.
func (o *office) known() int {
	if staff := o.served.staff.Load(); staff != nil {
		return len(staff.People)
	}
	return 0
}

// roundTrip stands for the network.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func (o *office) answer(r *http.Request) (*http.Response, error) {
	o.requests.Add(1)
	w := httptest.NewRecorder()
	o.ServeHTTP(w, r)
	return w.Result(), nil
}

// TestStaffIsReadHourly: whoever is hired is known within the hour.
func TestStaffIsReadHourly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := reading(t)
		defer o.end()
		before := o.known()
		if before < 20 || !strings.Contains(o.log.String(), "the bot knows who works on this portal") {
			t.Fatalf("%d people known, %s", before, &o.log)
		}
		o.Hire(portal.Person{First: "Яна", Active: true, Departments: []int64{20}})
		for hour := range 3 {
			requests := o.requests.Load()
			o.pass(readEvery)
			if n := o.requests.Load() - requests; o.known() != before+1 || n < 3 || n > 6 {
				t.Errorf("hour %d: %d people known, was %d, after %d requests", hour, o.known(), before, n)
			}
		}
		if n := strings.Count(o.log.String(), "\n"); n != 1 {
			t.Errorf("%d lines for what does not change: %s", n, &o.log)
		}
	})
}

// TestStaffStaysWhileThePortalFails, and is read again as soon as that works, ever less often until then.
func TestStaffStaysWhileThePortalFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := reading(t)
		defer o.end()
		before, requests := o.known(), o.requests.Load()
		o.Fail(portal.Fault{Method: "im.department.employees.get", Kind: portal.Error500})
		o.pass(8 * time.Hour)
		if n := o.requests.Load() - requests; o.known() != before || o.served.untold.Load() || n < 10 || n > 20 {
			t.Errorf("%d people known, was %d, after %d requests", o.known(), before, n)
		}
		o.Recover()
		o.pass(readEvery)
		lines := strings.Split(strings.TrimSpace(o.log.String()), "\n")
		if len(lines) != 3 || !strings.Contains(lines[1], "it is tried again") || !strings.Contains(lines[2], "the bot knows") {
			t.Errorf("%s", &o.log)
		}
	})
}

// TestStaffUntold: what a portal does not tell any more is not known any more.
func TestStaffUntold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := reading(t)
		defer o.end()
		o.Fail(portal.Fault{Method: "im.department.employees.get", Kind: portal.Refused, Status: 403, Code: "ACCESS_ERROR"})
		o.pass(3 * readEvery)
		lines := strings.Split(strings.TrimSpace(o.log.String()), "\n")
		if o.known() != 0 || !o.served.untold.Load() || len(lines) != 2 || !strings.Contains(lines[1], "the portal does not tell who works there") {
			t.Errorf("%d people known, %s", o.known(), &o.log)
		}
		o.Recover()
		o.Fail(portal.Fault{Method: "im.department.employees.get", Kind: portal.Error500})
		if o.pass(2 * readEvery); o.known() != 0 || !o.served.untold.Load() {
			t.Errorf("a portal that fails is taken for one that will tell")
		}
	})
}

// TestStaffOfAPortalThatLeaves is not read any more.
func TestStaffOfAPortalThatLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := reading(t)
		defer o.end()
		o.bot.Portals.Remove(o.served.Name)
		requests := o.requests.Load()
		o.pass(3 * readEvery)
		if n := o.requests.Load() - requests; n != 0 {
			t.Errorf("%d requests", n)
		}
	})
}
