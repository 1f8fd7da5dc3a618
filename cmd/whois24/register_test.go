package main

import (
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

// written are the calls that change something on a portal.
func written(p *portal.Portal) (methods []string) {
	for _, call := range p.Calls() {
		name := strings.ToLower(call.Method)
		for _, verb := range []string{"register", "update", "add", "send", "delete", "batch"} {
			if strings.HasSuffix(name, verb) {
				methods = append(methods, call.Method)
				break
			}
		}
	}
	return methods
}

// TestDryRunSaysWhatWouldChange goes through the life of a bot, and looks ahead before each step.
func TestDryRunSaysWhatWouldChange(t *testing.T) {
	p := portaltest.New(t, portal.Options{})
	look := func(want string, command ...string) {
		t.Helper()
		before := len(written(p))
		got := invoke(t, nil, append(command, "--dry-run", "--portal", p.WebhookURL())...)
		if got.code != 0 || !strings.Contains(got.stdout, want) {
			t.Errorf("%v says %q, want %q (code %d, stderr %q)", command, got.stdout, want, got.code, got.stderr)
		}
		if now := written(p); len(now) > before {
			t.Errorf("%v wrote to the portal: %v", command, now[before:])
		}
	}
	do := func(command ...string) {
		t.Helper()
		if got := invoke(t, nil, append(command, "--portal", p.WebhookURL())...); got.code != 0 {
			t.Fatalf("%v: %+v", command, got)
		}
	}
	look("nothing would change", "unregister")
	look("add the command /whois\n", "register")
	do("register")
	look("way of getting events", "register", "--public-url", "https://bot.example.com")
	look("remove the bot", "unregister")
	do("unregister")
	look("make the bot", "register")
}

func TestRegisteringAgainChangesNothing(t *testing.T) {
	p := portaltest.New(t, portal.Options{})
	for range 2 {
		if got := invoke(t, nil, "register", "--portal", p.WebhookURL()); got.code != 0 || !strings.Contains(got.stdout, "is registered") {
			t.Fatalf("register: %+v", got)
		}
	}
	got := invoke(t, nil, "register", "--dry-run", "--portal", p.WebhookURL())
	for line := range strings.Lines(got.stdout) {
		if strings.HasPrefix(line, "make ") || strings.HasPrefix(line, "add ") || strings.HasPrefix(line, "change ") {
			t.Errorf("would still %s", line)
		}
	}
}

// TestOldPortalWantsAnAddress: a portal with the first bot API posts events and keeps none to be fetched.
func TestOldPortalWantsAnAddress(t *testing.T) {
	p := portaltest.New(t, portal.Options{V1Only: true})
	alone := map[string]string{"WHOIS24_DATA": t.TempDir(), "WHOIS24_LISTEN": "127.0.0.1:0", "WHOIS24_ADMIN_LISTEN": "127.0.0.1:0"}
	for _, command := range [][]string{{"register"}, {"register", "--dry-run"}, {"serve", "--log-level", "error"}} {
		got := invoke(t, alone, append(command, "--portal", p.WebhookURL())...)
		wantRefusal(t, got, p.WebhookURL(), "--public-url", "v1")
	}
	got := invoke(t, nil, "register", "--portal", p.WebhookURL(), "--public-url", "https://bot.example.com")
	if got.code != 0 {
		t.Errorf("with an address: %+v", got)
	}
}
