package portal_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix/portal"
)

// at asks the portal under some address and returns the status and the new address.
func at(p *portal.Portal, address string) (status int, location string) {
	r := httptest.NewRequest("POST", address, strings.NewReader(`{"ID":5}`))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	return w.Code, w.Header().Get("Location")
}

func TestRenamedPortalSendsOn(t *testing.T) {
	p := newPortal(t)
	old := p.WebhookURL() + "im.user.get?a=b"
	p.Rename("http://new.example:8080/")
	if !strings.HasPrefix(p.WebhookURL(), "http://new.example:8080/rest/1/") {
		t.Errorf("the webhook is at %s", p.WebhookURL())
	}
	status, location := at(p, old)
	if status != 302 || location != p.WebhookURL()+"im.user.get?a=b" {
		t.Errorf("got %d %s", status, location)
	}
	if status, _ := at(p, location); status != 200 {
		t.Errorf("at the new address: %d", status)
	}
	if status, _ := at(p, "http://192.0.2.1/rest/server.time"); status != 401 {
		t.Errorf("under a name it never had: %d", status)
	}
	if calls := p.Calls(); calls[0].Status != 302 || calls[0].Method != "im.user.get" || calls[1].Status != 200 {
		t.Errorf("calls: %+v", calls)
	}
}

func TestRenamedTwiceAndBack(t *testing.T) {
	p := newPortal(t)
	first := p.WebhookURL()
	p.Rename("http://second.example")
	second := p.WebhookURL()
	p.Rename("http://third.example")
	for _, old := range []string{first, second} {
		if _, location := at(p, old+"server.time"); location != p.WebhookURL()+"server.time" {
			t.Errorf("from %s to %s", old, location)
		}
	}
	p.Rename("http://portal.example")
	if status, _ := at(p, first+"server.time"); status != 200 {
		t.Errorf("at the first address again: %d", status)
	}
}

func TestTokensAndEventsNameTheNewAddress(t *testing.T) {
	a := newAuth()
	p, s := newPortal(t, withAuth(a)), newSink(t)
	g := install(t, p, s)
	newAppBot(t, p, s, g.Access)
	member := p.MemberID()
	p.Rename("http://new.example")
	say(t, p, anna, botChat, "/whois 5")
	form := readGrant(t, s.last(t, p)).form
	for key, want := range map[string]string{
		"auth[domain]":                     "new.example",
		"auth[client_endpoint]":            "http://new.example/rest/",
		"data[bot][auth][client_endpoint]": "http://new.example/rest/",
		"auth[member_id]":                  string(member),
	} {
		if got := form.Get(key); got != want {
			t.Errorf("%s is %s, want %s", key, got, want)
		}
	}
	if e := renew(t, a, g.Refresh); !strings.Contains(e.Raw, `"client_endpoint":"http:\/\/new.example\/rest\/"`) {
		t.Errorf("got %s", e.Raw)
	}
	if got := callApp(t, p, g.Access, "profile", nil); got.Error != "" {
		t.Errorf("tokens from before: %s", got.Raw)
	}
}
