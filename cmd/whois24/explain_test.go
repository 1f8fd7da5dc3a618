package main

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

// TestRefusalsInWords is what an operator reads when the portal says no: one line that names the setting and says what to do,
// the exit code 1, and no token.
func TestRefusalsInWords(t *testing.T) {
	const bot, person = "imbot.v2.Bot.list", "im.user.get"
	for name, c := range map[string]struct {
		method string // that is refused
		status int
		code   string
		says   []string
	}{
		"a revoked webhook":         {bot, 401, "INVALID_CREDENTIALS", []string{"--portal", "revoked", "Inbound webhook"}},
		"the same for a look-up":    {person, 403, "INVALID_CREDENTIALS", []string{"--portal", "revoked", "Inbound webhook"}},
		"a webhook without bots":    {bot, 403, "insufficient_scope", []string{"--portal", "Chat bots (imbot)", "Integrations"}},
		"a webhook without people":  {person, 401, "insufficient_scope", []string{"--portal", "Notifications (im)", "Integrations"}},
		"a code in use":             {"imbot.v2.Bot.register", 400, "BOT_CODE_ALREADY_TAKEN", []string{"--bot-code", "--bot-token"}},
		"somebody else's bot":       {"imbot.v2.Bot.register", 400, "BOT_OWNERSHIP_ERROR", []string{"--bot-token"}},
		"an address it won't take":  {"imbot.v2.Bot.register", 400, "BOT_INVALID_CALLBACK", []string{"--public-url", "https"}},
		"a portal full of bots":     {"imbot.v2.Bot.register", 400, "BOT_LIMIT_EXCEEDED", []string{"--bot-code", "remove one"}},
		"no REST in the plan":       {bot, 401, "ACCESS_DENIED", []string{"--portal", "subscription"}},
		"a person who may not":      {bot, 403, "user_access_error", []string{"--portal", "administrator"}},
		"a portal that was closed":  {bot, 403, "PORTAL_DELETED", []string{"--portal", "not exist"}},
		"a portal without chatbots": {bot, 404, "ERROR_METHOD_NOT_FOUND", []string{"--bot-api"}},
		"a blocked portal":          {bot, 503, "OVERLOAD_LIMIT", []string{"--portal", "support"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := portaltest.New(t, portal.Options{})
			p.Fail(portal.Fault{Method: c.method, Kind: portal.Refused, Status: c.status, Code: c.code})
			for _, command := range commandsCalling(c.method) {
				got := invoke(t, nil, append(command, "--portal", p.WebhookURL())...)
				wantRefusal(t, got, p.WebhookURL(), append(c.says, c.code)...)
			}
		})
	}
}

// commandsCalling are the commands that call a method of the portal.
func commandsCalling(method string) [][]string {
	switch method {
	case "im.user.get":
		return [][]string{{"ask", "/whois 5", "--lang", "en"}}
	case "imbot.v2.Bot.register":
		return [][]string{{"register", "--public-url", "https://bot.example.com"}}
	}
	return [][]string{{"register"}, {"register", "--dry-run"}, {"unregister"}, {"unregister", "--dry-run"}}
}

func wantRefusal(t *testing.T, got invocation, webhook string, says ...string) {
	t.Helper()
	if got.code != 1 {
		t.Errorf("exit code %d, want 1", got.code)
	}
	if strings.Count(got.stderr, "\n") != 1 {
		t.Errorf("stderr is not one line: %q", got.stderr)
	}
	for _, words := range says {
		if !strings.Contains(got.stderr, words) {
			t.Errorf("no %q in %q", words, got.stderr)
		}
	}
	if parts := strings.Split(webhook, "/"); strings.Contains(got.stdout+got.stderr, parts[len(parts)-2]) {
		t.Errorf("the token is shown: %q %q", got.stdout, got.stderr)
	}
}

// TestUnreachablePortals has the address lead to all but a portal.
func TestUnreachablePortals(t *testing.T) {
	page := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
	}
	plain := webServer(t, page(http.StatusNotFound))
	for name, c := range map[string]struct{ url, says string }{
		"nobody listens":               {"http://" + freeAddress(t), "refuses connections"},
		"a certificate nobody signed":  {unsigned(t), "nobody known has signed"},
		"https asked, http spoken":     {strings.Replace(plain, "http:", "https:", 1), "does not speak https"},
		"some other web server":        {plain, "is it the portal?"},
		"a gateway with nothing there": {webServer(t, page(http.StatusBadGateway)), "not well"},
		"a redirect to elsewhere":      {webServer(t, http.RedirectHandler("https://example.com/", http.StatusFound)), "has moved"},
	} {
		t.Run(name, func(t *testing.T) {
			webhook := c.url + "/rest/1/" + canary + "/"
			wantRefusal(t, invoke(t, nil, "register", "--portal", webhook), webhook, "--portal", c.says)
		})
	}
}

func webServer(t *testing.T, h http.Handler) (url string) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}

// unsigned is a server whose certificate only itself believes.
func unsigned(t *testing.T) (url string) {
	t.Helper()
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}

// TestUnknownHost has no name server to ask, so what one would say is made up.
func TestUnknownHost(t *testing.T) {
	nowhere := roundTrip(func(*http.Request) (*http.Response, error) {
		return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "example.bitrix24.com", IsNotFound: true}}
	})
	slow := roundTrip(func(*http.Request) (*http.Response, error) { return nil, context.DeadlineExceeded })
	for words, transport := range map[string]http.RoundTripper{"is not found": nowhere, "does not answer in time": slow} {
		s := settings{portal: mustParse(t, goodPortal), rate: 2, burst: 50}
		p, err := portalCalls{s, transport}.withWebhook()
		if err != nil {
			t.Fatal(err)
		}
		_, err = p.Client.Bots(t.Context())
		if got := explain(err, s); !strings.Contains(got.Error(), "--portal: example.bitrix24.com "+words) {
			t.Errorf("explained as %q", got)
		}
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func mustParse(t *testing.T, webhook string) bitrix.Webhook {
	t.Helper()
	w, err := bitrix.ParseWebhook(webhook)
	if err != nil {
		t.Fatal(err)
	}
	return w
}
