package main

import (
	"encoding/json"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

// patient is a portal, and the settings with which the doctor looks at it.
type patient struct {
	*portal.Portal
	args []string
}

// newPatient is a portal with the bot on it, as it should be.
func newPatient(t *testing.T, o portal.Options, args ...string) *patient {
	t.Helper()
	p := &patient{Portal: portaltest.New(t, o)}
	p.args = append([]string{"--portal", p.WebhookURL()}, args...)
	if got := invoke(t, nil, append([]string{"register"}, p.args...)...); got.code != 0 {
		t.Fatalf("register: %+v", got)
	}
	return p
}

// examined is what the doctor says, a line for each check by its name. The store is a folder that does not exist yet, and no
// process runs, unless the arguments say otherwise.
func examined(t *testing.T, args ...string) (map[string]string, invocation) {
	t.Helper()
	defaults := map[string]string{"WHOIS24_DATA": filepath.Join(t.TempDir(), "none"), "WHOIS24_ADMIN_LISTEN": freeAddress(t)}
	got := invoke(t, defaults, append([]string{"doctor"}, args...)...)
	lines := map[string]string{}
	for line := range strings.Lines(got.stdout) {
		_, rest, _ := strings.Cut(line, " ")
		name, _, _ := strings.Cut(rest, ":")
		lines[name] = line
	}
	return lines, got
}

func TestDoctorOnAWellPortal(t *testing.T) {
	p := newPatient(t, portal.Options{})
	lines, got := examined(t, p.args...)
	if got.code != 0 || got.stderr != "" {
		t.Errorf("code %d, stderr %q", got.code, got.stderr)
	}
	for _, name := range []string{
		"settings", "portal", "clock", "API", "scopes", "bot", "commands", "delivery", "NATS", "store space",
	} {
		if !strings.HasPrefix(lines[name], "✓ ") {
			t.Errorf("%s: %q", name, lines[name])
		}
	}
	for _, name := range []string{"public URL", "process"} { // there is none
		if !strings.HasPrefix(lines[name], "– ") {
			t.Errorf("%s: %q", name, lines[name])
		}
	}
	if strings.Contains(got.stdout, "\x1b") {
		t.Errorf("colours, and nobody sees them: %q", got.stdout)
	}
}

// TestDoctorOnPermissions: without the one for time zones the bot is well, and the doctor says what it would be good for.
func TestDoctorOnPermissions(t *testing.T) {
	const minimal, unused = "Users (minimal) (user_brief)", "never uses"
	for _, tt := range []struct {
		more      []string
		says, not []string
	}{
		{nil, []string{"im and imbot are there", "tick " + minimal, "local time"}, []string{unused}},
		{[]string{"crm"}, []string{"tick " + minimal, unused + " the others the webhook has: crm\n"}, nil},
		{[]string{"user_brief"}, []string{"im, imbot and user_brief are there", "no other"}, []string{unused, "tick"}},
		{[]string{"user_brief", "crm", "user"}, []string{"has: crm, user\n"}, []string{"tick"}},
		{[]string{"user_basic"}, []string{"im, imbot and user_basic", minimal + " is enough in place of user_basic"}, []string{unused, "tick"}},
		{[]string{"user", "task"}, []string{minimal + " is enough in place of user;", "has: task\n"}, []string{"tick"}},
		{[]string{"user", "user_basic"}, []string{"in place of user_basic;", "has: user\n"}, []string{"tick"}},
		{[]string{"user.userfield"}, []string{"tick " + minimal, "has: user.userfield\n"}, nil},
	} {
		t.Run(strings.Join(tt.more, " "), func(t *testing.T) {
			lines, got := examined(t, newPatient(t, portal.Options{Scope: append([]string{"im", "imbot"}, tt.more...)}).args...)
			line := lines["scopes"]
			if !strings.HasPrefix(line, "✓ ") || got.code != 0 {
				t.Errorf("code %d, %q", got.code, line)
			}
			for _, words := range tt.says {
				if !strings.Contains(line, words) {
					t.Errorf("no %q in %q", words, line)
				}
			}
			for _, words := range tt.not {
				if strings.Contains(line, words) {
					t.Errorf("%q in %q", words, line)
				}
			}
		})
	}
}

func TestDoctorChangesNothingOnThePortal(t *testing.T) {
	p := newPatient(t, portal.Options{})
	before := len(p.Calls())
	examined(t, append(p.args, "--bot-code", "another")...)
	for _, call := range p.Calls()[before:] {
		name := strings.ToLower(call.Method)
		for _, verb := range []string{"register", "update", "send", "add", "delete"} {
			if strings.HasSuffix(name, verb) {
				t.Errorf("the doctor called %s", call.Method)
			}
		}
	}
}

func TestDoctorAsJSON(t *testing.T) {
	p := newPatient(t, portal.Options{})
	_, got := examined(t, append(p.args, "--json", "--bot-code", "another")...)
	var findings []struct {
		Check   string
		OK      bool
		Skipped bool
		What    string
		Do      string
	}
	if err := json.Unmarshal([]byte(got.stdout), &findings); err != nil {
		t.Fatalf("%v in %q", err, got.stdout)
	}
	for _, f := range findings {
		switch {
		case f.Check == "" || f.What == "":
			t.Errorf("%+v says nothing", f)
		case f.Check == "bot" && (f.OK || f.Skipped || f.Do == ""):
			t.Errorf("there is no such bot, and the doctor says %+v", f)
		case f.Check == "commands" && (f.OK || !f.Skipped):
			t.Errorf("without a bot there is nothing to compare, and the doctor says %+v", f)
		}
	}
	if got.code != 1 || len(findings) < 10 {
		t.Errorf("code %d, %d findings", got.code, len(findings))
	}
}

// TestDoctorOnAFullDisk borrows a folder of the system on which nothing can ever be stored.
func TestDoctorOnAFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("there is no /proc")
	}
	lines, _ := examined(t, append(newPatient(t, portal.Options{}).args, "--data", "/proc/whois24")...)
	for _, name := range []string{"store space", "NATS"} {
		if !strings.HasPrefix(lines[name], "✗ ") {
			t.Errorf("%q", lines[name])
		}
	}
}

