package bitrix_test

import (
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix"
)

func TestParseEndpoint(t *testing.T) {
	for raw, want := range map[string]struct {
		endpoint bitrix.Endpoint
		host     string
	}{
		"https://demo.bitrix24.example/rest/":    {"https://demo.bitrix24.example/rest/", "demo.bitrix24.example"},
		"https://Demo.Bitrix24.Example/rest/":    {"https://demo.bitrix24.example/rest/", "demo.bitrix24.example"},
		"https://crm.example.com:8443/rest/":     {"https://crm.example.com:8443/rest/", "crm.example.com:8443"},
		"https://xn--90adear.xn--p1ai/rest/":     {"https://xn--90adear.xn--p1ai/rest/", "xn--90adear.xn--p1ai"},
		"http://127.0.0.1:8080/rest/":            {"http://127.0.0.1:8080/rest/", "127.0.0.1:8080"},
		"http://first.localhost:8080/rest/":      {"http://first.localhost:8080/rest/", "first.localhost:8080"},
		"https://[::1]:8080/rest/":               {"https://[::1]:8080/rest/", "[::1]:8080"},
		"https://123.bitrix24.example:443/rest/": {"https://123.bitrix24.example:443/rest/", "123.bitrix24.example:443"},
	} {
		got, err := bitrix.ParseEndpoint(raw)
		if err != nil || got != want.endpoint || got.Host() != want.host {
			t.Errorf("%s: got %s of %s, %v", raw, got, got.Host(), err)
		}
	}
}

// TestParseEndpointRefuses: addresses inside of somebody's network, in whatever spelling, and all but REST.
func TestParseEndpointRefuses(t *testing.T) {
	for _, raw := range []string{
		"", "demo.bitrix24.example", "https://%zz/rest/", "https:///rest/",
		"http://demo.bitrix24.example/rest/", "ftp://127.0.0.1/rest/", "//demo.bitrix24.example/rest/",
		"https://10.0.0.1/rest/", "https://169.254.169.254/rest/", "https://[fe80::1]/rest/", "https://[::ffff:10.0.0.1]/rest/",
		"https://2130706433/rest/", "https://0x7f000001/rest/", "https://0x7f.1/rest/", "https://10.1/rest/", "https://demo.1/rest/",
		"https://demo.bitrix24.example./rest/", "https://.bitrix24.example/rest/",
		"https://demo_.example/rest/", "https://-x.example/rest/",
		"https://demo.bitrix24.example:/rest/", "https://user@demo.bitrix24.example/rest/", "https://a:b@demo.bitrix24.example/rest/",
		"https://demo.bitrix24.example/rest", "https://demo.bitrix24.example/", "https://demo.bitrix24.example/rest/1/code/",
		"https://demo.bitrix24.example/x/../rest/", "https://demo.bitrix24.example/%72est/",
		"https://demo.bitrix24.example/rest/?a=1", "https://demo.bitrix24.example/rest/#a",
		"https://demo.bitrix24.example\\@evil.example/rest/",
	} {
		got, err := bitrix.ParseEndpoint(raw)
		if err == nil || got != "" {
			t.Errorf("%s is taken as %s", raw, got)
			continue
		}
		if !strings.Contains(err.Error(), "https://<portal>/rest/") || raw != "" && strings.Contains(err.Error(), raw) {
			t.Errorf("%s: %v", raw, err)
		}
		if host := bitrix.Endpoint(raw).Host(); host != "" {
			t.Errorf("%s is no endpoint and has the host %s", raw, host)
		}
	}
}

func TestParseMemberID(t *testing.T) {
	for raw, ok := range map[string]bool{
		"fakemember0000000000000000000001": true, "A": true, strings.Repeat("f", 64): true,
		"": false, strings.Repeat("f", 65): false, "a.b": false, "a/b": false, "a b": false, "a\n": false, "ф": false, "a>": false,
	} {
		got, err := bitrix.ParseMemberID(raw)
		if (err == nil) != ok || ok && string(got) != raw || !ok && got != "" {
			t.Errorf("%q: got %q, %v", raw, got, err)
		}
	}
}
