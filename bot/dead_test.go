package bot_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
	"github.com/whois24/whois24/events/stream"
)

// refuseReplies makes the portal refuse replies for good.
func (o *office) refuseReplies() {
	o.Fail(portal.Fault{Method: "imbot.v2.Chat.Message.send", Kind: portal.Refused, Code: string(bitrix.ErrBotNotFound)})
}

// ask says a line and waits until n events are dead.
func (o *office) ask(t *testing.T, line string, n int) (bitrix.MessageID, []stream.Dead) {
	t.Helper()
	asked, err := o.Say(anna, o.private(), line)
	if err != nil {
		t.Fatal(err)
	}
	return asked, o.dead(t, n)
}

// dead asks until n events are dead.
func (o *office) dead(t *testing.T, n int) []stream.Dead {
	t.Helper()
	for started := time.Now(); ; {
		status, text := o.request(t, http.MethodGet, "/dead", nil)
		var list []stream.Dead
		if err := json.Unmarshal([]byte(text), &list); err != nil || status != http.StatusOK {
			t.Fatalf("GET /dead: %d %s, %v", status, text, err)
		}
		if len(list) == n {
			return list
		}
		if time.Since(started) > 10*time.Second {
			t.Fatalf("want %d dead events, got %s", n, text)
		}
	}
}

// request asks the admin port; a header named Host stands for the host.
func (o *office) request(t *testing.T, method, path string, header map[string]string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, o.admin+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	r.Host = r.Header.Get("Host")
	return send(t, r)
}

func TestDeadEventIsShownAndAnsweredAfterAReplay(t *testing.T) {
	o := open(t, portal.Options{})
	o.refuseReplies()
	asked, list := o.ask(t, "/whois 5", 1)
	d := list[0]
	wantParts(t, d.Reason, "BOT_NOT_FOUND")
	if d.Event.User.ID != anna || d.Event.Command.Params != "5" || d.Attempts != 1 || d.Stored.IsZero() || d.Buried.IsZero() {
		t.Errorf("listed is %+v", d)
	}
	path := fmt.Sprintf("/dead/%d", d.ID)
	status, text := o.request(t, http.MethodGet, path, nil)
	wantParts(t, text, "BOT_NOT_FOUND", `"params":"5"`)
	if status != http.StatusOK {
		t.Errorf("GET %s: %d", path, status)
	}
	o.Recover()
	if status, text := o.request(t, http.MethodPost, path+"/replay", nil); status != http.StatusNoContent {
		t.Errorf("replay: %d %s", status, text)
	}
	wantParts(t, portaltest.Reply(t, o.Portal, anna, o.private(), asked).Text, "Евгений Шеленков")
	o.dead(t, 0)
}

func TestDeadEventIsDropped(t *testing.T) {
	o := open(t, portal.Options{})
	o.refuseReplies()
	o.ask(t, "/whois 5", 1)
	_, list := o.ask(t, "/whois 7", 2)
	if status, text := o.request(t, http.MethodDelete, fmt.Sprintf("/dead/%d", list[0].ID), nil); status != http.StatusNoContent {
		t.Errorf("drop: %d %s", status, text)
	}
	if left := o.dead(t, 1); left[0].ID != list[1].ID {
		t.Errorf("%d is left, want %d", left[0].ID, list[1].ID)
	}
}

func TestDeadEventsComeInPages(t *testing.T) {
	o := open(t, portal.Options{})
	o.refuseReplies()
	for n := 1; n <= 3; n++ {
		o.ask(t, fmt.Sprint("/whois ", n), n)
	}
	list := o.dead(t, 3)
	_, text := o.request(t, http.MethodGet, fmt.Sprintf("/dead?limit=1&after=%d", list[0].ID), nil)
	var page []stream.Dead
	if err := json.Unmarshal([]byte(text), &page); err != nil || len(page) != 1 || page[0].ID != list[1].ID {
		t.Errorf("after the first comes %s, want only %d; %v", text, list[1].ID, err)
	}
}

// TestDeadRequestsThatAreRefused names what must not work, and the words for it.
func TestDeadRequestsThatAreRefused(t *testing.T) {
	o := open(t, portal.Options{})
	for name, c := range map[string]struct {
		method, path string
		header       map[string]string
		status       int
		words        string
	}{
		"unknown":             {"GET", "/dead/999", nil, 404, "no dead event"},
		"replay unknown":      {"POST", "/dead/999/replay", nil, 404, "no dead event"},
		"drop unknown":        {"DELETE", "/dead/999", nil, 404, "no dead event"},
		"no id":               {"GET", "/dead/all", nil, 400, "number"},
		"limit over":          {"GET", "/dead?limit=1001", nil, 400, "1 to 1000"},
		"limit under":         {"GET", "/dead?limit=0", nil, 400, "1 to 1000"},
		"after what":          {"GET", "/dead?after=x", nil, 400, "after"},
		"replay by GET":       {"GET", "/dead/1/replay", nil, 404, ""},
		"by another site":     {"POST", "/dead/1/replay", map[string]string{"Sec-Fetch-Site": "cross-site"}, 403, "another site"},
		"of another origin":   {"DELETE", "/dead/1", map[string]string{"Origin": "https://evil.example"}, 403, "another site"},
		"rebound name":        {"GET", "/dead", map[string]string{"Host": "evil.example:8025"}, 403, "IP address"},
		"rebound name, write": {"POST", "/dead/1/replay", map[string]string{"Host": "evil.example", "Origin": "http://evil.example"}, 403, "IP address"},
		"a name like a host":  {"GET", "/dead", map[string]string{"Host": "localhost.evil.example"}, 403, "IP address"},
	} {
		t.Run(name, func(t *testing.T) {
			status, text := o.request(t, c.method, c.path, c.header)
			if status != c.status {
				t.Errorf("status %d, want %d", status, c.status)
			}
			wantParts(t, text, c.words)
		})
	}
}

func TestDeadEventsAreShownUnderNamesOfTheMachine(t *testing.T) {
	o := open(t, portal.Options{})
	for _, host := range []string{"localhost", "LOCALHOST:8025", "127.0.0.1", "192.168.0.5:8025", "[::1]:8025", "[::1]"} {
		if status, text := o.request(t, http.MethodGet, "/dead", map[string]string{"Host": host}); status != http.StatusOK || text != "[]\n" {
			t.Errorf("%s: %d %s", host, status, text)
		}
	}
}
