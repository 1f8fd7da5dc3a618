package main

import (
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

// applicationOf are the settings of an authorization server's application.
func applicationOf(a *portal.AuthServer) []string {
	return []string{"--oauth-server", a.URL(), "--client-id", a.ClientID(), "--client-secret", a.ClientSecret()}
}

func TestDoctorOfAnApplication(t *testing.T) {
	auth := portaltest.NewCloud(t, portal.AuthServerOptions{ClientSecret: canary}).Auth
	for name, c := range map[string]struct {
		change []string // of the settings
		mark   string
		says   []string
	}{
		"is well":             {nil, "✓ ", []string{"knows the application"}},
		"with a wrong secret": {[]string{"--client-secret", "wrong" + canary}, "✗ ", []string{"invalid_client", "--client-secret"}},
		"with another's id":   {[]string{"--client-id", "local.somebody.else"}, "✗ ", []string{"invalid_client", "--client-id"}},
		"with no such server": {
			[]string{"--oauth-server", "http://" + freeAddress(t) + "/"},
			"✗ ",
			[]string{"refuses connections", "--oauth-server"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			lines, got := examined(t, append(applicationOf(auth), c.change...)...)
			line := lines["authorization server"]
			for _, words := range append(c.says, c.mark) {
				if !strings.Contains(line, words) {
					t.Errorf("no %q in %q (stderr %q)", words, line, got.stderr)
				}
			}
			if want := map[string]int{"✓ ": 0, "✗ ": 1}[c.mark]; got.code != want {
				t.Errorf("exit code %d, want %d\n%s", got.code, want, got.stdout)
			}
			if strings.Contains(got.stdout+got.stderr, canary) {
				t.Errorf("the secret is shown: %s", got.stdout)
			}
		})
	}
}
