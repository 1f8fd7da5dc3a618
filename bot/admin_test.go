package bot_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"github.com/whois24/whois24/bitrix/portal"
)

func TestHealthAndMetrics(t *testing.T) {
	o := open(t, portal.Options{})
	o.say(t, anna, o.private(), "/whois 5")
	o.say(t, anna, o.private(), "/help")
	if err := o.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if status, text := get(t, o.admin+"/livez"); status != http.StatusOK || !strings.Contains(text, `"process"`) {
		t.Errorf("livez: %d %s", status, text)
	}
	status, text := get(t, o.admin+"/readyz")
	if status != http.StatusOK {
		t.Errorf("readyz: %d", status)
	}
	wantParts(t, text, `"store":{"ok":true}`, `"registration":{"ok":true}`)
	_, text = get(t, o.admin+"/metrics")
	wantParts(t, text,
		`whois24_events_received_total{kind="command_add",outcome="stored"} 2`,
		`whois24_answers_total{command="whois"} 1`,
		`whois24_bitrix_request_seconds_count{method="batch",status="200"}`,
		"go_goroutines", "process_resident_memory_bytes",
	)
}

// TestNotReadyBeforeTheFirstRegistration starts the bot while the portal is away.
func TestNotReadyBeforeTheFirstRegistration(t *testing.T) {
	o := openUnregistered(t, portal.Fault{Kind: portal.Gateway502})
	status, text := get(t, o.admin+"/readyz")
	if status != http.StatusServiceUnavailable {
		t.Errorf("status %d, want 503", status)
	}
	wantParts(t, text, `"registration":{"ok":false`)
}

// TestConsoleShowsEventsAndReplies opens the console before and after something happens.
func TestConsoleShowsEventsAndReplies(t *testing.T) {
	o := open(t, portal.Options{})
	o.say(t, anna, o.private(), "/whois 5")
	conn, resp, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(o.admin, "http")+"/console", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	defer conn.Close()
	seen := map[string]string{}
	for seen["event"] == "" || seen["reply"] == "" {
		var update struct{ Lines []struct{ What, Text string } }
		if err := conn.ReadJSON(&update); err != nil {
			t.Fatal(err)
		}
		for _, line := range update.Lines {
			seen[line.What] = line.Text
		}
	}
	wantParts(t, seen["event"], "/whois 5")
	wantParts(t, seen["reply"], "Евгений Шеленков")
}

func TestConsoleRefusesOtherSites(t *testing.T) {
	o := open(t, portal.Options{})
	_, resp, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(o.admin, "http")+"/console",
		http.Header{"Origin": {"https://evil.example"}})
	if err == nil {
		t.Fatal("a page of another site may look on")
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("status %d, want 403", resp.StatusCode)
	}
}

func TestConsolePageLoadsNothingFromElsewhere(t *testing.T) {
	o := open(t, portal.Options{})
	status, text := get(t, o.admin+"/")
	if status != http.StatusOK || strings.Contains(text, "https://") {
		t.Errorf("status %d, page %s", status, text)
	}
}
