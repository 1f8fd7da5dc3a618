package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// illness is something wrong, with the line of the doctor that turns red.
type illness struct {
	patient settingsOf
	check   string
	says    []string
	skipped []string // what cannot be checked then
}

// settingsOf makes a patient and gives the settings to look at it with.
type settingsOf func(*testing.T) []string

// illnesses has one for each thing that can be wrong.
func illnesses() map[string]illness {
	nobody := func(t *testing.T) []string {
		return []string{"--portal", "http://" + freeAddress(t) + "/rest/1/" + canary + "/"}
	}
	return map[string]illness{
		"nobody at the address": {
			nobody, "portal",
			[]string{"refuses connections", "--portal"},
			[]string{"clock", "API", "scopes", "bot", "commands", "delivery"},
		},
		"a revoked webhook":       {revoked, "portal", []string{"INVALID_CREDENTIALS", "Inbound webhook"}, []string{"bot"}},
		"a clock that is ahead":   {clockOff(-10 * time.Minute), "clock", []string{"ahead of the portal", "NTP"}, nil},
		"a clock that is behind":  {clockOff(2 * time.Minute), "clock", []string{"behind the portal", "NTP"}, nil},
		"a permission is missing": {withoutBots, "scopes", []string{"lacks Chat bots (imbot)", "tick"}, []string{"bot", "commands"}},
		"an old portal to fetch from": {
			unregistered(portal.Options{V1Only: true}), "API", []string{"v1", "--public-url"}, []string{"bot"},
		},
		"an old portal, and v2 wanted": {
			unregistered(portal.Options{V1Only: true}, "--bot-api", "v2"), "API", []string{"ERROR_METHOD_NOT_FOUND", "--bot-api"}, []string{"bot"},
		},
		"no bot": {
			unregistered(portal.Options{}), "bot", []string{"no bot whois24", "whois24 register"}, []string{"commands", "delivery"},
		},
		"a command that somebody removed": {lessACommand, "commands", []string{"add the command /", "whois24 register"}, nil},
		"posted, and nobody to post to":   {posted, "delivery", []string{"posts", "--public-url"}, nil},
		"fetched, and an address given":   {publicAt(status(404)), "delivery", []string{"fetches", "whois24 serve"}, nil},

		"another server at the public address": {publicAt(status(404)), "public URL", []string{"HTTP 404", events.Path, "--listen"}, nil},
		"a proxy with nothing behind it":       {publicAt(status(502)), "public URL", []string{"HTTP 502", "start whois24 serve"}, nil},
		"a public address that redirects":      {publicAt(status(301)), "public URL", []string{"HTTP 301", "redirects to"}, nil},
		"a public address with a bad certificate": {
			well("--public-url", unsigned), "public URL", []string{"nobody known has signed", "from outside"}, nil,
		},

		"NATS is away":                         {well("--nats", noNATS), "NATS", []string{"not connected", "--nats"}, nil},
		"a store nobody can make":              {well("--data", belowAFile), "NATS", []string{"--data"}, nil},
		"a store in use, by whom nobody knows": {well("--data", storeInUse), "NATS", []string{"another process", "--admin-listen"}, nil},
		"a process that is not ready":          {well("--admin-listen", notReady), "process", []string{"store: the disk is full"}, nil},
	}
}

func TestDoctorFindsWhatIsWrong(t *testing.T) {
	for name, ill := range illnesses() {
		t.Run(name, func(t *testing.T) {
			lines, got := examined(t, ill.patient(t)...)
			if got.code != 1 || strings.Count(got.stderr, "\n") != 1 {
				t.Errorf("code %d, stderr %q", got.code, got.stderr)
			}
			if !strings.HasPrefix(lines[ill.check], "✗ ") {
				t.Errorf("%q is not red:\n%s", ill.check, got.stdout)
			}
			for _, words := range append(ill.says, " → ") {
				if !strings.Contains(lines[ill.check], words) {
					t.Errorf("no %q in %q", words, lines[ill.check])
				}
			}
			for _, name := range ill.skipped {
				if !strings.HasPrefix(lines[name], "– ") {
					t.Errorf("%q was checked all the same: %q", name, lines[name])
				}
			}
			if strings.Contains(got.stdout+got.stderr, canary) {
				t.Errorf("the token is shown:\n%s", got.stdout)
			}
		})
	}
}

