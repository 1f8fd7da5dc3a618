package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

// hurried has no rests between the requests that read who works on a portal.
var hurried = map[string]string{"WHOIS24_RATE": "1000"}

// TestAskKnowsTheStaff, as a bot that runs does: otherwise some answers would be "I am still reading" for ever.
func TestAskKnowsTheStaff(t *testing.T) {
	p := portaltest.New(t, portal.Options{Scope: usefulScope})
	for said, want := range map[string]string{
		"/whosout":         "Светлана Журавлёва",
		"/team разработка": "Евгений Шеленков",
		"/whois шилинков":  "Ведущий разработчик",
		"/whois 35":        "Local time: ",
	} {
		got := invoke(t, hurried, "ask", said, "--portal", p.WebhookURL(), "--lang", "en")
		if !strings.Contains(got.stdout, want) || got.stderr != "" {
			t.Errorf("%s: stdout %q, stderr %q", said, got.stdout, got.stderr)
		}
	}
	sendsNothing(t, p)
}

func TestAskPrintsTheReplyAndSendsNothing(t *testing.T) {
	p := portaltest.New(t, portal.Options{})
	got := invoke(t, hurried, "ask", "/whois 5", "--portal", p.WebhookURL(), "--lang", "ru")
	for _, part := range []string{"Евгений Шеленков\n", "Ведущий разработчик", "В сети"} {
		if !strings.Contains(got.stdout, part) {
			t.Errorf("no %q in %q (stderr %q)", part, got.stdout, got.stderr)
		}
	}
	if strings.Contains(got.stdout, "[") {
		t.Errorf("BB-code is left in %q", got.stdout)
	}
	sendsNothing(t, p)
}

func TestAskAsSomebodyElse(t *testing.T) {
	p := portaltest.New(t, portal.Options{})
	got := invoke(t, map[string]string{"WHOIS24_RATE": "1000", "WHOIS24_PORTAL": p.WebhookURL(), "LANG": "en_US.UTF-8"}, "ask", "/whois", "--as", "7")
	if !strings.Contains(got.stdout, "Анна Тестова") || !strings.Contains(got.stdout, "Online") {
		t.Errorf("stdout %q, stderr %q", got.stdout, got.stderr)
	}
}

// TestAskAsAGuest is how an operator sees what the privacy lets out.
func TestAskAsAGuest(t *testing.T) {
	p := portaltest.New(t, portal.Options{})
	guest := "31"
	for privacy, want := range map[string]string{"": "I answer only people of the company", "outsiders: name": "Евгений Шеленков"} {
		got := invoke(t, map[string]string{"WHOIS24_RATE": "1000", "WHOIS24_PRIVACY": privacy}, "ask", "/whois 5", "--as", guest, "--lang", "en", "--portal", p.WebhookURL())
		if !strings.Contains(got.stdout, want) || strings.Contains(got.stdout, "eugene@") || strings.Contains(got.stdout, "Ведущий") {
			t.Errorf("%q: stdout %q, stderr %q", privacy, got.stdout, got.stderr)
		}
	}
}

func TestAskAsJSON(t *testing.T) {
	p := portaltest.New(t, portal.Options{})
	got := invoke(t, hurried, "ask", "/whois 5", "--portal", p.WebhookURL(), "--json")
	var sent struct {
		DialogID string
		Fields   struct{ Message string }
	}
	if err := json.Unmarshal([]byte(got.stdout), &sent); err != nil {
		t.Fatalf("%v in %q", err, got.stdout)
	}
	if sent.DialogID != "1" || !strings.Contains(sent.Fields.Message, "[b]Евгений Шеленков[/b]") {
		t.Errorf("would send %+v", sent)
	}
	if strings.Contains(got.stdout, "oken") {
		t.Errorf("credentials are shown: %s", got.stdout)
	}
}
