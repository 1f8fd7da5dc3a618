package bitrix_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix"
)

func TestParseWebhook(t *testing.T) {
	for _, row := range []struct {
		raw, host, shown string
		user             bitrix.UserID
	}{
		{"https://Demo.bitrix24.example/rest/1/" + canary + "/", "demo.bitrix24.example", "https://demo.bitrix24.example/rest/***", 1},
		{"https://crm.example.com:8443/rest/17/" + canary + "/", "crm.example.com:8443", "https://crm.example.com:8443/rest/***", 17},
		{"http://127.0.0.1:8080/rest/1/" + canary + "/", "127.0.0.1:8080", "http://127.0.0.1:8080/rest/***", 1},
		{"http://localhost/rest/1/" + canary + "/", "localhost", "http://localhost/rest/***", 1},
		{"http://[::1]:8080/rest/1/" + canary + "/", "[::1]:8080", "http://[::1]:8080/rest/***", 1},
	} {
		t.Run(row.raw, func(t *testing.T) {
			w, err := bitrix.ParseWebhook(row.raw)
			if err != nil {
				t.Fatal(err)
			}
			if w.Host() != row.host || w.User() != row.user || w.String() != row.shown {
				t.Errorf("%s of user %d, shown as %s", w.Host(), w.User(), w)
			}
		})
	}
}

func TestParseWebhookRefuses(t *testing.T) {
	for raw, hint := range map[string]string{
		"":                                      "https://",
		canary:                                  "https://",
		canary + ":x":                           "https://",
		"https://%zz/" + canary:                 "not a URL",
		"portal.example/rest/1/" + canary + "/": "https://",
		"http://portal.example/rest/1/" + canary + "/":           "https://",
		"http://10.0.0.1/rest/1/" + canary + "/":                 "https://",
		"ftp://portal.example/rest/1/" + canary + "/":            "https://",
		"https:///rest/1/" + canary + "/":                        "no host",
		"https://" + canary + "@portal.example/rest/1/x/":        "user name",
		"https://portal.example/rest/1/" + canary:                "slash",
		"https://portal.example/rest/1/" + canary + "/profile":   "method",
		"https://portal.example/rest/1/" + canary + "/x.json":    "method",
		"https://portal.example/rest/1/" + canary + "//":         "goes on",
		"https://portal.example/rest/1/" + canary + "/?a=1":      `"?"`,
		"https://portal.example/rest/1/" + canary + "/#a":        `"#"`,
		"https://portal.example/rest/0/" + canary + "/":          "path",
		"https://portal.example/rest/me/" + canary + "/":         "path",
		"https://portal.example/rest/" + canary + "/":            "path",
		"https://portal.example/rest/1/" + canary + "%2F..%2Fx/": "goes on",
		"https://portal.example/" + canary + "/":                 "path",
		" https://portal.example/rest/1/" + canary + "/":         "spaces",
		"https://portal.example/rest/1/" + canary + "/\n":        "spaces",
	} {
		t.Run(raw, func(t *testing.T) {
			_, err := bitrix.ParseWebhook(raw)
			if err == nil {
				t.Fatal("taken")
			}
			if !strings.Contains(err.Error(), hint) || !strings.Contains(err.Error(), "https://<portal>/rest/<user id>/<code>/") {
				t.Errorf("%q does not help, want a word of %s", err, hint)
			}
			if strings.Contains(err.Error(), canary) {
				t.Errorf("%q tells the secret", err)
			}
		})
	}
}

func TestBotToken(t *testing.T) {
	token := func(code string) string {
		w, err := bitrix.ParseWebhook("https://portal.example/rest/1/" + code + "/")
		if err != nil {
			t.Fatal(err)
		}
		return w.BotToken().Reveal()
	}
	if first, second := token("a"), token("a"); first != second {
		t.Error("the same webhook has two bot tokens")
	}
	if token("a") == token("b") {
		t.Error("two webhooks have the same bot token")
	}
	if len(token("a")) != 40 || strings.Trim(token("a"), "0123456789abcdef") != "" {
		t.Errorf("%q is not 40 hex characters", token("a"))
	}
}

func TestApplicationToken(t *testing.T) {
	for given, want := range map[bitrix.Secret]string{
		"fake-bot-token-0001":                  "customfake-bot-token-0001",
		bitrix.Secret(strings.Repeat("x", 60)): "custom" + strings.Repeat("x", 44),
	} {
		if got := bitrix.ApplicationToken(given).Reveal(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestZeroWebhook(t *testing.T) {
	var w bitrix.Webhook
	if w.Host() != "" || w.User() != 0 || w.BotToken() != "" || w.String() != "" {
		t.Errorf("%q is not empty", w)
	}
	if _, err := bitrix.NewClient(bitrix.ClientOptions{}).Revision(t.Context()); err == nil {
		t.Error("a call to nowhere succeeds")
	}
}

// TestSecretsDoNotPrint: not by any verb, not inside other values, not as JSON.
func TestSecretsDoNotPrint(t *testing.T) {
	w, err := bitrix.ParseWebhook("https://portal.example/rest/1/" + canary + "/")
	if err != nil {
		t.Fatal(err)
	}
	options := bitrix.ClientOptions{Webhook: w, BotToken: canary}
	type keeper struct {
		Secret  bitrix.Secret
		webhook bitrix.Webhook // fmt does not call methods on it
		client  *bitrix.Client
	}
	keeps := keeper{Secret: canary, webhook: w, client: bitrix.NewClient(options)}
	for _, value := range []any{
		bitrix.Secret(canary), w, options, keeps, &keeps, *keeps.client, keeps.client,
	} {
		printsNoSecret(t, value)
	}
	text, err := json.Marshal([]any{bitrix.Secret(canary), options.BotToken, w})
	if err != nil || strings.Contains(string(text), canary) {
		t.Errorf("JSON is %s, %v", text, err)
	}
}

func printsNoSecret(t *testing.T, value any) {
	t.Helper()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		text := fmt.Sprintf(verb, value)
		if strings.Contains(text, canary) || strings.Contains(strings.ToLower(text), fmt.Sprintf("%x", canary)) {
			t.Errorf("%s of %T tells the secret: %s", verb, value, text)
		}
	}
}