// well is a portal as it should be, and one more setting.
func well(flag string, value func(*testing.T) string) settingsOf {
	return func(t *testing.T) []string { return append(newPatient(t, portal.Options{}).args, flag, value(t)) }
}

func publicAt(h http.Handler) settingsOf {
	return well("--public-url", func(t *testing.T) string { return webServer(t, h) })
}

func status(code int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) })
}

// unregistered is a portal that the bot has never been on.
func unregistered(o portal.Options, args ...string) settingsOf {
	return func(t *testing.T) []string {
		return append([]string{"--portal", portaltest.New(t, o).WebhookURL()}, args...)
	}
}

func clockOff(by time.Duration) settingsOf {
	return func(t *testing.T) []string {
		return newPatient(t, portal.Options{Now: func() time.Time { return time.Now().Add(by) }}).args
	}
}

// posted has been registered with a public address, which is then not given to the doctor.
func posted(t *testing.T) []string {
	return newPatient(t, portal.Options{}, "--public-url", "https://bot.example.com").args[:2]
}

func revoked(t *testing.T) []string {
	base, _, _ := strings.Cut(portaltest.New(t, portal.Options{}).WebhookURL(), "/rest/")
	return []string{"--portal", base + "/rest/1/" + canary + "/"}
}

// withoutBots puts a proxy before the portal that answers one method by itself.
func withoutBots(t *testing.T) []string {
	p := newPatient(t, portal.Options{})
	proxy := webServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/scope") {
			_, _ = io.WriteString(w, `{"result":["im","crm"]}`)
			return
		}
		p.ServeHTTP(w, r)
	}))
	_, path, _ := strings.Cut(p.WebhookURL(), "/rest/")
	return []string{"--portal", proxy + "/rest/" + path}
}

func lessACommand(t *testing.T) []string {
	p := newPatient(t, portal.Options{})
	client := bitrix.NewClient(bitrix.ClientOptions{Webhook: mustParse(t, p.WebhookURL())})
	c := p.Commands()[0]
	if err := client.UnregisterCommand(t.Context(), c.Bot, c.ID); err != nil {
		t.Fatal(err)
	}
	return p.args
}

func noNATS(t *testing.T) string { return "nats://" + freeAddress(t) }

func belowAFile(t *testing.T) string {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(file, "store")
}

func storeInUse(t *testing.T) string {
	dir := t.TempDir()
	openStore(t, stream.Options{Dir: dir})
	return dir
}

// notReady is the admin port of a process that has a problem.
func notReady(t *testing.T) string {
	admin := webServer(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, `{"ready":false,"parts":{"store":{"ok":false,"error":"the disk is full"},"process":{"ok":true}}}`)
	}))
	return strings.TrimPrefix(admin, "http://")
}

// TestDoctorOnACommandOfAnotherProcess knows no process, and takes nobody's command for a mistake.
func TestDoctorOnACommandOfAnotherProcess(t *testing.T) {
	p := newPatient(t, portal.Options{})
	client := bitrix.NewClient(bitrix.ClientOptions{Webhook: mustParse(t, p.WebhookURL())})
	lunch := bitrix.CommandFields{Command: "lunch", Title: map[string]string{"en": "Lunch today"}, Common: true}
	if _, err := client.RegisterCommand(t.Context(), p.Commands()[0].Bot, lunch); err != nil {
		t.Fatal(err)
	}
	lines, got := examined(t, p.args...)
	if got.code != 0 || !strings.HasPrefix(lines["commands"], "✓ ") || !strings.Contains(lines["commands"], "/lunch") {
		t.Errorf("code %d, %q", got.code, lines["commands"])
	}
}