// TestDoctorBesidesTheRunningBot has the store open in a process that serves, as it mostly is when somebody calls a doctor.
func TestDoctorBesidesTheRunningBot(t *testing.T) {
	p := portaltest.New(t, portal.Options{})
	dir, admin, listen := t.TempDir(), freeAddress(t), freeAddress(t)
	settings := []string{"--portal", p.WebhookURL(), "--public-url", "http://" + listen, "--data", dir, "--admin-listen", admin}
	bot := start(t, nil, append([]string{"serve", "--listen", listen}, settings...)...)
	bot.waitFor(t, "bot is registered")
	lines, got := examined(t, settings...)
	for _, name := range []string{"bot", "delivery", "public URL", "process", "NATS"} {
		if !strings.HasPrefix(lines[name], "✓ ") {
			t.Errorf("%q", lines[name])
		}
	}
	if got.code != 0 || !strings.Contains(lines["NATS"], "running process") {
		t.Errorf("code %d\n%s", got.code, got.stdout)
	}
	bot.terminate(t)
}

// TestDoctorIsQuick has a portal that never answers: no check waits longer than its time, and those that need it do not run.
func TestDoctorIsQuick(t *testing.T) {
	p := newPatient(t, portal.Options{})
	p.Fail(portal.Fault{Kind: portal.Slow, Delay: time.Minute})
	begun := time.Now()
	lines, _ := examined(t, p.args...)
	if took := time.Since(begun); took > checkTimeout+2*time.Second {
		t.Errorf("took %v", took)
	}
	if !strings.HasPrefix(lines["portal"], "✗ ") || !strings.HasPrefix(lines["bot"], "– ") {
		t.Errorf("%q %q", lines["portal"], lines["bot"])
	}
}

func TestDoctorsColours(t *testing.T) {
	var b strings.Builder
	for _, f := range []finding{good("well"), wrong("unwell", "rest"), skipped("asleep")} {
		f.Check = "somebody"
		if err := f.print(&b, true); err != nil {
			t.Fatal(err)
		}
	}
	const want = "\x1b[32m✓\x1b[0m somebody: well\n\x1b[31m✗\x1b[0m somebody: unwell → rest\n\x1b[90m–\x1b[0m somebody: asleep\n"
	if b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}
